package touch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tidemark/tidemark/touch"
)

// start is the instant t of the scenarios.
var start = touch.Millis(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC).UnixMilli())

// TestScenarios runs testdata/attribution; its README says what the words mean.
func TestScenarios(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../testdata/attribution/*.txt")
	if err != nil || len(files) < 5 {
		t.Fatalf("found %d files, err %v", len(files), err)
	}
	lists := touch.NewLists()
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range scenariosOf(t, filepath.Base(file), string(text)) {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				newStage(t, lists, s.file).play(s.lines)
			})
		}
	}
}

type scenarioLine struct {
	number   int
	words    []string
	indented bool
}

type scenario struct {
	file, name string
	lines      []scenarioLine
}

func scenariosOf(t *testing.T, file, text string) []scenario {
	t.Helper()
	var out []scenario
	for i, raw := range strings.Split(text, "\n") {
		words := splitWords(raw)
		switch {
		case len(words) == 0:
		case words[0] == "scenario":
			name := strings.TrimSuffix(file, ".txt") + "/" + strings.Join(words[1:], " ")
			out = append(out, scenario{file: file, name: name})
		case len(out) == 0:
			t.Fatalf("%s:%d: before the first scenario", file, i+1)
		default:
			s := &out[len(out)-1]
			s.lines = append(s.lines, scenarioLine{i + 1, words, raw[0] == ' '})
		}
	}
	return out
}

// splitWords splits at spaces outside of double quotes, up to a "# ".
func splitWords(line string) []string {
	var out []string
	var word strings.Builder
	quoted, any := false, false
	for i, r := range line {
		switch {
		case r == '"':
			quoted, any = !quoted, true
		case r == ' ' && !quoted:
			if any {
				out = append(out, word.String())
				word.Reset()
			}
			any = false
		case r == '#' && !quoted && !any && (i+1 == len(line) || line[i+1] == ' '):
			return out
		default:
			word.WriteRune(r)
			any = true
		}
	}
	if any {
		out = append(out, word.String())
	}
	return out
}

// stage is a scenario being played.
type stage struct {
	t     *testing.T
	file  string
	line  int
	lists *touch.Lists
	rules touch.Rules
	book  touch.Book[string]
	views map[string][]touch.View
	more  map[string][]touch.Touch // of contacts, besides visits
	own   map[string]string
	sales []sale
	count counted

	expected []string // what the statement above the indented lines gave
	takes    func(words []string)
}

type sale struct {
	contact string
	at      touch.Millis
	amount  int64
}

func newStage(t *testing.T, lists *touch.Lists, file string) *stage {
	return &stage{
		t: t, file: file, lists: lists, views: map[string][]touch.View{},
		more: map[string][]touch.Touch{}, own: map[string]string{},
	}
}

func (s *stage) play(lines []scenarioLine) {
	for _, l := range lines {
		s.line = l.number
		if l.indented {
			s.takes(l.words)
			continue
		}
		s.finish()
		s.statement(l.words[0], l.words[1:])
	}
	s.finish()
}

// finish complains of what was there and not expected.
func (s *stage) finish() {
	for _, line := range s.expected {
		s.errorf("not expected, but there: %s", line)
	}
	s.expected, s.takes = nil, nil
}

func (s *stage) errorf(format string, args ...any) {
	s.t.Helper()
	s.t.Errorf("%s:%d: %s", s.file, s.line, fmt.Sprintf(format, args...))
}

func (s *stage) statement(name string, args []string) {
	switch name {
	case "own":
		s.rules.Own = append(s.rules.Own, args...)
	case "rule":
		s.rule(args)
	case "view":
		s.view(args)
	case "classify":
		s.takes = s.classify
	case "identify": // VISITOR as CONTACT TIME
		s.book.Identify(args[0], args[2], s.instant(args[3]))
	case "merge": // VISITOR with VISITOR
		s.book.Merge(args[0], args[2])
	case "touch": // CONTACT TIME KIND fields
		s.more[args[0]] = append(s.more[args[0]], touch.Touch{At: s.instant(args[1]), Kind: touch.Kind(args[2]), Source: s.source(args[3:])})
	case "given": // CONTACT SOURCE
		s.own[args[0]] = args[1]
	case "sale": // CONTACT TIME AMOUNT
		amount, err := strconv.ParseInt(args[2], 10, 64)
		if err != nil {
			s.t.Fatal(err)
		}
		s.sales = append(s.sales, sale{args[0], s.instant(args[1]), amount})
	case "did", "visited", "visitors", "spent":
		s.counts(name, args)
	default:
		s.expect(name, args)
	}
}

func (s *stage) expect(name string, args []string) {
	switch name {
	case "visits":
		s.expected = s.visitLines(args[0])
	case "touches":
		s.expected = touchLines(s.touches(args[0]))
	case "path": // CONTACT TIME options
		s.expected = touchLines(touch.Path(s.touches(args[0]), s.instant(args[1]), s.options(args[2:])))
	case "journey": // CONTACT MODEL ENTERED ENDED BEFORE
		s.expected = s.journey(args)
	case "rows": // MODEL LEVEL options
		s.expected = s.rowLines(args)
	case "credit": // MODEL options
		s.expected = s.creditLines(args)
	default:
		s.t.Fatalf("%s:%d: no statement %q", s.file, s.line, name)
	}
	s.takes = s.compare
}

// compare takes the next line of what is expected.
func (s *stage) compare(words []string) {
	if len(words) == 1 && words[0] == "none" && len(s.expected) == 0 {
		return
	}
	got := "nothing"
	if len(s.expected) > 0 {
		got, s.expected = s.expected[0], s.expected[1:]
	}
	if want := strings.Join(words, " "); got != want {
		s.errorf("\n got %s\nwant %s", got, want)
	}
}

func (s *stage) instant(text string) touch.Millis {
	rest, ok := strings.CutPrefix(text, "t")
	if !ok {
		s.t.Fatalf("%s:%d: no time %q", s.file, s.line, text)
	}
	return start + s.length(rest)
}

// length reads what Go writes, with days: +1d12h.
func (s *stage) length(text string) touch.Millis {
	if text == "" {
		return 0
	}
	sign, text := touch.Millis(1), strings.TrimPrefix(text, "+")
	if rest, ok := strings.CutPrefix(text, "-"); ok {
		sign, text = -1, rest
	}
	var days int64
	if d, rest, ok := strings.Cut(text, "d"); ok {
		days, _ = strconv.ParseInt(d, 10, 64)
		text = rest
	}
	var more time.Duration
	if text != "" {
		var err error
		if more, err = time.ParseDuration(text); err != nil {
			s.t.Fatalf("%s:%d: %v", s.file, s.line, err)
		}
	}
	return sign * (touch.Millis(days)*touch.Day + touch.Millis(more.Milliseconds()))
}

func when(at touch.Millis) string {
	out, rest := "t+", at-start
	for _, unit := range []struct {
		name   string
		length touch.Millis
	}{{"d", touch.Day}, {"h", 60 * touch.Minute}, {"m", touch.Minute}, {"s", 1000}, {"ms", 1}} {
		if n := rest / unit.length; n > 0 {
			out += fmt.Sprint(n) + unit.name
			rest %= unit.length
		}
	}
	return strings.TrimSuffix(out, "+")
}

// source reads field=value words.
func (s *stage) source(words []string) touch.Source {
	var values [8]string
	for _, word := range words {
		name, value, ok := strings.Cut(word, "=")
		i := slices.Index(touch.Fields[:], touch.Field(name))
		if !ok || i < 0 {
			s.t.Fatalf("%s:%d: no source field %q", s.file, s.line, word)
		}
		values[i] = value
	}
	return touch.SourceOf(values)
}

func sourceLine(source touch.Source) string {
	var out []string
	for i, value := range source.Values() {
		if value != "" {
			out = append(out, string(touch.Fields[i])+"="+value)
		}
	}
	return strings.Join(out, " ")
}
