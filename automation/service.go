package automation

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// Reports answers the lifecycle report and the one on the log.
type Reports interface {
	Lifecycle(ctx context.Context, w journal.WorkspaceID, q report.Query) (report.Result, error)
	LogByDay(ctx context.Context, w journal.WorkspaceID, q report.ChangesQuery) (report.Changes, error)
}

// Workspaces knows the workspaces and what they are set to.
type Workspaces interface {
	ListWorkspaces(ctx context.Context) ([]workspace.WorkspaceName, error)
	GetSettings(ctx context.Context, w journal.WorkspaceID) (workspace.Settings, error)
}

// Post sends what leaves the house. An error of the kind fault.Invalid means
// that trying again is of no use.
type Post interface {
	// Mail sends a message to one address.
	Mail(ctx context.Context, m Mail) error
	// CanMail reports whether mail is set up.
	CanMail() bool
	// Webhook posts a signed payload. The id is the same at every attempt.
	Webhook(ctx context.Context, h Hook) error
	// Send sends a request as it is. What was answered is no error.
	Send(ctx context.Context, r destination.Request) (destination.Answer, error)
	// CheckWebhook says what is wrong with an address before it is kept,
	// without a place; nothing if nothing is.
	CheckWebhook(address string) fault.Detail
}

// Mail is one message to one address.
type Mail struct {
	ID      string // the same at every attempt
	To      string
	Subject string
	Text    string
	HTML    string
}

// Hook is one call of a webhook.
type Hook struct {
	ID      string
	URL     string
	Secret  string // whsec_ and base64
	Payload []byte // JSON
}

// Options are what the operator decides.
type Options struct {
	Link  func() string    // the address of the dashboard, without a slash at its end
	Clock func() time.Time // nil = time.Now
	Tick  time.Duration    // between looks at what is due; 0 = 15 s
	Pause time.Duration    // before the second attempt, doubled by every one after; 0 = a minute
	Log   *slog.Logger

	// Addresses are where services are told; nil = where they really are.
	Addresses destination.Addresses
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	store      workspace.Store
	reports    Reports
	workspaces Workspaces
	post       Post
	options    Options
	wake       chan struct{}
	news       chan struct{} // wakes those who tell destinations
	tellers    *tellers
}

// New makes a service.
func New(store workspace.Store, reports Reports, workspaces Workspaces, post Post, options Options) *Service {
	if options.Clock == nil {
		options.Clock = time.Now
	}
	if options.Tick == 0 {
		options.Tick = 15 * time.Second
	}
	if options.Pause == 0 {
		options.Pause = time.Minute
	}
	if options.Addresses == nil {
		options.Addresses = destination.DefaultAddresses()
	}
	return &Service{
		store: store, reports: reports, workspaces: workspaces, post: post, options: options,
		wake: make(chan struct{}, 1), news: make(chan struct{}, 1), tellers: newTellers(),
	}
}

func (s *Service) now() lifecycle.Millis { return lifecycle.MillisOf(s.options.Clock()) }

// Run does what is due until ctx ends.
func (s *Service) Run(ctx context.Context) error {
	var group sync.WaitGroup
	group.Go(func() { s.repeat(ctx, s.options.Tick, s.wake, s.runDigests, s.runAlerts, s.deliver) })
	group.Go(func() { s.repeat(ctx, min(s.options.Tick, time.Second), s.news, s.followLog, s.tell) })
	group.Wait()
	s.tellers.group.Wait()
	return ctx.Err()
}

// repeat does some work again and again until ctx ends.
func (s *Service) repeat(ctx context.Context, tick time.Duration, wake <-chan struct{}, works ...func(context.Context) error) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		for _, work := range works {
			if err := work(ctx); err != nil && ctx.Err() == nil {
				s.options.Log.LogAttrs(ctx, slog.LevelError, "automation failed", slog.Any("error", err))
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-wake:
		}
	}
}

// soon has what is due done at once.
func (s *Service) soon() { poke(s.wake) }

// wakeDestinations has them told at once.
func (s *Service) wakeDestinations() { poke(s.news) }

func poke(wake chan<- struct{}) {
	select {
	case wake <- struct{}{}:
	default:
	}
}

// eachWorkspace works on every workspace; what fails in one leaves the others
// alone.
func (s *Service) eachWorkspace(ctx context.Context, work func(context.Context, journal.WorkspaceID) error) error {
	all, err := s.workspaces.ListWorkspaces(ctx)
	if err != nil {
		return err
	}
	for _, w := range all {
		if err := work(ctx, w.ID); err != nil && ctx.Err() == nil {
			s.options.Log.LogAttrs(ctx, slog.LevelError, "automation failed", slog.Int64("workspace", int64(w.ID)), slog.Any("error", err))
		}
	}
	return nil
}

// zone is where the days of a workspace begin and end.
func (s *Service) zone(ctx context.Context, w journal.WorkspaceID) (*time.Location, workspace.Settings, error) {
	settings, err := s.workspaces.GetSettings(ctx, w)
	if err != nil {
		return nil, settings, err
	}
	zone, err := time.LoadLocation(settings.TimeZone)
	return zone, settings, err
}
