package record

import (
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// ArrivedBefore finds the place by halves: later entries have arrived later,
// but for a clock that was set back.
func (v visitors) ArrivedBefore(at lifecycle.Millis) (int64, error) {
	row, ok, err := v.rows.One("log.last")
	if err != nil || !ok {
		return 0, err
	}
	low, high := int64(0), row.Int(0)
	for low < high {
		middle := low + (high-low+1)/2
		row, ok, err := v.rows.One("retention.arrived", middle)
		if err != nil {
			return 0, err
		}
		if !ok || lifecycle.Millis(row.Int(1)) < at {
			low = middle
		} else {
			high = row.Int(0) - 1
		}
	}
	return low, nil
}

func (v visitors) Seen(w journal.WorkspaceID, after, upTo int64, limit int) (seen []journal.ContactID, last int64, err error) {
	last = upTo
	n, known := 0, map[int64]bool{}
	err = v.rows.Each("retention.seen", func(row Row) error {
		if n++; n == limit {
			last = row.Int(0)
		}
		kind, visitor := journal.Kind(row.Int(2)), row.Int(1)
		if (kind == journal.KindView || kind == journal.KindEvent) && !known[visitor] {
			known[visitor] = true
			seen = append(seen, journal.ContactID(visitor))
		}
		return nil
	}, int64(w), after, upTo, limit)
	return seen, last, err
}

func (v visitors) Forgotten(w journal.WorkspaceID) (int64, error) {
	row, ok, err := v.rows.One("retention.get", int64(w))
	if err != nil || !ok {
		return 0, err
	}
	return row.Int(0), nil
}

func (v visitors) Forgetting() (list []workspace.StoredErasure, err error) {
	err = v.rows.Each("retention.parts", func(row Row) error {
		list = append(list, workspace.StoredErasure{
			Workspace: journal.WorkspaceID(row.Int(0)), Contact: journal.ContactID(row.Int(1)), Last: row.Int(2), Visitor: true,
		})
		return nil
	})
	return list, err
}

func (v visitorEditor) Forget(w journal.WorkspaceID, upTo int64) error {
	return v.tx.Run("retention.set", int64(w), upTo)
}

func (v visitorEditor) Part(w journal.WorkspaceID, visitor journal.ContactID, waits bool) error {
	if waits {
		return v.tx.Run("retention.part", int64(w), int64(visitor))
	}
	return v.tx.Run("retention.whole", int64(w), int64(visitor))
}
