package automation

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// EventDelivery is an event that a destination is told of, and what became of
// it.
type EventDelivery struct {
	ID          string            `json:"id"`
	Destination string            `json:"destination"`
	EventID     string            `json:"event_id" doc:"the service gets the same one at every attempt"`
	Event       destination.What  `json:"event" enum:"lead,stage,opportunity,won,lost,sale,refund"`
	Contact     string            `json:"contact" doc:"as it was then; it may have been merged since"`
	Seq         int64             `json:"seq" doc:"the log entry that tells it"`
	State       string            `json:"state" enum:"waiting,sent,failed,skipped" doc:"failed: nobody tries any more; skipped: there was nothing to send, or it must not be"`
	Attempts    int64             `json:"attempts"`
	Error       string            `json:"error" doc:"of the last attempt, or why it was not sent"`
	CreatedAt   lifecycle.Millis  `json:"created_at"`
	NextAt      *lifecycle.Millis `json:"next_at" doc:"of waiting: the next attempt"`
	EndedAt     *lifecycle.Millis `json:"ended_at"`
}

// EventDeliveryDetail is one with exactly what was sent and answered last.
type EventDeliveryDetail struct {
	EventDelivery
	Request *Sent     `json:"request" doc:"null if nothing was sent yet"`
	Answer  *Answered `json:"answer" doc:"null if nothing was answered"`
}

func eventDelivery(d *workspace.StoredDelivery) EventDelivery {
	told := destination.Told{Seq: d.Seq, What: destination.What(d.Event)}
	out := EventDelivery{
		ID: showDelivery(d.Number), Destination: d.Of, EventID: destination.EventID(destinationNumber(d.Of), told), Event: told.What,
		Contact: workspace.ShowContactID(d.Contact), Seq: d.Seq, State: string(d.State), Attempts: d.Attempts, Error: d.Error, CreatedAt: d.Created,
	}
	if d.State == workspace.DeliveryWaiting {
		out.NextAt = &d.Due
	} else {
		out.EndedAt = &d.Ended
	}
	return out
}

const deliveryPrefix = "delivery_"

func showDelivery(number int64) string { return deliveryPrefix + strconv.FormatInt(number, 10) }

// destinationNumber is a destination's id without what all have.
func destinationNumber(id string) string { return strings.TrimPrefix(id, "destination_") }

// ListEventDeliveries lists what a destination was told, newest first, in a
// state or, with "", in any. Next is the cursor of the page after, "" at the
// end.
func (s *Service) ListEventDeliveries(ctx context.Context, w journal.WorkspaceID, id, state, cursor string, limit int) (out []EventDelivery, next string, err error) {
	before, err := beforeOf(cursor)
	if err != nil {
		return nil, "", err
	}
	if state != "" && !slices.Contains(workspace.DeliveryStates[:], workspace.DeliveryState(state)) {
		return nil, "", fault.At("query.state", "is not one of waiting, sent, failed and skipped")
	}
	err = s.store.Read(ctx, func(r workspace.Reader) error {
		if _, err := destinations().Get(r.Saved(), w, id, nil); err != nil {
			return err
		}
		list, err := r.Deliveries().ListOf(id, workspace.DeliveryState(state), before, limit)
		for i := range list {
			out = append(out, eventDelivery(&list[i]))
			next = strconv.FormatInt(list[i].Number, 10)
		}
		return err
	})
	if len(out) < limit {
		next = ""
	}
	return out, next, err
}

// beforeOf reads the cursor of a list of deliveries.
func beforeOf(cursor string) (int64, error) {
	if cursor == "" {
		return 1<<62 - 1, nil
	}
	before, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil {
		return 0, fault.At("query.cursor", "is not a cursor of this list")
	}
	return before, nil
}

// GetEventDelivery returns one with what was sent and answered last.
func (s *Service) GetEventDelivery(ctx context.Context, w journal.WorkspaceID, id string) (out EventDeliveryDetail, err error) {
	err = s.store.Read(ctx, func(r workspace.Reader) error {
		d, err := eventOf(r.Deliveries(), w, id)
		if err != nil {
			return err
		}
		out.EventDelivery = eventDelivery(d)
		if out.Request, err = keptJSON[Sent](d.Request); err != nil {
			return err
		}
		out.Answer, err = keptJSON[Answered](d.Answer)
		return err
	})
	return out, err
}

// eventOf finds an event of a destination by its id.
func eventOf(r workspace.DeliveryReader, w journal.WorkspaceID, id string) (*workspace.StoredDelivery, error) {
	notFound := fault.New(fault.NotFound, "delivery_not_found", "There is no delivery %q to a destination.", cut(strings.ToValidUTF8(id, "?"), 80))
	digits, ok := strings.CutPrefix(id, deliveryPrefix)
	number, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil {
		return nil, notFound
	}
	d, err := r.Get(w, number)
	if err == nil && (d == nil || d.Seq == 0) {
		err = notFound
	}
	return d, err
}

func keptJSON[T any](text []byte) (*T, error) {
	if len(text) == 0 {
		return nil, nil
	}
	out := new(T)
	return out, json.Unmarshal(text, out)
}

// ReplayDelivery has an event told again, however it ended. It keeps its id, so
// that whoever took it before takes it for the same.
func (s *Service) ReplayDelivery(ctx context.Context, w journal.WorkspaceID, id string, once workspace.Idempotency) (EventDelivery, error) {
	out, err := workspace.WriteOnce(ctx, s.store, s.now(), w, once, func(tx workspace.Tx) (out EventDelivery, err error) {
		d, err := eventOf(tx.Deliveries(), w, id)
		if err != nil {
			return out, err
		}
		if err := tx.Deliveries().Replay(w, d.Number, s.now()); err != nil {
			return out, err
		}
		d, err = eventOf(tx.Deliveries(), w, id)
		if err != nil {
			return out, err
		}
		return eventDelivery(d), nil
	})
	s.wakeDestinations()
	return out, err
}

// ReplayedAnswer counts what is told again.
type ReplayedAnswer struct {
	Replayed int64 `json:"replayed"`
}

// ReplayDestination has everything told again that failed.
func (s *Service) ReplayDestination(ctx context.Context, w journal.WorkspaceID, id string, once workspace.Idempotency) (ReplayedAnswer, error) {
	out, err := workspace.WriteOnce(ctx, s.store, s.now(), w, once, func(tx workspace.Tx) (out ReplayedAnswer, err error) {
		if _, err := destinations().Get(tx.Saved(), w, id, nil); err != nil {
			return out, err
		}
		out.Replayed, err = tx.Deliveries().ReplayOf(id, s.now())
		return out, err
	})
	s.wakeDestinations()
	return out, err
}
