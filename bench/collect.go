package bench

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/tidemark/tidemark/workspace"
)

// measureCollection compares beacons of page views, each durable before it is
// answered, with what bare SQLite does, turn by turn so that noise meets both.
func measureCollection(ctx context.Context, r *run) error {
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
	pages, err := r.pages(ctx)
	if err != nil {
		return err
	}
	var taken, grouped, each, bareEach []float64
	for i := range r.runs() + 1 {
		watch := stopwatch()
		g, err := floor.grouped(ctx, r.window())
		if err != nil {
			return err
		}
		bareSpent := watch()
		watch = stopwatch()
		n, took, err := crowd(ctx, r.window(), func(client int) (func() error, error) { return s.page(pages[client], i) })
		if err != nil {
			return err
		}
		if i > 0 { // the first round warms up
			grouped, taken = append(grouped, g), append(taken, rate(n, took))
			each = append(each, perThing(watch(), n))
			bareEach = append(bareEach, perThing(bareSpent, int(g*bareSpent.clock.Seconds())))
		}
		r.Tell("measuring the collection of visits", int64(i), int64(r.runs()))
	}
	row := share("visits collected over HTTP, 64 clients, durable", ">= 1/2 of bare grouped commits",
		sampleOf(taken), "bare grouped commits", sampleOf(grouped).Median, 0.5)
	row.Note = fmt.Sprintf("POST /v1/visit of one page view, a new visitor every fifth, clients on the same processors, the projector following; %s us of processor a view, %s a bare row",
		figure(sampleOf(each).Median), figure(sampleOf(bareEach).Median))
	r.add(row)
	return r.house.current(ctx)
}

// perThing is the processor time of one of so many, in microseconds.
func perThing(s spent, n int) float64 {
	return float64(s.processor) / float64(time.Microsecond) / float64(max(n, 1))
}

// sitePage is a page of its own site: who collects is limited by key.
type sitePage struct {
	number int
	name   string // that no run before had: its visitors are new ones
	key    string
}

// pages makes a key for each client.
func (r *run) pages(ctx context.Context) ([]sitePage, error) {
	pages, run := make([]sitePage, clients), time.Now().UnixNano()
	for i := range pages {
		made, err := r.house.uses.CreateKey(ctx, workspace.CreateKeyInput{
			Workspace: r.workspace(), Name: fmt.Sprint("page ", i), Scope: workspace.ScopeCollect,
		})
		if err != nil {
			return nil, err
		}
		pages[i] = sitePage{i, fmt.Sprintf("%x-%d", run, i), made.Secret}
	}
	return pages, nil
}

// viewsOfVisitor is how many pages a visitor of a sitePage looks at.
const viewsOfVisitor = 5

// page is a client that looks at pages, from another address each time: how much
// one may send is limited.
func (s *server) page(of sitePage, round int) (func() error, error) {
	c, err := s.caller()
	if err != nil {
		return nil, err
	}
	n := 0
	return func() error {
		n++
		c.head = fmt.Sprintf("Host: %s\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"+
			"Content-Type: text/plain\r\nX-Forwarded-For: 10.%d.%d.%d\r\n", s.address, of.number, n>>8&255, n&255)
		visitor := fmt.Sprintf("%s-%d-%d", of.name, round, n/viewsOfVisitor)
		body := fmt.Appendf(nil, `{"key":%q,"visitor":%q,"sent_at":2000,"events":[{"id":"%s-%d","type":"page","at":1000,"page":"https://shop.example/p/%d?utm_source=s%d&utm_medium=email&utm_campaign=c%d","title":"Page"}]}`,
			of.key, visitor, visitor, n, n%100, n%5, n%500)
		if err := c.send("/v1/visit", body); err != nil {
			return err
		}
		answer, err := c.read()
		if err == nil && answer.StatusCode != http.StatusNoContent {
			err = fmt.Errorf("bench: a beacon was answered %s: %s", answer.Status, c.buffer.Bytes())
		}
		return err
	}, nil
}
