package api

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"
)

// observe is the outermost layer: it names the request, survives its panics,
// and tells log and metrics how it ended. It logs the route and never the
// path or the query, which can hold addresses of people and keys.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := &request{id: rand.Text()[:16], method: r.Method, path: r.URL.EscapedPath()}
		r = withRequest(r, q)
		rec := &recorder{ResponseWriter: w}
		rec.Header().Set("X-Request-Id", q.id)
		// A client that takes its answer drop by drop is left at last. The
		// deadline belongs to the connection: every request sets its own.
		_ = http.NewResponseController(rec).SetWriteDeadline(time.Now().Add(2 * longLimit))
		began := time.Now()
		defer func() {
			s.recoverPanic(r.Context(), rec, recover())
			s.finish(r, rec, q, time.Since(began))
		}()
		next.ServeHTTP(rec, r)
	})
}

// recoverPanic answers 500 if nothing was answered yet; half an answer is cut
// off so that it never looks whole.
func (s *Server) recoverPanic(ctx context.Context, rec *recorder, panicked any) {
	if panicked == nil {
		return
	}
	if panicked == http.ErrAbortHandler {
		panic(panicked)
	}
	p := internalProblem(ctx, s.Log, fmt.Errorf("panic: %v\n%s", panicked, debug.Stack()))
	if rec.status != 0 {
		panic(http.ErrAbortHandler)
	}
	writeProblem(rec, p)
}

func (s *Server) finish(r *http.Request, rec *recorder, q *request, took time.Duration) {
	route := r.Pattern
	if route == "" {
		route = "none"
	}
	s.metrics.observe(route, rec.statusOrOK(), took)
	level := slog.LevelInfo
	switch {
	case rec.statusOrOK() >= http.StatusInternalServerError:
		level = slog.LevelWarn
	case rec.statusOrOK() < http.StatusBadRequest && collects(q.path):
		level = slog.LevelDebug // they come by the thousand; metrics count them
	}
	if !s.Log.Enabled(r.Context(), level) {
		return
	}
	s.Log.LogAttrs(r.Context(), level, "request",
		slog.String("request_id", q.id), slog.String("method", r.Method), slog.String("route", route),
		slog.Int("status", rec.statusOrOK()), slog.Int64("bytes", rec.bytes),
		slog.Duration("took", took), slog.String("caller", callerOf(r.Context()).name()))
}

// recorder remembers the status and size of an answer.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w *recorder) statusOrOK() int {
	if w.status == 0 {
		return http.StatusOK
	}
	return w.status
}
