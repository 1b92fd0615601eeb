package scenario

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Parse reads a file of scenarios. Errors name the file and the line.
func Parse(file, text string) ([]Scenario, error) {
	p := parser{file: file, start: lifecycle.MillisOf(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)), zone: "UTC"}
	for i, raw := range strings.Split(text, "\n") {
		p.line = i + 1
		if err := p.read(strings.TrimRight(raw, " \t\r")); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, p.line, err)
		}
	}
	return p.done, nil
}

// parser is a file read so far.
type parser struct {
	file  string
	line  int
	done  []Scenario
	start lifecycle.Millis
	now   string
	zone  string

	stages []lifecycle.Stage          // of the file, for scenarios without their own
	block  func(words []string) error // takes the indented lines
	build  *builder                   // of the scenario being read
}

// read takes one line: a statement, or an indented line of the one before.
func (p *parser) read(line string) error {
	words, err := split(line)
	if err != nil || len(words) == 0 {
		return err
	}
	if line[0] != ' ' && line[0] != '\t' {
		p.block = nil
		return p.statement(words[0], words[1:])
	}
	if p.block == nil {
		return fmt.Errorf("an indented line must follow a statement that takes one")
	}
	return p.block(words)
}

func (p *parser) statement(name string, args []string) error {
	switch name {
	case "start", "now", "zone":
		return p.setting(name, args)
	case "stages":
		return p.openStages(args)
	case "scenario":
		return p.openScenario(args)
	}
	if p.build == nil {
		return fmt.Errorf("%q before the first scenario", name)
	}
	switch name {
	case "contact":
		return p.openContact(args)
	case "journeys":
		return p.openJourneys(args)
	case "report":
		return p.openReport(args)
	}
	return p.build.edit(name, args)
}

// setting changes what follows in the file.
func (p *parser) setting(name string, args []string) error {
	if len(args) != 1 || p.build != nil {
		return fmt.Errorf("%s takes one value and stands before the first scenario", name)
	}
	switch name {
	case "now":
		_, err := instant(args[0], p.start)
		p.now = args[0]
		return err
	case "zone":
		_, err := time.LoadLocation(args[0])
		p.zone = args[0]
		return err
	}
	return p.start.UnmarshalText([]byte(args[0]))
}

// openStages begins a block of stages: of the scenario, or of the file.
func (p *parser) openStages(args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("stages takes its lines below")
	}
	if p.build != nil && len(p.build.contacts) > 0 {
		return fmt.Errorf("stages must come before contacts")
	}
	var stages []lifecycle.Stage
	p.block = func(words []string) error {
		kind, ok := lifecycle.ParseKind(words[0])
		if !ok {
			return fmt.Errorf("no stage kind %q", words[0])
		}
		for _, name := range words[1:] {
			if name == "none" || named(stages, name) >= 0 || len(stages) >= lifecycle.MaxStages {
				return fmt.Errorf("stage %q is there already", name)
			}
			id := lifecycle.StageID(len(stages) + 1)
			stages = append(stages, lifecycle.Stage{ID: id, Key: name, Name: name, Kind: kind})
		}
		if p.build == nil {
			p.stages = stages
			return nil
		}
		return p.build.setStages(stages)
	}
	return nil
}

// openScenario begins a scenario.
func (p *parser) openScenario(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("a scenario needs a name")
	}
	now := p.start + 100*day
	if p.now != "" {
		now, _ = instant(p.now, p.start) // checked when it was read
	}
	p.done = append(p.done, Scenario{
		File: p.file, Line: p.line, Name: strings.Join(args, " "), Start: p.start, Now: now,
	})
	p.build = newBuilder(&p.done[len(p.done)-1], p.zone)
	return p.build.setStages(slices.Clone(p.stages))
}

// openContact begins or continues a contact: its fields, then its changes.
func (p *parser) openContact(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("a contact needs a name")
	}
	contact, err := p.build.contact(args[0], args[1:])
	if err != nil {
		return err
	}
	b := p.build
	p.block = func(words []string) error {
		for _, pair := range strings.Split(strings.Join(words, " "), ",") {
			if pair = strings.TrimSpace(pair); pair == "" {
				continue
			}
			if err := b.change(contact, strings.Fields(pair)); err != nil {
				return err
			}
		}
		return nil
	}
	return nil
}

// openJourneys begins what is expected of a contact.
func (p *parser) openJourneys(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("journeys takes the name of a contact")
	}
	contact, ok := p.build.contacts[args[0]]
	if !ok {
		return fmt.Errorf("no contact %q", args[0])
	}
	s := p.build.scenario
	s.Journeys = append(s.Journeys, ContactJourneys{Line: p.line, Contact: contact})
	expected := &s.Journeys[len(s.Journeys)-1]
	p.block = func(words []string) error {
		if len(words) == 1 && words[0] == "none" {
			return nil
		}
		j, err := p.build.journey(p.line, words)
		expected.Journeys = append(expected.Journeys, j)
		return err
	}
	return nil
}

// openReport begins the numbers expected of a report.
func (p *parser) openReport(args []string) error {
	query, err := p.build.query(args)
	if err != nil {
		return err
	}
	s := p.build.scenario
	s.Reports = append(s.Reports, Report{Line: p.line, Query: query})
	expected := &s.Reports[len(s.Reports)-1]
	p.block = func(words []string) error {
		row, err := p.build.row(p.line, words)
		expected.Rows = append(expected.Rows, row)
		return err
	}
	return nil
}

func named(stages []lifecycle.Stage, key string) int {
	return slices.IndexFunc(stages, func(s lifecycle.Stage) bool { return s.Key == key })
}

// newContact makes the log entry that creates a contact.
func newContact(c journal.ContactID, at lifecycle.Millis) journal.Entry {
	return journal.Entry{
		Workspace: Workspace, Kind: journal.KindContact, Contact: c, At: at, Arrived: at,
		Actor: journal.Actor{Kind: journal.ActorAPI},
		Edit:  &journal.ContactEdit{CreatedBy: "api", Fields: map[string]journal.FieldEdit{}},
	}
}
