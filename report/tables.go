package report

import (
	"context"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/lifecycle"
)

// table answers one table.
func (v *view) table(ctx context.Context, name TableName) (Table, error) {
	t := Table{Name: name, Range: v.asked.reportRange(v.asked.days), Seq: v.seq, AsOf: v.asked.asOf, Rows: [][]any{}}
	var err error
	switch name {
	case TableStages:
		err = v.breakdownTable(ctx, &t, stageColumns[:], v.stageRows)
	case TableLost:
		err = v.breakdownTable(ctx, &t, lostColumns[:], v.lostRows)
	case TableOrigins:
		err = v.breakdownTable(ctx, &t, originColumns[:], v.originRows)
	case TableFlow:
		err = v.breakdownTable(ctx, &t, flowColumns[:], v.flowRows)
	case TableTrend:
		err = v.trend(ctx, &t)
	case TableIncidence:
		err = v.incidence(ctx, &t)
	case TableHistogram:
		err = v.histogram(ctx, &t)
	case TableStuck:
		err = v.stuck(ctx, &t)
	default:
		err = v.journeys(ctx, &t)
	}
	return t, err
}

// groupColumns come first where the query has groups.
var groupColumns = [...]Column{
	{"group_kind", "Group kind", ColumnText},
	{"group", "Group", ColumnText},
}

// columns prepares the columns of a table, those of the group first.
func (v *view) columns(own []Column) []Column {
	if v.asked.GroupBy == "" {
		return own
	}
	return append(groupColumns[:len(groupColumns):len(groupColumns)], own...)
}

// labelled is a group's cells before its rows; without groups there are none.
type labelled []any

// grouped splits a plan if the query asks for it, and returns the first cells
// of each group's rows.
func (v *view) grouped(ctx context.Context, p *Plan) ([]labelled, error) {
	if v.asked.GroupBy == "" {
		return []labelled{nil}, nil
	}
	groups, err := v.group(ctx, p)
	if err != nil {
		return nil, err
	}
	out := make([]labelled, len(groups))
	for i, g := range groups {
		out[i] = labelled{g.Kind, g.Label}
	}
	return out, nil
}

// row puts a group's cells before others.
func (l labelled) row(cells ...any) []any {
	return append(append(make([]any, 0, len(l)+len(cells)), l...), cells...)
}

// breakdownTable makes rows of each group's breakdown.
func (v *view) breakdownTable(ctx context.Context, t *Table, columns []Column, rows func(funnel.Breakdown) [][]any) error {
	p := v.asked.plan(v.asked.days)
	p.Want.Stays = t.Name == TableStages || t.Name == TableFlow
	labels, err := v.grouped(ctx, &p)
	if err != nil {
		return err
	}
	sets, err := v.count(ctx, p)
	if err != nil {
		return err
	}
	t.Columns = v.columns(columns)
	for i, s := range sets {
		if v.asked.GroupBy != "" && s.Summary.Entered == 0 {
			continue
		}
		for _, row := range rows(s.Breakdown) {
			t.Rows = append(t.Rows, labels[i].row(row...))
		}
	}
	t.Notices, err = v.notices(ctx, v.asked.plan(v.asked.days), entered(sets))
	return err
}

// entered adds up sets that are the groups of one whole.
func entered(sets []set) (n int64) {
	for _, s := range sets {
		n += s.Summary.Entered
	}
	return n
}

// number is a cell of a value that may be absent.
func number(value *float64) any {
	if value == nil {
		return nil
	}
	return *value
}

var stageColumns = [...]Column{
	{"position", "Position", ColumnInteger},
	{"key", "Key", ColumnText},
	{"stage", "Stage", ColumnText},
	{"kind", "Kind", ColumnText},
	{"reached", "Reached", ColumnInteger},
	{"visited", "Visited", ColumnInteger},
	{"share_of_entered", "Share of entered", ColumnRate},
	{"conversion_rate", "Conversion to next", ColumnRate},
	{"won_later_rate", "Won later", ColumnRate},
	{"lost_here", "Lost here", ColumnInteger},
	{"drop_off_rate", "Drop-off", ColumnRate},
	{"left_here", "Left here", ColumnInteger},
	{"in_stage_now", "In stage now", ColumnInteger},
	{"waiting_seconds_mean", "Waiting, mean", ColumnSeconds},
	{"time_in_stage_seconds_mean", "Time in stage, mean", ColumnSeconds},
	{"time_in_stage_seconds_median", "Time in stage, median", ColumnSeconds},
	{"time_in_stage_seconds_p90", "Time in stage, p90", ColumnSeconds},
	{"time_in_stage_journeys", "Journeys with a time", ColumnInteger},
	{"top_reasons", "Top reasons", ColumnText},
	{"stuck", "Stuck", ColumnBoolean},
}

func (v *view) stageRows(b funnel.Breakdown) [][]any {
	var rows [][]any
	for _, s := range b.Stages {
		row := []any{
			int64(s.Position), s.Stage.Key, s.Stage.Name, s.Stage.Kind.String(), s.Reached, s.Visited,
			number(s.ShareOfEntered()), number(s.ConversionRate()), number(s.WonLaterRate()),
		}
		if s.Stage.Kind == lifecycle.Progress {
			row = append(
				row, s.LostHere, number(s.DropOffRate()), s.LeftHere, s.InStageNow,
				number(seconds(s.Waiting.Mean())), number(seconds(s.Time.Mean())), number(seconds(s.Time.Median)),
				number(seconds(s.Time.P90)), s.Time.N, reasonsText(s.TopReasons()),
				s.Stuck(*v.asked.StuckBelow, v.asked.StuckMin),
			)
		}
		rows = append(rows, append(row, make([]any, len(stageColumns)-len(row))...))
	}
	return rows
}

var lostColumns = [...]Column{
	{"key", "Key", ColumnText},
	{"stage", "Lost stage", ColumnText},
	{"count", "Lost", ColumnInteger},
	{"share", "Share of lost", ColumnRate},
	{"time_to_drop_off_seconds_mean", "Time to drop-off, mean", ColumnSeconds},
	{"time_to_drop_off_seconds_median", "Time to drop-off, median", ColumnSeconds},
	{"time_to_drop_off_seconds_p90", "Time to drop-off, p90", ColumnSeconds},
	{"time_to_drop_off_journeys", "Journeys with a time", ColumnInteger},
	{"origins", "Origins", ColumnText},
}

func (v *view) lostRows(b funnel.Breakdown) [][]any {
	var rows [][]any
	for _, l := range b.Lost {
		rows = append(rows, []any{
			l.Stage.Key, l.Stage.Name, l.Count, number(funnel.Ratio(l.Count, b.Summary.Lost)),
			number(seconds(l.Time.Mean())), number(seconds(l.Time.Median)), number(seconds(l.Time.P90)), l.Time.N,
			reasonsText(l.Origins),
		})
	}
	return rows
}

var originColumns = [...]Column{
	{"origin_position", "Origin position", ColumnInteger},
	{"origin_key", "Origin key", ColumnText},
	{"origin", "Origin", ColumnText},
	{"lost_key", "Lost key", ColumnText},
	{"lost_stage", "Lost stage", ColumnText},
	{"count", "Lost", ColumnInteger},
	{"share", "Share of lost", ColumnRate},
}

// originRows is the matrix of origins and lost stages, a row for each cell.
func (v *view) originRows(b funnel.Breakdown) [][]any {
	var rows [][]any
	for _, s := range b.Stages {
		if s.Stage.Kind != lifecycle.Progress {
			continue
		}
		counts := map[lifecycle.StageID]int64{}
		for _, reason := range s.Reasons {
			counts[reason.Stage.ID] = reason.Count
		}
		for _, lost := range v.order().LostStages() {
			n := counts[lost.ID]
			rows = append(rows, []any{
				int64(s.Position), s.Stage.Key, s.Stage.Name, lost.Key, lost.Name, n,
				number(funnel.Ratio(n, b.Summary.Lost)),
			})
		}
	}
	return rows
}

var flowColumns = [...]Column{
	{"position", "Position", ColumnInteger},
	{"key", "Key", ColumnText},
	{"stage", "Stage", ColumnText},
	{"entries", "Entries", ColumnInteger},
	{"forward", "Forward", ColumnInteger},
	{"back", "Back", ColumnInteger},
	{"lost", "Lost", ColumnInteger},
	{"left", "Left", ColumnInteger},
	{"still_there", "Still there", ColumnInteger},
}

func (v *view) flowRows(b funnel.Breakdown) [][]any {
	var rows [][]any
	for _, s := range b.Stages {
		if s.Stage.Kind != lifecycle.Progress {
			continue
		}
		f := s.Flow
		rows = append(rows, []any{
			int64(s.Position), s.Stage.Key, s.Stage.Name, f.Entries(), f.Forward, f.Back, f.Lost, f.Left, f.StillThere,
		})
	}
	return rows
}
