package api

// Routes lists what a server has mounted, for tests.
func Routes(s *Server) []string { return s.routes }

// Collects reports whether a path takes what anybody sends with a public key.
func Collects(path string) bool { return collects(path) }
