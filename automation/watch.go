package automation

import (
	"context"
	"fmt"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/stats"
	"github.com/tidemark/tidemark/workspace"
)

// spansBefore is how many spans the last one is compared with.
const spansBefore = 4

// lookEvery is how often an alert looks: days are whole, but late news comes.
const lookEvery = time.Hour

// runAlerts looks at the numbers that alerts watch.
func (s *Service) runAlerts(ctx context.Context) error {
	return s.eachWorkspace(ctx, func(ctx context.Context, w journal.WorkspaceID) error {
		var all []workspace.Kept[alertBody]
		err := s.store.Read(ctx, func(r workspace.Reader) (err error) {
			all, err = alerts().All(r.Saved(), w)
			return err
		})
		for _, k := range all {
			if !k.Body.Enabled || k.Body.Checked.Add(lookEvery) > s.now() {
				continue
			}
			if err := s.look(ctx, w, k); err != nil {
				return err
			}
		}
		return err
	})
}

// look asks the report and, when an event begins, tells of it once.
func (s *Service) look(ctx context.Context, w journal.WorkspaceID, k workspace.Kept[alertBody]) error {
	zone, settings, err := s.zone(ctx, w)
	if err != nil {
		return err
	}
	at := s.now() // what comes while the report answers is for the next look
	f, problem := s.find(ctx, w, &k.Body, report.DateIn(at, zone))
	if fault.KindOf(problem) == fault.Unavailable || ctx.Err() != nil {
		return problem
	}
	m := message{}
	if problem != nil {
		f.why = shown(problem)
	} else if f.fires && !k.Body.Firing {
		if m, err = s.alarm(k, settings.Name, &f); err != nil {
			return err
		}
	}
	return s.store.Write(ctx, func(tx workspace.Tx) error {
		now, err := alerts().Get(tx.Saved(), w, k.ID, nil)
		if err != nil || now.Edit != k.Edit || now.Body.Checked != k.Body.Checked {
			return ignoreGone(err)
		}
		b := &now.Body
		b.Checked, b.Why, b.Found = at, f.why, f.shown(problem)
		switch {
		case problem != nil || !f.known:
		case f.fires && !b.Firing:
			b.Firing, b.Fired = true, at
			if err := s.enqueue(tx, w, now.ID, b.Target, b.Secret, m); err != nil {
				return err
			}
		case b.Firing && f.calm:
			b.Firing = false
		}
		return now.Note(tx.Saved())
	})
}

// finding is what a look found.
type finding struct {
	verdict
	why    string        // in words
	span   report.Range  // the days that were looked at
	before *report.Range // those that say what is usual, if they are one span
	link   string        // to the page where it can be seen
}

// shown is the finding as it is kept; none if the reports refused.
func (f *finding) shown(problem error) *Found {
	if problem != nil {
		return nil
	}
	return &Found{Known: f.known, Unusual: f.fires, Value: f.value, Usual: f.usual, Range: f.span, Before: f.before}
}

// find looks at what an alert watches.
func (s *Service) find(ctx context.Context, w journal.WorkspaceID, b *alertBody, today report.Date) (finding, error) {
	if b.Metric == LogChanges {
		return s.findInLog(ctx, w, b, today)
	}
	v, spans, err := s.measure(ctx, w, b, today)
	if err != nil {
		return finding{}, err
	}
	before := spans[1]
	before.From = spans[len(spans)-1].From
	return finding{v, b.sentence(v, spans[0], before), spans[0], &before, s.link("/", rangeQuery(b.Query, spans[0]))}, nil
}

// measure asks the report for the last span and those before it.
func (s *Service) measure(ctx context.Context, w journal.WorkspaceID, b *alertBody, today report.Date) (verdict, []report.Range, error) {
	q, err := report.ParsePage(b.Query, "query")
	if err != nil {
		return verdict{}, nil, err
	}
	q.Preset, q.Around, q.CompareFrom, q.CompareTo = "", nil, nil, nil
	q.Compare, q.GroupBy, q.MinAge, q.Window, q.Parts = report.CompareNone, "", 0, 0, []report.Part{report.PartSummary}
	last := today - 1
	if b.Metric != Entered {
		// A rate of journeys that had less time would always be falling.
		q.Window, last = b.Window, last-report.Date(b.Window)
	}
	var spans []span
	var ranges []report.Range
	for i := range spansBefore + 1 {
		to := last - report.Date(i*b.Days)
		from := to - report.Date(b.Days) + 1
		q.From, q.To = &from, &to
		r, err := s.reports.Lifecycle(ctx, w, q)
		if err != nil {
			return verdict{}, nil, err
		}
		spans, ranges = append(spans, b.Metric.of(r.Summary)), append(ranges, r.Range)
	}
	return judge(b.rule(), spans[0], spans[1:]), ranges, nil
}

func (b *alertBody) rule() rule {
	return rule{
		rate: b.Metric == ConversionRate || b.Metric == DropOffRate, by: b.By,
		falls: b.Direction != Rises, rises: b.Direction != Falls,
	}
}

// of takes what a metric counts out of a summary.
func (m Metric) of(s *report.Summary) span {
	switch m {
	case ConversionRate, Won:
		return span{s.Won, s.Entered}
	case DropOffRate, Lost:
		return span{s.Lost, s.Entered}
	}
	return span{s.Entered, s.Entered}
}

func (m Metric) label() string {
	switch m {
	case ConversionRate:
		return "Conversion"
	case DropOffRate:
		return "Drop-off"
	case Won:
		return "The number of won journeys"
	case Lost:
		return "The number of lost journeys"
	case LogChanges:
		return "The number of stage changes"
	}
	return "The number of entries"
}

// sentence says what was seen, and measured against what.
func (b *alertBody) sentence(v verdict, now, before report.Range) string {
	if !v.known {
		return fmt.Sprintf("Too little to say anything: fewer than %d journeys in the spans that are compared.", fewest)
	}
	write := func(x float64) string { return fmt.Sprintf("%.0f", x) }
	usual := fmt.Sprintf("%.1f", v.usual)
	if b.rule().rate {
		write = func(x float64) string { return fmt.Sprintf("%.1f %%", x*100) }
		usual = write(v.usual)
	}
	text := fmt.Sprintf("%s was %s for those who entered from %s; usual is %s, as from %s to %s", b.Metric.label(), write(v.value),
		days(now), usual, before.From, before.To)
	if b.Metric != Entered {
		text += fmt.Sprintf(", all looked at %d days after entry", b.Window)
	}
	return text + ". " + b.limitText(v)
}

func (b *alertBody) limitText(v verdict) string {
	limit := "outside of its 95 % interval"
	switch {
	case b.By > 0:
		limit = fmt.Sprintf("beyond %.0f %% of the usual", b.By*100)
	case b.Metric == LogChanges:
		limit = fmt.Sprintf("%.1f robust standard deviations away", stats.UnusualScore)
	}
	if v.fires {
		return "That is " + limit + "."
	}
	return "That is not " + limit + "."
}

type alertData struct {
	ID        string       `json:"id"`
	Name      string       `json:"name"`
	Workspace string       `json:"workspace"`
	Metric    Metric       `json:"metric"`
	Why       string       `json:"why"`
	Value     float64      `json:"value"`
	Usual     float64      `json:"usual"`
	Range     report.Range `json:"range"`
	Link      string       `json:"link"`
}

// alarm writes down an event.
func (s *Service) alarm(k workspace.Kept[alertBody], name string, f *finding) (message, error) {
	l := letter{
		Title: k.Body.Name, Lead: name + ".", Reading: f.why, Link: f.link,
		Foot: "Tidemark sends this once, until the number is back within half of its limit. It can be changed or stopped under Alerts.",
	}
	return s.write(l, k.Body.Name+": "+k.Body.Metric.label()+" is unusual", "report.alert",
		alertData{k.ID, k.Body.Name, name, k.Body.Metric, f.why, f.value, f.usual, f.span, f.link})
}
