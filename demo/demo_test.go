package demo

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

func sample() Business {
	return Sample(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
}

func TestTheSameSeedTellsTheSameStories(t *testing.T) {
	t.Parallel()
	b := sample()
	b.Contacts = 500
	if diff := cmp.Diff(b.Changes(), b.Changes()); diff != "" {
		t.Error(diff)
	}
	other := b
	other.Seed++
	if cmp.Equal(b.Changes(), other.Changes()) {
		t.Error("another seed tells the same stories")
	}
}

// A note has as many days after it as its comparison asks for, whatever the
// hour, and one of them is in the last quarter of a year.
func TestNotesHaveTimeAfterThem(t *testing.T) {
	t.Parallel()
	b := sample()
	days := b.Notes()
	if !slices.IsSortedFunc(days, func(a, b workspace.NoteInput) int { return strings.Compare(*a.Day, *b.Day) }) {
		t.Error("the notes are not in order of days")
	}
	last := *days[len(days)-1].Day
	if from, to := b.Now.AddDate(0, 0, -80).Format(time.DateOnly), b.Now.AddDate(0, 0, -28).Format(time.DateOnly); last < from || last > to {
		t.Errorf("the last note is on %s, want it between %s and %s", last, from, to)
	}
}

// TestStoriesAreWhatReportsNeed looks for everything that the demo is there
// to show.
func TestStoriesAreWhatReportsNeed(t *testing.T) {
	t.Parallel()
	b := sample()
	items := b.Changes()
	if !slices.IsSortedFunc(items, func(a, b workspace.ChangeItem) int { return int(a.At - b.At) }) {
		t.Error("the changes are not in order of time")
	}
	contacts := map[string]bool{}
	stages := map[string]int{}
	kinds := map[journal.ActorKind]int{}
	campaigns := map[string]bool{}
	cleared := 0
	for _, item := range items {
		contacts[*item.Contact.ExternalID] = true
		kinds[item.Actor.Kind]++
		if s := item.Contact.Source; s != nil && s.Campaign != "" {
			campaigns[s.Campaign] = true
		}
		if item.Stage == nil {
			cleared++
			continue
		}
		stages[*item.Stage]++
		if at := item.At; at > lifecycle.MillisOf(b.Now) || at < lifecycle.MillisOf(b.Now.AddDate(0, 0, -b.Days-1)) {
			t.Fatalf("a change at %s lies outside of the year before %s", at.Time(), b.Now)
		}
	}
	if len(contacts) < 5000 || len(campaigns) < 5 || cleared == 0 {
		t.Errorf("%d contacts, %d campaigns, %d cleared", len(contacts), len(campaigns), cleared)
	}
	for _, stage := range []string{newLead, hotLead, demoGiven, proposal, payment, customer, evangelist, coldLead, noBudget, competitor, noReply, badFit, churned, partner} {
		if stages[stage] < 10 {
			t.Errorf("only %d changes to %s", stages[stage], stage)
		}
	}
	for _, kind := range []journal.ActorKind{journal.ActorUser, journal.ActorForm, journal.ActorImport, journal.ActorBulk} {
		if kinds[kind] < 5 {
			t.Errorf("only %d changes by %s", kinds[kind], kind)
		}
	}
}

// TestStoriesHaveReturns counts re-entries, back moves and lost customers.
func TestStoriesHaveReturns(t *testing.T) {
	t.Parallel()
	last := map[string]string{}
	returns, back, skipped, lostCustomers := 0, 0, 0, 0
	for _, item := range sample().Changes() {
		if item.Stage == nil {
			continue
		}
		before, now := slices.Index(progress, last[*item.Contact.ExternalID]), slices.Index(progress, *item.Stage)
		switch {
		case before >= 0 && now >= 0 && now < before:
			back++
		case before >= 0 && now > before+1:
			skipped++
		case slices.Contains(reasons, last[*item.Contact.ExternalID]) && now >= 0:
			returns++
		case last[*item.Contact.ExternalID] == customer && *item.Stage == churned:
			lostCustomers++
		}
		last[*item.Contact.ExternalID] = *item.Stage
	}
	if returns < 50 || back < 50 || skipped < 50 || lostCustomers < 20 {
		t.Errorf("%d returns, %d back, %d skipped, %d lost customers", returns, back, skipped, lostCustomers)
	}
}

// TestTrafficIsWhatTheSourceReportNeeds looks for every way to come in, for
// visits that nothing came of, and for costs of every day.
func TestTrafficIsWhatTheSourceReportNeeds(t *testing.T) {
	t.Parallel()
	b := sample()
	b.Contacts = 1500
	seen := b.Traffic()
	if !slices.IsSortedFunc(seen, func(a, b workspace.Observation) int { return int(a.At - b.At) }) {
		t.Error("what was seen is not in order of time")
	}
	kinds, known, strangers := map[touch.Kind]int{}, map[string]bool{}, map[string]bool{}
	for _, o := range seen {
		if o.At > lifecycle.MillisOf(b.Now) {
			t.Fatalf("seen at %s, after %s", o.At.Time(), b.Now)
		}
		if o.Touch != nil {
			kinds[o.Touch.Kind]++
			known[o.Visitor] = true
		}
	}
	for _, o := range seen {
		if o.Visitor != "" && !known[o.Visitor] {
			strangers[o.Visitor] = true
		}
	}
	for _, kind := range []touch.Kind{touch.KindForm, touch.KindCall, touch.KindChat, touch.KindAd} {
		if kinds[kind] < 20 {
			t.Errorf("only %d of kind %s", kinds[kind], kind)
		}
	}
	if len(strangers) < len(known) {
		t.Errorf("%d strangers beside %d who are known", len(strangers), len(known))
	}
	days := map[string]bool{}
	for _, cost := range b.Costs() {
		days[cost.Day] = true
	}
	if len(days) != b.Days+1 {
		t.Errorf("costs of %d days, want %d", len(days), b.Days+1)
	}
	if diff := cmp.Diff(seen, b.Traffic()); diff != "" {
		t.Error("the same seed saw something else")
	}
}
