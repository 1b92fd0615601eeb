package record

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
)

// chained is a query that walks back from an entry, and how its rows read.
type chained struct {
	query  string
	decode func(Row) (journal.Entry, error)
}

func wholeChain() chained { return chained{"log.chain", decodeEntry} }
func leanChain() chained  { return chained{"log.leanChain", decodeLean} }

// chain walks back from an entry to the first of its contact, and from each
// merge along the chain of the contact that was merged.
func (by chained) chain(c *conn, last int64) ([]journal.Entry, error) {
	entries, err := by.walk(c, last)
	if err != nil {
		return nil, err
	}
	slices.Reverse(entries)
	merged := false
	for i := 0; i < len(entries); i++ {
		if m := entries[i].Merge; m != nil && m.Last != 0 {
			others, err := by.walk(c, m.Last)
			if err != nil {
				return nil, err
			}
			entries, merged = append(entries, others...), true
		}
	}
	if merged {
		slices.SortFunc(entries, func(a, b journal.Entry) int { return cmp.Compare(a.Seq, b.Seq) })
	}
	return entries, nil
}

// walk returns the entries chained back from one, the latest first.
func (by chained) walk(c *conn, last int64) ([]journal.Entry, error) {
	var entries []journal.Entry
	next := last
	// A chain is short and is read to its end: watching a context would cost
	// more than reading it.
	err := c.each(context.Background(), by.query, func(row Row) error {
		e, err := by.decode(row)
		if err != nil {
			return err
		}
		if e.Prev >= e.Seq {
			return fmt.Errorf("record: log entry %d is chained forward", e.Seq)
		}
		entries, next = append(entries, e), e.Prev
		return nil
	}, []any{last})
	if err == nil && next > 0 {
		err = fmt.Errorf("record: log entry %d is missing", next)
	}
	return entries, err
}

// decodeLean reads a row of what reports are made of.
func decodeLean(r Row) (journal.Entry, error) {
	packed := r.Int(1)
	e := journal.Entry{
		Seq: r.Int(0), Kind: journal.Kind(packed & 15), Silent: packed>>4&1 != 0, Stage: lifecycle.StageID(packed >> 5),
		Contact: journal.ContactID(r.Int(2)), Prev: r.Int(3), At: lifecycle.Millis(r.Int(4)),
		Import: r.Int(5), Arrived: lifecycle.Millis(r.Int(6)),
	}
	if r.Null(7) {
		return e, nil
	}
	return e, decodeBody(&e, r.Text(7))
}

// Chain returns the entries chained back from one, in order of arrival.
func (t *Tx) Chain(last int64) ([]journal.Entry, error) { return wholeChain().chain(t.conn, last) }

// Chain returns the entries chained back from one, in order of arrival.
func (r *Reader) Chain(last int64) ([]journal.Entry, error) { return wholeChain().chain(r.conn, last) }

// Chains returns the entries of each chain in order of arrival, with those of
// contacts merged into its own among them; none of one that ends with 0.
// They lack workspace, actor, note, change id, and when a change arrived, and
// may lack which entry is before.
func (r *Record) Chains(ctx context.Context, _ journal.WorkspaceID, wanted []projector.Chain) ([][]journal.Entry, error) {
	chains := make([][]journal.Entry, len(wanted))
	var rest []int // of wanted, to be read
	for i, c := range wanted {
		if c.Last == 0 {
			continue
		}
		entries, ok, err := unpackUpTo(c, r.recent.get(c.Contact))
		if err != nil {
			return nil, err
		}
		if chains[i] = entries; !ok {
			rest = append(rest, i)
		}
	}
	if len(rest) == 0 {
		return chains, nil
	}
	return chains, r.Read(ctx, func(rd *Reader) (err error) {
		for _, i := range rest {
			if err = ctx.Err(); err != nil {
				return err
			}
			if chains[i], err = rd.lean(wanted[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// unpackUpTo returns the entries of a packed chain up to the one that is asked
// for: the chain may be further, and may not have it.
func unpackUpTo(c projector.Chain, packed []byte) (entries []journal.Entry, ok bool, err error) {
	if !inFormat(packed) {
		return nil, false, nil
	}
	if entries, err = journal.UnpackChain(c.Contact, string(packed[1:])); err != nil {
		return nil, false, fmt.Errorf("record: head of contact %d: %w", c.Contact, err)
	}
	end := slices.IndexFunc(entries, func(e journal.Entry) bool { return e.Seq == c.Last })
	return entries[:end+1], end >= 0, nil
}

// lean reads a chain from the contact's head, which is one row, else from the
// log, where each entry is elsewhere.
func (r *Reader) lean(c projector.Chain) ([]journal.Entry, error) {
	row, ok, err := r.One("head.chain", int64(c.Contact))
	if err != nil {
		return nil, err
	}
	if ok {
		entries, ok, err := unpackUpTo(c, row.Blob(0))
		if ok || err != nil {
			return entries, err
		}
	}
	return leanChain().chain(r.conn, c.Last)
}

// Latest returns the last entry of each contact or visitor, also of who is gone;
// 0 of who never was.
func (r *Record) Latest(ctx context.Context, w journal.WorkspaceID, contacts []journal.ContactID) ([]int64, error) {
	lasts := make([]int64, len(contacts))
	err := r.Read(ctx, func(rd *Reader) error {
		for i, c := range contacts {
			row, ok, err := rd.One("chain.last", int64(w), int64(c))
			if err != nil {
				return err
			}
			if ok {
				lasts[i] = row.Int(0)
			}
		}
		return nil
	})
	return lasts, err
}

// Skim is Scan of entries that lack what those of Chains lack.
func (r *Record) Skim(ctx context.Context, w journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error {
	if held, ok := r.tail.between(w, after, upTo); ok && ctx.Err() == nil {
		return unpackTail(held[:min(len(held), limit)], visit)
	}
	return r.Read(ctx, func(rd *Reader) error {
		// Each row would pay for watching a context; limit bounds the rows.
		return rd.conn.each(context.Background(), "log.leanScan", func(row Row) error {
			e, err := decodeLean(row)
			if err != nil {
				return err
			}
			return visit(e)
		}, []any{int64(w), after, upTo, limit})
	})
}

func unpackTail(held []tailed, visit func(journal.Entry) error) error {
	for i := range held {
		t := &held[i]
		e, err := journal.Unpack(t.contact, t.seq, string(t.packed))
		if err != nil {
			return fmt.Errorf("record: log entry %d in memory: %w", t.seq, err)
		}
		e.Prev = t.prev
		if err := visit(e); err != nil {
			return err
		}
	}
	return nil
}
