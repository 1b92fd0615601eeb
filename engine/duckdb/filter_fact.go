package duckdb

import (
	"fmt"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/segment"
)

// facts writes which contacts have a fact of a field under a condition.
func (c *compiler) facts(field int64, condition string) string {
	if condition == never {
		return never
	}
	query, err := c.reading.withFact(c.ctx, field, condition)
	if err != nil {
		c.fail(err)
		return never
	}
	return "c.contact IN (" + query + ")"
}

// field is the number of a field's spelling, -1 where no contact has it.
func (c *compiler) field(f segment.Field) int64 {
	numbers, err := c.reading.numbers(c.ctx, []string{f.String()})
	if err != nil {
		c.fail(err)
	}
	if len(numbers) == 0 {
		return -1
	}
	return numbers[0]
}

// stored compares a value that contacts were given. A list satisfies a term if
// one of its items does; it fails it if all are known to.
func (c *compiler) stored(t segment.Term) truth {
	field := c.field(t.Field)
	there := c.facts(field, always)
	if t.Op == segment.Exists {
		return truth{there, "NOT " + there}
	}
	holds, open := c.item(t)
	yes := c.facts(field, holds)
	if open == never {
		return truth{yes, there + " AND NOT (" + yes + ")"}
	}
	unsure := c.facts(field, fmt.Sprintf("(%s OR %s)", holds, open))
	return truth{yes, there + " AND NOT (" + unsure + ")"}
}

// item writes when one fact satisfies a term, and when it cannot tell.
func (c *compiler) item(t segment.Term) (holds, open string) {
	switch t.Op {
	case segment.Equal:
		return c.equal(t), never
	case segment.In:
		any := []string{never}
		for _, item := range t.Value.List {
			any = append(any, c.equal(segment.Term{Field: t.Field, Op: segment.Equal, Value: item}))
		}
		return "(" + strings.Join(any, " OR ") + ")", never
	case segment.Contains:
		return fmt.Sprintf("(kind = %d AND contains(text, %s))", segment.KindText, text(t.Wanted().Text)), notText
	case segment.Starts:
		return fmt.Sprintf("(kind = %d AND starts_with(text, %s))", segment.KindText, text(t.Wanted().Text)), notText
	}
	if wanted := t.Wanted(); wanted.HasNumber && t.Op.Ordered() {
		return fmt.Sprintf("(number IS NOT NULL AND %s)", compared(t, "number")), "(kind > 0 AND number IS NULL)"
	}
	if wanted, ok := t.Range(c.now); ok {
		return fmt.Sprintf("(moment IS NOT NULL AND %s)", inRange("moment", wanted)), "(kind > 0 AND moment IS NULL)"
	}
	return never, "kind > 0"
}

// notText is when pieces of text cannot be looked for.
var notText = fmt.Sprintf("(kind > 0 AND kind <> %d)", segment.KindText)

// equal writes when a fact equals the value of a term.
func (c *compiler) equal(t segment.Term) string {
	wanted := t.Wanted()
	switch wanted.Kind {
	case segment.KindNumber:
		return fmt.Sprintf("(number IS NOT NULL AND number = %s)", double(wanted.Number))
	case segment.KindFlag:
		return fmt.Sprintf("(flag IS NOT NULL AND flag = %t)", wanted.Flag)
	case segment.KindText:
		return c.equalText(t, wanted)
	}
	return never
}

func (c *compiler) equalText(t segment.Term, wanted segment.Fact) string {
	any := []string{fmt.Sprintf("kind = %d AND text = %s", segment.KindText, text(wanted.Text))}
	if day, ok := t.Range(c.now); ok {
		any = append(any, "moment IS NOT NULL AND "+inRange("moment", day))
	}
	if wanted.HasNumber {
		any = append(any, fmt.Sprintf("kind = %d AND number = %s", segment.KindNumber, double(wanted.Number)))
	}
	if wanted.HasFlag {
		any = append(any, fmt.Sprintf("kind = %d AND flag = %t", segment.KindFlag, wanted.Flag))
	}
	return "(" + strings.Join(any, " OR ") + ")"
}

// lists asks for membership: of static lists by facts, of smart ones by their
// rule. It is always known.
func (c *compiler) lists(t segment.Term) truth {
	field := c.field(segment.Plain(segment.FieldList))
	var any []string
	if t.Op == segment.Exists {
		any = append(any, c.facts(field, always))
		for id := range c.rules {
			any = append(any, c.rule(id))
		}
	}
	for _, item := range t.Value.List {
		if _, smart := c.rules[item.Text]; smart {
			any = append(any, c.rule(item.Text))
			continue
		}
		any = append(any, c.facts(field, c.equal(segment.Term{Field: t.Field, Op: segment.Equal, Value: item})))
	}
	is := strings.Join(any, " OR ")
	if is == "" {
		is = never
	}
	return truth{is, "NOT (" + is + ")"}
}

// rule writes when the rule of a smart list holds.
func (c *compiler) rule(id string) string {
	if c.under >= maxNested {
		c.fail(fault.New(fault.Invalid, "lists_nested", "Lists are nested deeper than %d levels.", fault.Named("max", maxNested)))
		return never
	}
	c.under++
	defer func() { c.under-- }()
	return "(" + segment.Compile[truth](c.rules[id], c).yes + ")"
}
