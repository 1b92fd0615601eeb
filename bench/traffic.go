package bench

import (
	"fmt"
	"iter"
	"math/rand/v2"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// The shape of the made-up site: of 100 visits, 40 visitors and 10 contacts.
const (
	visitsEach  = 2.5 // of a visitor, on average
	contactEach = 4   // every fourth visitor sends a form
	valueEach   = 3   // every third contact has a value
	sitePages   = 50
)

// traffic makes up a site: visitors whose visits lie days apart, a quarter of
// whom send a form and go through the stages of a business. Everything comes in
// order of days.
type traffic struct {
	business *business
	visitors int
}

func newTraffic(seed uint64, visits int) *traffic {
	visitors := max(int(float64(visits)/visitsEach), contactEach)
	b := newBusiness("s", seed, visits)
	b.contacts = (visitors + contactEach - 1) / contactEach
	return &traffic{business: b, visitors: visitors}
}

// trafficDay is what a day tells: first what the site saw, then the stage
// changes.
type trafficDay struct {
	seen    []workspace.Observation
	changes []workspace.ChangeItem
}

// days yields the days, until the last contact came to its end.
func (t *traffic) days() iter.Seq[trafficDay] {
	return func(yield func(trafficDay) bool) {
		ahead := map[int]*trafficDay{}
		next := 0
		for day := 0; next < t.visitors || len(ahead) > 0; day++ {
			for ; next < t.visitors && next*days/t.visitors <= day; next++ {
				t.visitor(next, day, ahead)
			}
			if today := ahead[day]; today != nil {
				delete(ahead, day)
				if !yield(*today) {
					return
				}
			}
		}
	}
}

// visitor tells what a visitor does from a day on.
func (t *traffic) visitor(number, day int, ahead map[int]*trafficDay) {
	r := rand.New(rand.NewPCG(t.business.seed+2, uint64(number)))
	visits := 1
	for r.Float64() > 1/visitsEach {
		visits++
	}
	form := -1
	if number%contactEach == 0 {
		form = r.IntN(visits)
	}
	at := lifecycle.Millis((firstDay+day)*dayMillis + r.IntN(dayMillis))
	for visit := range visits {
		at = t.visit(r, number, visit, at, ahead)
		if visit == form {
			t.contact(r, number, day, at, ahead)
		}
		at += lifecycle.Millis(min(r.ExpFloat64()*5, 40)*dayMillis) + 2*lifecycle.Millis(touch.Gap)
	}
}

// visit tells the views of a visit, and when the last one was.
func (t *traffic) visit(r *rand.Rand, visitor, visit int, at lifecycle.Millis, ahead map[int]*trafficDay) lifecycle.Millis {
	first := workspace.Observation{At: at, Visitor: visitorName(visitor), View: &journal.View{Page: sitePageAt(r.IntN(sitePages)), Device: touch.Devices[r.IntN(2)]}}
	switch draw := r.IntN(10); {
	case draw < 6:
		campaign := r.IntN(campaigns)
		first.UTM = tagsOf(campaign)
		first.View.Page = sitePageAt(campaign % sitePages) // a campaign has its landing page
	case draw < 8:
		first.View.Referrer = "https://www.google.com/"
	}
	seen := []workspace.Observation{first}
	for r.IntN(3) == 0 {
		at += lifecycle.Millis(1+r.IntN(10)) * lifecycle.Millis(touch.Minute)
		seen = append(seen, workspace.Observation{At: at, Visitor: first.Visitor, View: &journal.View{Page: sitePageAt(r.IntN(sitePages)), Referrer: sitePageAt(0)}})
	}
	for i := range seen {
		seen[i].View.ID = fmt.Sprintf("%d-%d-%d", visitor, visit, i)
		on := dayOf(ahead, seen[i].At)
		on.seen = append(on.seen, seen[i])
	}
	return at
}

// contact tells of the form that a visitor sends, and of the stages after it.
func (t *traffic) contact(r *rand.Rand, visitor, day int, at lifecycle.Millis, ahead map[int]*trafficDay) {
	number := visitor / contactEach
	id := t.business.externalID(number)
	fields := workspace.ContactFields{ExternalID: &id}
	if number%valueEach == 0 {
		fields.Value = &workspace.Money{Amount: int64(1+r.IntN(500)) * 1000}
	}
	at += lifecycle.Millis(touch.Minute)
	on := dayOf(ahead, at)
	on.seen = append(on.seen, workspace.Observation{
		At: at, Visitor: visitorName(visitor), Contact: &fields, Way: "form", Past: &at,
		Touch: &journal.Touch{Kind: touch.KindForm}, TouchID: fmt.Sprint("form-", visitor),
	})
	story := t.business.story(number, day)
	for _, e := range story {
		e.at += at - story[0].at
		on := dayOf(ahead, e.at)
		on.changes = append(on.changes, workspace.ChangeItem{
			Contact: workspace.ContactFields{ExternalID: &id}, Stage: e.key(), HasStage: true, At: e.at, Actor: journal.Actor{Kind: journal.ActorAPI},
		})
	}
}

// costs are what the paid campaigns cost, week by week.
func (t *traffic) costs() (all []workspace.CostItem) {
	for day := 0; day < days; day += 7 {
		date := lifecycle.Millis((firstDay + day) * dayMillis).Time().UTC().Format("2006-01-02")
		for campaign := range campaigns {
			if campaign%len(tagged) > 1 {
				continue
			}
			all = append(all, workspace.CostItem{
				Day: date, Source: tagged[campaign%len(tagged)].channel, Medium: "cpc", Campaign: campaignName(campaign),
				Amount: int64(1000 + campaign*7%900), Clicks: int64(campaign % 40),
			})
		}
	}
	return all
}

// tagged are the tags of campaigns, and the channels that they mean.
var tagged = [...]struct{ source, medium, channel string }{
	{"google", "cpc", "Paid search"},
	{"facebook", "cpc", "Paid social"},
	{"newsletter", "email", "Email"},
	{"partner.example", "referral", "Referral"},
	{"fair", "stand", "Unassigned"},
}

func tagsOf(campaign int) touch.UTM {
	of := tagged[campaign%len(tagged)]
	return touch.UTM{Source: of.source, Medium: of.medium, Campaign: campaignName(campaign)}
}

func visitorName(number int) string { return fmt.Sprintf("visitor-%08x", uint32(number)*2654435761) }

func sitePageAt(number int) string { return fmt.Sprintf("https://shop.example/p/%d", number) }

func dayOf(ahead map[int]*trafficDay, at lifecycle.Millis) *trafficDay {
	day := int(at/dayMillis) - firstDay
	if ahead[day] == nil {
		ahead[day] = &trafficDay{}
	}
	return ahead[day]
}
