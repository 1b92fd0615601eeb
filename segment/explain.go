package segment

import (
	"slices"
	"time"
)

// Phrase is a piece of the explanation of a filter: a message for a
// translator, with arguments. PhraseKeys lists the keys.
type Phrase struct {
	Key   string   `json:"key"`
	Not   bool     `json:"not,omitempty"` // the denial of it
	Args  []Arg    `json:"args,omitempty"`
	Parts []Phrase `json:"parts,omitempty"` // of "all" and "any"
}

// Arg is an argument of a phrase, named for its place in the message. The
// name window is optional everywhere: "in the last 30 days".
type Arg struct {
	Name  string `json:"name"`            // field, value, days, event, span or window
	Field string `json:"field,omitempty"` // of field: its spelling; of value: whose value it is
	Value *Value `json:"value,omitempty"` // of value and days: scalar or list; of event: its name
	N     int    `json:"n,omitempty"`     // of span and window
	Unit  Unit   `json:"unit,omitempty"`
}

// Arg finds an argument by its name.
func (p Phrase) Arg(name string) (Arg, bool) {
	i := slices.IndexFunc(p.Args, func(a Arg) bool { return a.Name == name })
	if i < 0 {
		return Arg{}, false
	}
	return p.Args[i], true
}

// Explain says in phrases what a checked filter asks; all of them must hold.
// English renders them.
func Explain(e Expr) []Phrase {
	if all, ok := e.(All); ok && len(all) > 0 {
		return explainAll(all)
	}
	return []Phrase{explain(e)}
}

func explain(e Expr) Phrase {
	switch e := e.(type) {
	case All:
		return Phrase{Key: "all", Parts: explainAll(e)}
	case Any:
		return Phrase{Key: "any", Parts: explainParts(e)}
	case Not:
		p := explain(e.Expr)
		p.Not = !p.Not
		return p
	case Term:
		return explainTerm(e)
	}
	return Phrase{Key: "any"} // a missing part selects nobody
}

func explainParts(parts []Expr) []Phrase {
	out := make([]Phrase, len(parts))
	for i, part := range parts {
		out[i] = explain(part)
	}
	return out
}

// explainAll says a stage and the days in it, where one follows the other, in
// one phrase.
func explainAll(parts All) []Phrase {
	var out []Phrase
	for _, p := range explainParts(parts) {
		last := len(out) - 1
		if last >= 0 && out[last].Key == "stage.is" && !out[last].Not && !p.Not && slices.Contains(stageFor[:], "stage.for."+after(p.Key, "days.")) {
			p = Phrase{Key: "stage.for." + after(p.Key, "days."), Args: append(out[last].Args, p.Args...)}
			out = out[:last]
		}
		out = append(out, p)
	}
	return out
}

var stageFor = [...]string{"stage.for.more", "stage.for.at_least", "stage.for.less", "stage.for.at_most"}

// after is the rest of a text behind a prefix, or "".
func after(s, prefix string) string {
	if len(s) < len(prefix) || s[:len(prefix)] != prefix {
		return ""
	}
	return s[len(prefix):]
}

// explainTerm chooses the family of messages by the field.
func explainTerm(t Term) Phrase {
	p := Phrase{Not: t.Op == NotEqual}
	verb := verbs[t.Op]
	switch {
	case t.Field == Plain(FieldStage):
		p.Key, p.Args = "stage."+verb, t.valueArgs()
	case t.Field == Plain(FieldStageKind):
		p.Key, p.Args = "kind."+verb, t.valueArgs()
	case t.Field == Plain(FieldList):
		p.Key, p.Args = "list."+verb, t.valueArgs()
	case t.Field == Plain(FieldDaysInStage):
		p.Key, p.Args = "days."+verb, t.valueArgs()
		for i := range p.Args {
			p.Args[i].Name = "days"
		}
	case t.Field.Name == FieldEvent && t.Field.Part == Count:
		name := Text(t.Field.Of)
		p.Key, p.Args = "count."+verb, append([]Arg{{Name: "event", Value: &name}}, t.valueArgs()...)
	case t.Field.Name == FieldEvent && t.Op == Exists:
		name := Text(t.Field.Of)
		p.Key, p.Args = "event.exists", []Arg{{Name: "event", Value: &name}}
	default:
		p.Key, p.Args = t.generalKey(verb)
	}
	if w := t.Field.Window; w != (Span{}) {
		p.Args = append(p.Args, Arg{Name: "window", N: w.N, Unit: w.Unit})
	}
	return p
}

// verbs name the operators in keys.
var verbs = map[Op]string{
	Equal: "is", NotEqual: "is", In: "is", Exists: "exists",
	Less: "less", AtMost: "at_most", More: "more", AtLeast: "at_least",
	Contains: "contains", Starts: "starts", Before: "before", After: "after", Within: "within",
}

// generalKey is the key of a term whose field is said by its name. Times have
// words of their own: earlier rather than less.
func (t Term) generalKey(verb string) (string, []Arg) {
	field := Arg{Name: "field", Field: t.Field.String()}
	if t.Op == Exists || t.Value.Kind == KindNumber || t.Value.Kind == KindFlag {
		return "field." + verb, append([]Arg{field}, t.valueArgs()...)
	}
	_, _, isTime := readDate(t.Value.Text, time.UTC)
	rel, isRelative := readRelative(t.Value.Text)
	span := Arg{Name: "span", N: rel.span.N, Unit: rel.span.Unit}
	switch word, timely := timeWords[t.Op]; {
	case isRelative && (t.Op == Equal || t.Op == NotEqual): // a text that looks like one
	case timely && isRelative && t.Op == Within && rel.way == next:
		return "time.within_next", []Arg{field, span}
	case timely && isRelative && t.Op == Within:
		return "time.within", []Arg{field, span}
	case timely && isRelative && rel.way == ago:
		return "time.ago." + word, []Arg{field, span}
	case timely && isRelative && rel.way == ahead:
		return "time.ahead." + word, []Arg{field, span}
	case timely && isTime:
		return "time." + word, append([]Arg{field}, t.valueArgs()...)
	}
	return "field." + verb, append([]Arg{field}, t.valueArgs()...)
}

// timeWords name the operators on times in keys.
var timeWords = map[Op]string{
	Less: "before", Before: "before", AtMost: "until", More: "after", After: "after", AtLeast: "from", Within: "within",
	Equal: "on", NotEqual: "on",
}

func (t Term) valueArgs() []Arg {
	if t.Op == Exists {
		return nil
	}
	v := t.Value
	return []Arg{{Name: "value", Field: t.Field.String(), Value: &v}}
}
