package scenario

import (
	"fmt"
	"net/url"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Workspace is the workspace that all entries of a scenario are of.
const Workspace journal.WorkspaceID = 1

// Scenario is one section of a file: a log and what is expected of it.
type Scenario struct {
	File     string
	Line     int
	Name     string
	Start    lifecycle.Millis // t
	Now      lifecycle.Millis // the clock of its reports
	Contacts []string         // by contact number, from 1
	Entries  []journal.Entry  // the log; configuration entries are the edits
	Journeys []ContactJourneys
	Reports  []Report
}

// ContactJourneys is what is expected of one contact.
type ContactJourneys struct {
	Line     int
	Contact  journal.ContactID
	Journeys []Journey
}

// Journey is an expected journey. Stages are keys.
type Journey struct {
	Line      int
	Outcome   string
	Entered   lifecycle.Millis
	Ended     lifecycle.Millis // 0 = open
	Duration  lifecycle.Millis // -1 = none
	Furthest  int
	Origin    string // "" = none; the floor is the first stage
	LostStage string
	Present   string
	Visited   []string // in order of first visit
	Reached   []string // nil = not said
	Times     map[string]lifecycle.Millis
}

// Report is a query and the numbers expected of its answer.
type Report struct {
	Line  int
	Query url.Values
	Rows  []Row
}

// Row is one expected row: of the summary, a stage, a lost stage or a group.
type Row struct {
	Line   int
	Kind   string // summary, stage, lost, group
	Name   string // stage key or group label; "" of the summary
	Fields []Field
}

// Field is one expected number, as written.
type Field struct{ Name, Value string }

// Configuration returns the configuration in force at the end of the log.
func (s *Scenario) Configuration() journal.Configuration {
	for i := len(s.Entries) - 1; i >= 0; i-- {
		if s.Entries[i].Configuration != nil {
			return *s.Entries[i].Configuration
		}
	}
	return journal.Configuration{}
}

// Changes returns the changes of a contact in order of arrival.
func (s *Scenario) Changes(c journal.ContactID) []lifecycle.Change {
	logs := map[journal.ContactID][]journal.Entry{}
	for i := range s.Entries {
		logs[s.Entries[i].Contact] = append(logs[s.Entries[i].Contact], s.Entries[i])
	}
	return journal.ReadOf(c, journal.Unite(logs)[c]).Changes
}

// at names a place of the scenario's file in errors.
func (s *Scenario) at(line int) string {
	return fmt.Sprintf("%s:%d (%s)", s.File, line, s.Name)
}
