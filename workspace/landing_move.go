package workspace

import (
	"hash/fnv"
	"math"
	"slices"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// target finds the stage of a move and checks that it takes changes.
func (l *landing) target(m *move) (lifecycle.StageID, error) {
	if m == nil || m.stage == nil {
		return lifecycle.NoStage, nil
	}
	stage, ok := l.c.FindStage(*m.stage)
	if !ok {
		return 0, unknownStage(l.c, "body.stage", *m.stage)
	}
	return stage.ID, checkOpen(l.c, stage, l.at(m))
}

// at is when a move happens.
func (l *landing) at(m *move) lifecycle.Millis {
	if m.own {
		return m.at
	}
	return l.now
}

// move appends the change of an item and moves the contact's head.
func (l *landing) move(sub *subject, it *item, to lifecycle.StageID, out *landed) error {
	m := it.move
	at := l.at(m)
	if err := l.current(sub); err != nil {
		return err
	}
	late := sub.late || at < sub.Head.Latest || !sub.Head.State.Accepts(at)
	if from, known, err := l.stageAt(sub, m, at, late); err != nil {
		return err
	} else if known {
		out.changed = l.c.Folder.Changes(from, to)
		if !out.changed && !m.own {
			return nil
		}
		if out.kept = out.changed && m.forwardOnly && !l.c.forward(from, to); out.kept {
			out.changed = false
			return nil
		}
	}
	change, err := l.log(sub, it, to, at)
	if err != nil {
		return err
	}
	out.logged = true
	out.recorded = out.changed && l.c.Folder.Recorded(change)
	sub.note(change, m.id, out)
	if late {
		sub.late = true
		return nil
	}
	l.c.Folder.Apply(&sub.Head.State, change)
	l.c.Folder.Settle(&sub.Head.State, math.MaxInt64)
	return nil
}

// stageAt returns the stage of the contact just before a move. Of late news
// it is known at once only where that decides whether it is logged at all;
// else finish finds it for all of them together.
func (l *landing) stageAt(sub *subject, m *move, at lifecycle.Millis, late bool) (from lifecycle.StageID, known bool, err error) {
	if !late {
		return sub.Head.State.Present, true, nil
	}
	if m.own && !m.forwardOnly {
		return 0, false, nil
	}
	changes, err := l.changes(sub)
	if err != nil {
		return 0, false, err
	}
	var s lifecycle.State
	for _, c := range changes {
		if c.At > at {
			break
		}
		l.c.Folder.Apply(&s, c)
	}
	l.c.Folder.Settle(&s, at)
	return s.Present, true, nil
}

func (l *landing) log(sub *subject, it *item, to lifecycle.StageID, at lifecycle.Millis) (lifecycle.Change, error) {
	e := journal.Entry{
		Kind: journal.KindChange, At: at, Actor: it.actor, Import: it.imported,
		Stage: to, Silent: it.move.silent, Note: it.move.note, ChangeID: it.move.id,
	}
	err := l.append(sub, &e)
	return e.Change(), err
}

// note counts a change that was appended.
func (sub *subject) note(c lifecycle.Change, id string, result *landed) {
	sub.news = append(sub.news, novelty{c, id, result})
	sub.Head.Latest = max(sub.Head.Latest, c.At)
	sub.Head.Changes++
	sub.Head.IDs |= idBits(id)
}

// current makes sure that the state is one of this configuration. A contact
// without changes has the same state under all of them.
func (l *landing) current(sub *subject) error {
	if sub.late || sub.Head.Folded && sub.Head.Folds == l.c.Folds {
		return nil
	}
	if sub.Head.Changes > 0 {
		sub.late = true
		return l.refold(sub)
	}
	sub.Head.Folds, sub.Head.Folded = l.c.Folds, true
	return nil
}

// refold folds all changes of a contact if the state lacks some.
func (l *landing) refold(sub *subject) error {
	if !sub.late {
		return nil
	}
	changes, err := l.changes(sub)
	if err != nil {
		return err
	}
	results := map[int64]*landed{}
	for _, n := range sub.news {
		results[n.change.Arrival] = n.result
	}
	sub.Head.State = lifecycle.State{}
	for _, c := range changes {
		effect := l.c.Folder.Apply(&sub.Head.State, c)
		if result := results[c.Arrival]; result != nil {
			result.changed, result.recorded = effect, effect && l.c.Folder.Recorded(c)
		}
	}
	l.c.Folder.Settle(&sub.Head.State, math.MaxInt64)
	sub.late, sub.Head.Folded, sub.Head.Folds = false, true, l.c.Folds
	return nil
}

// changes returns all changes of a contact, in order of the fold.
func (l *landing) changes(sub *subject) ([]lifecycle.Change, error) {
	past, err := l.past(sub)
	if err != nil {
		return nil, err
	}
	changes := slices.Clone(past.changes)
	for _, n := range sub.news {
		changes = append(changes, n.change)
	}
	lifecycle.SortChanges(changes)
	return changes, nil
}

// hasID reports whether the contact already has a change with this id. The
// head's filter answers no for certain, and yes only perhaps.
func (l *landing) hasID(sub *subject, id string) (bool, error) {
	bits := idBits(id)
	if id == "" || sub.Head.IDs&bits != bits {
		return false, nil
	}
	if slices.ContainsFunc(sub.news, func(n novelty) bool { return n.id == id }) {
		return true, nil
	}
	past, err := l.past(sub)
	if err != nil {
		return false, err
	}
	return past.ids[id], nil
}

// idBits are the bits of a change id in a head's filter: two of 64, which
// answers wrongly for one in twenty where a contact has eight ids.
func idBits(id string) uint64 {
	if id == "" {
		return 0
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	sum := h.Sum64()
	return 1<<(sum&63) | 1<<(sum>>32&63)
}
