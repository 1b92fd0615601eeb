package workspace

import (
	"context"
	"fmt"
	"maps"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// verdict says whether reports count a contact, and if not, why.
type verdict uint8

const (
	verdictShows      verdict = iota // has a journey
	verdictNoStage                   // has no stage and never had one
	verdictUnrecorded                // is in the funnel by silent changes only
	verdictOutside                   // was moved, but never into the funnel
)

// verdict reads the state of a contact. Without a journey, whoever is in a
// main or lost stage came there silently: a transition would have opened one.
func (c *Configured) verdict(s *lifecycle.State) verdict {
	kind := c.kind(s.Present)
	switch {
	case s.Journeys > 0:
		return verdictShows
	case s.Present == lifecycle.NoStage && s.Since == 0:
		return verdictNoStage
	case kind.Main() || kind == lifecycle.Lost:
		return verdictUnrecorded
	}
	return verdictOutside
}

// tally counts contacts by verdict.
type tally map[verdict]int64

const tallyPage = 1000

// tally looks at the contacts that had no journey when the import was at
// them: later rows may have given them one.
func (r *importRun) tally(ctx context.Context) (tally, error) {
	if r.dry != nil {
		return r.dry.tally(), nil
	}
	out := tally{}
	for after := journal.ContactID(0); ; {
		var page []journal.ContactID
		err := r.s.store.Read(ctx, func(read Reader) (err error) {
			if page, err = read.Imports().Touched(r.stored.Number, after, tallyPage); err != nil {
				return err
			}
			return out.add(read, r.stored.Workspace, page)
		})
		if err != nil || len(page) == 0 {
			return out, err
		}
		after = page[len(page)-1]
	}
}

func (t tally) add(read Reader, w journal.WorkspaceID, page []journal.ContactID) error {
	c, err := read.Configuration(w)
	if err != nil {
		return err
	}
	for _, id := range page {
		h, err := read.Load(w, id)
		if err != nil {
			return err
		}
		if h == nil {
			continue
		}
		state, err := stateOf(read, c, h)
		if err != nil {
			return err
		}
		t[c.verdict(state)]++
	}
	return nil
}

// stateOf returns the state of a contact, folded afresh if it has to be.
func stateOf(read ContactReader, c *Configured, h *Held) (*lifecycle.State, error) {
	if h.Head.Changes == 0 || h.Head.Folded && h.Head.Folds == c.Folds {
		return &h.Head.State, nil
	}
	entries, err := read.Chain(h.Head.Last)
	if err != nil {
		return nil, err
	}
	s := c.Folder.Replay(newHistory(entries).changes)
	return &s, nil
}

// notices says how many contacts no report counts, and what to do.
func (t tally) notices(mode ImportMode) []ImportNotice {
	notices := []ImportNotice{}
	add := func(v verdict, reason, text string, offers ...ImportMode) {
		if n := t[v]; n > 0 {
			notices = append(notices, ImportNotice{Reason: reason, Count: n, Text: fmt.Sprintf(text, countContacts(n)), Offers: append([]ImportMode{}, offers...)})
		}
	}
	silently := "The mode correction set the stage of %s silently. For reports to count such contacts, import the file with dates in mode history, or in mode move, which moves them now."
	if mode == ImportHistory {
		silently = "No date is known for the stage of %s, so it was set silently. For reports to count such contacts, add the dates, or import their rows in mode move, which moves them now."
	}
	add(verdictUnrecorded, "unrecorded", silently, ImportHistory, ImportMove)
	add(verdictNoStage, "no_stage", "No cell of the file gives a stage to %s.")
	add(verdictOutside, "outside", "Only stages outside the funnel, or none, were given to %s.")
	return notices
}

func countContacts(n int64) string {
	if n == 1 {
		return "1 contact"
	}
	return fmt.Sprintf("%d contacts", n)
}

// dryRun remembers what a dry run would have done to the contacts of the
// chunks before: 16 bytes each.
type dryRun struct{ seen map[uint64]verdict }

func newDryRun() *dryRun { return &dryRun{map[uint64]verdict{}} }

// keep takes over the verdicts of a chunk. Whoever got a journey keeps it.
func (d *dryRun) keep(chunk map[uint64]verdict) {
	for key, v := range chunk {
		if before, known := d.seen[key]; known && (before == verdictShows || v == verdictNoStage) {
			chunk[key] = before
		}
	}
	maps.Copy(d.seen, chunk)
}

func (d *dryRun) tally() tally {
	out := tally{}
	for _, v := range d.seen {
		out[v]++
	}
	return out
}
