package workspace

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/tabular"
)

// importRow is what one row says.
type importRow struct {
	fields  ContactFields
	moves   []importMove // in order of time, of the funnel where the times are the same
	skipped int          // cells without a value in "values"
}

// importMove is a stage that a row names.
type importMove struct {
	stage lifecycle.StageID
	at    *lifecycle.Millis // nil = the row does not say
}

// cellError is a fault of one cell.
type cellError struct {
	index int
	err   error
}

func (e *cellError) Error() string { return e.err.Error() }
func (e *cellError) Unwrap() error { return e.err }

// read returns what a row says, or the fault of its first bad cell.
func (r *importReader) read(cells []string) (importRow, error) {
	var row importRow
	for _, f := range r.fields {
		cell := strings.TrimSpace(cells[f.index])
		if cell == "" {
			continue // an empty cell says nothing
		}
		if err := f.put(cell, &row.fields); err != nil {
			return row, &cellError{f.index, err}
		}
	}
	if err := r.readAmount(cells, &row); err != nil {
		return row, err
	}
	for _, s := range r.stages {
		if err := s.read(cells, &row); err != nil {
			return row, err
		}
	}
	if err := r.addForAll(cells, &row); err != nil {
		return row, err
	}
	r.sort(row.moves)
	return row, nil
}

func (r *importReader) readAmount(cells []string, row *importRow) error {
	if r.amount == nil || strings.TrimSpace(cells[r.amount.index]) == "" {
		return nil
	}
	money, err := r.amount.read(cells)
	if err != nil {
		return &cellError{r.amount.index, err}
	}
	row.fields.Value = &money
	return nil
}

func (a *amountReader) read(cells []string) (Money, error) {
	amount, err := a.amounts.Parse(cells[a.index])
	if err != nil {
		return Money{}, err
	}
	currency := ""
	if a.currency >= 0 {
		currency = strings.ToUpper(strings.TrimSpace(cells[a.currency]))
	}
	currency = cmp.Or(currency, a.fixed, amount.Currency, a.own)
	if currency == tabular.Dollar {
		currency = "USD"
		if tabular.IsDollar(a.own) {
			currency = a.own
		}
	}
	if !tabular.IsCurrency(currency) {
		return Money{}, fmt.Errorf("%s is no currency code such as EUR", quote(currency))
	}
	minor, err := amount.Minor(currency)
	return Money{Amount: minor, Currency: currency}, err
}

// read adds the move that a column names, if it names one.
func (s *stageReader) read(cells []string, row *importRow) error {
	cell := strings.TrimSpace(cells[s.index])
	stage := s.stage
	if !s.fixed {
		found, ok, err := s.find(cell)
		switch {
		case cell == "" && (err != nil || !ok):
			return nil // an empty cell says nothing, unless "values" has it
		case err != nil:
			return &cellError{s.index, err}
		case !ok:
			row.skipped++
			return nil
		}
		stage = found
	}
	at, err := s.at.read(cells)
	if err != nil || s.fixed && at == nil {
		return err
	}
	row.moves = append(row.moves, importMove{stage, at})
	return nil
}

// read returns the date of a row, nil where there is none.
func (d *dateReader) read(cells []string) (*lifecycle.Millis, error) {
	if d == nil || strings.TrimSpace(cells[d.index]) == "" {
		return nil, nil
	}
	t, err := d.dates.Parse(cells[d.index])
	if err != nil {
		return nil, &cellError{d.index, err}
	}
	at := lifecycle.MillisOf(t)
	return &at, nil
}

func (r *importReader) addForAll(cells []string, row *importRow) error {
	if r.forAll == nil {
		return nil
	}
	at, err := r.day.read(cells)
	if err != nil {
		return err
	}
	row.moves = append(row.moves, importMove{*r.forAll, at})
	return nil
}

// sort puts the moves of a row in order of time, those without first. At the
// same time the order of the funnel decides: a row that has "prospecting" and
// "engaging" on the same day means it so, whatever the order of its columns.
func (r *importReader) sort(moves []importMove) {
	slices.SortStableFunc(moves, func(a, b importMove) int {
		return cmp.Or(cmp.Compare(orNever(a.at), orNever(b.at)), cmp.Compare(r.position(a.stage), r.position(b.stage)))
	})
}

func orNever(at *lifecycle.Millis) lifecycle.Millis {
	if at == nil {
		return -1 << 63
	}
	return *at
}

// funnelOrder numbers stages in order of the funnel; those without a position
// come after it.
func funnelOrder(c *lifecycle.Configuration) func(lifecycle.StageID) int {
	positions := c.Positions()
	return func(id lifecycle.StageID) int {
		stage, ok := c.Stage(id)
		position := positions[c.MergeEnd(stage).ID]
		if !ok || position == 0 {
			return lifecycle.MaxStages + 1
		}
		return position
	}
}

// planProperty prepares a column that becomes a property.
func (p *planning) planProperty(index int, column, name, format string) {
	parse := map[string]func(string) (json.RawMessage, error){
		"": textProperty, "text": textProperty, "number": numberProperty, "boolean": booleanProperty,
	}[format]
	if parse == nil {
		p.fail(column, "has the format %s: a property can be text, number or boolean", quote(format))
		return
	}
	p.out.fields = append(p.out.fields, fieldReader{index, "body.properties." + name, func(cell string, f *ContactFields) error {
		value, err := parse(cell)
		if f.Properties == nil {
			f.Properties = map[string]json.RawMessage{}
		}
		f.Properties[name] = value
		return err
	}})
}

func textProperty(cell string) (json.RawMessage, error) { return json.Marshal(cell) }

func numberProperty(cell string) (json.RawMessage, error) {
	n, err := strconv.ParseFloat(cell, 64)
	if err != nil {
		return nil, fmt.Errorf("%s is not a number", quote(cell))
	}
	value, err := json.Marshal(n)
	if err != nil {
		return nil, fmt.Errorf("%s is not a number", quote(cell))
	}
	return value, nil
}

func booleanProperty(cell string) (json.RawMessage, error) {
	switch strings.ToLower(cell) {
	case "true", "yes", "1":
		return json.RawMessage("true"), nil
	case "false", "no", "0":
		return json.RawMessage("false"), nil
	}
	return nil, errors.New("is not true or false, yes or no, 1 or 0")
}
