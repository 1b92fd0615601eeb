package bench

import (
	"context"
	"fmt"
	"strconv"
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
	plain, err := floor.serve(ctx)
	if err != nil {
		return err
	}
	defer plain.close()
	views := func(to *server, round int) (float64, float64, error) {
		watch := stopwatch()
		n, took, err := crowd(ctx, r.window(), func(client int) (func() error, error) { return to.page(pages[client], round) })
		return rate(n, took), perThing(watch(), n), err
	}
	var taken, each, grouped, most []float64
	for i := range r.runs() + 1 {
		g, err := floor.grouped(ctx, r.window())
		if err != nil {
			return err
		}
		m, _, err := views(plain, i)
		if err != nil {
			return err
		}
		n, cost, err := views(s, i)
		if err != nil {
			return err
		}
		if i > 0 { // the first round warms up
			taken, each = append(taken, n), append(each, cost)
			grouped, most = append(grouped, g), append(most, m)
		}
		r.Tell("measuring the collection of visits", int64(i), int64(r.runs()))
	}
	row := share("visits collected over HTTP, 64 clients, durable", ">= 1/2 of bare grouped commits",
		sampleOf(taken), "bare grouped commits", sampleOf(grouped).Median, 0.5)
	ceiling := sampleOf(most).Median
	row.Note = fmt.Sprintf("POST /v1/visit of one page view, a new visitor every fifth, clients on the same processors, the projector following; %s us of processor a view. "+
		"The bare rows behind a plain HTTP server that does nothing else: %s/s, %s of them without one; collection is %s of that",
		figure(sampleOf(each).Median), figure(ceiling), figure(ceiling/row.FloorValue), figure(row.Value.Median/ceiling))
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
// one may send is limited. What it sends is put together without formatting, and
// of an answer it reads no more than it needs: it shares the processors.
func (s *server) page(of sitePage, round int) (func() error, error) {
	c, err := s.caller()
	if err != nil {
		return nil, err
	}
	c.head = "Host: " + s.address + "\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n" +
		"Content-Type: text/plain\r\nX-Forwarded-For: 10." + strconv.Itoa(of.number) + "."
	visitors := of.name + "-" + strconv.Itoa(round) + "-"
	head := c.head
	var body []byte
	n := 0
	return func() error {
		n++
		c.head = head + strconv.Itoa(n>>8&255) + "." + strconv.Itoa(n&255) + "\r\n"
		body = of.view(body[:0], visitors+strconv.Itoa(n/viewsOfVisitor), n)
		if err := c.send("/v1/visit", body); err != nil {
			return err
		}
		return c.accepted()
	}, nil
}

// view appends the beacon of the n-th view.
func (p sitePage) view(b []byte, visitor string, n int) []byte {
	number := func(text string, n int) {
		b = append(b, text...)
		b = strconv.AppendInt(b, int64(n), 10)
	}
	b = append(b, `{"key":"`+p.key+`","visitor":"`+visitor+`","sent_at":2000,"events":[{"id":"`+visitor...)
	number("-", n)
	number(`","type":"page","at":1000,"page":"https://shop.example/p/`, n%100)
	number("?utm_source=s", n%5)
	number("&utm_medium=email&utm_campaign=c", n%500)
	return append(b, `","title":"Page"}]}`...)
}
