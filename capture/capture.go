// Package capture receives what sites and programs tell of people who may not
// be known yet: the beacon of the tracking script and the calls of Segment's
// libraries. It decides what is taken (no bots, nobody who does not want it),
// sets clocks right, and hands observations to the one log.
//
//	Sender       who tells, by which key, from where
//	Visit        a beacon of the script
//	Calls        calls of Segment's libraries
//	Rejected     what was not taken lately, and why
//
// Other ways in (forms, calls, chats) build workspace.Observation as these do,
// or call workspace.AddTouch when the contact is known. Nothing here keeps an
// address, knows HTTP, or writes.
package capture

import (
	"context"
	"math"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// Log is where what was received goes.
type Log interface {
	Observe(ctx context.Context, w journal.WorkspaceID, in workspace.ObserveInput) (workspace.ObserveOutput, error)
	// Ignores reports whether an address is one of the workspace's own people.
	Ignores(ctx context.Context, w journal.WorkspaceID, address string) (bool, error)
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	log      Log
	clock    workspace.Clock
	rejected *rejections
	once     *once
	pace     *pace
}

// NewService makes a service on a log.
func NewService(log Log, clock workspace.Clock) *Service {
	return &Service{log: log, clock: clock, rejected: newRejections(), once: newOnce(), pace: newPace()}
}

// Sender is who tells something.
type Sender struct {
	Key       workspace.Principal
	Address   string // only compared, and kept nowhere
	UserAgent string
	Country   string // as a trusted proxy says; "" = not said
	OptOut    bool   // the browser asks not to be followed (Sec-GPC, DNT)
}

// public reports whether anybody can send with the key: it stands in a page.
func (s *Sender) public() bool { return !s.Key.Allows(workspace.ScopeWrite) }

// told is something of a message that is to be observed.
type told struct {
	id string // of the message; "" = none
	workspace.Observation
	err error // why it cannot be
}

// take hands over what was told, and notes what is not taken.
func (s *Service) take(ctx context.Context, from *Sender, all []told) error {
	var in workspace.ObserveInput
	var ids []string
	for i := range all {
		switch t := &all[i]; {
		case t.err != nil:
			s.rejected.add(from.Key.Workspace, t.id, t.err.Error(), s.now())
		case s.once.seen(from.Key.Workspace, t.id):
		case s.hasty(from, t):
			s.rejected.leave(from.Key.Workspace, func(l *LeftOut) { l.Fast++ })
		default:
			in.Observations, ids = append(in.Observations, t.Observation), append(ids, t.id)
		}
	}
	if len(in.Observations) == 0 {
		return nil
	}
	in.Own, in.Actor, in.Public = from.Key.Origins, from.Key.Actor(), from.public()
	out, err := s.log.Observe(ctx, from.Key.Workspace, in)
	if err != nil {
		return err
	}
	refused := map[int]bool{}
	for _, r := range out.Refused {
		refused[r.Index] = true
		s.rejected.add(from.Key.Workspace, ids[r.Index], r.Error, s.now())
	}
	for i, id := range ids {
		if !refused[i] {
			s.once.note(from.Key.Workspace, id)
		}
	}
	return nil
}

// hasty reports whether something is told faster than a person could. Only of
// what anybody can send: servers tell of many people at once.
func (s *Service) hasty(from *Sender, t *told) bool {
	if !from.public() || t.View == nil && t.Event == nil {
		return false
	}
	browser := s.pace.fast(from.Key.Workspace, t.Visitor, false, t.At)
	return s.pace.fast(from.Key.Workspace, from.Address, true, t.At) || browser
}

func (s *Service) now() lifecycle.Millis { return lifecycle.MillisOf(s.clock()) }

// Rejected returns what was not taken of a workspace lately, the latest first,
// and how much was left out on purpose.
func (s *Service) Rejected(w journal.WorkspaceID) ([]Rejection, LeftOut) { return s.rejected.of(w) }

// How old something may be: what a browser held back, and what a server's
// program tells of the past.
const (
	browserMemory = lifecycle.Millis(365 * 24 * time.Hour / time.Millisecond)
	anyTime       = lifecycle.Millis(math.MaxInt64)
)

// corrected is when something happened by our clock: as long before now as it
// was before it was sent, whatever the clock of the sender shows.
func corrected(at, sent, now, oldest lifecycle.Millis) lifecycle.Millis {
	if at == 0 {
		return now
	}
	if sent == 0 {
		sent = now
	}
	ago := sent - at
	if ago < 0 || ago > oldest {
		return now
	}
	return now - ago
}
