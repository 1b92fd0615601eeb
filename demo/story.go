package demo

import (
	"slices"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

const day = 24 * time.Hour

// story tells what happened to one contact.
func (b Business) story(number int) []workspace.ChangeItem {
	r := newRandom(b.Seed, uint64(number))
	s := &teller{random: r, now: b.Now, person: newPerson(r, number)}
	start := b.Now.Add(-time.Duration(b.Days) * day)
	// The first twentieth was in the old CRM and came by one import.
	if number < b.Contacts/20 {
		s.imported(start.Add(95*day + 9*time.Hour))
		return s.items
	}
	s.clock = b.arrival(r, start)
	c := channelAt(r, float64(s.clock.Sub(start))/float64(b.Now.Sub(start)))
	s.person.quality *= c.quality
	if !c.source.IsZero() {
		s.person.fields.Source = &c.source
	}
	s.by = c.by
	s.journey(r.weighted([]float64{86, 9, 5}))
	s.afterwards()
	return s.items
}

// arrival is when a contact first came: the business grows, weekends and
// nights are quiet, August and the end of December too.
func (b Business) arrival(r *random, start time.Time) time.Time {
	period := b.Now.Sub(start)
	for {
		share := r.Float64()
		t := start.Add(time.Duration(share * float64(period))).Truncate(time.Second)
		likely := 0.55 + 0.45*share
		if wd := t.Weekday(); wd == time.Saturday || wd == time.Sunday {
			likely *= 0.35
		}
		if h := t.Hour(); h < 7 || h >= 20 {
			likely *= 0.25
		}
		if t.Month() == time.August || t.Month() == time.December && t.Day() > 20 {
			likely *= 0.6
		}
		if r.chance(likely) {
			return t
		}
	}
}

// teller tells a story change by change. It stops at now.
type teller struct {
	*random
	now    time.Time
	person person
	clock  time.Time
	by     journal.ActorKind // who makes the next change
	items  []workspace.ChangeItem
	over   bool
}

// move tells one change after a wait; the empty stage clears.
func (s *teller) move(wait time.Duration, stage string) {
	s.clock = s.clock.Add(wait)
	if s.by == journal.ActorUser {
		s.clock = workday(s.clock)
	}
	if s.over = s.over || s.clock.After(s.now); s.over {
		return
	}
	item := workspace.ChangeItem{
		Contact:  workspace.ContactFields{ExternalID: s.person.fields.ExternalID},
		HasStage: true, At: at(s.clock), Actor: s.actor(),
	}
	if len(s.items) == 0 {
		item.Contact = s.person.fields
	}
	if stage != "" {
		item.Stage = &stage
	}
	if stage == proposal || stage == payment {
		item.Contact.Value = &workspace.Money{Amount: s.person.value, Currency: "EUR"}
	}
	s.items = append(s.items, item)
	s.by = journal.ActorUser
}

func (s *teller) actor() journal.Actor {
	switch s.by {
	case journal.ActorUser:
		return journal.Actor{Kind: s.by, ID: slug(s.person.owner), Name: s.person.owner}
	case journal.ActorForm:
		return journal.Actor{Kind: s.by, ID: "contact", Name: "Contact form"}
	case journal.ActorImport:
		return journal.Actor{Kind: s.by, ID: "old-crm", Name: "Old CRM"}
	case journal.ActorBulk:
		return journal.Actor{Kind: s.by, ID: "maya-olsen", Name: "Maya Olsen"}
	}
	return journal.Actor{Kind: s.by}
}

// workday moves what sales people do out of nights and weekends.
func workday(t time.Time) time.Time {
	if h := t.Hour(); h < 8 {
		t = t.Add(time.Duration(8-h) * time.Hour)
	} else if h >= 19 {
		t = t.Add(time.Duration(32-h) * time.Hour)
	}
	switch t.Weekday() {
	case time.Saturday:
		t = t.Add(2 * day)
	case time.Sunday:
		t = t.Add(day)
	}
	return t
}

// Chances of a step forward, a loss, and the median time in each stage.
var (
	forward = []float64{0.66, 0.65, 0.70, 0.67, 0.89}
	median  = []time.Duration{8 * time.Hour, 26 * time.Hour, 36 * time.Hour, 54 * time.Hour, 16 * time.Hour}
	stale   = []float64{0.07, 0.06, 0.04, 0.05, 0.02} // stays for good, nobody says so
)

// losses are the reasons by the stage where they happen, in the order of
// reasons.
var (
	reasons = []string{coldLead, noBudget, competitor, noReply, badFit}
	losses  = [][]float64{
		{20, 8, 4, 48, 20},
		{26, 22, 10, 22, 20},
		{16, 28, 26, 10, 20},
		{10, 44, 36, 10, 0},
		{8, 60, 22, 10, 0},
	}
)

// journey goes through the funnel from a stage on.
func (s *teller) journey(stage int) {
	s.move(0, progress[stage])
	for !s.over {
		wait := s.wait(median[stage])
		switch {
		case s.chance(stale[stage]):
			s.over = true
		case s.chance(min(0.97, forward[stage]*s.person.quality)):
			if stage = s.ahead(stage); stage == len(progress) {
				s.move(wait, customer)
				return
			}
			s.move(wait, progress[stage])
		case stage > 1 && s.chance(0.22):
			stage--
			s.move(wait, progress[stage])
		case s.chance(0.04):
			s.move(wait, pick(s.random, []string{"", partner}))
			s.over = true
		default:
			s.lose(stage, wait)
			return
		}
	}
}

// ahead is the next stage; now and then one is skipped.
func (s *teller) ahead(stage int) int {
	if s.chance(0.09) {
		return min(stage+2, len(progress))
	}
	return stage + 1
}

// lose ends the journey; the bulk clean-up of spring ends some silently.
func (s *teller) lose(stage int, wait time.Duration) {
	reason := reasons[s.weighted(losses[stage])]
	if reason == coldLead && s.chance(0.08) {
		s.by = journal.ActorBulk
	}
	s.move(wait*2, reason)
}

// afterwards is what happens to customers, and who comes back.
func (s *teller) afterwards() {
	if s.over || len(s.items) == 0 {
		return
	}
	last := *s.items[len(s.items)-1].Stage
	switch {
	case last == customer && s.chance(0.14):
		s.move(s.wait(110*day), churned)
		if s.chance(0.12) {
			s.move(s.wait(60*day), customer)
		}
	case last == customer && s.chance(0.12):
		s.move(s.wait(75*day), evangelist)
	case last != customer && s.chance(0.11):
		s.clock = s.clock.Add(s.wait(55 * day))
		s.person.quality *= 1.1
		s.journey(s.weighted([]float64{60, 30, 10}))
	}
}

// imported is a contact of the old CRM: where it was then is not recorded,
// what sales did with it later is.
func (s *teller) imported(when time.Time) {
	s.by, s.clock = journal.ActorImport, workday(when)
	s.person.fields.Source = nil
	stage := s.weighted([]float64{40, 30, 12, 6, 2, 10})
	s.move(0, slices.Concat(progress, []string{customer})[stage])
	if stage == len(progress) || s.chance(0.55) {
		return
	}
	s.clock = s.clock.Add(s.wait(20 * day))
	s.journey(min(stage+1, len(progress)-1))
	s.afterwards()
}
