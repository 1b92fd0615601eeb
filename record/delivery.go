package record

import (
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// deliveries reads messages; deliveryWriter writes them.
type deliveries struct{ rows rows }

type deliveryWriter struct{ tx *Tx }

// Deliveries reads messages.
func (r *Reader) Deliveries() workspace.DeliveryReader { return deliveries{r} }

// Deliveries writes messages.
func (t *Tx) Deliveries() workspace.DeliveryWriter { return deliveryWriter{t} }

func (d deliveries) read(query string, args ...any) (list []workspace.StoredDelivery, err error) {
	err = d.rows.Each(query, func(row Row) error {
		list = append(list, workspace.StoredDelivery{
			Number: row.Int(0), Workspace: journal.WorkspaceID(row.Int(1)), Of: row.Text(2), Channel: workspace.Channel(row.Text(3)),
			To: row.Text(4), Secret: row.Text(5), Subject: row.Text(6), Body: []byte(row.Text(7)), State: workspace.DeliveryState(row.Text(8)),
			Attempts: row.Int(9), Error: row.Text(10), Created: lifecycle.Millis(row.Int(11)), Due: lifecycle.Millis(row.Int(12)), Ended: lifecycle.Millis(row.Int(13)),
		})
		return nil
	}, args...)
	return list, err
}

func (d deliveries) List(w journal.WorkspaceID, before int64, limit int) ([]workspace.StoredDelivery, error) {
	return d.read("delivery.list", int64(w), before, limit)
}

func (d deliveries) Due(now lifecycle.Millis, limit int) ([]workspace.StoredDelivery, error) {
	return d.read("delivery.due", int64(now), limit)
}

func (d deliveryWriter) Add(v workspace.StoredDelivery) error {
	err := d.tx.Run("delivery.add", int64(v.Workspace), v.Of, string(v.Channel), v.To, v.Secret, v.Subject, string(v.Body), int64(v.Created), int64(v.Due))
	if err != nil {
		return err
	}
	return d.tx.Run("delivery.forget", int64(v.Workspace))
}

func (d deliveryWriter) Save(v workspace.StoredDelivery) error {
	return d.tx.Run("delivery.save", v.Number, string(v.State), v.Attempts, v.Error, int64(v.Due), int64(v.Ended))
}
