package workspace

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/tabular"
	"github.com/tidemark/tidemark/touch"
)

// importReader turns the rows of one file into contacts and moves. It is not
// safe for concurrent use.
type importReader struct {
	fields   []fieldReader
	amount   *amountReader // nil = no column with an amount
	stages   []stageReader
	forAll   *lifecycle.StageID // a stage for all rows; nil = none
	day      *dateReader        // the column that dates the others; nil = none
	dated    bool               // any column with dates is mapped
	position func(lifecycle.StageID) int
}

// fieldReader puts one column into the fields of a contact.
type fieldReader struct {
	index int
	at    string // where faults of the field are located
	put   func(cell string, f *ContactFields) error
}

// amountReader reads the value of a contact, from up to two columns.
type amountReader struct {
	index    int
	amounts  *tabular.Amounts
	currency int    // column that names it; -1 = none
	fixed    string // by the mapping; "" = none
	own      string // of the workspace
}

// dateReader reads a column with dates.
type dateReader struct {
	index int
	dates *tabular.Dates
}

// stageReader reads a stage from a column and its date from another one.
type stageReader struct {
	index int
	find  func(cell string) (stage lifecycle.StageID, ok bool, err error)
	fixed bool // the column is the date, and stage what was entered then
	stage lifecycle.StageID
	at    *dateReader // nil = no date
}

// planning is a mapping on its way to an importReader.
type planning struct {
	mapping       ImportMapping
	header        []string
	sample        [][]string
	configuration *Configured
	zone          *time.Location
	out           *importReader
	dates         map[string]*dateReader // by column and format
	details       fault.Details
}

// planImport checks a mapping against the header of the file and the stages of
// the workspace. All faults are collected. The sample serves to find out how
// dates and amounts are written.
func planImport(m ImportMapping, header []string, sample [][]string, c *Configured) (*importReader, error) {
	p := &planning{mapping: m, header: header, sample: sample, configuration: c, dates: map[string]*dateReader{}, out: &importReader{}}
	p.out.position = funnelOrder(&c.Lifecycle)
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone of the workspace: %w", err)
	}
	p.zone = zone
	for _, column := range slices.Sorted(maps.Keys(m)) {
		p.checkColumn(column)
	}
	p.planIdentity()
	p.planDay()
	for i, column := range header {
		for _, meaning := range m[column] {
			p.plan(i, column, meaning)
		}
	}
	if err := p.details.Err(); err != nil {
		return nil, err
	}
	return p.out, nil
}

func (p *planning) fail(column, format string, args ...any) *fault.Detail {
	return p.details.Add(mappingAt(column), format, args...)
}

func (p *planning) checkColumn(column string) {
	if !slices.Contains(p.header, column) {
		p.fail(column, "is no column of the file, whose header on line 1 has: %s", strings.Join(p.header, ", "))
	}
	for _, meaning := range p.mapping[column] {
		if reason := checkMeaning(meaning); reason != "" {
			p.fail(column, "%s", reason)
		}
	}
}

// planIdentity wants a way to know the contacts, and no field twice.
func (p *planning) planIdentity() {
	known := false
	seen := map[string]string{}
	for _, column := range slices.Sorted(maps.Keys(p.mapping)) {
		for _, m := range p.mapping[column] {
			known = known || m.Field == journal.FieldExternalID || m.Field == journal.FieldEmail || m.Field == journal.FieldPhone
			repeats := m.Field == importStage || m.Field == importIgnore || m.Field == journal.FieldName || m.Field == importAt && m.Stage != ""
			if first, twice := seen[m.Field]; twice && !repeats {
				p.fail(column, "is mapped to %s, as the column %q is", m.Field, fault.Named("other", first)).Coded("mapped_twice", fault.Named("column", column))
			}
			seen[m.Field] = column
		}
	}
	if !known {
		p.details.Add("body.mapping", "maps no column to external_id, email or phone: one of them is needed to know the contacts").
			Coded("no_identifier_mapped")
	}
}

// planDay finds the column that dates all stages without a column of their own.
func (p *planning) planDay() {
	for i, column := range p.header {
		for _, m := range p.mapping[column] {
			if m.Field == importAt && m.Stage == "" {
				p.out.day = p.dateReader(i, column, m.Format)
			}
		}
	}
}

// plan prepares one meaning of one column.
func (p *planning) plan(index int, column string, m ImportColumn) {
	property, isProperty := strings.CutPrefix(m.Field, journal.PropertyPrefix)
	switch {
	case m.Field == importStage:
		p.planStage(index, column, m)
	case m.Field == importAt && m.Stage != "":
		p.planDatedStage(index, column, m)
	case m.Field == journal.FieldValue:
		p.planAmount(index, column, m)
	case isProperty:
		p.planProperty(index, column, property, m.Format)
	default:
		if put := putField(m.Field); put != nil {
			p.out.fields = append(p.out.fields, fieldReader{index, fieldAt(m.Field), prefixed(m.Prefix, put)})
		}
	}
}

// prefixed puts a text before each cell.
func prefixed(prefix string, put func(string, *ContactFields) error) func(string, *ContactFields) error {
	if prefix == "" {
		return put
	}
	return func(cell string, f *ContactFields) error { return put(prefix+cell, f) }
}

// putName joins what several columns have of a name, in the order of the file:
// exports have the first and the last name apart.
func putName(cell string, f *ContactFields) error {
	if f.Name != nil {
		cell = *f.Name + " " + cell
	}
	f.Name = &cell
	return nil
}

// putField returns how a cell becomes a field; nil of fields that are read
// otherwise.
func putField(field string) func(string, *ContactFields) error {
	text := func(to func(*ContactFields) **string) func(string, *ContactFields) error {
		return func(cell string, f *ContactFields) error {
			*to(f) = &cell
			return nil
		}
	}
	switch field {
	case journal.FieldExternalID:
		return text(func(f *ContactFields) **string { return &f.ExternalID })
	case journal.FieldEmail:
		return text(func(f *ContactFields) **string { return &f.Email })
	case journal.FieldPhone:
		return text(func(f *ContactFields) **string { return &f.Phone })
	case journal.FieldName:
		return putName
	case journal.FieldOwner:
		return text(func(f *ContactFields) **string { return &f.Owner })
	}
	i := slices.Index(touch.Fields[:], touch.Field(field))
	if i < 0 {
		return nil
	}
	return func(cell string, f *ContactFields) error {
		var values [8]string
		if f.Source != nil {
			values = f.Source.Values()
		}
		values[i] = cell
		source := touch.SourceOf(values)
		f.Source = &source
		return nil
	}
}

// fieldAt is where faults of a field are located.
func fieldAt(field string) string {
	if slices.Contains(touch.Fields[:], touch.Field(field)) {
		return "body.source." + field
	}
	return "body." + field
}

// findStage finds a stage by its id, key or name.
func findStage(c *Configured, text string) (lifecycle.Stage, bool) {
	if stage, ok := c.FindStage(text); ok {
		return stage, true
	}
	for _, stage := range c.Lifecycle.Stages {
		if !stage.Gone() && Fold(stage.Name) == Fold(text) {
			return stage, true
		}
	}
	return lifecycle.Stage{}, false
}

// planStage prepares a column whose cells name stages.
func (p *planning) planStage(index int, column string, m ImportColumn) {
	r := stageReader{index: index, at: p.out.day}
	if m.AtColumn != "" {
		at := slices.Index(p.header, m.AtColumn)
		if at < 0 {
			p.fail(column, "has the at_column %q, which is no column of the file", m.AtColumn)
			return
		}
		r.at = p.dateReader(at, m.AtColumn, m.Format)
	}
	if m.Values == nil {
		r.find = p.findByName
	} else {
		r.find = p.findByValues(column, m.Values)
	}
	p.out.stages = append(p.out.stages, r)
}

// planDatedStage prepares a column that says when one stage was entered.
func (p *planning) planDatedStage(index int, column string, m ImportColumn) {
	stage, ok := findStage(p.configuration, m.Stage)
	if !ok {
		p.fail(column, "names the stage %s, which there is none of", quote(m.Stage))
		return
	}
	p.out.stages = append(p.out.stages, stageReader{
		index: index, fixed: true, stage: stage.ID, at: p.dateReader(index, column, m.Format),
	})
}

// findByName reads cells that are a stage's id, key or name.
func (p *planning) findByName(cell string) (lifecycle.StageID, bool, error) {
	stage, ok := findStage(p.configuration, cell)
	if !ok {
		return 0, false, fmt.Errorf("there is no stage %s", quote(cell))
	}
	return stage.ID, true, nil
}

// findByValues reads cells by the "values" of a mapping.
func (p *planning) findByValues(column string, values map[string]*string) func(string) (lifecycle.StageID, bool, error) {
	stages := cellStages{exact: map[string]lifecycle.StageID{}}
	for _, cell := range slices.Sorted(maps.Keys(values)) {
		if values[cell] == nil {
			stages.add(cell, lifecycle.NoStage)
			continue
		}
		stage, ok := findStage(p.configuration, *values[cell])
		if !ok {
			p.fail(column, "gives %s the stage %s, which there is none of", quote(cell), quote(*values[cell]))
		}
		stages.add(cell, stage.ID)
	}
	return func(cell string) (lifecycle.StageID, bool, error) {
		stage, ok := stages.find(cell)
		return stage, ok, nil
	}
}

// dateReader prepares a column with dates, once for each format. The format
// of the column's own meaning serves where none is given.
func (p *planning) dateReader(index int, column, format string) *dateReader {
	for _, m := range p.mapping[column] {
		if format == "" && m.Field == importAt {
			format = m.Format
		}
	}
	p.out.dated = true
	key := column + "\x00" + format
	if known := p.dates[key]; known != nil {
		return known
	}
	var dates *tabular.Dates
	var err error
	if format == "" {
		dates, err = tabular.GuessDates(p.cells(index), p.zone)
	} else {
		dates, err = tabular.ParseDates(format, p.zone)
	}
	if err != nil {
		p.fail(column, "%s", err)
	}
	p.dates[key] = &dateReader{index, dates}
	return p.dates[key]
}

// cells are the sample's cells of a column.
func (p *planning) cells(index int) []string {
	out := make([]string, len(p.sample))
	for i, row := range p.sample {
		out[i] = row[index]
	}
	return out
}

func (p *planning) planAmount(index int, column string, m ImportColumn) {
	a := &amountReader{index: index, currency: -1, fixed: strings.ToUpper(m.Currency), own: p.configuration.Currency}
	if a.fixed != "" && !tabular.IsCurrency(a.fixed) {
		p.fail(column, "has the currency %s, which is no code such as EUR", quote(m.Currency))
	}
	for i, name := range p.header {
		if slices.ContainsFunc(p.mapping[name], func(c ImportColumn) bool { return c.Field == importCurrency }) {
			a.currency = i
		}
	}
	var err error
	if m.Format == "" {
		a.amounts, err = tabular.GuessAmounts(p.cells(index))
	} else {
		a.amounts, err = tabular.ParseAmounts(m.Format)
	}
	if err != nil {
		p.fail(column, "%s", err)
	}
	p.out.amount = a
}
