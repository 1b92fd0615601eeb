package record

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Append adds an entry of a contact to the log.
func (t *Tx) append(e *journal.Entry) error {
	body, err := encodeBody(e)
	if err != nil {
		return fmt.Errorf("encode entry: %w", err)
	}
	t.now.seq++
	e.Seq = t.now.seq
	t.request.heads[e.Workspace] = e.Seq
	t.countChange(e, 1)
	var end tailed
	end, t.packing = newTailed(e, t.packing)
	t.request.tail = append(t.request.tail, end)
	return t.Run("log.append", e.Seq, int64(e.Workspace), int64(e.Kind), int64(e.Contact), e.Prev,
		int64(e.At), int64(e.Arrived), actorIndex(e.Actor.Kind), orNull(e.Actor.ID), orNull(e.Actor.Name),
		int64(e.Stage), e.Silent, e.Import, orNull(e.Note), orNull(e.ChangeID), body)
}

func encodeBody(e *journal.Entry) (any, error) {
	value := bodyOf(e)
	if value == nil {
		return nil, nil
	}
	text, err := json.Marshal(value)
	return string(text), err
}

// bodyOf is what an entry says in its body, nil for nothing.
func bodyOf(e *journal.Entry) any {
	switch {
	case e.Edit != nil:
		return e.Edit
	case e.Configuration != nil:
		return e.Configuration
	case e.Merge != nil:
		return e.Merge
	case e.Touch != nil:
		return e.Touch
	case e.View != nil:
		return e.View
	case e.Identify != nil:
		return e.Identify
	case e.Revenue != nil:
		return e.Revenue
	case e.Cost != nil:
		return e.Cost
	case e.Event != nil:
		return e.Event
	case e.Agreement != nil:
		return e.Agreement
	}
	return nil
}

// millis is an instant as SQLite stores it.
func millis(m lifecycle.Millis) int64 { return int64(m) }

// orNull stores the empty text as NULL, which is shorter and read for free.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func actorIndex(kind journal.ActorKind) int64 {
	return int64(slices.Index(journal.ActorKinds[:], kind))
}

// decodeEntry reads a row of the log.
func decodeEntry(r Row) (journal.Entry, error) {
	e := journal.Entry{
		Seq: r.Int(0), Workspace: journal.WorkspaceID(r.Int(1)), Kind: journal.Kind(r.Int(2)),
		Contact: journal.ContactID(r.Int(3)), Prev: r.Int(4),
		At: lifecycle.Millis(r.Int(5)), Arrived: lifecycle.Millis(r.Int(6)),
		Actor: journal.Actor{ID: r.Text(8), Name: r.Text(9)},
		Stage: lifecycle.StageID(r.Int(10)), Silent: r.Int(11) != 0, Import: r.Int(12),
		Note: r.Text(13), ChangeID: r.Text(14),
	}
	if k := r.Int(7); k >= 0 && k < int64(len(journal.ActorKinds)) {
		e.Actor.Kind = journal.ActorKinds[k]
	}
	return e, decodeBody(&e, r.Text(15))
}

func decodeBody(e *journal.Entry, body string) error {
	if body == "" {
		return nil
	}
	if e.Kind == journal.KindContact || e.Kind == journal.KindWithdrawal {
		if edit, ok := readEdit(body); ok {
			e.Edit = edit
			return nil
		}
	}
	if err := json.Unmarshal([]byte(body), emptyBody(e)); err != nil {
		return fmt.Errorf("decode log entry %d: %w", e.Seq, err)
	}
	return nil
}

// emptyBody makes the body of an entry's kind.
func emptyBody(e *journal.Entry) any {
	switch e.Kind {
	case journal.KindContact, journal.KindWithdrawal:
		e.Edit = &journal.ContactEdit{}
		return e.Edit
	case journal.KindMerge:
		e.Merge = &journal.Merge{}
		return e.Merge
	case journal.KindTouch:
		e.Touch = &journal.Touch{}
		return e.Touch
	case journal.KindView:
		e.View = &journal.View{}
		return e.View
	case journal.KindIdentify, journal.KindErasure:
		e.Identify = &journal.Identify{}
		return e.Identify
	case journal.KindRevenue:
		e.Revenue = &journal.Revenue{}
		return e.Revenue
	case journal.KindCost:
		e.Cost = &journal.Cost{}
		return e.Cost
	case journal.KindEvent:
		e.Event = &journal.Event{}
		return e.Event
	case journal.KindAgreement:
		e.Agreement = &journal.Agreement{}
		return e.Agreement
	}
	e.Configuration = &journal.Configuration{}
	return e.Configuration
}

// Scan calls visit with the entries after < seq <= upTo in order, at most limit.
func (r *Record) Scan(ctx context.Context, w journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error {
	return r.Read(ctx, func(rd *Reader) error {
		return rd.Each("log.scan", func(row Row) error {
			e, err := decodeEntry(row)
			if err != nil {
				return err
			}
			return visit(e)
		}, int64(w), after, upTo, limit)
	})
}

// Outline is Scan of entries that have their seq, kind and contact only, and of
// merges and identifications their body: who became whom.
func (r *Record) Outline(ctx context.Context, w journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error {
	return r.Read(ctx, func(rd *Reader) error {
		// Each row would pay for watching a context; limit bounds the rows.
		return rd.conn.each(context.Background(), "log.outline", func(row Row) error {
			e := journal.Entry{Seq: row.Int(0), Kind: journal.Kind(row.Int(1)), Contact: journal.ContactID(row.Int(2))}
			if err := decodeBody(&e, row.Text(3)); err != nil {
				return err
			}
			return visit(e)
		}, []any{int64(w), after, upTo, limit})
	})
}

// Entries visits some entries of a workspace, in the order given; those that are
// not there are passed over.
func (r *Record) Entries(ctx context.Context, w journal.WorkspaceID, seqs []int64, visit func(journal.Entry) error) error {
	return r.Read(ctx, func(rd *Reader) error {
		for _, seq := range seqs {
			row, ok, err := rd.One("log.entry", int64(w), seq)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			e, err := decodeEntry(row)
			if err == nil {
				err = visit(e)
			}
			if err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

// EachEntry visits up to limit entries after one, in order of arrival.
func (r *Reader) EachEntry(w journal.WorkspaceID, after int64, limit int, visit func(journal.Entry) error) error {
	return r.Each("log.scan", func(row Row) error {
		e, err := decodeEntry(row)
		if err != nil {
			return err
		}
		return visit(e)
	}, int64(w), after, r.LastSeq(w), limit)
}

// EachChange visits the stage changes of a workspace in order of arrival. Each
// row is two numbers, as each column of a row costs as much as the row.
func (r *Reader) EachChange(w journal.WorkspaceID, upTo int64, visit func(journal.ContactID, lifecycle.Change) error) error {
	arrival := int64(0)
	return r.Each("change.each", func(row Row) error {
		packed := row.Int(0)
		arrival++
		return visit(journal.ContactID(packed>>17), lifecycle.Change{
			At: lifecycle.Millis(row.Int(1)), Arrival: arrival, To: lifecycle.StageID(packed >> 1), Silent: packed&1 != 0,
		})
	}, int64(w), upTo)
}

// ListChanges visits the changes before a seq, newest first, until visit
// returns false or span seqs were passed over.
func (r *Reader) ListChanges(w journal.WorkspaceID, before, span int64, visit func(journal.Entry) bool) (int64, error) {
	before = min(before, r.state.heads[w]+1)
	floor := max(before-span, 1)
	next := floor
	err := r.Each("log.list", func(row Row) error {
		e, err := decodeEntry(row)
		if err != nil {
			return err
		}
		if !visit(e) {
			next = e.Seq
			return errFirst
		}
		return nil
	}, int64(w), before, floor)
	if isFirst(err) {
		return next, nil
	}
	if next <= 1 {
		next = 0
	}
	return next, err
}
