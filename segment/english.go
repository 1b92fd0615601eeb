package segment

import (
	"slices"
	"strings"
)

// message is a phrase in English: as it is, and its denial.
type message struct{ key, yes, no string }

// messages are the phrases that Explain makes of checked filters, in English.
// A {window} that a phrase has is said after it.
var messages = [...]message{
	{"stage.is", "is in {value}", "is not in {value}"},
	{"stage.exists", "has a stage", "has no stage"},
	{"stage.for.more", "is in {value} for more than {days}", ""},
	{"stage.for.at_least", "is in {value} for at least {days}", ""},
	{"stage.for.less", "is in {value} for less than {days}", ""},
	{"stage.for.at_most", "is in {value} for at most {days}", ""},
	{"kind.is", "is in a stage of kind {value}", "is not in a stage of kind {value}"},
	{"kind.exists", "has a stage", "has no stage"},
	{"days.more", "is in the present stage for more than {days}", "is not in the present stage for more than {days}"},
	{"days.at_least", "is in the present stage for at least {days}", "is not in the present stage for at least {days}"},
	{"days.less", "is in the present stage for less than {days}", "is not in the present stage for less than {days}"},
	{"days.at_most", "is in the present stage for at most {days}", "is not in the present stage for at most {days}"},
	{"days.exists", "has a stage", "has no stage"},
	{"list.is", "is in the list {value}", "is not in the list {value}"},
	{"list.exists", "is in a list", "is in no list"},
	{"count.is", "did {event} exactly {value} times", "did {event} not exactly {value} times"},
	{"count.more", "did {event} more than {value} times", "did {event} not more than {value} times"},
	{"count.at_least", "did {event} at least {value} times", "did {event} not even {value} times"},
	{"count.less", "did {event} less than {value} times", "did {event} not less than {value} times"},
	{"count.at_most", "did {event} at most {value} times", "did {event} not at most {value} times"},
	{"event.exists", "did {event}", "never did {event}"},
	{"field.is", "{field} is {value}", "{field} is not {value}"},
	{"field.less", "{field} is less than {value}", "{field} is not less than {value}"},
	{"field.at_most", "{field} is at most {value}", "{field} is not at most {value}"},
	{"field.more", "{field} is more than {value}", "{field} is not more than {value}"},
	{"field.at_least", "{field} is at least {value}", "{field} is not at least {value}"},
	{"field.contains", "{field} contains {value}", "{field} does not contain {value}"},
	{"field.starts", "{field} starts with {value}", "{field} does not start with {value}"},
	{"field.exists", "{field} is known", "{field} is not known"},
	{"time.on", "{field} is on {value}", "{field} is not on {value}"},
	{"time.before", "{field} is before {value}", "{field} is not before {value}"},
	{"time.until", "{field} is not after {value}", "{field} is after {value}"},
	{"time.after", "{field} is after {value}", "{field} is not after {value}"},
	{"time.from", "{field} is not before {value}", "{field} is before {value}"},
	{"time.ago.before", "{field} is more than {span} ago", "{field} is not more than {span} ago"},
	{"time.ago.until", "{field} is at least {span} ago", "{field} is not at least {span} ago"},
	{"time.ago.after", "{field} is later than {span} ago", "{field} is not later than {span} ago"},
	{"time.ago.from", "{field} is not earlier than {span} ago", "{field} is earlier than {span} ago"},
	{"time.ahead.before", "{field} is earlier than {span} from now", "{field} is not earlier than {span} from now"},
	{"time.ahead.until", "{field} is not later than {span} from now", "{field} is later than {span} from now"},
	{"time.ahead.after", "{field} is later than {span} from now", "{field} is not later than {span} from now"},
	{"time.ahead.from", "{field} is at least {span} from now", "{field} is not at least {span} from now"},
	{"time.within", "{field} is in the last {span}", "{field} is not in the last {span}"},
	{"time.within_next", "{field} is in the next {span}", "{field} is not in the next {span}"},
}

// PhraseKeys lists the keys that a translation must have, besides all, any
// and window: those whose phrase can be denied twice, with and without it.
func PhraseKeys() []string {
	keys := make([]string, len(messages))
	for i, m := range messages {
		keys[i] = m.key
	}
	return keys
}

// English renders phrases in plain words; the catalogue gives the names of
// stages, and may be the zero one: "is in Hot lead for more than 7 days, and
// is not in the list Partners".
func English(phrases []Phrase, c Catalogue) string {
	if len(phrases) == 1 && phrases[0].Key == "any" && !phrases[0].Not && len(phrases[0].Parts) > 0 {
		return c.say(phrases[0].Parts, ", or ")
	}
	return c.say(phrases, ", and ")
}

func (c Catalogue) say(phrases []Phrase, between string) string {
	texts := make([]string, len(phrases))
	for i, p := range phrases {
		texts[i] = c.sayOne(p)
	}
	return strings.Join(texts, between)
}

func (c Catalogue) sayOne(p Phrase) string {
	switch {
	case p.Key == "all" && len(p.Parts) == 0 && !p.Not, p.Key == "any" && len(p.Parts) == 0 && p.Not:
		return "is anyone"
	case p.Key == "any" && len(p.Parts) == 0, p.Key == "all" && len(p.Parts) == 0:
		return "is no one"
	case p.Key == "all":
		return c.group(p, " and ")
	case p.Key == "any":
		return c.group(p, " or ")
	}
	i := slices.IndexFunc(messages[:], func(m message) bool { return m.key == p.Key })
	if i < 0 {
		return p.Key
	}
	text := messages[i].yes
	if p.Not {
		text = messages[i].no
	}
	text = c.fill(text, p)
	if w, ok := p.Arg("window"); ok {
		text += " in the last " + Span{w.N, w.Unit}.String()
	}
	return text
}

func (c Catalogue) group(p Phrase, between string) string {
	text := "(" + c.say(p.Parts, between) + ")"
	if p.Not {
		return "not " + text
	}
	return text
}

// fill puts the arguments into a message.
func (c Catalogue) fill(text string, p Phrase) string {
	var pairs []string
	for _, a := range p.Args {
		switch {
		case a.Name == "span":
			pairs = append(pairs, "{span}", Span{a.N, a.Unit}.String())
		case a.Name == "field":
			pairs = append(pairs, "{field}", fieldLabel(a.Field))
		case a.Name == "days":
			pairs = append(pairs, "{days}", days(*a.Value))
		case a.Value != nil:
			pairs = append(pairs, "{"+a.Name+"}", c.valueLabel(a))
		}
	}
	if at, ok := p.Arg("value"); ok && at.Value != nil && at.Value.Kind == KindNumber && at.Value.Number == 1 {
		pairs = append([]string{"{value} times", "once"}, pairs...)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func days(v Value) string {
	if v.Number == 1 {
		return "1 day"
	}
	return v.String() + " days"
}

// fieldLabel is the name of a field for people.
func fieldLabel(spelling string) string {
	f, err := ParseField(spelling)
	switch {
	case err != nil:
		return spelling
	case f.Name == FieldProperty:
		return f.Of
	case f.Name == FieldEvent:
		return "the " + string(f.Part) + " " + f.Of
	case f == Plain(FieldExternalID):
		return "external id"
	}
	words := strings.NewReplacer("_", " ", "source.", "", "journey.", "journey ").Replace(f.Name)
	return strings.TrimSuffix(words, " at") // created, entered
}

// valueLabel is a value for people: names of stages and texts without quotes,
// lists with or.
func (c Catalogue) valueLabel(a Arg) string {
	f, _ := ParseField(a.Field)
	items := a.Value.List
	if a.Value.Kind != KindList {
		items = []Value{*a.Value}
	}
	texts := make([]string, len(items))
	for i, v := range items {
		texts[i] = c.scalarLabel(f, v)
	}
	if last := len(texts) - 1; last > 0 {
		return strings.Join(texts[:last], ", ") + " or " + texts[last]
	}
	return strings.Join(texts, "")
}

func (c Catalogue) scalarLabel(f Field, v Value) string {
	if v.Kind != KindText {
		return v.String()
	}
	switch f {
	case Plain(FieldStage), Plain(FieldJourneyOrigin), Plain(FieldJourneyLostStage):
		if label := c.label(f, v.Text); label != v.Text {
			return label
		}
		return sentence(v.Text)
	}
	return v.Text
}

// sentence makes a name of a key that has none: hot_lead, Hot lead.
func sentence(key string) string {
	words := strings.ReplaceAll(key, "_", " ")
	if words == "" || words[0] >= 0x80 {
		return words
	}
	return strings.ToUpper(words[:1]) + words[1:]
}
