package workspace

import (
	"context"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// SetStage moves one contact.
func (s *Service) SetStage(ctx context.Context, w journal.WorkspaceID, in SetStageInput) (SetStageOutput, error) {
	it, err := s.stageItem(in)
	if err != nil {
		return SetStageOutput{}, err
	}
	var out *landed
	return landOnce(ctx, s, w, in.Once, func(l *landing) (err error) {
		if out, err = l.land(it); err == nil {
			err = l.show(out.subject)
		}
		return err
	}, func(l *landing) (SetStageOutput, error) {
		h := out.subject.Held
		return SetStageOutput{
			Changed: out.changed, Recorded: out.recorded,
			Contact: contactView(l.c, h), Journey: l.c.journeyView(h.Head.State.Last), Seq: h.Head.Last,
		}, nil
	})
}

func (s *Service) stageItem(in SetStageInput) (*item, error) {
	var k checker
	it := &item{ref: &in.Ref, patch: true, ifMatch: in.IfMatch, actor: k.actor(in.Actor)}
	it.fields.Value = k.money("body.value", in.Value)
	note := k.text("body.note", &in.Note, maxNote)
	if err := k.Err(); err != nil {
		return nil, err
	}
	var err error
	if it.move, err = s.newMove(in.Stage, in.At, it.actor); err != nil {
		return nil, err
	}
	it.move.note = *note
	return it, nil
}

// maxBatch is how many items one batch may have: they are one commit.
const maxBatch = 100_000

func errBatchTooLarge(noun string, items int) error {
	return fault.New(fault.TooLarge, "batch_too_large", "A batch has at most %d %s; this one has %d.", fault.Named("max", maxBatch), noun, items)
}

// RecordChanges appends a batch of dated changes. Items that cannot be taken
// are rejected one by one; all others land in one commit, in order of index.
func (s *Service) RecordChanges(ctx context.Context, w journal.WorkspaceID, in RecordChangesInput) (RecordChangesOutput, error) {
	if len(in.Items) > maxBatch {
		return RecordChangesOutput{}, errBatchTooLarge("changes", len(in.Items))
	}
	items := make([]*item, len(in.Items))
	refused := make([]error, len(in.Items))
	for i := range in.Items {
		items[i], refused[i] = s.changeItem(&in.Items[i])
	}
	var out RecordChangesOutput
	return landOnce(ctx, s, w, in.Once, func(l *landing) error {
		out = RecordChangesOutput{Rejected: []Rejected{}}
		for i, it := range items {
			if err := l.record(it, refused[i], i, &out); err != nil {
				return err
			}
		}
		return nil
	}, func(l *landing) (RecordChangesOutput, error) {
		out.Seq = l.seq()
		return out, nil
	})
}

// record lands one item of a batch and counts it. It returns only errors that
// are not the item's own.
func (l *landing) record(it *item, refused error, index int, out *RecordChangesOutput) error {
	if refused != nil {
		return out.count(index, false, refused)
	}
	done, err := l.land(it)
	return out.count(index, err == nil && done.duplicate, err)
}

// count notes what became of an item. It returns only errors that are not the
// item's own.
func (out *RecordChangesOutput) count(index int, duplicate bool, err error) error {
	switch {
	case err != nil:
		reason, own := reasonOf(err)
		if !own {
			return err
		}
		out.Rejected = append(out.Rejected, Rejected{Index: index, Error: reason})
	case duplicate:
		out.Duplicate++
	default:
		out.Accepted++
	}
	return nil
}

// reasonOf says in one line why an item is refused; own is false for errors
// that are not about the item.
func reasonOf(err error) (reason string, own bool) {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.NotFound, fault.Conflict, fault.TooLarge:
		return fault.Reason(err)
	}
	return "", false
}

// changeItem checks an item of a batch.
func (s *Service) changeItem(in *ChangeItem) (*item, error) {
	if in.Err != nil {
		return nil, refusal(in.Err)
	}
	var k checker
	it := &item{fields: k.contact("body.contact", in.Contact), asOf: in.AsOf, actor: k.actor(in.Actor)}
	if len(it.fields.identities()) == 0 {
		k.Add("body.contact", "needs at least one of external_id, email and phone")
	}
	if !in.HasStage {
		k.Add("body.stage", "is missing; null clears the stage")
	}
	note := k.text("body.note", &in.Note, maxNote)
	id := k.text("body.id", &in.ID, maxIdentifier)
	if err := k.Err(); err != nil {
		return nil, err
	}
	m, err := s.newMove(in.Stage, &in.At, it.actor)
	if err != nil {
		return nil, err
	}
	m.note, m.id = *note, *id
	it.move = m
	return it, nil
}

// refusal makes a foreign error of reading an item one of the item's own.
func refusal(err error) error {
	if _, own := reasonOf(err); own {
		return err
	}
	return fault.New(fault.Invalid, "unreadable", "%s", err)
}

// seq is the last entry that a landing wrote, else the latest that it met.
func (l *landing) seq() int64 {
	seq := l.last
	if seq == 0 {
		for _, sub := range l.subjects {
			seq = max(seq, sub.Head.Last)
		}
	}
	return seq
}
