package projector

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tidemark/tidemark/journal"
)

// follow adds to the contacts that a batch touches those of visitors that it
// touches: what a visitor does is its contacts' as soon as they are known, and
// whose a visit is can change with every identification.
func (f *follower) follow(ctx context.Context, n *news) error {
	var visitors []touched
	for i := range n.touched {
		if t := &n.touched[i]; slices.ContainsFunc(t.entries, func(e journal.Entry) bool { return e.OfVisitor() }) {
			visitors = append(visitors, *t)
		}
	}
	chains, err := f.chains(ctx, visitors)
	if err != nil {
		return err
	}
	var named []journal.ContactID
	for i := range visitors {
		named = append(named, journal.Named(chains[i])...)
		named = append(named, journal.Named(visitors[i].entries)...)
	}
	for len(named) > 0 {
		if named, err = f.touchAll(ctx, n, named); err != nil {
			return err
		}
	}
	return nil
}

// touchAll adds contacts to those that the batch touches, and returns those that
// they were merged into by then.
func (f *follower) touchAll(ctx context.Context, n *news, contacts []journal.ContactID) (into []journal.ContactID, err error) {
	lasts, chains, err := latest(ctx, f.journal, f.workspace, contacts)
	if err != nil {
		return nil, err
	}
	for i, c := range contacts {
		for _, e := range upTo(chains[i], n.cursor.Seq) {
			if e.Kind == journal.KindMerge && e.Contact == c && e.Merge.Last == 0 {
				into = append(into, e.Merge.With)
			}
		}
		if _, ok := n.index[c]; !ok && lasts[i] != 0 {
			n.index[c] = len(n.touched)
			n.touched = append(n.touched, touched{contact: c, last: lasts[i]})
		}
	}
	return into, nil
}

// widen adds to the entries of a contact those of the visitors that it was, and
// leaves out what came after a seq.
func widen(ctx context.Context, j Journal, w journal.WorkspaceID, entries []journal.Entry, seq int64) ([]journal.Entry, error) {
	visitors := journal.Visitors(entries)
	if len(visitors) == 0 {
		return upTo(entries, seq), nil
	}
	_, chains, err := latest(ctx, j, w, visitors)
	if err != nil {
		return nil, err
	}
	all := slices.Concat(append(chains, entries)...)
	slices.SortFunc(all, func(a, b journal.Entry) int { return cmp.Compare(a.Seq, b.Seq) })
	return upTo(all, seq), nil
}

// latest returns the chains of contacts or visitors as of now, and their ends.
func latest(ctx context.Context, j Journal, w journal.WorkspaceID, contacts []journal.ContactID) (lasts []int64, chains [][]journal.Entry, err error) {
	if lasts, err = j.Latest(ctx, w, contacts); err != nil {
		return nil, nil, fmt.Errorf("projector: find chains: %w", err)
	}
	wanted := make([]Chain, len(contacts))
	for i, c := range contacts {
		wanted[i] = Chain{c, lasts[i]}
	}
	if chains, err = j.Chains(ctx, w, wanted); err != nil {
		return nil, nil, fmt.Errorf("projector: read chains: %w", err)
	}
	return lasts, chains, nil
}

// upTo returns the entries up to a seq, which are in its order.
func upTo(entries []journal.Entry, seq int64) []journal.Entry { return entries[:seen(entries, seq)] }
