package record

import (
	"encoding/json"
	"fmt"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// money reads revenue and costs.
type money struct{ rows rows }

// moneyEditor writes them too.
type moneyEditor struct {
	money
	tx *Tx
}

// Money reads revenue and costs.
func (r *Reader) Money() workspace.MoneyReader { return money{r} }

// Money writes revenue and costs.
func (t *Tx) Money() workspace.MoneyWriter { return moneyEditor{money{t}, t} }

func (m money) HasRevenue(w journal.WorkspaceID, id string) (bool, error) {
	_, ok, err := m.rows.One("revenue.get", int64(w), id)
	return ok, err
}

func (m money) Revenue(w journal.WorkspaceID, before int64, limit int) (list []journal.Entry, err error) {
	err = m.rows.Each("revenue.list", func(row Row) error {
		e, err := decodeEntry(row)
		list = append(list, e)
		return err
	}, int64(w), before, limit)
	return list, err
}

func (m money) Cost(w journal.WorkspaceID, day int32, source string) (*journal.Spend, error) {
	row, ok, err := m.rows.One("cost.get", int64(w), int64(day), source)
	if err != nil || !ok {
		return nil, err
	}
	c, err := decodeCost(row.Text(0))
	return c.To, err
}

func (m money) Costs(w journal.WorkspaceID, from, to int32, after workspace.CostPlace, limit int) (list []journal.Cost, err error) {
	err = m.rows.Each("cost.list", func(row Row) error {
		c, err := decodeCost(row.Text(2))
		list = append(list, c)
		return err
	}, int64(w), int64(from), int64(to), int64(after.Day), after.Fields, limit)
	return list, err
}

func decodeCost(body string) (c journal.Cost, err error) {
	if err := json.Unmarshal([]byte(body), &c); err != nil {
		return c, fmt.Errorf("decode cost: %w", err)
	}
	return c, nil
}

func (m moneyEditor) NoteRevenue(e *journal.Entry) error {
	return m.tx.Run("revenue.add", e.Seq, int64(e.Workspace), e.Revenue.ID, int64(e.Contact))
}

func (m moneyEditor) ForgetRevenue(seq int64) error {
	return m.tx.Run("revenue.remove", seq)
}

func (m moneyEditor) AppendCost(e *journal.Entry, source string) error {
	if err := m.tx.append(e); err != nil {
		return err
	}
	if e.Cost.To == nil {
		return m.tx.Run("cost.remove", int64(e.Workspace), int64(e.Cost.Day), source)
	}
	return m.tx.Run("cost.save", int64(e.Workspace), int64(e.Cost.Day), source, e.Seq)
}
