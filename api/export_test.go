package api

// Routes lists what a server has mounted, for tests.
func Routes(s *Server) []string { return s.routes }
