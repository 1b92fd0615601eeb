package record

import (
	"context"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// deliveries reads deliveries; deliveryWriter writes them too.
type deliveries struct{ rows rows }

type deliveryWriter struct {
	deliveries
	tx *Tx
}

// Deliveries reads deliveries.
func (r *Reader) Deliveries() workspace.DeliveryReader { return deliveries{r} }

// Deliveries writes deliveries.
func (t *Tx) Deliveries() workspace.DeliveryWriter { return deliveryWriter{deliveries{t}, t} }

func (d deliveries) read(query string, args ...any) (list []workspace.StoredDelivery, err error) {
	err = d.rows.Each(query, func(row Row) error {
		list = append(list, workspace.StoredDelivery{
			Number: row.Int(0), Workspace: journal.WorkspaceID(row.Int(1)), Of: row.Text(2), Channel: workspace.Channel(row.Text(3)),
			To: row.Text(4), Secret: row.Text(5), Subject: row.Text(6), Body: []byte(row.Text(7)), State: workspace.DeliveryState(row.Text(8)),
			Attempts: row.Int(9), Error: row.Text(10), Created: lifecycle.Millis(row.Int(11)), Due: lifecycle.Millis(row.Int(12)), Ended: lifecycle.Millis(row.Int(13)),
			Seq: row.Int(14), Event: row.Text(15), Contact: journal.ContactID(row.Int(16)), Since: lifecycle.Millis(row.Int(17)),
			Request: []byte(row.Text(18)), Answer: []byte(row.Text(19)),
		})
		return nil
	}, args...)
	return list, err
}

func (d deliveries) List(w journal.WorkspaceID, before int64, limit int) ([]workspace.StoredDelivery, error) {
	return d.read("delivery.list", int64(w), before, limit)
}

func (d deliveries) ListOf(of string, state workspace.DeliveryState, before int64, limit int) ([]workspace.StoredDelivery, error) {
	if state == "" {
		return d.read("delivery.of", of, before, limit)
	}
	return d.read("delivery.ofState", of, before, limit, string(state))
}

func (d deliveries) OfContact(w journal.WorkspaceID, c journal.ContactID) ([]workspace.StoredDelivery, error) {
	return d.read("delivery.ofContact", int64(w), int64(c))
}

func (d deliveries) Get(w journal.WorkspaceID, number int64) (*workspace.StoredDelivery, error) {
	list, err := d.read("delivery.get", int64(w), number)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func (d deliveries) Due(now lifecycle.Millis, limit int) ([]workspace.StoredDelivery, error) {
	return d.read("delivery.due", int64(now), limit)
}

func (d deliveries) DueOf(of string, now lifecycle.Millis, limit int) ([]workspace.StoredDelivery, error) {
	return d.read("delivery.dueOf", of, int64(now), limit)
}

func (d deliveries) Counts(of string) (map[workspace.DeliveryState]workspace.DeliveryCount, error) {
	counts := map[workspace.DeliveryState]workspace.DeliveryCount{}
	err := d.rows.Each("delivery.counts", func(row Row) error {
		counts[workspace.DeliveryState(row.Text(0))] = workspace.DeliveryCount{Count: row.Int(1), Last: lifecycle.Millis(row.Int(2))}
		return nil
	}, of)
	return counts, err
}

func (d deliveries) EachSent(of string, since lifecycle.Millis, visit func([]byte) error) error {
	return d.rows.Each("delivery.sent", func(row Row) error { return visit([]byte(row.Text(0))) }, of, int64(since))
}

func (d deliveries) Followed(name string) (seq int64, ok bool, err error) {
	row, ok, err := d.rows.One("follower.get", name)
	if err != nil || !ok {
		return 0, false, err
	}
	return row.Int(0), true, nil
}

func (d deliveryWriter) Add(v workspace.StoredDelivery) error {
	err := d.tx.Run("delivery.add", int64(v.Workspace), v.Of, string(v.Channel), v.To, v.Secret, v.Subject, string(v.Body), int64(v.Created), int64(v.Due))
	if err != nil {
		return err
	}
	return d.tx.Run("delivery.forget", int64(v.Workspace))
}

func (d deliveryWriter) Queue(v workspace.StoredDelivery) error {
	return d.tx.Run("delivery.queue", int64(v.Workspace), v.Of, int64(v.Created), v.Seq, v.Event, int64(v.Contact))
}

func (d deliveryWriter) Save(v workspace.StoredDelivery) error {
	return d.tx.Run("delivery.save", v.Number, string(v.State), v.Attempts, v.Error, int64(v.Due), int64(v.Ended), string(v.Request), string(v.Answer))
}

func (d deliveryWriter) Forget(of string, keep int) error {
	for _, state := range workspace.DeliveryStates {
		if state == workspace.DeliveryWaiting {
			continue
		}
		if err := d.tx.Run("delivery.forgetOf", of, string(state), keep); err != nil {
			return err
		}
	}
	return nil
}

func (d deliveryWriter) Replay(w journal.WorkspaceID, number int64, at lifecycle.Millis) error {
	return d.tx.Run("delivery.replay", int64(w), number, int64(at))
}

func (d deliveryWriter) ReplayOf(of string, at lifecycle.Millis) (int64, error) {
	return d.tx.Affected("delivery.replayOf", of, int64(at))
}

func (d deliveryWriter) RemoveOf(of string) error {
	if err := d.tx.Run("delivery.removeOf", of); err != nil {
		return err
	}
	return d.tx.Run("follower.remove", of)
}

func (d deliveryWriter) RemoveContact(c journal.ContactID) error {
	return d.tx.Run("purge.deliveries", int64(c))
}

func (d deliveryWriter) Follow(name string, seq int64) error {
	return d.tx.Run("follower.save", name, seq)
}

// CountDeliveries counts the events in a state, of all destinations of a
// workspace.
func (r *Record) CountDeliveries(ctx context.Context, w journal.WorkspaceID, state workspace.DeliveryState) (n int64, err error) {
	err = r.Read(ctx, func(rd *Reader) error {
		row, ok, err := rd.One("delivery.inState", int64(w), string(state))
		if ok {
			n = row.Int(0)
		}
		return err
	})
	return n, err
}
