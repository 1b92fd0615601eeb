package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/workspace"
)

// Live is what the stream of news needs.
type Live interface {
	// Look returns what the reports of a workspace show now, and a channel
	// that is closed when that changes.
	Look(w journal.WorkspaceID) (projector.Position, <-chan struct{})
	// News is Look at most once a second, at the same moment for everybody.
	News(w journal.WorkspaceID) (projector.Position, <-chan struct{})
	// Progress tells how far a recomputation is; ok is false without one.
	Progress(w journal.WorkspaceID) (p projector.Progress, ok bool)
}

// eventKeepAlive is the silence after which a stream has a comment, for proxies.
const eventKeepAlive = 20 * time.Second

// events streams where the reports of a workspace stand, until the client or
// the server leaves.
func (s *Server) events(w http.ResponseWriter, r *http.Request) error {
	out := http.NewResponseController(w)
	// The stream outlives the time in which other answers must be written.
	_ = out.SetWriteDeadline(time.Time{})
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	stream := &eventStream{w: w, flush: out.Flush, live: s.Live, workspace: workspaceOf(r.Context())}
	stream.run(r.Context(), s.closing)
	return nil
}

type eventStream struct {
	w         http.ResponseWriter
	flush     func() error
	live      Live
	workspace journal.WorkspaceID
	sent      string
}

func (e *eventStream) run(ctx context.Context, closing <-chan struct{}) {
	keepAlive := time.NewTicker(eventKeepAlive)
	defer keepAlive.Stop()
	for {
		position, moved := e.live.News(e.workspace)
		if e.send(position) != nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-closing:
			return
		case <-moved:
		case <-keepAlive.C:
			if e.write(": still here\n\n") != nil {
				return
			}
		}
	}
}

// send tells the position if it is another than the last one told.
func (e *eventStream) send(p projector.Position) error {
	news := fmt.Sprintf("event: change\ndata: {\"seq\":%d,\"generation\":%d}\n\n", p.Seq, p.Generation)
	if news == e.sent {
		return nil
	}
	e.sent = news
	return e.write(news)
}

func (e *eventStream) write(text string) error {
	if _, err := e.w.Write([]byte(text)); err != nil {
		return err
	}
	return e.flush()
}

func (s *Server) addEventRoutes() {
	addRaw[struct{}](s, operation{
		ID: "follow-changes", Method: http.MethodGet, Path: "/v1/events", Tag: "Reports", Scope: workspace.ScopeRead, Limit: -1,
		Summary: "Follow the log as a stream of server-sent events",
		About:   "`event: change` with `data: {\"seq\": N, \"generation\": G}` whenever reports include more, at most once a second.",
	},
		describeText("text/event-stream", "The stream"), s.events)
}
