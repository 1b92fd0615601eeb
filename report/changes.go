package report

import (
	"context"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/stats"
)

// ChangeLog counts the changes of the log.
type ChangeLog interface {
	// CountedChanges visits the numbers of changes with from <= at < to, by
	// quarter hours of UTC or less, and returns the last entry that was seen.
	CountedChanges(ctx context.Context, w journal.WorkspaceID, from, to lifecycle.Millis, visit func(ChangeCount)) (seq int64, err error)
	// TimeZone is the IANA name of the workspace's.
	TimeZone(ctx context.Context, w journal.WorkspaceID) (string, error)
}

// ChangeCount is a number of changes of one kind at a time.
type ChangeCount struct {
	At      lifecycle.Millis
	Actor   journal.ActorKind
	Counted bool // they are transitions
	Changes int64
}

// ChangesQuery is a question about the log by day.
type ChangesQuery struct {
	Query                   // only range, comparison and min_seq
	Actor journal.ActorKind // "" = all
}

// Changes is how many changes the log has by day, and which days are out of
// the ordinary.
type Changes struct {
	Range   Range            `json:"range"`
	Seq     int64            `json:"seq" doc:"the last log entry included"`
	AsOf    lifecycle.Millis `json:"as_of"`
	Method  string           `json:"method" doc:"how days are marked, in words"`
	Totals  ChangeTotals     `json:"totals"`
	Compare *ChangesCompare  `json:"compare" doc:"null with compare=none"`
	Days    []ChangeDay      `json:"days"`
}

// ChangeTotals are sums over days.
type ChangeTotals struct {
	Count      int64 `json:"count"`
	Counted    int64 `json:"counted" doc:"transitions"`
	NotCounted int64 `json:"not_counted" doc:"of imports and bulk work, unless the workspace counts them"`
}

// ChangesCompare is another range beside it.
type ChangesCompare struct {
	Range      Range            `json:"range"`
	Totals     ChangeTotals     `json:"totals"`
	Difference ChangeDifference `json:"difference"`
}

// ChangeDifference is (now - before) / before, null where before is 0.
type ChangeDifference struct {
	Count      *float64 `json:"count"`
	Counted    *float64 `json:"counted"`
	NotCounted *float64 `json:"not_counted"`
}

// ChangeDay is one day of the log.
type ChangeDay struct {
	Day Date `json:"day"`
	ChangeTotals
	Actors map[string]int64 `json:"actors" doc:"by kind of actor, only those with any"`
	Mark   *string          `json:"mark" enum:"spike,drop" doc:"null: as usual, or too little is known"`
	Usual  *float64         `json:"usual" doc:"the median of the same weekday in the twelve weeks before; null with fewer than four of them"`
	Score  *float64         `json:"score" doc:"how far from usual, in robust standard deviations"`
}

// The marks of days.
const (
	DaySpike = "spike"
	DayDrop  = "drop"
)

// changesWeeks is how many weeks before a day say what is usual on it.
const changesWeeks = 12

const changesMethod = "A day is compared with the same weekday in the 12 weeks before, as far as there was a log. Usual is their median. " +
	"A day is a spike or a drop if it is at least 3.5 robust standard deviations (1.4826 times the median absolute deviation, at least the " +
	"square root of the median) above or below. Nothing is marked with fewer than four such weekdays, and no drop on a day that is not over."

// LogByDay answers how many changes there were by day. It does not need the
// lifecycle to be switched on: changes are logged either way.
func (s *Service) LogByDay(ctx context.Context, w journal.WorkspaceID, q ChangesQuery) (Changes, error) {
	if err := q.refuseOthers(); err != nil {
		return Changes{}, err
	}
	if s.Changes == nil {
		return Changes{}, fault.New(fault.Unavailable, "no_log", "The log cannot be counted here.")
	}
	zone, err := s.Changes.TimeZone(ctx, w)
	if err != nil {
		return Changes{}, err
	}
	a, err := normalize(w, q.Query, journal.Configuration{TimeZone: zone, LifecycleEnabled: true}, s.Clock.Now())
	if err != nil {
		return Changes{}, err
	}
	c := changeCounting{ctx: ctx, log: s.Changes, asked: a, workspace: w, actor: q.Actor}
	return c.answer()
}

// refuseOthers refuses parameters that say nothing about the log: its counts
// know no source and no segment.
func (q *ChangesQuery) refuseOthers() error {
	if err := q.Validate(); err != nil {
		return err
	}
	if err := q.refuseSelection("the log"); err != nil {
		return err
	}
	var faults fault.Details
	for _, f := range q.Filters {
		faults.Add("query."+string(f.Dimension), "does not filter the log: it is by actor")
	}
	if q.Segment != "" {
		faults.Add("query.segment", "does not filter the log: it is by actor")
	}
	if q.GroupBy != "" {
		faults.Add("query.group_by", "does not group the log")
	}
	return faults.Err()
}

// changeCounting is an answer under way.
type changeCounting struct {
	ctx       context.Context
	log       ChangeLog
	asked     *asked
	workspace journal.WorkspaceID
	actor     journal.ActorKind
	seq       int64
}

func (c *changeCounting) answer() (Changes, error) {
	a := c.asked
	counted, err := c.days(span{a.days.from - 7*changesWeeks, a.days.to})
	if err != nil {
		return Changes{}, err
	}
	out := Changes{Range: a.reportRange(a.days), AsOf: a.asOf, Method: changesMethod, Days: counted[7*changesWeeks:]}
	for i := range out.Days {
		out.Days[i].judge(counted[:7*changesWeeks+i], a.today)
		out.Totals.add(out.Days[i].ChangeTotals)
	}
	if a.before != nil {
		if out.Compare, err = c.compare(*a.before, out.Totals); err != nil {
			return Changes{}, err
		}
	}
	out.Seq = c.seq
	return out, nil
}

// days counts each day of a span.
func (c *changeCounting) days(s span) ([]ChangeDay, error) {
	days := make([]ChangeDay, s.length())
	for i := range days {
		days[i] = ChangeDay{Day: s.from + Date(i), Actors: map[string]int64{}}
	}
	zone := c.asked.zone
	seq, err := c.log.CountedChanges(c.ctx, c.workspace, StartOf(s.from, zone), StartOf(s.to+1, zone), func(n ChangeCount) {
		i := int(DateIn(n.At, zone) - s.from)
		if i >= 0 && i < len(days) && (c.actor == "" || c.actor == n.Actor) {
			days[i].take(n)
		}
	})
	c.seq = seq
	return days, err
}

func (d *ChangeDay) take(n ChangeCount) {
	t := ChangeTotals{Count: n.Changes, Counted: n.Changes}
	if !n.Counted {
		t.Counted, t.NotCounted = 0, n.Changes
	}
	d.add(t)
	d.Actors[string(n.Actor)] += n.Changes
}

func (t *ChangeTotals) add(o ChangeTotals) {
	t.Count += o.Count
	t.Counted += o.Counted
	t.NotCounted += o.NotCounted
}

// judge marks a day by those before it, of which the last is the day before.
func (d *ChangeDay) judge(before []ChangeDay, today Date) {
	begun := slices.IndexFunc(before, func(b ChangeDay) bool { return b.Count > 0 })
	if begun < 0 || d.Day > today {
		return
	}
	var weekdays []int64
	for week := 1; week <= changesWeeks && len(before)-7*week >= begun; week++ {
		weekdays = append(weekdays, before[len(before)-7*week].Count)
	}
	usual, score, ok := stats.Unusual(d.Count, weekdays)
	if !ok {
		return
	}
	d.Usual, d.Score = &usual, &score
	mark := ""
	switch {
	case score >= stats.UnusualScore:
		mark = DaySpike
	case score <= -stats.UnusualScore && d.Day < today:
		mark = DayDrop
	default:
		return
	}
	d.Mark = &mark
}

func (c *changeCounting) compare(days span, now ChangeTotals) (*ChangesCompare, error) {
	seq := c.seq
	counted, err := c.days(days)
	c.seq = seq
	out := &ChangesCompare{Range: c.asked.reportRange(days)}
	for i := range counted {
		out.Totals.add(counted[i].ChangeTotals)
	}
	out.Difference = ChangeDifference{
		Count: relative(now.Count, out.Totals.Count), Counted: relative(now.Counted, out.Totals.Counted),
		NotCounted: relative(now.NotCounted, out.Totals.NotCounted),
	}
	return out, err
}

// relative is (now - before) / before.
func relative(now, before int64) *float64 {
	if before == 0 {
		return nil
	}
	d := float64(now-before) / float64(before)
	return &d
}

// Table is the days as rows.
func (c *Changes) Table() Table {
	t := Table{Name: "changes", Range: c.Range, Seq: c.Seq, AsOf: c.AsOf, Columns: []Column{
		{"day", "Day", ColumnDate},
		{"count", "Changes", ColumnInteger},
		{"counted", "Counted", ColumnInteger},
		{"not_counted", "Not counted", ColumnInteger},
	}}
	for _, kind := range journal.ActorKinds {
		t.Columns = append(t.Columns, Column{"actor_" + string(kind), "By " + string(kind), ColumnInteger})
	}
	t.Columns = append(t.Columns, Column{"mark", "Mark", ColumnText}, Column{"usual", "Usual", ColumnRate}, Column{"score", "Score", ColumnRate})
	for _, d := range c.Days {
		row := []any{d.Day, d.Count, d.Counted, d.NotCounted}
		for _, kind := range journal.ActorKinds {
			row = append(row, d.Actors[string(kind)])
		}
		t.Rows = append(t.Rows, append(row, cellOf(d.Mark), cellOf(d.Usual), cellOf(d.Score)))
	}
	return t
}

// cellOf is the value of a pointer, nil of nil.
func cellOf[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}
