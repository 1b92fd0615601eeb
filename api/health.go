package api

import (
	"context"
	"net/http"
)

// Health knows whether requests can be answered.
type Health interface {
	// Ready fails with fault.Unavailable while they cannot.
	Ready(ctx context.Context) error
}

type healthOutput struct {
	Body struct {
		Status  string `json:"status" enum:"ok"`
		Version string `json:"version"`
	}
}

// healthy answers as soon as the process serves.
func (s *Server) healthy(context.Context, *struct{}) (*healthOutput, error) {
	out := &healthOutput{}
	out.Body.Status, out.Body.Version = "ok", s.Version
	return out, nil
}

// ready answers once reports can be read; until then 503.
func (s *Server) ready(ctx context.Context, _ *struct{}) (*healthOutput, error) {
	if err := s.Health.Ready(ctx); err != nil {
		return nil, err
	}
	return s.healthy(ctx, nil)
}

func (s *Server) addHealthRoutes() {
	const tag = "Health"
	add(s, operation{ID: "get-health", Method: http.MethodGet, Path: "/healthz", Tag: tag, Summary: "The process is up"}, s.healthy)
	add(s, operation{
		ID: "get-ready", Method: http.MethodGet, Path: "/readyz", Tag: tag,
		Summary: "Requests and reports can be answered", About: "503 while starting, stopping or rebuilding.",
	}, s.ready)
	addRaw[struct{}](s, operation{
		ID: "get-metrics", Method: http.MethodGet, Path: "/metrics", Tag: tag,
		Summary: "Metrics for Prometheus", About: "Counts and times by route, nothing of contacts.",
	},
		describeText("text/plain", "Metrics in Prometheus text format"), func(w http.ResponseWriter, r *http.Request) error {
			s.metrics.handler().ServeHTTP(w, r)
			return nil
		})
}
