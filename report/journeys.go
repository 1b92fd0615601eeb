package report

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

var journeyColumns = [...]Column{
	{"contact_id", "Contact", ColumnText},
	{"external_id", "External id", ColumnText},
	{"contact_name", "Name", ColumnText},
	{"n", "Journey", ColumnInteger},
	{"entered_at", "Entered", ColumnTime},
	{"ended_at", "Ended", ColumnTime},
	{"outcome", "Outcome", ColumnText},
	{"furthest", "Furthest position", ColumnInteger},
	{"furthest_stage", "Furthest stage", ColumnText},
	{"origin", "Origin", ColumnText},
	{"lost_stage", "Lost stage", ColumnText},
	{"in_stage", "In stage now", ColumnText},
	{"duration_seconds", "Duration", ColumnSeconds},
}

// journeys answers a page of the journeys behind a number, newest entry first,
// each as it is now. Stages are keys, as a contact's own journeys have them.
func (v *view) journeys(ctx context.Context, t *Table) error {
	a := v.asked
	p := a.plan(a.days)
	if err := v.selectGroup(ctx, &p); err != nil {
		return err
	}
	after, err := parseCursor(a.Cursor)
	if err != nil {
		return err
	}
	rows, err := v.reading.Page(ctx, p, a.selection, after, a.Limit+1)
	if err != nil {
		return err
	}
	if len(rows) > a.Limit {
		rows = rows[:a.Limit]
		t.Next = cursorOf(rows[a.Limit-1].PageKey)
	}
	names, err := v.names(ctx, rows)
	if err != nil {
		return err
	}
	t.Columns = journeyColumns[:]
	for i, row := range rows {
		t.Rows = append(t.Rows, v.journeyRow(names[i], row))
	}
	return nil
}

// selectGroup turns the query's group into its index. A value that is not one
// of the largest is a group of its own here.
func (v *view) selectGroup(ctx context.Context, p *Plan) error {
	g := v.asked.Select.Group
	if g == "" {
		return nil
	}
	if value, found := strings.CutPrefix(g, "value:"); found {
		p.Group = &Grouping{Dimension: v.asked.GroupBy, Top: []string{value}}
		index := 0
		v.asked.selection.Group = &index
		return nil
	}
	if _, err := v.group(ctx, p); err != nil {
		return err
	}
	index := p.Group.Other()
	if g == "none" {
		index = p.Group.None()
	}
	v.asked.selection.Group = &index
	return nil
}

// names finds what to call the contacts of a page.
func (v *view) names(ctx context.Context, rows []PageRow) ([]Name, error) {
	contacts := make([]journal.ContactID, len(rows))
	for i, row := range rows {
		contacts[i] = row.Contact
	}
	return v.namesOf(ctx, contacts)
}

// namesOf finds what to call contacts: their numbers, where nobody knows more.
func (v *view) namesOf(ctx context.Context, contacts []journal.ContactID) ([]Name, error) {
	if v.service.People != nil {
		return v.service.People.Names(ctx, v.workspace, contacts)
	}
	names := make([]Name, len(contacts))
	for i, c := range contacts {
		names[i].ID = strconv.FormatInt(int64(c), 10)
	}
	return names, nil
}

func (v *view) journeyRow(name Name, row PageRow) []any {
	order, cell := v.order(), row.Cell
	furthest := max(order.Position(cell.Furthest), 1)
	out := []any{
		name.ID, text(name.ExternalID), text(name.Name), int64(row.Number), row.EnteredAt, nil, cell.Outcome.String(),
		int64(furthest), v.key(v.atLeastFirst(order, cell.Furthest)), nil, v.key(cell.LostStage), v.key(cell.Present), nil,
	}
	if cell.Outcome != lifecycle.Open {
		out[5] = row.EnteredAt + row.Duration
	}
	if cell.Outcome == lifecycle.OutcomeLost || cell.Outcome == lifecycle.OutcomeLeft {
		out[9] = v.key(v.atLeastFirst(order, cell.Origin))
	}
	if cell.Timed {
		out[12] = float64(row.Duration) / 1000
	}
	return out
}

// atLeastFirst is a stage or, of none, the first: the floor of every reach and
// every origin.
func (v *view) atLeastFirst(o *funnel.Order, id lifecycle.StageID) lifecycle.StageID {
	if id == lifecycle.NoStage && len(o.MainStages()) > 0 {
		return o.MainStages()[0].ID
	}
	return id
}

// key is a cell with the key of a stage, nil of none.
func (v *view) key(id lifecycle.StageID) any {
	s, ok := v.asked.configuration.Lifecycle.Stage(id)
	if !ok {
		return nil
	}
	return s.Key
}

// text is a cell, nil when empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// cursorOf writes a place in the pages as something to hand back.
func cursorOf(k PageKey) string {
	text := fmt.Sprintf("%d.%d.%d", k.EnteredAt, k.Contact, k.Number)
	return base64.RawURLEncoding.EncodeToString([]byte(text))
}

// parseCursor is the reverse of cursorOf; "" is the beginning.
func parseCursor(cursor string) (*PageKey, error) {
	if cursor == "" {
		return nil, nil
	}
	bad := fault.At("query.cursor", "is not one that an answer gave")
	decoded, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, bad
	}
	fields := strings.Split(string(decoded), ".")
	if len(fields) != 3 {
		return nil, bad
	}
	var n [3]int64
	for i, field := range fields {
		if n[i], err = strconv.ParseInt(field, 10, 64); err != nil {
			return nil, bad
		}
	}
	return &PageKey{EnteredAt: lifecycle.Millis(n[0]), Contact: journal.ContactID(n[1]), Number: int(n[2])}, nil
}
