package scenario

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// builder turns the statements of one scenario into its log.
type builder struct {
	scenario *Scenario
	now      journal.Configuration
	contacts map[string]journal.ContactID
	latest   map[journal.ContactID]int64 // seq of the contact's latest entry
}

func newBuilder(s *Scenario, zone string) *builder {
	return &builder{
		scenario: s, contacts: map[string]journal.ContactID{}, latest: map[journal.ContactID]int64{},
		now: journal.Configuration{Name: "Scenario", TimeZone: zone, Currency: "EUR", LifecycleEnabled: true},
	}
}

// append numbers an entry and adds it to the log.
func (b *builder) append(e journal.Entry) {
	e.Seq = int64(len(b.scenario.Entries) + 1)
	if e.Contact != 0 {
		e.Prev, b.latest[e.Contact] = b.latest[e.Contact], e.Seq
	}
	b.scenario.Entries = append(b.scenario.Entries, e)
}

// setStages replaces all stages. It comes before any contact.
func (b *builder) setStages(stages []lifecycle.Stage) error {
	b.now.Lifecycle.Stages = stages
	b.now.NextStage = lifecycle.StageID(len(stages) + 1)
	b.scenario.Entries = nil
	b.configure()
	return nil
}

// configure logs the configuration as it is now.
func (b *builder) configure() {
	b.now.Edit++
	c := b.now
	c.Lifecycle.Stages = slices.Clone(c.Lifecycle.Stages)
	b.append(journal.Entry{
		Workspace: Workspace, Kind: journal.KindConfiguration, At: b.scenario.Start, Arrived: b.scenario.Start,
		Actor: journal.Actor{Kind: journal.ActorUser}, Configuration: &c,
	})
}

// edit is a statement that edits the configuration.
func (b *builder) edit(name string, args []string) error {
	if name == "count_bulk" {
		if len(args) != 1 || (args[0] != "on" && args[0] != "off") {
			return fmt.Errorf("count_bulk is on or off")
		}
		b.now.Lifecycle.CountBulk = args[0] == "on"
		b.configure()
		return nil
	}
	if ok, err := b.people(name, args); ok {
		return err
	}
	if !slices.Contains([]string{"erase", "merge", "restore", "archive", "order", "kind"}, name) {
		return fmt.Errorf("no statement %q", name)
	}
	if len(args) == 0 {
		return fmt.Errorf("%s takes a stage", name)
	}
	if err := b.editStage(name, args); err != nil {
		return err
	}
	b.configure()
	return nil
}

// people is a statement about whole contacts or imports; ok is false if it is
// none.
func (b *builder) people(name string, args []string) (ok bool, err error) {
	switch {
	case name == "undo" && len(args) == 2 && args[0] == "import":
		return true, b.withdraw(args[1])
	case len(args) < 2 || args[0] != "contact":
		return false, nil
	}
	c, known := b.contacts[args[1]]
	if !known {
		return true, fmt.Errorf("no contact %q", args[1])
	}
	switch {
	case name == "erase" && len(args) == 2:
		b.append(b.entry(journal.KindErasure, c))
		return true, nil
	case name == "merge" && len(args) == 4 && args[2] == "into":
		into, known := b.contacts[args[3]]
		if !known || into == c {
			return true, fmt.Errorf("no other contact %q", args[3])
		}
		b.mergeContacts(into, c)
		return true, nil
	case name == "touch" && len(args) >= 4:
		return true, b.touch(c, args[2], args[3], args[4:])
	}
	return true, fmt.Errorf("%s contact is not written so", name)
}

// touch logs a touch of a contact: "t+1d visit source=Email".
func (b *builder) touch(c journal.ContactID, at, kind string, fields []string) error {
	e := b.entry(journal.KindTouch, c)
	e.Touch = &journal.Touch{Kind: touch.Kind(kind)}
	var edit journal.ContactEdit
	for _, field := range fields {
		if err := contactField(&edit, field); err != nil {
			return err
		}
	}
	if edit.Source != nil {
		e.Touch.Source = edit.Source.To
	}
	var err error
	e.At, err = instant(at, b.scenario.Start)
	b.append(e)
	return err
}

func (b *builder) entry(kind journal.Kind, c journal.ContactID) journal.Entry {
	return journal.Entry{
		Workspace: Workspace, Kind: kind, Contact: c, At: b.scenario.Now, Arrived: b.scenario.Now,
		Actor: journal.Actor{Kind: journal.ActorAPI},
	}
}

func (b *builder) mergeContacts(keep, drop journal.ContactID) {
	left, taken := b.entry(journal.KindMerge, drop), b.entry(journal.KindMerge, keep)
	left.Merge = &journal.Merge{With: keep}
	b.append(left)
	taken.Merge = &journal.Merge{With: drop, Last: b.latest[drop]}
	b.append(taken)
	for name, c := range b.contacts {
		if c == drop {
			b.contacts[name] = keep
		}
	}
}

// withdraw takes back what an import wrote, from each contact as it is now.
func (b *builder) withdraw(text string) error {
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 1 {
		return fmt.Errorf("%q is not the number of an import", text)
	}
	done := map[journal.ContactID]bool{}
	for _, e := range slices.Clone(b.scenario.Entries) {
		c := e.Contact
		for name, now := range b.contacts {
			if b.scenario.Contacts[e.Contact-min(e.Contact, 1)] == name && e.Contact != 0 {
				c = now
			}
		}
		if e.Import != number || done[c] {
			continue
		}
		done[c] = true
		w := b.entry(journal.KindWithdrawal, c)
		w.Import = number
		b.append(w)
	}
	return nil
}

func (b *builder) editStage(name string, args []string) error {
	stages := b.now.Lifecycle.Stages
	i := named(stages, args[0])
	if i < 0 {
		return fmt.Errorf("no stage %q", args[0])
	}
	s := &stages[i]
	switch {
	case name == "order":
		return b.order(args)
	case name == "merge" && len(args) == 3 && args[1] == "into":
		into := named(stages, args[2])
		if into < 0 || into == i {
			return fmt.Errorf("no other stage %q", args[2])
		}
		s.MergedInto = stages[into].ID
		return nil
	case name == "kind" && len(args) == 2:
		kind, ok := lifecycle.ParseKind(args[1])
		if !ok {
			return fmt.Errorf("no stage kind %q", args[1])
		}
		s.Kind = kind
		return nil
	case name == "erase":
		return b.erase(s, args[1:])
	case len(args) != 1 || name == "merge" || name == "kind":
		return fmt.Errorf("%s is not written so", name)
	case name == "archive":
		s.ArchivedAt = b.scenario.Now
	default:
		s.Restore()
	}
	return nil
}

// erase reads "at t+5d into New", each part of which may be absent.
func (b *builder) erase(s *lifecycle.Stage, args []string) (err error) {
	at, into := b.scenario.Now, lifecycle.NoStage
	for ; len(args) >= 2 && err == nil; args = args[2:] {
		switch args[0] {
		case "at":
			at, err = instant(args[1], b.scenario.Start)
		case "into":
			into, err = b.stage(args[1])
		default:
			err = fmt.Errorf("erase takes at and into, not %q", args[0])
		}
	}
	if len(args) > 0 && err == nil {
		err = fmt.Errorf("%q has no value", args[0])
	}
	s.Erase(at, into)
	return err
}

// order puts the named stages first, in the order given, within their kinds.
func (b *builder) order(names []string) error {
	rank := func(s lifecycle.Stage) int {
		i := slices.Index(names, s.Key)
		if i < 0 {
			return len(names)
		}
		return i
	}
	for _, name := range names {
		if named(b.now.Lifecycle.Stages, name) < 0 {
			return fmt.Errorf("no stage %q", name)
		}
	}
	slices.SortStableFunc(b.now.Lifecycle.Stages, func(x, y lifecycle.Stage) int { return rank(x) - rank(y) })
	return nil
}

// contact returns the number of a contact, creating it at its first mention.
func (b *builder) contact(name string, fields []string) (journal.ContactID, error) {
	id, known := b.contacts[name]
	if known && len(fields) == 0 {
		return id, nil
	}
	if !known {
		b.scenario.Contacts = append(b.scenario.Contacts, name)
		id = journal.ContactID(len(b.scenario.Contacts))
		b.contacts[name] = id
	}
	e := newContact(id, b.scenario.Start)
	if len(fields) > 0 {
		if text, found := strings.CutPrefix(fields[0], "import="); found {
			if e.Import, _ = strconv.ParseInt(text, 10, 64); e.Import < 1 {
				return 0, fmt.Errorf("%q is not the number of an import", text)
			}
			fields = fields[1:]
		}
	}
	if known {
		e.Edit.CreatedBy = ""
	}
	for _, field := range fields {
		if err := contactField(e.Edit, field); err != nil {
			return 0, err
		}
	}
	b.append(e)
	return id, nil
}

// contactField reads "source=Email", "owner=Bob", "property.plan=pro",
// "created_by=form", "value=10000" (minor units of EUR), "value="10000 JPY"".
func contactField(edit *journal.ContactEdit, text string) error {
	name, value, found := strings.Cut(text, "=")
	if !found {
		return fmt.Errorf("%q is not field=value", text)
	}
	if i := slices.Index(touch.Fields[:], touch.Field(name)); i >= 0 {
		if edit.Source == nil {
			edit.Source = &journal.SourceEdit{}
		}
		values := edit.Source.To.Values()
		values[i] = value
		edit.Source.To = touch.SourceOf(values)
		return nil
	}
	switch {
	case name == "created_by":
		edit.CreatedBy = value
	case name == journal.FieldValue:
		amount, currency, _ := strings.Cut(value, " ")
		edit.Fields[name] = journal.FieldEdit{To: fmt.Appendf(nil, `{"amount":%s,"currency":%q}`, amount, cmp.Or(currency, "EUR"))}
	case name == journal.FieldOwner || name == journal.FieldName || strings.HasPrefix(name, journal.PropertyPrefix):
		text, err := json.Marshal(value)
		if err != nil {
			return err
		}
		edit.Fields[name] = journal.FieldEdit{To: text}
	default:
		return fmt.Errorf("no contact field %q", name)
	}
	return nil
}

// change reads "New t+1d", "Hot(i) t+2d", "none t+3d".
func (b *builder) change(contact journal.ContactID, words []string) error {
	if len(words) != 2 {
		return fmt.Errorf("%q is not a change like New t+1d", strings.Join(words, " "))
	}
	at, err := instant(words[1], b.scenario.Start)
	if err != nil {
		return err
	}
	name, actor := words[0], journal.ActorAPI
	name, by, err := importOf(name)
	if err != nil {
		return err
	}
	for suffix, kind := range map[string]journal.ActorKind{"(i)": journal.ActorImport, "(b)": journal.ActorBulk} {
		if stem, found := strings.CutSuffix(name, suffix); found {
			name, actor = stem, kind
		}
	}
	stage, err := b.stage(name)
	if err != nil {
		return err
	}
	b.append(journal.Entry{
		Workspace: Workspace, Kind: journal.KindChange, Contact: contact, At: at, Arrived: b.scenario.Now,
		Actor: journal.Actor{Kind: actor}, Stage: stage, Silent: actor.Silent(), Import: by,
	})
	return nil
}

// importOf reads "Hot@2", a change that import 2 brought, as a transition.
func importOf(text string) (name string, number int64, err error) {
	name, digits, found := strings.Cut(text, "@")
	if !found {
		return text, 0, nil
	}
	if suffix := strings.Index(digits, "("); suffix >= 0 {
		name, digits = name+digits[suffix:], digits[:suffix]
	}
	number, err = strconv.ParseInt(digits, 10, 64)
	if err != nil || number < 1 {
		return "", 0, fmt.Errorf("%q does not say the number of an import", text)
	}
	return name, number, nil
}

// stage returns the number of a stage by its name; "none" is no stage.
func (b *builder) stage(name string) (lifecycle.StageID, error) {
	if name == "none" {
		return lifecycle.NoStage, nil
	}
	i := named(b.now.Lifecycle.Stages, name)
	if i < 0 {
		return 0, fmt.Errorf("no stage %q", name)
	}
	return b.now.Lifecycle.Stages[i].ID, nil
}

// query reads the parameters of a report; without a range it is 400 days
// around the start, without a comparison.
func (b *builder) query(args []string) (url.Values, error) {
	q := url.Values{}
	for _, arg := range args {
		name, value, found := strings.Cut(arg, "=")
		if !found {
			return nil, fmt.Errorf("%q is not parameter=value", arg)
		}
		q.Add(name, value)
	}
	if !q.Has("from") && !q.Has("to") && !q.Has("preset") {
		q.Set("from", (b.scenario.Start - 200*day).Time().Format("2006-01-02"))
		q.Set("to", (b.scenario.Start + 200*day).Time().Format("2006-01-02"))
	}
	if !q.Has("compare") && !q.Has("compare_from") {
		q.Set("compare", "none")
	}
	return q, nil
}

// row reads "summary entered=1", "stage New reached=1", "group Email entered=2".
func (b *builder) row(line int, words []string) (Row, error) {
	r := Row{Line: line, Kind: words[0]}
	rest := words[1:]
	switch r.Kind {
	case "summary":
	case "stage", "lost", "group":
		if len(rest) == 0 {
			return r, fmt.Errorf("%s needs a name", r.Kind)
		}
		r.Name, rest = rest[0], rest[1:]
	default:
		return r, fmt.Errorf("no row %q", r.Kind)
	}
	for _, word := range rest {
		name, value, found := strings.Cut(word, "=")
		if !found {
			return r, fmt.Errorf("%q is not name=value", word)
		}
		r.Fields = append(r.Fields, Field{name, value})
	}
	return r, nil
}

// journey reads "won entered=t ended=t+3d duration=3d furthest=4 ...".
func (b *builder) journey(line int, words []string) (Journey, error) {
	j := Journey{Line: line, Outcome: words[0], Duration: -1, Visited: []string{}, Times: map[string]lifecycle.Millis{}}
	if !slices.Contains([]string{"open", "won", "lost", "left"}, j.Outcome) {
		return j, fmt.Errorf("no outcome %q", j.Outcome)
	}
	for _, word := range words[1:] {
		name, value, _ := strings.Cut(word, "=")
		if err := b.journeyField(&j, name, value); err != nil {
			return j, fmt.Errorf("%s: %w", name, err)
		}
	}
	return j, nil
}

func (b *builder) journeyField(j *Journey, name, value string) (err error) {
	switch name {
	case "entered":
		j.Entered, err = instant(value, b.scenario.Start)
	case "ended":
		j.Ended, err = instant(value, b.scenario.Start)
	case "duration":
		j.Duration, err = span(value)
	case "furthest":
		j.Furthest, err = strconv.Atoi(value)
	case "origin":
		j.Origin = value
	case "lost":
		j.LostStage = value
	case "in":
		j.Present = value
	case "visited":
		j.Visited = list(value)
	case "reached":
		j.Reached = list(value)
	case "times":
		return stageTimes(j.Times, value)
	default:
		return fmt.Errorf("no such field of a journey")
	}
	return err
}

// stageTimes reads "New:2d,Payment:1d".
func stageTimes(times map[string]lifecycle.Millis, text string) error {
	for _, pair := range list(text) {
		name, length, _ := strings.Cut(pair, ":")
		d, err := span(length)
		if err != nil {
			return err
		}
		times[name] = d
	}
	return nil
}
