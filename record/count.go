package record

import (
	"context"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// changeKey is what changes are counted by.
type changeKey struct {
	workspace journal.WorkspaceID
	quarter   int64
	actor     int64
	silent    bool
}

// quarterHour is the grain of the counts of changes.
const quarterHour = lifecycle.Millis(15 * 60 * 1000)

// quarterOf counts quarter hours since 1970, rounded down.
func quarterOf(at lifecycle.Millis) int64 {
	if at < 0 {
		at -= quarterHour - 1
	}
	return int64(at / quarterHour)
}

// countChange adds a change to the counts, or with -1 takes it out.
func (t *Tx) countChange(e *journal.Entry, n int64) {
	if e.Kind == journal.KindChange {
		t.request.changes[changeKey{e.Workspace, quarterOf(e.At), actorIndex(e.Actor.Kind), e.Silent}] += n
	}
}

// Uncount takes changes out of the counts that are in force no more.
func (t *Tx) Uncount(entries []journal.Entry) error {
	for i := range entries {
		t.countChange(&entries[i], -1)
	}
	return t.mark()
}

// saveCounts writes what the requests of a group counted.
func (t *Tx) saveCounts() error {
	for key, n := range t.group.changes {
		if n == 0 {
			continue
		}
		args := []any{int64(key.workspace), key.quarter, key.actor, key.silent, n}
		if err := t.conn.each(context.Background(), "count.add", nil, args); err != nil {
			return err
		}
	}
	return nil
}

// CountChanges returns the changes of a workspace by the quarter hour of their
// time, as far as from <= at < to.
func (r *Reader) CountChanges(w journal.WorkspaceID, from, to lifecycle.Millis, visit func(workspace.ChangeCount)) error {
	return r.Each("count.list", func(row Row) error {
		visit(workspace.ChangeCount{
			At: lifecycle.Millis(row.Int(0)) * quarterHour, Actor: journal.ActorKinds[row.Int(1)],
			Silent: row.Int(2) != 0, Changes: row.Int(3),
		})
		return nil
	}, int64(w), quarterOf(from), quarterOf(to+quarterHour-1))
}

// LastSeq is the last entry of the log of a workspace.
func (r *Reader) LastSeq(w journal.WorkspaceID) int64 { return r.state.heads[w] }

// CountUnrecorded counts the changes with from <= at < to that are not
// transitions, to the quarter hour.
func (r *Record) CountUnrecorded(ctx context.Context, w journal.WorkspaceID, from, to lifecycle.Millis) (n int64, err error) {
	err = r.Read(ctx, func(rd *Reader) error {
		row, _, err := rd.One("count.silent", int64(w), quarterOf(from), quarterOf(to+quarterHour-1))
		n = row.Int(0)
		return err
	})
	return n, err
}

// LastSeq is the last entry of the whole log, which is no later one of any
// workspace.
func (t *Tx) LastSeq(journal.WorkspaceID) int64 { return t.now.seq }
