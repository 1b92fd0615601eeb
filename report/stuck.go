package report

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// What makes a time in a stage a usual one.
const (
	usualDays  = 90  // stays that ended in the days before as_of
	usualLeast = 30  // so many of them at least
	usualShare = 0.9 // the quantile that a wait must exceed
)

var stuckColumns = [...]Column{
	{"contact_id", "Contact", ColumnText},
	{"external_id", "External id", ColumnText},
	{"contact_name", "Name", ColumnText},
	{"n", "Journey", ColumnInteger},
	{"entered_at", "Entered", ColumnTime},
	{"stage_key", "Stage key", ColumnText},
	{"stage", "Stage", ColumnText},
	{"since", "In stage since", ColumnTime},
	{"waiting_seconds", "Waiting", ColumnSeconds},
	{"usual_p90_seconds", "Usual time, p90", ColumnSeconds},
}

// stuck answers a page of the open journeys that are in their stage for longer
// than is usual there, the longest wait first, as they are now.
func (v *view) stuck(ctx context.Context, t *Table) error {
	a := v.asked
	t.Columns = stuckColumns[:]
	usual, err := v.usual(ctx)
	if err != nil {
		return err
	}
	early := map[lifecycle.StageID]lifecycle.Millis{}
	for stage, p90 := range usual {
		early[stage] = a.asOf - lifecycle.Millis(math.Floor(p90))
	}
	after, err := parseCursor(a.Cursor)
	if err != nil {
		return err
	}
	var key *WaitKey
	if after != nil {
		key = &WaitKey{Since: after.EnteredAt, Contact: after.Contact, Number: after.Number}
	}
	rows, err := v.reading.Waiting(ctx, a.plan(a.days), early, key, a.Limit+1)
	if err != nil {
		return err
	}
	if len(rows) > a.Limit {
		rows = rows[:a.Limit]
		last := rows[a.Limit-1].WaitKey
		t.Next = cursorOf(PageKey{EnteredAt: last.Since, Contact: last.Contact, Number: last.Number})
	}
	t.Notices = append(v.fewStays(usual), v.windowIgnored()...)
	return v.stuckRows(ctx, t, rows, usual)
}

// usual is the p90 of the stays that ended lately, in milliseconds, of the
// progress stages that have enough of them: of all journeys, whatever the
// range and the filters.
func (v *view) usual(ctx context.Context) (map[lifecycle.StageID]float64, error) {
	a := v.asked
	ended, err := v.reading.Ended(ctx, a.asOf-usualDays*dayMillis, a.asOf, []float64{usualShare})
	if err != nil {
		return nil, err
	}
	usual := map[lifecycle.StageID]float64{}
	for _, q := range ended {
		if s, ok := a.configuration.Lifecycle.Stage(q.Series.Stage); ok && s.Kind == lifecycle.Progress && q.N >= usualLeast {
			usual[q.Series.Stage] = q.Values[0]
		}
	}
	return usual, nil
}

func (v *view) stuckRows(ctx context.Context, t *Table, rows []WaitRow, usual map[lifecycle.StageID]float64) error {
	contacts := make([]journal.ContactID, len(rows))
	for i, row := range rows {
		contacts[i] = row.Contact
	}
	names, err := v.namesOf(ctx, contacts)
	if err != nil {
		return err
	}
	for i, row := range rows {
		stage, _ := v.asked.configuration.Lifecycle.Stage(row.Stage)
		p90 := usual[row.Stage]
		t.Rows = append(t.Rows, []any{
			names[i].ID, text(names[i].ExternalID), text(names[i].Name), int64(row.Number), row.EnteredAt,
			stage.Key, stage.Name, row.Since, float64(v.asked.asOf-row.Since) / 1000, number(seconds(&p90)),
		})
	}
	return nil
}

// fewStays names the stages where nothing is known to be usual.
func (v *view) fewStays(usual map[lifecycle.StageID]float64) []Notice {
	var names []string
	for _, s := range v.order().MainStages() {
		if _, known := usual[s.ID]; s.Kind == lifecycle.Progress && !known {
			names = append(names, s.Name)
		}
	}
	if len(names) == 0 {
		return []Notice{}
	}
	text := fmt.Sprintf("Fewer than %d stays ended in the last %d days, so nobody counts as stuck there: %s.",
		usualLeast, usualDays, strings.Join(names, ", "))
	return []Notice{{Kind: "few_stays", Count: new(int64(len(names))), Text: text}}
}

// windowIgnored says that the list is as of now.
func (v *view) windowIgnored() []Notice {
	if v.asked.Window == 0 {
		return nil
	}
	return []Notice{{Kind: "window_ignored", Text: "Who is stuck is as of now, whatever the window."}}
}
