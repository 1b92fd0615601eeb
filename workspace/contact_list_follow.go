package workspace

import (
	"context"
	"log/slog"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/segment"
)

// Following smart lists: how often their rules are evaluated, how long one
// round may take, and how many members a list may have to be followed.
const (
	followEvery  = time.Minute
	followAtMost = 20 * time.Second
	maxFollowed  = 100_000
	followChunk  = 500 // changes of membership of one commit
)

// FollowLists notes who comes to smart lists and leaves them, until ctx ends.
// A rule is evaluated again when the log went on since, or when it asks for
// times. A list that cannot be followed waits for the next round.
func (s *Service) FollowLists(ctx context.Context, log *slog.Logger) {
	ticker := time.NewTicker(followEvery)
	defer ticker.Stop()
	turn := 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		var err error
		if turn, err = s.followRound(ctx, turn); err != nil && ctx.Err() == nil {
			log.LogAttrs(ctx, slog.LevelWarn, "workspace: lists were not followed", slog.Any("error", err))
		}
	}
}

// followRound evaluates what is due, beginning at a turn, and returns where to
// begin next time.
func (s *Service) followRound(ctx context.Context, turn int) (int, error) {
	due, err := s.smartLists(ctx)
	if err != nil || len(due) == 0 {
		return 0, err
	}
	began := time.Now()
	for i := range due {
		at := (turn + i) % len(due)
		if time.Since(began) > followAtMost {
			return at, nil
		}
		if err := s.FollowList(ctx, due[at].stored.Workspace, due[at].ID); err != nil {
			return at + 1, err
		}
	}
	return 0, nil
}

// smartLists lists those of all workspaces.
func (s *Service) smartLists(ctx context.Context) (out []Kept[listBody], err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		all, err := r.Workspaces()
		if err != nil {
			return err
		}
		for _, w := range all {
			all, err := r.Saved().All(w, SavedList)
			if err != nil {
				return err
			}
			for _, stored := range all {
				if k, err := lists().read(stored); err == nil && k.Body.Kind == ListSmart {
					out = append(out, k)
				}
			}
		}
		return nil
	})
	return out, err
}

// FollowList evaluates the rule of one smart list, if it is due, and notes who
// came and who left.
func (s *Service) FollowList(ctx context.Context, w journal.WorkspaceID, id string) error {
	f, err := s.find()
	if err != nil {
		return err
	}
	var k Kept[listBody]
	var rule segment.Resolved
	err = s.ledger(ctx, w, func(l *ledger) (err error) {
		if k, err = lists().Get(l.reader, w, id, nil); err != nil || k.Body.Kind != ListSmart {
			return err
		}
		rule, err = l.read(k.Body.Filter, "rule")
		return err
	})
	if err != nil || k.Body.Kind != ListSmart {
		return err
	}
	body, number := k.Body, k.stored.Number
	seq, written := f.Seq(w), string(toJSON(rule))
	if body.Evaluated != 0 && body.Seq == seq && body.Rule == written && !moves(rule) {
		return nil
	}
	body.Evaluated, body.Seq, body.Rule = s.now(), seq, written
	n, err := s.countFound(ctx, w, FindInput{Segment: rule})
	if err != nil {
		return err
	}
	if body.Large = n > maxFollowed; !body.Large {
		if err := s.compareMembers(ctx, w, number, rule); err != nil {
			return err
		}
	}
	return s.saveEvaluation(ctx, w, number, body)
}

// moves reports whether time alone can change who is meant.
func moves(r segment.Resolved) bool {
	for _, rule := range r.Rules {
		if segment.HasTimeTerms(rule) {
			return true
		}
	}
	return r.Where != nil && segment.HasTimeTerms(r.Where)
}

// compareMembers walks through who was a member and who is, side by side.
func (s *Service) compareMembers(ctx context.Context, w journal.WorkspaceID, list int64, rule segment.Resolved) error {
	c := comparison{s: s, list: list}
	err := s.eachFound(ctx, w, FindInput{Segment: rule}, func(ids []journal.ContactID) error {
		for _, id := range ids {
			if err := c.is(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = c.end(ctx)
	}
	return err
}

// comparison is two sorted rows of members: those that were, read in pages,
// and those that are, as they come.
type comparison struct {
	s       *Service
	list    int64
	were    []journal.ContactID // not yet passed
	last    journal.ContactID   // of the pages read
	done    bool                // there are no more pages
	changes []memberChange
}

type memberChange struct {
	contact journal.ContactID
	member  bool
}

// next is the first that was a member and is not passed yet, 0 = none.
func (c *comparison) next(ctx context.Context) (journal.ContactID, error) {
	if len(c.were) == 0 && !c.done {
		err := c.s.store.Read(ctx, func(r Reader) (err error) {
			c.were, err = r.Saved().Members(c.list, c.last, findPage)
			return err
		})
		if err != nil {
			return 0, err
		}
		if c.done = len(c.were) < findPage; len(c.were) > 0 {
			c.last = c.were[len(c.were)-1]
		}
	}
	if len(c.were) == 0 {
		return 0, nil
	}
	return c.were[0], nil
}

// is takes a member. All that were and come before it have left.
func (c *comparison) is(ctx context.Context, id journal.ContactID) error {
	for {
		was, err := c.next(ctx)
		switch {
		case err != nil:
			return err
		case was == id:
			c.were = c.were[1:]
			return nil
		case was == 0 || was > id:
			return c.note(ctx, id, true)
		}
		c.were = c.were[1:]
		if err := c.note(ctx, was, false); err != nil {
			return err
		}
	}
}

// end takes those that are left over for gone.
func (c *comparison) end(ctx context.Context) error {
	for {
		was, err := c.next(ctx)
		if err != nil {
			return err
		}
		if was == 0 {
			return c.write(ctx)
		}
		c.were = c.were[1:]
		if err := c.note(ctx, was, false); err != nil {
			return err
		}
	}
}

func (c *comparison) note(ctx context.Context, id journal.ContactID, member bool) error {
	c.changes = append(c.changes, memberChange{id, member})
	if len(c.changes) < followChunk {
		return nil
	}
	return c.write(ctx)
}

func (c *comparison) write(ctx context.Context) error {
	if len(c.changes) == 0 {
		return nil
	}
	at := c.s.now()
	err := c.s.store.Write(ctx, func(tx Tx) error {
		for _, change := range c.changes {
			if _, err := tx.Saved().SetMember(c.list, change.contact, change.member, at); err != nil {
				return err
			}
		}
		return nil
	})
	c.changes = c.changes[:0]
	return err
}

// saveEvaluation notes when a rule was evaluated, unless the list was edited
// or removed meanwhile. It is no edit of the list.
func (s *Service) saveEvaluation(ctx context.Context, w journal.WorkspaceID, number int64, evaluated listBody) error {
	return s.store.Write(ctx, func(tx Tx) error {
		stored, err := tx.Saved().Get(w, SavedList, number)
		if err != nil || stored == nil {
			return err
		}
		k, err := lists().read(*stored)
		if err != nil || k.Body.Filter != evaluated.Filter {
			return err
		}
		k.Body.Evaluated, k.Body.Seq, k.Body.Rule, k.Body.Large = evaluated.Evaluated, evaluated.Seq, evaluated.Rule, evaluated.Large
		return k.Note(tx.Saved())
	})
}
