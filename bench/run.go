package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/tidemark/tidemark/journal"
)

// Options are what a run measures.
type Options struct {
	Journeys int           // how many; 0 = 1,000,000
	Quick    bool          // fewer and shorter runs
	Only     string        // the sections to measure, with commas between; "" = all of Sections
	Dir      string        // where the journeys are made and kept; "" = a temporary folder
	Program  string        // the tidemark program, for start and memory; "" = they are not measured
	Load     time.Duration // how long readers and writers load the server; 0 = five minutes, five seconds if Quick
	Tell     func(what string, done, total int64)
}

// DefaultJourneys is the size of a run that names none.
const DefaultJourneys = 1_000_000

func (o Options) withDefaults() Options {
	if o.Journeys == 0 {
		o.Journeys = DefaultJourneys
	}
	if o.Load == 0 {
		o.Load = 5 * time.Minute
		if o.Quick {
			o.Load = 5 * time.Second
		}
	}
	if o.Tell == nil {
		o.Tell = func(string, int64, int64) {}
	}
	return o
}

// Validate refuses options that mean nothing.
func (o Options) Validate() error {
	if o.Journeys < 0 || o.Journeys > 100_000_000 {
		return errors.New("bench: journeys must be between 1 and 100,000,000")
	}
	if o.Load < 0 {
		return errors.New("bench: the load cannot last less than no time")
	}
	for _, name := range strings.Split(o.Only, ",") {
		if o.Only != "" && !slices.Contains(Sections(), name) {
			return fmt.Errorf("bench: there is no section %q; there are %s", name, strings.Join(Sections(), ", "))
		}
	}
	return nil
}

// wants reports whether a section is to be measured.
func (o Options) wants(name string) bool {
	return o.Only == "" || slices.Contains(strings.Split(o.Only, ","), name)
}

// section is one part of a run. It adds its rows.
type section struct {
	name    string
	measure func(context.Context, *run) error
	own     bool // it needs no journeys, or makes what it needs
}

// sections come in this order because the later ones add to what the earlier
// ones measure.
func sections() []section {
	return []section{
		{name: "history", measure: measureHistory},
		{name: "rebuild", measure: measureRebuild},
		{name: "report", measure: measureReports},
		{name: "recompute", measure: measureRecomputation},
		{name: "sources", measure: measureSources, own: true},
		{name: "single", measure: measureSingles},
		{name: "collect", measure: measureCollection},
		{name: "fresh", measure: measureFreshness},
		{name: "load", measure: measureLoad},
		{name: "size", measure: measureSize},
		{name: "start", measure: measureStart},
		{name: "assets", measure: measureAssets, own: true},
	}
}

// Sections names the parts of a run, for Options.Only.
func Sections() []string {
	var names []string
	for _, s := range sections() {
		names = append(names, s.name)
	}
	return names
}

// run is a run under way.
type run struct {
	Options
	house    *house
	ground   *ground
	business *business
	floors   floors
	loaded   *loading
	built    Sample // changes a second, of the first build of the engine
	report   Report
}

// Run makes the journeys and measures. A cancelled ctx ends it with its error.
func Run(ctx context.Context, o Options) (out Report, err error) {
	if err := o.Validate(); err != nil {
		return Report{}, err
	}
	o = o.withDefaults()
	if o.Dir == "" {
		o.Dir, err = os.MkdirTemp("", "tidemark-bench-")
		if err != nil {
			return Report{}, err
		}
		defer func() { _ = os.RemoveAll(o.Dir) }()
	}
	if err := os.MkdirAll(o.Dir, 0o700); err != nil {
		return Report{}, err
	}
	r := &run{Options: o, business: newBusiness("c", 1, o.Journeys)}
	r.report = Report{At: time.Now().UTC(), Machine: thisMachine(), Quick: o.Quick, Contacts: r.business.contacts}
	err = r.all(ctx)
	r.report.Seconds = time.Since(r.report.At).Seconds()
	return r.report, err
}

// all opens the house, measures every section and closes the house.
func (r *run) all(ctx context.Context) (err error) {
	defer func() { err = errors.Join(err, r.close()) }()
	if r.ground, err = openGround(ctx, r.Dir, r.Journeys); err != nil {
		return err
	}
	if slices.ContainsFunc(sections(), func(s section) bool { return !s.own && r.wants(s.name) }) {
		if err := r.prepare(ctx); err != nil {
			return err
		}
	}
	if r.floors, err = r.ground.measure(ctx, floorRuns); err != nil {
		return err
	}
	for _, s := range sections() {
		if !r.wants(s.name) {
			continue
		}
		r.Tell("measuring "+s.name, 0, 0)
		from := len(r.report.Rows)
		if err := s.measure(ctx, r); err != nil {
			return fmt.Errorf("bench: %s: %w", s.name, err)
		}
		for i := range r.report.Rows[from:] {
			r.report.Rows[from+i].Section = s.name
		}
	}
	return r.finish(ctx)
}

// finish measures the floors again, to notice noise.
func (r *run) finish(ctx context.Context) error {
	end, err := r.ground.measure(ctx, floorRuns)
	if err != nil {
		return err
	}
	r.report.F1, r.report.F2, r.report.F2End = r.floors.f1, r.floors.f2, end.f2
	r.report.Drift = drift(r.floors, end)
	if r.report.Drift > maxDrift {
		r.remark("The machine was not quiet: F2 moved by %.0f %% between start and end. Run again before believing a row.", 100*r.report.Drift)
	}
	return nil
}

func (r *run) close() error {
	var errs []error
	if r.house != nil {
		errs = append(errs, r.house.close())
	}
	if r.ground != nil {
		errs = append(errs, r.ground.close())
	}
	return errors.Join(errs...)
}

func (r *run) add(row Row) { r.report.Rows = append(r.report.Rows, row) }

func (r *run) remark(format string, args ...any) {
	r.report.Remarks = append(r.report.Remarks, fmt.Sprintf(format, args...))
}

// runs is how often something is measured.
func (r *run) runs() int {
	if r.Quick {
		return 3
	}
	return 9
}

// window is how long a rate is measured.
func (r *run) window() time.Duration {
	if r.Quick {
		return 500 * time.Millisecond
	}
	return 2 * time.Second
}

func thisMachine() Machine {
	return Machine{
		Processors: runtime.NumCPU(), MemoryGiB: memoryGiB(), Go: runtime.Version(),
		System: runtime.GOOS + "/" + runtime.GOARCH,
	}
}

// head is the last entry of the log.
func (r *run) head(ctx context.Context) (int64, error) {
	return r.house.record.Head(ctx, r.workspace())
}

func (r *run) workspace() journal.WorkspaceID { return r.house.workspace }
