package duckdb

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/segment"
	"github.com/tidemark/tidemark/subject"
)

// truth is what a filter is as SQL over a row c of contacts: when it is known
// to hold, and when it is known not to. Neither condition is ever NULL; where
// both are false, the filter is unknown.
type truth struct{ yes, no string }

// never and always are conditions.
const (
	never  = "false"
	always = "true"
)

// compiler makes a filter into SQL. Texts and stages are compared in Go with
// segment.Evaluate wherever a column holds a number for them, so that engines
// cannot disagree; SQL compares numbers, instants and folded texts.
type compiler struct {
	ctx     context.Context
	reading *reading
	rules   map[string]segment.Expr
	under   int // how many rules of lists are being made
	now     time.Time
	err     error
}

// maxNested is how deep the rules of lists may name other lists; their maker
// refuses circles before.
const maxNested = 20

// members writes a query of the contacts of a segment, each once.
func (r *reading) members(ctx context.Context, s *segment.Resolved, asOf lifecycle.Millis) (string, error) {
	condition, err := r.condition(ctx, s, asOf)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("SELECT c.contact FROM %s c WHERE %s GROUP BY c.contact HAVING sum(c.sign) > 0", r.table("contact"), condition), nil
}

// condition writes when a row c of contacts is of a segment. Rows that cancel
// are equal, so it holds for both or for none.
func (r *reading) condition(ctx context.Context, s *segment.Resolved, asOf lifecycle.Millis) (string, error) {
	if s == nil || s.Where == nil {
		return always, nil
	}
	zone, err := time.LoadLocation(r.cursor.Configuration.TimeZone)
	if err != nil {
		return "", fmt.Errorf("duckdb: load time zone: %w", err)
	}
	c := &compiler{ctx: ctx, reading: r, rules: s.Rules, now: asOf.Time().In(zone)}
	made := segment.Compile[truth](s.Where, c)
	return made.yes, c.err
}

// All implements segment.Compiler.
func (c *compiler) All(parts []truth) truth {
	return truth{join(parts, yes, " AND ", always), join(parts, no, " OR ", never)}
}

// Any implements segment.Compiler.
func (c *compiler) Any(parts []truth) truth {
	return truth{join(parts, yes, " OR ", never), join(parts, no, " AND ", always)}
}

// Not implements segment.Compiler.
func (c *compiler) Not(part truth) truth { return truth{part.no, part.yes} }

func yes(t truth) string { return t.yes }
func no(t truth) string  { return t.no }

func join(parts []truth, of func(truth) string, between, empty string) string {
	if len(parts) == 0 {
		return empty
	}
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = "(" + of(part) + ")"
	}
	return strings.Join(texts, between)
}

// Term implements segment.Compiler.
func (c *compiler) Term(t segment.Term) truth {
	if t.Op == segment.NotEqual {
		t.Op = segment.Equal
		return c.Not(c.Term(t))
	}
	if _, ok := subject.SourceField(t.Field); ok {
		return c.source(t)
	}
	switch {
	case t.Field.Name == segment.FieldList:
		return c.lists(t)
	case subject.IsStored(t.Field):
		return c.stored(t)
	case slices.Contains(subject.ShapeFields[:], t.Field.Name):
		return c.shape(t)
	}
	switch t.Field.Name {
	case segment.FieldStage, segment.FieldStageKind:
		return c.stage(t)
	case segment.FieldCreatedBy:
		return c.createdBy(t)
	case segment.FieldCreatedAt:
		return c.instant(t, "c.created", "c.created <> 0")
	case segment.FieldDaysInStage:
		days := fmt.Sprintf("(greatest(%d - c.since, 0)::DOUBLE / 86400000::DOUBLE)", lifecycle.MillisOf(c.now))
		return c.number(t, days, "c.stage <> 0")
	case segment.FieldJourneyNumber:
		return c.number(t, "c.journeys", "c.journeys > 0")
	case segment.FieldJourneyEnteredAt:
		return c.instant(t, "c.entered_at", "c.journeys > 0")
	case segment.FieldJourneyEndedAt:
		return c.instant(t, "c.ended_at", fmt.Sprintf("c.ended_at <> %d", projector.Never))
	}
	return truth{never, never}
}

// only is a contact of which one value is known.
type only struct {
	field segment.Field
	value segment.Value
}

// Value implements segment.Subject.
func (o only) Value(f segment.Field) (segment.Value, bool) {
	return o.value, f == o.field && o.value.Kind != segment.KindNone
}

// sorted splits the numbers that a column can have by the truth of a term.
type sorted struct{ yes, no []int64 }

func (s *sorted) take(c *compiler, t segment.Term, number int64, v segment.Value) {
	switch segment.Evaluate(t, only{t.Field, v}, c.now) {
	case segment.True:
		s.yes = append(s.yes, number)
	case segment.False:
		s.no = append(s.no, number)
	}
}

func (s *sorted) over(column string) truth {
	return truth{inList(column, s.yes), inList(column, s.no)}
}

func inList(column string, numbers []int64) string {
	if len(numbers) == 0 {
		return never
	}
	return column + " IN (" + integers(numbers) + ")"
}

// stage sorts the stages, and having none.
func (c *compiler) stage(t segment.Term) truth {
	var s sorted
	configuration := &c.reading.cursor.Configuration.Lifecycle
	s.take(c, t, int64(lifecycle.NoStage), segment.Value{})
	for _, stage := range configuration.Stages {
		s.take(c, t, int64(stage.ID), subject.Stage(configuration, stage.ID, t.Field))
	}
	return s.over("c.stage")
}

func (c *compiler) createdBy(t segment.Term) truth {
	var s sorted
	for i, name := range projector.CreatedBys {
		v := segment.Text(name)
		if name == "" {
			v = segment.Value{}
		}
		s.take(c, t, int64(i), v)
	}
	return s.over("c.created_by")
}

// shape sorts the cells of journeys, and having none.
func (c *compiler) shape(t segment.Term) truth {
	var s sorted
	shape := subject.ShapeOf(&c.reading.cursor.Configuration.Lifecycle)
	s.take(c, t, projector.NoCell, segment.Value{})
	for i, cell := range c.reading.journeyCells {
		s.take(c, t, int64(i), shape.Value(cell, t.Field))
	}
	return s.over("c.cell")
}

// source sorts the texts of a field of sources, which are far fewer than
// contacts.
func (c *compiler) source(t segment.Term) truth {
	field, _ := subject.SourceField(t.Field)
	table := c.reading.table("source")
	numbers, err := collect(c.ctx, c.reading.q, fmt.Sprintf("SELECT DISTINCT %s FROM %s", field, table), scanOne[int64])
	if err != nil {
		return c.fail(err)
	}
	texts, err := c.reading.dict.Texts(c.ctx, c.reading.g.key.workspace, numbers)
	if err != nil {
		return c.fail(fmt.Errorf("duckdb: look up sources: %w", err))
	}
	var s sorted
	for i, text := range texts {
		v := segment.Text(text)
		if text == "" {
			v = segment.Value{}
		}
		s.take(c, t, numbers[i], v)
	}
	made := s.over(string(field))
	within := func(condition string) string {
		if condition == never {
			return never
		}
		return fmt.Sprintf("c.source IN (SELECT number FROM %s WHERE %s)", table, condition)
	}
	return truth{within(made.yes), within(made.no)}
}

func (c *compiler) fail(err error) truth {
	if c.err == nil {
		c.err = err
	}
	return truth{never, never}
}

// instant compares a column of instants, where it is known.
func (c *compiler) instant(t segment.Term, column, known string) truth {
	if t.Op == segment.Exists {
		return truth{known, "NOT (" + known + ")"}
	}
	wanted, ok := t.Range(c.now)
	if !ok {
		return truth{never, never}
	}
	in := inRange(column, wanted)
	return truth{known + " AND " + in, known + " AND NOT " + in}
}

// inRange writes that an instant is in a range.
func inRange(column string, r segment.Range) string {
	var both []string
	if r.From != segment.Always {
		both = append(both, fmt.Sprintf("%s >= %d", column, r.From))
	}
	if r.To != segment.Never {
		both = append(both, fmt.Sprintf("%s < %d", column, r.To))
	}
	if len(both) == 0 {
		return always
	}
	return "(" + strings.Join(both, " AND ") + ")"
}

// number compares a column of numbers, where it is known.
func (c *compiler) number(t segment.Term, column, known string) truth {
	if t.Op == segment.Exists {
		return truth{known, "NOT (" + known + ")"}
	}
	is := compared(t, column)
	return truth{known + " AND " + is, known + " AND NOT " + is}
}

// compared writes that a number is as a term wants it.
func compared(t segment.Term, column string) string {
	if t.Op == segment.In {
		var any []string
		for _, item := range t.Value.List {
			any = append(any, compared(segment.Term{Field: t.Field, Op: segment.Equal, Value: item}, column))
		}
		return "(" + strings.Join(append(any, never), " OR ") + ")"
	}
	wanted := t.Wanted()
	if !wanted.HasNumber {
		return never
	}
	return fmt.Sprintf("(%s %s %s)", column, t.Op, double(wanted.Number))
}

// double writes a number so that it reads back the same.
func double(n float64) string { return strconv.FormatFloat(n, 'e', -1, 64) + "::DOUBLE" }

// text writes a text as SQL has it.
func text(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// scanPair scans rows of two numbers.
func scanPair(rows *sql.Rows) (pair [2]int64, err error) {
	err = rows.Scan(&pair[0], &pair[1])
	return pair, err
}
