package destination

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/lifecycle"
)

// Setup is how one destination is set up.
type Setup struct {
	Kind     Kind
	Settings map[string]string
	Secrets  map[string]string
	Events   []Choice
	Mapping  []Pair
}

// Choice is something that a destination is told of.
type Choice struct {
	What   What
	Stages []lifecycle.StageID // of StageIn: into these; none = into any
	Name   string              // as the service calls it; "" = as Service.Names says
}

// Bounds of a setup.
const (
	maxChoices = 50
	maxPairs   = 100
	maxSetting = 2000
	maxName    = 100
)

// Choose returns the choice by which an event is told, nil if it is not.
func (s *Setup) Choose(what What, stage lifecycle.StageID) *Choice {
	for i := range s.Events {
		c := &s.Events[i]
		if c.What == what && (what != StageIn || len(c.Stages) == 0 || slices.Contains(c.Stages, stage)) {
			return c
		}
	}
	return nil
}

// Call is what the service calls an event: as chosen, else as it is usually
// called there; a stage by its key where there is no usual name.
func (s *Setup) Call(c *Choice, e *Event) string {
	if c != nil && c.Name != "" {
		return c.Name
	}
	if name := services()[s.Kind].Names[e.What]; name != "" {
		return name
	}
	return e.Stage.Key
}

// Check says what is wrong with a setup, in places of a request's body.
func (s *Setup) Check() (faults fault.Details) {
	service, ok := services()[s.Kind]
	if !ok {
		faults.Add("body.kind", "is not one of %s", list(Kinds[:]))
		return faults
	}
	s.checkFields(&service, &faults)
	s.checkEvents(&service, &faults)
	s.checkMapping(&service, &faults)
	return faults
}

func (s *Setup) checkFields(service *Service, faults *fault.Details) {
	for _, f := range service.Fields {
		place, given := placeOf(f.Secret), s.Settings[f.Name]
		if f.Secret {
			given = s.Secrets[f.Name]
		}
		if reason := f.wrong(given); reason != "" && given == "" {
			faults.Add(place+f.Name, "%s", reason).Coded("missing")
		} else if reason != "" {
			faults.Add(place+f.Name, "%s", reason).Coded("not_like", fault.Named("example", f.Example))
		}
	}
	s.checkNames(service, s.Settings, false, faults)
	s.checkNames(service, s.Secrets, true, faults)
}

// wrong says what is wrong with a value, "" if nothing is.
func (f *Field) wrong(value string) string {
	switch {
	case value == "" && f.Required:
		return "is needed"
	case value == "":
		return ""
	case len(value) > maxSetting || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return fmt.Sprintf("must be one line of at most %d bytes", maxSetting)
	case len(f.Choices) > 0 && !slices.Contains(f.Choices, value):
		return "is not one of " + list(f.Choices)
	case f.Pattern != "" && !regexp.MustCompile(f.Pattern).MatchString(value):
		return "does not look like " + f.Example
	}
	return ""
}

// checkNames refuses settings or secrets that the service does not have.
func (s *Setup) checkNames(service *Service, given map[string]string, secret bool, faults *fault.Details) {
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.ContainsFunc(service.Fields, func(f Field) bool { return f.Name == name && f.Secret == secret }) {
			faults.Add(placeOf(secret)+strings.ToValidUTF8(name, "?"), "is not a setting of %s", s.Kind)
		}
	}
}

// placeOf is where a request has settings or secrets.
func placeOf(secret bool) string {
	if secret {
		return "body.secrets."
	}
	return "body.settings."
}

func (s *Setup) checkEvents(service *Service, faults *fault.Details) {
	if len(s.Events) == 0 || len(s.Events) > maxChoices {
		faults.Add("body.events", "must be from %d to %d", fault.Named("min", 1), fault.Named("max", maxChoices)).Coded("not_between")
	}
	for i, c := range s.Events {
		place := fmt.Sprintf("body.events[%d]", i)
		if _, ok := service.Names[c.What]; !ok {
			faults.Add(place+".event", "is not one that %s takes: %s", s.Kind, list(service.Whats()))
		}
		if len(c.Stages) > 0 && c.What != StageIn {
			faults.Add(place+".stages", "go with the event stage only")
		}
		if c.Name == "" {
			continue
		}
		if reason := service.wrongName(c.Name); reason != "" {
			faults.Add(place+".name", "%s", reason)
		}
	}
}

func (s *Setup) checkMapping(service *Service, faults *fault.Details) {
	if len(s.Mapping) > maxPairs || service.wrongTarget == nil && len(s.Mapping) > 0 {
		most := maxPairs
		if service.wrongTarget == nil {
			most = 0
		}
		faults.Add("body.mapping", "has more than %d fields", most)
		return
	}
	seen := map[string]bool{}
	for i, p := range s.Mapping {
		place := fmt.Sprintf("body.mapping[%d]", i)
		if reason := service.wrongTarget(p.To); reason != "" {
			faults.Add(place+".to", "%s", reason)
		}
		if seen[p.To] {
			faults.Add(place+".to", "is there twice").Coded("twice", fault.Named("value", p.To))
		}
		seen[p.To] = true
		switch {
		case (p.From == "") == (p.Value == ""):
			faults.Add(place, "needs either from or value").Coded("needs_value")
		case p.From != "" && !knownSource(p.From):
			faults.Add(place+".from", "is not one of the fields that /v1/destinations/kinds lists")
		case len(p.Value) > maxSetting:
			faults.Add(place+".value", "is longer than %d bytes", maxSetting)
		}
	}
}

// list writes names one after another.
func list[T ~string](names []T) string {
	all := make([]string, len(names))
	for i, n := range names {
		all[i] = string(n)
	}
	return strings.Join(all, ", ")
}
