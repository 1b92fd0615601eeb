package workspace

import (
	"context"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// BulkInput says which contacts something is done to, and what. Exactly one of
// Contacts and Filter is given.
type BulkInput struct {
	Contacts []ContactRef
	Filter   string // text, JSON, view:ID or list:ID
	Stage    *string
	HasStage bool          // move them, be it to no stage
	Fields   ContactFields // owner, value, source and properties
	Actor    journal.Actor
	Once     Idempotency
	MinSeq   int64
}

// BulkOutput is what became of them. Changed + Unchanged + len(Rejected) is
// Matched, less those that vanished meanwhile.
type BulkOutput struct {
	Matched    int        `json:"matched" doc:"contacts that were meant"`
	Changed    int        `json:"changed"`
	Unchanged  int        `json:"unchanged" doc:"had it already"`
	Unrecorded int        `json:"unrecorded" doc:"stage changes that are no transitions: all of them, unless the workspace counts bulk changes"`
	Rejected   []Rejected `json:"rejected" doc:"by place in the contacts that were given; at most 1,000"`
	Refused    int        `json:"refused" doc:"how many were rejected"`
	Seq        int64      `json:"seq"`
}

// Limits of bulk work by filter.
const (
	maxBulk         = 100_000
	maxBulkRejected = 1_000
)

// Bulk does one thing to many contacts, some at a time: each chunk is one
// commit, so that the writer serves others between. Doing it again changes
// nothing more.
func (s *Service) Bulk(ctx context.Context, w journal.WorkspaceID, in BulkInput) (BulkOutput, error) {
	out := BulkOutput{Rejected: []Rejected{}}
	it, err := in.item()
	if err != nil {
		return out, err
	}
	if found, err := s.answered(ctx, w, in.Once, &out); err != nil || found {
		return out, err
	}
	if err := s.bulk(ctx, w, &in, it, &out); err != nil {
		return out, err
	}
	if !in.Once.given() {
		return out, nil
	}
	return out, s.store.Write(ctx, func(tx Tx) error { return s.remember(tx, w, in.Once, &out) })
}

// answered fills out with the answer to the same request before.
func (s *Service) answered(ctx context.Context, w journal.WorkspaceID, once Idempotency, out *BulkOutput) (found bool, err error) {
	if !once.given() {
		return false, nil
	}
	if err := once.check(); err != nil {
		return false, err
	}
	err = s.store.Write(ctx, func(tx Tx) error {
		found, err = s.recall(tx, w, once, out)
		return err
	})
	return found, err
}

// item is what is done to each contact.
func (in *BulkInput) item() (*item, error) {
	var k checker
	in.Actor.Kind = journal.ActorBulk
	it := &item{fields: k.contact("body.fields", in.Fields), patch: true, actor: k.actor(in.Actor)}
	f := &in.Fields
	if f.ExternalID != nil || f.Email != nil || f.Phone != nil || f.Name != nil {
		k.Add("body.fields", "may hold owner, value, source and properties: names and identifiers are each contact's own")
	}
	if (len(in.Contacts) > 0) == (in.Filter != "") {
		k.Add("body", "needs either contacts or a filter")
	}
	if len(in.Contacts) > maxBulk {
		k.Add("body.contacts", "are %d; at most %d at once", len(in.Contacts), maxBulk)
	}
	if !in.HasStage && f.Owner == nil && f.Value == nil && f.Source == nil && len(f.Properties) == 0 {
		k.Add("body.fields", "say nothing")
	}
	if in.HasStage {
		it.move = &move{stage: in.Stage, silent: true}
	}
	return it, k.Err()
}

func (s *Service) bulk(ctx context.Context, w journal.WorkspaceID, in *BulkInput, it *item, out *BulkOutput) error {
	if len(in.Contacts) > 0 {
		for at := 0; at < len(in.Contacts); at += findPage {
			if err := s.bulkChunk(ctx, w, in.Contacts[at:min(at+findPage, len(in.Contacts))], at, it, out); err != nil {
				return err
			}
		}
		return nil
	}
	who, err := s.ResolveSegment(ctx, w, in.Filter, "body.filter")
	if err != nil {
		return err
	}
	find := FindInput{Segment: who, MinSeq: in.MinSeq}
	n, err := s.countFound(ctx, w, find)
	if err != nil {
		return err
	}
	if n > maxBulk {
		return fault.New(fault.TooLarge, "bulk_too_large", "The filter means %d contacts; at most %d change at once.", fault.Named("count", n), fault.Named("max", maxBulk))
	}
	return s.eachFound(ctx, w, find, func(ids []journal.ContactID) error {
		refs := make([]ContactRef, len(ids))
		for i, id := range ids {
			refs[i].ID = id
		}
		return s.bulkChunk(ctx, w, refs, out.Matched, it, out)
	})
}

// bulkChunk lands some contacts in one commit.
func (s *Service) bulkChunk(ctx context.Context, w journal.WorkspaceID, refs []ContactRef, first int, it *item, out *BulkOutput) error {
	var next BulkOutput
	err := s.land(ctx, w, func(l *landing) error {
		next = *out
		next.Rejected = out.Rejected[:len(out.Rejected):len(out.Rejected)]
		next.Matched += len(refs)
		results, err := l.bulk(refs, first, it, &next)
		if err != nil {
			return err
		}
		if err := l.finish(); err != nil {
			return err
		}
		next.count(results)
		next.Seq = max(next.Seq, l.seq())
		return nil
	})
	if err == nil {
		*out = next
	}
	return err
}

func (l *landing) bulk(refs []ContactRef, first int, it *item, out *BulkOutput) ([]*landed, error) {
	if _, err := l.target(it.move); err != nil {
		return nil, err
	}
	var results []*landed
	for i := range refs {
		one := *it
		one.ref = &refs[i]
		done, err := l.land(&one)
		if err == nil {
			results = append(results, done)
			continue
		}
		reason, own := reasonOf(err)
		if !own {
			return nil, err
		}
		out.Refused++
		if len(out.Rejected) < maxBulkRejected {
			out.Rejected = append(out.Rejected, Rejected{Index: first + i, Error: reason})
		}
	}
	return results, nil
}

func (o *BulkOutput) count(results []*landed) {
	for _, done := range results {
		if done.changed || done.edited {
			o.Changed++
		} else {
			o.Unchanged++
		}
		if done.changed && !done.recorded {
			o.Unrecorded++
		}
	}
}
