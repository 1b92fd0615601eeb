package automation

import (
	"context"
	"time"

	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Bounds of following the log.
const (
	readAtOnce = 500    // entries in one step
	maxQueued  = 10_000 // waiting events of one destination: until some went, it reads no further
	keepEnded  = 5_000  // of the others, in each state
)

// followLog queues what the log tells since the last look, for every
// destination that is on.
func (s *Service) followLog(ctx context.Context) error {
	return s.eachDestination(ctx, func(ctx context.Context, w journal.WorkspaceID, k keptDestination) error {
		for ctx.Err() == nil {
			more, err := s.followStep(ctx, w, k)
			if err != nil || !more {
				return err
			}
		}
		return ctx.Err()
	})
}

// eachDestination works on those that are on; what fails in one leaves the
// others alone.
func (s *Service) eachDestination(ctx context.Context, work func(context.Context, journal.WorkspaceID, keptDestination) error) error {
	return s.eachWorkspace(ctx, func(ctx context.Context, w journal.WorkspaceID) error {
		var all []keptDestination
		err := s.store.Read(ctx, func(r workspace.Reader) (err error) {
			all, err = destinations().All(r.Saved(), w)
			return err
		})
		for _, k := range all {
			if !k.Body.Enabled {
				continue
			}
			if err := work(ctx, w, k); err != nil && ctx.Err() == nil {
				s.complain(ctx, "destination failed", k.ID, err)
			}
		}
		return err
	})
}

// stretch is a part of the log that was read.
type stretch struct {
	from, to int64
	queue    []workspace.StoredDelivery
}

// followStep reads a stretch of the log and queues what it tells: the events and
// how far was read in one write, so that a kill loses nothing and repeats
// nothing.
func (s *Service) followStep(ctx context.Context, w journal.WorkspaceID, k keptDestination) (more bool, err error) {
	var read stretch
	err = s.store.Read(ctx, func(r workspace.Reader) (err error) {
		read, err = s.readStretch(r, w, &k)
		return err
	})
	if err != nil || read.to <= read.from {
		return false, err
	}
	err = s.store.Write(ctx, func(tx workspace.Tx) error {
		now, err := destinations().Get(tx.Saved(), w, k.ID, nil)
		if err != nil || !now.Body.Enabled || now.Edit != k.Edit {
			more = false
			return ignoreGone(err) // the next look is by how it is set then
		}
		if at, _, err := tx.Deliveries().Followed(k.ID); err != nil || at != read.from {
			return err
		}
		more = true
		for _, d := range read.queue {
			if err := tx.Deliveries().Queue(d); err != nil {
				return err
			}
		}
		return tx.Deliveries().Follow(k.ID, read.to)
	})
	return more, err
}

func (s *Service) readStretch(r workspace.Reader, w journal.WorkspaceID, k *keptDestination) (read stretch, err error) {
	var ok bool
	if read.from, ok, err = r.Deliveries().Followed(k.ID); err != nil || !ok {
		return stretch{}, err
	}
	if read.to = r.LastSeq(w); read.to <= read.from {
		return read, nil
	}
	counts, err := r.Deliveries().Counts(k.ID)
	if err != nil || counts[workspace.DeliveryWaiting].Count >= maxQueued {
		return stretch{}, err
	}
	service := k.Body.Setup.Service()
	var telling []journal.Entry
	n, last := 0, read.from
	err = r.EachEntry(w, read.from, readAtOnce, func(e journal.Entry) error {
		n, last = n+1, e.Seq
		if destination.Tells(&e, service.MaxAge) {
			telling = append(telling, e)
		}
		return nil
	})
	if n == readAtOnce {
		read.to = last
	}
	if err != nil || len(telling) == 0 {
		return read, err
	}
	read.queue, err = s.told(r, w, k, telling)
	return read, err
}

// told are the events that entries tell and that were chosen.
func (s *Service) told(r workspace.Reader, w journal.WorkspaceID, k *keptDestination, telling []journal.Entry) (queue []workspace.StoredDelivery, err error) {
	_, reading, err := readingOf(r, w)
	if err != nil {
		return nil, err
	}
	chains := map[journal.ContactID][]journal.Entry{}
	for i := range telling {
		e := &telling[i]
		entries, known := chains[e.Contact]
		if !known {
			whole, err := workspace.ReadWhole(r, w, workspace.ContactRef{ID: e.Contact})
			if err != nil && fault.KindOf(err) != fault.NotFound {
				return nil, err
			}
			entries = whole.Entries // none of who is gone
			chains[e.Contact] = entries
		}
		if len(entries) == 0 {
			continue
		}
		for _, what := range reading.Of(e, entries) {
			if k.Body.Setup.Choose(what, reading.StageOf(e)) != nil {
				queue = append(queue, workspace.StoredDelivery{
					Workspace: w, Of: k.ID, Created: s.now(), Seq: e.Seq, Event: string(what), Contact: e.Contact,
				})
			}
		}
	}
	return queue, nil
}

// readingOf reads events under the present configuration.
func readingOf(r workspace.Reader, w journal.WorkspaceID) (*workspace.Configured, *destination.Reading, error) {
	c, err := r.Configuration(w)
	if err != nil {
		return nil, nil, err
	}
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return nil, nil, err
	}
	return c, destination.NewReading(&c.Configuration, zone), nil
}
