package report

import (
	"strings"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// dayMillis is 24 hours; a day of an age or a window has no clock changes.
const dayMillis = 24 * 60 * 60 * 1000

// asked is a query on its way to plans. Every pass fills in or checks one
// thing and relies only on those before it.
type asked struct {
	Query
	configuration journal.Configuration
	zone          *time.Location
	asOf          lifecycle.Millis
	today         Date
	days          span
	before        *span // nil = no comparison
	base          Plan  // all but range and grouping
	selection     Selection
}

// normalize makes plans possible: the passes, in their order.
func normalize(w journal.WorkspaceID, q Query, c journal.Configuration, now time.Time) (*asked, error) {
	a := &asked{Query: q, configuration: c, asOf: lifecycle.MillisOf(now), base: Plan{Workspace: w}}
	passes := []func(*asked) error{
		checkEnabled,   // a lifecycle that is switched off has no reports
		cutAsOf,        // to the second, so that equal questions are equal plans
		findZone,       // the workspace's
		fillDefaults,   // of what the query leaves out
		findDays,       // a preset or the dates
		findComparison, // the days to compare with
		fillAge,        // journeys too young are left out
		fillWindow,     // each journey as of so many days after its entry
		fillSource,     // model and filters
		findSelection,  // stages named by key or id
	}
	for _, pass := range passes {
		if err := pass(a); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func checkEnabled(a *asked) error {
	if !a.configuration.LifecycleEnabled {
		return errDisabled()
	}
	return nil
}

func cutAsOf(a *asked) error {
	a.asOf -= a.asOf % 1000
	a.base.AsOf = a.asOf
	return nil
}

func findZone(a *asked) (err error) {
	a.zone, err = time.LoadLocation(a.configuration.TimeZone)
	if err != nil {
		return &fault.Error{Code: "time_zone", Message: "The workspace's time zone is not known here.", Err: err}
	}
	a.today = DateIn(a.asOf, a.zone)
	return nil
}

func fillDefaults(a *asked) error {
	orInt := func(value *int, otherwise int) {
		if *value == 0 {
			*value = otherwise
		}
	}
	orInt(&a.Top, DefaultTop)
	orInt(&a.Limit, DefaultLimit)
	if a.StuckBelow == nil {
		below := DefaultStuckBelow
		a.StuckBelow = &below
	}
	if a.StuckMin == 0 {
		a.StuckMin = DefaultStuckMin
	}
	if a.Model == "" {
		a.Model = ModelEntry
	}
	if a.Interval == "" {
		a.Interval = IntervalDay
	}
	return nil
}

func findDays(a *asked) error {
	if a.Around != nil {
		a.days, _ = a.around()
		return nil
	}
	if a.From != nil && a.To != nil {
		a.days = span{*a.From, *a.To}
		return nil
	}
	if a.Preset == "" {
		a.Preset = DefaultPreset
	}
	a.days = a.Preset.span(a.today)
	return nil
}

func findComparison(a *asked) error {
	var days span
	switch {
	case a.Around != nil:
		_, days = a.around()
	case a.CompareFrom != nil && a.CompareTo != nil:
		days = span{*a.CompareFrom, *a.CompareTo}
	case a.Compare == CompareNone:
		return nil
	case a.Compare == CompareYear:
		days = a.days.yearBefore()
	default:
		days = a.days.before()
	}
	a.before = &days
	return nil
}

func fillAge(a *asked) error {
	if a.MinAge > 0 {
		a.base.MaxEntered = a.asOf - lifecycle.Millis(a.MinAge)*dayMillis
	}
	return nil
}

func fillWindow(a *asked) error {
	a.base.Window = lifecycle.Millis(a.Window) * dayMillis
	return nil
}

func fillSource(a *asked) error {
	a.base.Model, a.base.Filters = a.Model, a.Filters
	return nil
}

// findSelection resolves the stages that narrow a page.
func findSelection(a *asked) error {
	var faults fault.Details
	find := func(parameter, text string) lifecycle.StageID {
		s, ok := findStage(&a.configuration.Lifecycle, text)
		if text != "" && !ok {
			faults.Add("query."+parameter, "names no stage of this workspace")
		}
		return s.ID
	}
	s := &a.selection
	s.Reached, s.NotReached = find("reached", a.Select.Reached), find("not_reached", a.Select.NotReached)
	s.Visited, s.Origin = find("visited", a.Select.Visited), find("origin", a.Select.Origin)
	s.LostStage, s.InStage = find("lost_stage", a.Select.LostStage), find("in_stage", a.Select.InStage)
	if i := strings.LastIndexByte(a.Select.Flow, ':'); i > 0 {
		s.Flow = &FlowSelection{Stage: find("flow", a.Select.Flow[:i]), Exit: exitOf(a.Select.Flow)}
	}
	for o := lifecycle.Open; o <= lifecycle.OutcomeLeft; o++ {
		for _, name := range a.Select.Outcomes {
			if name == o.String() {
				s.Outcomes = append(s.Outcomes, o)
			}
		}
	}
	return faults.Err()
}

// findStage finds a stage that is not gone by its id or its key; a key of one
// that is gone may have been given to another.
func findStage(c *lifecycle.Configuration, text string) (lifecycle.Stage, bool) {
	for _, s := range c.Stages {
		if !s.Gone() && (text == s.Key || text == showStageID(s.ID)) {
			return s, true
		}
	}
	return lifecycle.Stage{}, false
}

// plan is the plan of a range of days.
func (a *asked) plan(days span) Plan {
	p := a.base
	p.From, p.To = StartOf(days.from, a.zone), StartOf(days.to+1, a.zone)
	p.FromDay, p.ToDay = int32(days.from), int32(days.to+1)
	return p
}

// reportRange is how an answer names a range of days.
func (a *asked) reportRange(days span) Range {
	return Range{From: days.from, To: days.to, TimeZone: a.configuration.TimeZone}
}

func errDisabled() error {
	return fault.New(fault.Conflict, "lifecycle_disabled", "The lifecycle is switched off for this workspace. Changes are still logged; switch it on to see reports.")
}
