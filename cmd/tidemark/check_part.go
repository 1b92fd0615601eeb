package main

import (
	"context"
	"encoding/binary"

	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/journal"
)

// checkedLog is the log as a check reads it; it numbers sources as the engine
// does.
type checkedLog interface {
	memory.Log
	memory.Sources
	Outline(ctx context.Context, w journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error
	Entries(ctx context.Context, w journal.WorkspaceID, seqs []int64, visit func(journal.Entry) error) error
}

// logPart is some contacts of a log up to an entry, as a log of their own. What
// is nobody's is in the first part.
type logPart struct {
	checkedLog
	upTo    int64
	entries int64
	seqs    []byte // of the entries: each less the one before, as varints
	last    int64
}

func (p *logPart) add(seq int64) {
	p.seqs = binary.AppendUvarint(p.seqs, uint64(seq-p.last))
	p.last = seq
	p.entries++
}

// between lists the first entries after < seq <= upTo.
func (p *logPart) between(after, upTo int64, limit int) (seqs []int64) {
	seq := int64(0)
	for rest := p.seqs; len(rest) > 0 && len(seqs) < limit; {
		step, size := binary.Uvarint(rest)
		rest = rest[size:]
		if seq += int64(step); seq > upTo {
			break
		}
		if seq > after {
			seqs = append(seqs, seq)
		}
	}
	return seqs
}

// Scan implements memory.Log. What was erased since the log was split is passed
// over: whoever reads page after page must not take fewer entries than its limit
// for the last.
func (p *logPart) Scan(ctx context.Context, w journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error {
	for limit > 0 {
		seqs := p.between(after, upTo, limit)
		if len(seqs) == 0 {
			break
		}
		err := p.Entries(ctx, w, seqs, func(e journal.Entry) error {
			limit--
			return visit(e)
		})
		if err != nil {
			return err
		}
		after = seqs[len(seqs)-1]
	}
	return nil
}

// ConfigurationAt implements memory.Log: that of the whole log.
func (p *logPart) ConfigurationAt(ctx context.Context, w journal.WorkspaceID, _ int64) (journal.Configuration, error) {
	return p.checkedLog.ConfigurationAt(ctx, w, p.upTo)
}

func entriesOf(parts []*logPart) (n int64) {
	for _, p := range parts {
		n += p.entries
	}
	return n
}

// partsOf splits the contacts of a log into parts of about so many entries, or
// one contact: who was merged, and the visitors that a contact was, are in its
// part. The log is read twice, without what its entries say. Contacts of a part
// came one after the other, so that their entries are not far from each other.
func partsOf(ctx context.Context, log checkedLog, w journal.WorkspaceID, upTo int64, entries int) ([]*logPart, error) {
	b, own := bonds{}, perContact{}
	err := outline(ctx, log, w, upTo, func(e *journal.Entry) {
		if e.Merge != nil {
			b.tie(e.Contact, e.Merge.With)
		}
		if v := e.Visitor(); v != 0 {
			b.tie(e.Contact, v)
		}
		*own.at(e.Contact)++
	})
	if err != nil {
		return nil, err
	}
	together := perContact{}
	for c, n := range own {
		*together.at(b.root(journal.ContactID(c))) += n
	}
	parts, full := []*logPart{{checkedLog: log, upTo: upTo}}, 0
	partOf := together // by root, from here on
	for root, n := range together {
		if full > 0 && full+int(n) > entries {
			parts, full = append(parts, &logPart{checkedLog: log, upTo: upTo}), 0
		}
		partOf[root], full = int32(len(parts)-1), full+int(n)
	}
	return parts, outline(ctx, log, w, upTo, func(e *journal.Entry) {
		if root := b.root(e.Contact); int(root) < len(partOf) {
			parts[partOf[root]].add(e.Seq)
		}
	})
}

// perContact is a number for each contact: they are numbered from 1 on, and 0 is
// nobody.
type perContact []int32

func (p *perContact) at(c journal.ContactID) *int32 {
	if missing := int(c) + 1 - len(*p); missing > 0 {
		*p = append(*p, make([]int32, missing)...)
	}
	return &(*p)[c]
}

// outline visits the entries of a log, without what they say.
func outline(ctx context.Context, log checkedLog, w journal.WorkspaceID, upTo int64, visit func(*journal.Entry)) error {
	const step = 100_000
	for after := int64(0); after < upTo; after += step {
		err := log.Outline(ctx, w, after, min(after+step, upTo), step, func(e journal.Entry) error {
			visit(&e)
			return nil
		})
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// bonds lead from contacts to others that they belong together with.
type bonds map[journal.ContactID]journal.ContactID

// tie notes that two belong together.
func (b bonds) tie(one, other journal.ContactID) {
	if one, other = b.root(one), b.root(other); one != other {
		b[max(one, other)] = min(one, other)
	}
}

// root is the one that stands for all that belong together.
func (b bonds) root(c journal.ContactID) journal.ContactID {
	for {
		next, tied := b[c]
		if !tied {
			return c
		}
		c = next
	}
}
