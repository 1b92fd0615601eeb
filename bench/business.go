package bench

import (
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// The made-up business: its size in time and in campaigns.
const (
	firstDay  = 18993 // 2022-01-01, counted from 1970-01-01: always past
	days      = 730   // in which journeys begin
	campaigns = 500
	dayMillis = 24 * 60 * 60 * 1000

	// journeysEach is how many journeys a contact has on average.
	journeysEach = 1.02
)

// stageKeys are the eight main stages in order of position.
var stageKeys = [...]string{"new_lead", "hot_lead", "payment", "qualified", "trial", "contract", "customer", "renewal"}

// won is the position of Won, lostKeys are the reasons.
const won = 7

var lostKeys = [...]string{"cold_lead", "no_budget", "no_answer"}

// tierProperty is a property of every contact, as it is now.
const tierProperty = "tier"

var tierNames = [...]string{"free", "small", "medium", "large"}

// extraStages are those that the template of a new workspace lacks.
func extraStages() []workspace.AddStageInput {
	operator := journal.Actor{Kind: journal.ActorUser, Name: "bench"}
	kinds := map[string]lifecycle.Kind{
		"qualified": lifecycle.Progress, "trial": lifecycle.Progress, "contract": lifecycle.Progress,
		"renewal": lifecycle.Beyond, "no_budget": lifecycle.Lost, "no_answer": lifecycle.Lost,
	}
	var all []workspace.AddStageInput
	for _, key := range []string{"qualified", "trial", "contract", "renewal", "no_budget", "no_answer"} {
		all = append(all, workspace.AddStageInput{Name: key, Key: key, Kind: kinds[key], Actor: operator})
	}
	return all
}

// business makes up contacts and their stage changes. Contacts come in order of
// entry, under names in random order, and changes come in order of time, as a
// log of two years has them: those of one contact lie days apart.
type business struct {
	prefix   string // of the external ids
	seed     uint64
	contacts int
	sources  []touch.Source
}

func newBusiness(prefix string, seed uint64, journeys int) *business {
	b := &business{prefix: prefix, seed: seed, contacts: max(int(float64(journeys)/journeysEach), 1)}
	channels := [...]string{"Paid search", "Paid social", "Email", "Referral", "Events"}
	for i := range campaigns {
		b.sources = append(b.sources, touch.Source{
			Source: channels[i%len(channels)], Medium: "cpc", Campaign: campaignName(i), AdGroup: fmt.Sprintf("Group %d", i%50),
		})
	}
	return b
}

func campaignName(i int) string { return fmt.Sprintf("Campaign %03d", i) }

// event is a stage change: stage counts through stageKeys from 1, then through
// lostKeys.
type event struct {
	at      lifecycle.Millis
	contact int32
	stage   int8
	first   bool // the contact is new
}

// events yields all changes in order of time.
func (b *business) events() iter.Seq[event] {
	return func(yield func(event) bool) {
		ahead := map[int][]event{} // by day
		next := 0
		for day := 0; next < b.contacts || len(ahead) > 0; day++ {
			for ; next < b.contacts && next*days/b.contacts <= day; next++ {
				for _, e := range b.story(next, day) {
					on := int(e.at/dayMillis) - firstDay
					ahead[on] = append(ahead[on], e)
				}
			}
			today := ahead[day]
			delete(ahead, day)
			slices.SortStableFunc(today, func(a, b event) int { return int(a.at - b.at) })
			for _, e := range today {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// story tells the changes of a contact that enters on a day.
func (b *business) story(contact, day int) []event {
	r := rand.New(rand.NewPCG(b.seed, uint64(contact)))
	at := lifecycle.Millis((firstDay+day)*dayMillis + r.IntN(dayMillis))
	events := []event{{at, int32(contact), 1, true}}
	for position := 1; ; {
		stage := step(r, position)
		if stage == 0 {
			return events
		}
		at += lifecycle.Millis(min(r.ExpFloat64()*6, 60)*dayMillis) + 1
		events = append(events, event{at, int32(contact), int8(stage), false})
		if stage <= len(stageKeys) {
			position = stage
			continue
		}
		if r.Float64() > 0.08 {
			return events
		}
		at += lifecycle.Millis((20 + r.IntN(60)) * dayMillis)
		events = append(events, event{at, int32(contact), 1, false})
		position = 1
	}
}

// step draws where a contact goes from a position; 0 = it stays.
func step(r *rand.Rand, position int) int {
	u := r.Float64()
	switch {
	case position > won:
		return 0
	case position == won:
		if u < 0.3 {
			return won + 1
		}
		return 0
	case u < 0.62:
		return position + 1
	case u < 0.67:
		return min(position+2, won)
	case u < 0.72 && position > 1:
		return position - 1
	case u < 0.92:
		return len(stageKeys) + 1 + r.IntN(len(lostKeys))
	}
	return 0
}

// key is the stage's key.
func (e event) key() *string {
	if int(e.stage) <= len(stageKeys) {
		return &stageKeys[e.stage-1]
	}
	return &lostKeys[int(e.stage)-len(stageKeys)-1]
}

// externalID names a contact. Multiplying by an odd number shuffles the names,
// so that they come in random order and are still all different.
func (b *business) externalID(contact int) string {
	return fmt.Sprintf("%s%08x", b.prefix, uint32(contact)*2654435761)
}

// item is the event as a batch of history has it. A contact's first brings its
// source and a property.
func (b *business) item(e event) workspace.ChangeItem {
	id := b.externalID(int(e.contact))
	fields := workspace.ContactFields{ExternalID: &id}
	if e.first {
		draw := rand.New(rand.NewPCG(b.seed+1, uint64(e.contact)))
		fields.Source = &b.sources[draw.IntN(campaigns)]
		tier := tierNames[draw.IntN(len(tierNames))]
		fields.Properties = map[string]json.RawMessage{tierProperty: json.RawMessage(`"` + tier + `"`)}
	}
	return workspace.ChangeItem{Contact: fields, Stage: e.key(), HasStage: true, At: e.at, Actor: journal.Actor{Kind: journal.ActorAPI}}
}

// batches yields the changes as batches of history.
func (b *business) batches(size int) iter.Seq[[]workspace.ChangeItem] {
	return func(yield func([]workspace.ChangeItem) bool) {
		batch := make([]workspace.ChangeItem, 0, size)
		for e := range b.events() {
			if batch = append(batch, b.item(e)); len(batch) == size {
				if !yield(batch) {
					return
				}
				batch = make([]workspace.ChangeItem, 0, size)
			}
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}
