package touch_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/touch"
)

// rule reads "host=H parameter=P value=V gives field=value ...".
func (s *stage) rule(args []string) {
	i := slices.Index(args, "gives")
	rule := touch.Rule{Source: s.source(args[i+1:])}
	for _, word := range args[:i] {
		name, value, _ := strings.Cut(word, "=")
		*map[string]*string{"host": &rule.Host, "parameter": &rule.Parameter, "value": &rule.Value}[name] = value
	}
	s.rules.Rules = append(s.rules.Rules, rule)
}

// page writes a page of the scenario's site as an address.
func page(text string) string {
	if strings.HasPrefix(text, "/") {
		return "https://shop.example" + text
	}
	return text
}

// view is "VISITOR TIME PAGE [from REFERRER] [id=ID]".
func (s *stage) view(args []string) {
	v := touch.View{Visitor: args[0], At: s.instant(args[1]), Page: page(args[2])}
	for i := 3; i < len(args); i++ {
		if id, ok := strings.CutPrefix(args[i], "id="); ok {
			v.ID = id
		} else if args[i] == "from" {
			i++
			v.Referrer = page(args[i])
		}
	}
	s.views[v.Visitor] = append(s.views[v.Visitor], v)
}

// classify is "PAGE [from REFERRER] is fields", without the landing page.
func (s *stage) classify(words []string) {
	i := slices.Index(words, "is")
	v := touch.View{Page: page(words[0])}
	if i == 3 {
		v.Referrer = page(words[2])
	}
	got := touch.NewClassifier(s.lists, s.rules).Classify(v)
	got.Source.LandingPage = ""
	line := sourceLine(got.Source)
	if got.Inside {
		line = "inside " + line
	}
	if want := strings.Join(words[i+1:], " "); line != want {
		s.errorf("%s\n got %s\nwant %s", strings.Join(words[:i], " "), line, want)
	}
}

func (s *stage) visitsOf(visitor string) []touch.Visit {
	return touch.NewClassifier(s.lists, s.rules).Visits(s.views[visitor])
}

func (s *stage) visitLines(visitor string) []string {
	var out []string
	for _, v := range s.visitsOf(visitor) {
		line := fmt.Sprintf("%s views=%d", when(v.At), len(v.Views))
		if v.Continue {
			line += " continue"
		}
		out = append(out, line+" "+sourceLine(v.Arrival.Source))
	}
	return out
}

// touches are those of a contact: of all its visitors, and others.
func (s *stage) touches(contact string) []touch.Touch {
	out := slices.Clone(s.more[contact])
	for visitor := range s.views {
		own := slices.DeleteFunc(s.visitsOf(visitor), func(v touch.Visit) bool {
			owner, ok := s.book.Owner(visitor, v.At)
			return !ok || owner != contact
		})
		out = append(out, touch.Touches(own)...)
	}
	return touch.Order(out)
}

func touchLines(touches []touch.Touch) []string {
	var out []string
	for _, t := range touches {
		t.Source.LandingPage = ""
		out = append(out, strings.TrimSpace(when(t.At)+" "+string(t.Kind)+" "+sourceLine(t.Source)))
	}
	return out
}

func (s *stage) options(args []string) (o touch.PathOptions) {
	for _, arg := range args {
		switch name, value, _ := strings.Cut(arg, "="); name {
		case "lookback":
			o.LookBack = s.length(value)
		case "direct":
			o.KeepDirect = value == "keep"
		}
	}
	return o
}

// journey is "CONTACT MODEL ENTERED ENDED BEFORE", a dash for what is not.
func (s *stage) journey(args []string) []string {
	entered, ended, before := s.instant(args[2]), touch.Never, -touch.Never
	if args[3] != "-" {
		ended = s.instant(args[3])
	}
	if args[4] != "-" {
		before = s.instant(args[4])
	}
	got := touch.JourneySource(touch.JourneyModel(args[1]), s.touches(args[0]), entered, ended, before, touch.Source{Source: s.own[args[0]]})
	got.LandingPage = ""
	if got.IsZero() {
		return nil
	}
	return []string{sourceLine(got)}
}

// creditLines credits the sales by "MODEL [by=FIELD] options".
func (s *stage) creditLines(args []string) []string {
	field := touch.FieldSource
	for _, arg := range args {
		if name, ok := strings.CutPrefix(arg, "by="); ok {
			field = touch.Field(name)
		}
	}
	var out []string
	for key, sum := range touch.Model(args[0]).Attribute(s.trails(field, s.options(args[1:]))) {
		out = append(out, fmt.Sprintf("%s credit=%s amount=%d", key, strconv.FormatFloat(sum.Credit.Float(), 'f', -1, 64), sum.Amount))
	}
	slices.Sort(out)
	return out
}

// trails are one for each sale, and one for each contact without any.
func (s *stage) trails(field touch.Field, o touch.PathOptions) []touch.Trail {
	contacts := map[string]bool{}
	for visitor, views := range s.views {
		for _, v := range views {
			if owner, ok := s.book.Owner(visitor, v.At); ok {
				contacts[owner] = true
			}
		}
	}
	for contact := range s.more {
		contacts[contact] = true
	}
	var out []touch.Trail
	for _, sale := range s.sales {
		delete(contacts, sale.contact)
		trail := s.trail(sale.contact, sale.at, field, o)
		trail.Converted, trail.Amount = true, sale.amount
		out = append(out, trail)
	}
	for contact := range contacts {
		out = append(out, s.trail(contact, touch.Never, field, o))
	}
	return out
}

func (s *stage) trail(contact string, at touch.Millis, field touch.Field, o touch.PathOptions) touch.Trail {
	trail := touch.Trail{Own: s.own[contact]}
	if trail.Own == "" {
		trail.Own = "No source"
	}
	for _, t := range touch.Path(s.touches(contact), at, o) {
		key := t.Source.Values()[slices.Index(touch.Fields[:], field)]
		trail.Path = append(trail.Path, touch.Step{Key: key, At: t.At})
	}
	return trail
}
