package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/tidemark/tidemark/workspace"
)

// measureSingles compares durable single changes, and batches of history, over
// HTTP with what bare SQLite does, turn by turn so that noise meets both.
func measureSingles(ctx context.Context, r *run) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	floor, err := openBare(ctx, r.Dir, r.business.contacts)
	if err != nil {
		return err
	}
	defer floor.close()
	s, err := r.house.serve(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	if err := r.singles(ctx, s, floor); err != nil {
		return err
	}
	return r.posts(ctx, s, floor)
}

func (r *run) singles(ctx context.Context, s *server, floor *bare) error {
	var moved, grouped []float64
	for i := range r.runs() + 1 {
		g, err := floor.grouped(ctx, r.window())
		if err != nil {
			return err
		}
		n, took, err := crowd(ctx, r.window(), func(client int) (func() error, error) { return r.mover(s, uint64(i*clients+client)) })
		if err != nil {
			return err
		}
		if i > 0 { // the first round warms up
			grouped, moved = append(grouped, g), append(moved, rate(n, took))
		}
		r.Tell("measuring single changes over HTTP", int64(i), int64(r.runs()))
	}
	row := share("single changes over HTTP, 64 clients, durable", ">= 1/2 of bare grouped commits",
		sampleOf(moved), "bare grouped commits", sampleOf(grouped).Median, 0.5)
	row.Note = fmt.Sprintf("POST /v1/contacts/{id}/stage, clients in the same process and on the same processors, the projector following; floor %s/s (%s..%s)",
		figure(sampleOf(grouped).Median), figure(sampleOf(grouped).Min), figure(sampleOf(grouped).Max))
	r.add(row)
	return r.house.current(ctx)
}

// mover is a client that moves contacts at random.
func (r *run) mover(s *server, seed uint64) (func() error, error) {
	c, err := s.caller()
	if err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(9, seed))
	return func() error {
		_, err := c.post(r.move(random))
		return err
	}, nil
}

// move draws a contact and a stage.
func (r *run) move(random *rand.Rand) (path string, body []byte) {
	path = "/v1/contacts/external_id:" + r.business.externalID(random.IntN(r.business.contacts)) + "/stage"
	return path, []byte(`{"stage":"` + stageKeys[random.IntN(len(stageKeys))] + `"}`)
}

// postSize is how many changes a body of history has.
const postSize = 1000

// posts measures batches of history over HTTP: new contacts and their changes.
func (r *run) posts(ctx context.Context, s *server, floor *bare) error {
	c, err := s.caller()
	if err != nil {
		return err
	}
	defer c.close()
	total := postSize * 5
	if !r.Quick {
		total = postSize * 20
	}
	bodies, err := bodiesOf(newBusiness(fmt.Sprintf("p%d-", time.Now().UnixNano()), 2, total*(r.runs()+2)/3), total/postSize*(r.runs()+1))
	if err != nil {
		return err
	}
	var posted, bulk []float64
	for i := range r.runs() + 1 {
		b, err := floor.bulk(ctx, total, postSize)
		if err != nil {
			return err
		}
		start := time.Now()
		for range total / postSize {
			if _, err := c.post("/v1/changes", bodies[0]); err != nil {
				return err
			}
			bodies = bodies[1:]
		}
		if took := time.Since(start); i > 0 {
			bulk, posted = append(bulk, b), append(posted, rate(total, took))
		}
	}
	row := share("history batches over HTTP", ">= 1/4 of bare inserts", sampleOf(posted), "bare inserts", sampleOf(bulk).Median, 0.25)
	row.Note = fmt.Sprintf("POST /v1/changes of %s new changes each, one client, the projector following; floor: transactions of as many rows, %s/s (%s..%s)",
		thousands(postSize), figure(sampleOf(bulk).Median), figure(sampleOf(bulk).Min), figure(sampleOf(bulk).Max))
	r.add(row)
	return r.house.current(ctx)
}

// wireChange is a change as POST /v1/changes takes it.
type wireChange struct {
	Contact workspace.ContactFields `json:"contact"`
	Stage   *string                 `json:"stage"`
	At      string                  `json:"at"`
}

// bodiesOf writes the first batches of a business as bodies.
func bodiesOf(b *business, count int) ([][]byte, error) {
	var bodies [][]byte
	for batch := range b.batches(postSize) {
		if len(bodies) == count || len(batch) < postSize {
			break
		}
		var body bytes.Buffer
		encoder := json.NewEncoder(&body)
		for _, item := range batch {
			if err := encoder.Encode(wireChange{item.Contact, item.Stage, item.At.Time().Format(time.RFC3339Nano)}); err != nil {
				return nil, err
			}
		}
		bodies = append(bodies, body.Bytes())
	}
	if len(bodies) < count {
		return nil, fmt.Errorf("bench: made only %d bodies of %d", len(bodies), count)
	}
	return bodies, nil
}
