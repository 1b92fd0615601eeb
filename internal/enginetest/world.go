package enginetest

import (
	"encoding/json"
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// The world of random logs is small, so that its things meet often.
const (
	epoch     = lifecycle.Millis(1774000000000) // 2026-03-20; clocks change within the days after
	worldDays = 40
	dayLength = lifecycle.Millis(24 * 60 * 60 * 1000)
)

// world is a workspace being written at random.
type world struct {
	journal   *Journal
	workspace journal.WorkspaceID
	now       journal.Configuration
	contacts  []journal.ContactID
	visitors  []journal.ContactID
	costs     map[int32]map[touch.Source]*journal.Spend // as last said
	entries   int
}

func newWorld(t *rapid.T, j *Journal, w journal.WorkspaceID) *world {
	wd := &world{journal: j, workspace: w}
	kinds := []lifecycle.Kind{
		lifecycle.Progress, lifecycle.Progress, lifecycle.Progress, lifecycle.Won,
		lifecycle.Beyond, lifecycle.Lost, lifecycle.Lost, lifecycle.Aside,
	}
	wd.now = journal.Configuration{Name: "World", TimeZone: "Europe/Paris", Currency: "EUR", LifecycleEnabled: true, NextStage: 1}
	for _, kind := range kinds {
		wd.addStage(kind)
	}
	wd.saveConfiguration()
	return wd
}

func (w *world) addStage(kind lifecycle.Kind) {
	id := w.now.NextStage
	w.now.NextStage++
	w.now.Lifecycle.Stages = append(w.now.Lifecycle.Stages, lifecycle.Stage{
		ID: id, Key: fmt.Sprintf("s%d", id), Name: fmt.Sprintf("Stage %d", id), Kind: kind,
	})
}

// saveConfiguration logs a copy of the configuration.
func (w *world) saveConfiguration() {
	w.now.Edit++
	saved := w.now
	saved.Lifecycle.Stages = slices.Clone(w.now.Lifecycle.Stages)
	w.append(journal.Entry{Kind: journal.KindConfiguration, At: epoch, Configuration: &saved})
}

func (w *world) append(e journal.Entry) {
	e.Actor = journal.Actor{Kind: journal.ActorAPI}
	w.journal.Append(w.workspace, e)
	w.entries++
}

// write logs some random entries.
func (w *world) write(t *rapid.T, count int) {
	for range count {
		switch k := rapid.IntRange(0, 47).Draw(t, "what"); {
		case k > 42:
			w.view(t)
		case k > 39 && len(w.contacts) > 0:
			w.identify(t)
		case k > 37 && len(w.contacts) > 0:
			w.pay(t)
		case k == 36:
			w.editMoney(t)
		case k > 34:
			w.spend(t)
		case k > 31 && len(w.contacts) > 0:
			w.touch(t)
		case k == 31 && len(w.contacts) > 1:
			w.mergeContacts(t)
		case k == 30 && len(w.contacts) > 0:
			w.withdraw(t)
		case k == 29:
			w.editConfiguration(t)
		case k > 24 || len(w.contacts) == 0:
			w.create(t)
		case k > 22:
			w.edit(t)
		default:
			w.change(t)
		}
	}
}

func (w *world) pick(t *rapid.T) journal.ContactID {
	return rapid.SampledFrom(w.contacts).Draw(t, "contact")
}

func (w *world) create(t *rapid.T) {
	c := w.journal.NewContact()
	w.contacts = append(w.contacts, c)
	way := rapid.SampledFrom([]string{"api", "manual", "import", "form"}).Draw(t, "created by")
	edit := &journal.ContactEdit{CreatedBy: way, Fields: fields(t)}
	if rapid.Bool().Draw(t, "sourced") {
		edit.Source = &journal.SourceEdit{To: source(t)}
	}
	w.append(journal.Entry{Kind: journal.KindContact, Contact: c, At: moment(t), Edit: edit, Import: imported(t)})
	w.changeOf(t, c)
}

// imported is the import that brings something, mostly none.
func imported(t *rapid.T) int64 { return int64(max(0, rapid.IntRange(-4, 2).Draw(t, "import"))) }

// mergeContacts makes two contacts one, or erases the one.
func (w *world) mergeContacts(t *rapid.T) {
	i := rapid.IntRange(0, len(w.contacts)-1).Draw(t, "dropped")
	drop := w.contacts[i]
	w.contacts = slices.Delete(w.contacts, i, i+1)
	if rapid.IntRange(0, 3).Draw(t, "erased") == 0 {
		w.takeVisits(t, drop)
		w.append(journal.Entry{Kind: journal.KindErasure, Contact: drop})
		return
	}
	keep := w.pick(t)
	w.append(journal.Entry{Kind: journal.KindMerge, Contact: drop, Merge: &journal.Merge{With: keep}})
	w.append(journal.Entry{Kind: journal.KindMerge, Contact: keep, Merge: &journal.Merge{With: drop, Last: 1}})
}

// withdraw takes back what an import did to a contact.
func (w *world) withdraw(t *rapid.T) {
	w.append(journal.Entry{
		Kind: journal.KindWithdrawal, Contact: w.pick(t), Import: int64(rapid.IntRange(1, 2).Draw(t, "import")),
	})
}

func (w *world) edit(t *rapid.T) {
	edit := &journal.ContactEdit{Fields: fields(t)}
	if rapid.Bool().Draw(t, "sourced") {
		edit.Source = &journal.SourceEdit{To: source(t)}
	}
	w.append(journal.Entry{Kind: journal.KindContact, Contact: w.pick(t), At: moment(t), Edit: edit})
}

// touch logs a visit or a call, some of them direct.
func (w *world) touch(t *rapid.T) {
	from := source(t)
	if rapid.IntRange(0, 2).Draw(t, "direct") == 0 {
		from = touch.Source{Source: touch.Direct}
	}
	kind := rapid.SampledFrom(touch.Kinds[:]).Draw(t, "touch")
	w.append(journal.Entry{Kind: journal.KindTouch, Contact: w.pick(t), At: moment(t), Touch: &journal.Touch{
		Kind: kind, Source: from, UTM: touch.UTM{Campaign: rapid.SampledFrom(campaigns).Draw(t, "tag")},
	}})
}

func (w *world) change(t *rapid.T) { w.changeOf(t, w.pick(t)) }

func (w *world) changeOf(t *rapid.T, c journal.ContactID) {
	// Mostly the first stages, so that contacts come back to them.
	highest := int(w.now.NextStage) - 1
	if rapid.IntRange(0, 2).Draw(t, "early stage") > 0 {
		highest = 3
	}
	stage := lifecycle.StageID(rapid.IntRange(0, highest).Draw(t, "stage"))
	silent := rapid.IntRange(0, 4).Draw(t, "silent") == 0
	w.append(journal.Entry{Kind: journal.KindChange, Contact: c, At: moment(t), Stage: stage, Silent: silent, Import: imported(t)})
}

// editConfiguration makes one of the edits that a workspace can see, with
// those that need a new generation among them.
func (w *world) editConfiguration(t *rapid.T) {
	stages := w.now.Lifecycle.Stages
	i := rapid.IntRange(0, len(stages)-1).Draw(t, "edited stage")
	s := &stages[i]
	switch rapid.IntRange(0, 7).Draw(t, "edit") {
	case 0:
		s.Name += "!"
	case 1:
		w.addStage(rapid.SampledFrom([]lifecycle.Kind{lifecycle.Progress, lifecycle.Lost, lifecycle.Beyond}).Draw(t, "kind"))
	case 2:
		k := rapid.IntRange(0, len(stages)-1).Draw(t, "swapped with")
		stages[i], stages[k] = stages[k], stages[i]
	case 3:
		w.erase(t, s)
	case 4:
		w.merge(t, s)
	case 5:
		w.now.Lifecycle.CountBulk = !w.now.Lifecycle.CountBulk
	case 6:
		w.now.TimeZone = rapid.SampledFrom([]string{"UTC", "America/New_York", "Asia/Kolkata"}).Draw(t, "zone")
	case 7:
		s.ArchivedAt = epoch
	}
	w.saveConfiguration()
}

func (w *world) erase(t *rapid.T, s *lifecycle.Stage) {
	if s.Erased || s.Kind == lifecycle.Won {
		s.Restore()
		return
	}
	s.Erase(moment(t), rapid.SampledFrom(append(w.now.Lifecycle.Stages, lifecycle.Stage{})).Draw(t, "erased into").ID)
}

func (w *world) merge(t *rapid.T, s *lifecycle.Stage) {
	if s.MergedInto != lifecycle.NoStage || s.Kind == lifecycle.Won {
		s.MergedInto = lifecycle.NoStage
		return
	}
	into := rapid.SampledFrom(w.now.Lifecycle.Stages).Draw(t, "merged into")
	if into.ID != s.ID && !into.Gone() {
		s.MergedInto = into.ID
	}
}

// moment is coarse, so that times coincide.
func moment(t *rapid.T) lifecycle.Millis {
	steps := rapid.IntRange(0, worldDays*4).Draw(t, "at")
	return epoch + lifecycle.Millis(steps)*dayLength/4 + lifecycle.Millis(rapid.IntRange(0, 1).Draw(t, "ms"))
}

var (
	campaigns = []string{"", "Spring", "Autumn", "Winter"}
	channels  = []string{"", "Email", "Paid search"}
	owners    = []string{"", "Ann", "Bob"}
	plans     = []string{"", "free", "pro", "42"}
)

func source(t *rapid.T) touch.Source {
	return touch.Source{
		Source:   rapid.SampledFrom(channels).Draw(t, "channel"),
		Campaign: rapid.SampledFrom(campaigns).Draw(t, "campaign"),
	}
}

func fields(t *rapid.T) map[string]journal.FieldEdit {
	out := map[string]journal.FieldEdit{}
	if rapid.Bool().Draw(t, "owned") {
		out[journal.FieldOwner] = journal.FieldEdit{To: quoted(rapid.SampledFrom(owners).Draw(t, "owner"))}
	}
	if rapid.Bool().Draw(t, "planned") {
		plan := rapid.SampledFrom(plans).Draw(t, "plan")
		value := quoted(plan)
		if plan == "42" {
			value = json.RawMessage("42") // the same label as the text
		}
		if plan == "" && rapid.Bool().Draw(t, "removed") {
			value = nil
		}
		out[journal.PropertyPrefix+"plan"] = journal.FieldEdit{To: value}
	}
	if rapid.IntRange(0, 2).Draw(t, "valued") == 0 {
		out[journal.FieldValue] = journal.FieldEdit{To: json.RawMessage(fmt.Sprintf(`{"amount":%d,"currency":%q}`,
			rapid.IntRange(0, 9).Draw(t, "value"), rapid.SampledFrom(currencies).Draw(t, "currency")))}
	}
	oddFields(t, out)
	return out
}

func quoted(text string) json.RawMessage { return json.RawMessage(fmt.Sprintf("%q", text)) }
