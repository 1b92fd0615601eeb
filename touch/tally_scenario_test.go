package touch_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/touch"
)

// counted is what a scenario says for its source report.
type counted struct {
	did      map[string][]touch.Conversion // by contact
	visited  []sourced
	visitors []came
	spent    []sourced
}

type sourced struct {
	n      int64
	source touch.Source
}

type came struct {
	n  int64
	by []string
}

// counts takes a statement of what a source report counts.
func (s *stage) counts(name string, args []string) {
	switch name {
	case "did": // CONTACT TIME MEASURE [AMOUNT]
		if s.count.did == nil {
			s.count.did = map[string][]touch.Conversion{}
		}
		c := touch.Conversion{Measure: s.measure(args[2]), At: s.instant(args[1])}
		if len(args) > 3 {
			c.Amount = s.number(args[3])
		}
		s.count.did[args[0]] = append(s.count.did[args[0]], c)
	case "visited": // N fields
		s.count.visited = append(s.count.visited, sourced{s.number(args[0]), s.source(args[1:])})
	case "visitors": // N by SOURCE,SOURCE
		s.count.visitors = append(s.count.visitors, came{s.number(args[0]), strings.Split(args[2], ",")})
	case "spent": // AMOUNT fields
		s.count.spent = append(s.count.spent, sourced{s.number(args[0]), s.source(args[1:])})
	}
}

func (s *stage) measure(name string) touch.Measure {
	for m := range touch.Measure(touch.Measures) {
		if m.String() == name {
			return m
		}
	}
	s.t.Fatalf("%s:%d: no measure %q", s.file, s.line, name)
	return 0
}

func (s *stage) number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		s.t.Fatalf("%s:%d: %v", s.file, s.line, err)
	}
	return n
}

// rowLines counts the source report by "MODEL LEVEL [field=value ...] options".
func (s *stage) rowLines(args []string) []string {
	within, options := []string{}, []string{}
	for _, arg := range args[2:] {
		if name, _, _ := strings.Cut(arg, "="); touch.IsLevel(name) {
			within = append(within, arg)
		} else {
			options = append(options, arg)
		}
	}
	parents := s.source(within)
	o := touch.TallyOptions{Model: touch.Model(args[0]), Path: s.options(options)}
	for _, l := range touch.Levels {
		if (touch.Origin{Source: parents}).Value(l) != "" || string(l) == args[1] {
			o.Levels = append(o.Levels, l)
		}
	}
	o.Wanted = func(values []string) bool {
		for i, l := range o.Levels {
			if want := (touch.Origin{Source: parents}).Value(l); want != "" && values[i] != want {
				return false
			}
		}
		return true
	}
	t := touch.NewTally(o)
	s.fill(t)
	rows, total := t.Rows()
	var out []string
	for _, row := range rows {
		out = append(out, strings.TrimSpace(row.Value+sumsText(&row.Sums)))
	}
	return append(out, "total"+sumsText(&total))
}

func (s *stage) fill(t *touch.Tally) {
	for _, v := range s.count.visited {
		t.Visits(t.Place(touch.Origin{Source: v.source}), v.n)
	}
	for _, v := range s.count.visitors {
		var of []int64
		all := int64(0)
		for _, source := range v.by {
			row := t.Place(touch.Origin{Source: touch.Source{Source: source}}).Row()
			if row == touch.NoRow {
				continue
			}
			of = append(of, make([]int64, max(0, row+1-len(of)))...)
			of[row], all = v.n, v.n
		}
		t.Visitors(of, all)
	}
	for _, c := range s.count.spent {
		t.Cost(t.Place(touch.Origin{Source: c.source}), c.n, 0, 0)
	}
	for _, contact := range slices.Sorted(maps.Keys(s.more)) {
		s.count.did[contact] = append(s.count.did[contact], []touch.Conversion{}...)
	}
	for contact, did := range s.count.did {
		var passages []touch.Passage
		for _, touched := range s.touches(contact) {
			passages = append(passages, touch.Passage{At: touched.At, Place: t.Place(touch.Origin{Source: touched.Source, UTM: touched.UTM})})
		}
		t.Contact(passages, t.Place(touch.Origin{Source: touch.Source{Source: s.own[contact]}}), did, touch.Never)
	}
}

// sumsText writes the numbers of a row that are not zero.
func sumsText(s *touch.Sums) string {
	var b strings.Builder
	add := func(name, text string) {
		if text != "0" {
			fmt.Fprintf(&b, " %s=%s", name, text)
		}
	}
	add("visits", fmt.Sprint(s.Visits))
	add("visitors", fmt.Sprint(s.Visitors))
	for m, credit := range s.Credits {
		add(touch.Measure(m).String(), strconv.FormatFloat(credit.Float(), 'f', -1, 64))
	}
	add("revenue", fmt.Sprint(s.Revenue))
	add("cost", fmt.Sprint(s.Cost))
	return b.String()
}
