package main

import (
	"context"

	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
)

// parts split the contacts of a log, so that a large one can be folded bit by
// bit. Who was merged, and the visitors that a contact was, are in its part.
type parts struct {
	n    int64
	bond map[journal.ContactID]journal.ContactID // towards the one that decides the part
}

// partsOf reads how contacts of a log belong together.
func partsOf(ctx context.Context, log memory.Log, w journal.WorkspaceID, upTo, n int64) (parts, error) {
	p := parts{n, map[journal.ContactID]journal.ContactID{}}
	if n == 1 {
		return p, nil
	}
	const step = 100_000
	for after := int64(0); after < upTo; after += step {
		err := log.Scan(ctx, w, after, min(after+step, upTo), step, func(e journal.Entry) error {
			if e.Merge != nil {
				p.tie(e.Contact, e.Merge.With)
			}
			if v := e.Visitor(); v != 0 {
				p.tie(e.Contact, v)
			}
			return nil
		})
		if err != nil {
			return p, err
		}
	}
	return p, nil
}

// tie notes that two are in one part.
func (p parts) tie(a, b journal.ContactID) {
	if a, b = p.root(a), p.root(b); a != b {
		p.bond[max(a, b)] = min(a, b)
	}
}

func (p parts) root(c journal.ContactID) journal.ContactID {
	for {
		next, tied := p.bond[c]
		if !tied {
			return c
		}
		c = next
	}
}

// foldedCount counts a plan by folding the log of a part of the contacts.
func foldedCount(ctx context.Context, plan report.Plan, log partLog) (counts funnel.Counts, err error) {
	err = memory.New(log).View(ctx, plan.Workspace, func(r report.Reading) error {
		counts, err = r.Count(ctx, plan)
		return err
	})
	return counts, err
}

// numberedLog numbers sources as the engine does.
type numberedLog interface {
	memory.Log
	memory.Sources
}

// partLog shows a part of the contacts of a log, up to an entry.
type partLog struct {
	numberedLog
	parts parts
	part  int64
	seq   int64
}

// Scan implements memory.Log.
func (l partLog) Scan(ctx context.Context, w journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error {
	return l.numberedLog.Scan(ctx, w, after, min(upTo, l.seq), limit, func(e journal.Entry) error {
		if int64(l.parts.root(e.Contact))%l.parts.n != l.part {
			e.Contact = 0 // passed over like an edit of the configuration
		}
		return visit(e)
	})
}

// ConfigurationAt implements memory.Log.
func (l partLog) ConfigurationAt(ctx context.Context, w journal.WorkspaceID, seq int64) (journal.Configuration, error) {
	return l.numberedLog.ConfigurationAt(ctx, w, min(seq, l.seq))
}
