package main

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// sourceRow is a row of the source report.
type sourceRow struct {
	Value            *string // nil of those that have none
	Visits, Visitors float64
	Leads            struct{ All float64 }
	Sales            float64
	Revenue, Cost    int64
}

// sources asks for the source report; the query goes on behind the fixed part.
func (p *program) sources(t *testing.T, query string) (rows map[string]sourceRow, totals sourceRow) {
	t.Helper()
	var out struct {
		Rows   []sourceRow
		Totals sourceRow
	}
	if _, err := p.call(http.MethodGet, "/v1/reports/sources?compare=none&"+query, nil, &out); err != nil {
		t.Fatal(err)
	}
	rows = map[string]sourceRow{}
	for _, row := range out.Rows {
		label := "(blank)"
		if row.Value != nil {
			label = *row.Value
		}
		rows[label] = row
	}
	return rows, out.Totals
}

// send posts something to a collecting or writing operation.
func (p *program) send(t *testing.T, path string, body any) (seq int64) {
	t.Helper()
	var said struct {
		Seq      int64
		Rejected []any
	}
	if _, err := p.call(http.MethodPost, path, body, &said); err != nil {
		t.Fatal(err)
	}
	if len(said.Rejected) > 0 {
		t.Fatalf("%s rejected %v", path, said.Rejected[0])
	}
	return said.Seq
}

// readTruth reads what is known of some real input.
func readTruth(t *testing.T, folder string, truth any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(realData(t), folder, "truth.json"))
	if err != nil {
		t.Skipf("SKIPPED: %v", err)
	}
	if err := json.Unmarshal(text, truth); err != nil {
		t.Fatal(err)
	}
}

// TestPlaybookBySegmentRealInput tells the playbook's sessions by Segment's
// calls, its sales as revenue and its spend as costs.
func TestPlaybookBySegmentRealInput(t *testing.T) {
	if testing.Short() {
		t.Skip("not in short mode")
	}
	var truth struct {
		By    map[string]map[string]struct{ Conversions, Value map[string]float64 }
		Spend map[string]float64 `json:"ad_spend_by_month_source"`
	}
	readTruth(t, "attribution_playbook", &truth)
	data, key := newData(t)
	p := startServer(t, data, key)
	var calls []map[string]any
	for _, row := range playbook(t, "sessions.csv") {
		browser, at := "browser-"+row["customer_id"], playbookMoment(t, row["started_at"])
		campaign := map[string]string{"source": row["utm_source"], "medium": row["utm_medium"], "name": row["utm_campaign"]}
		calls = append(calls, map[string]any{
			"type": "page", "anonymousId": browser, "messageId": "page-" + row["session_id"], "timestamp": at,
			"context": map[string]any{"campaign": campaign, "page": map[string]string{"url": "https://shop.example/"}},
		}, map[string]any{
			"type": "identify", "anonymousId": browser, "userId": row["customer_id"], "messageId": "is-" + row["session_id"], "timestamp": at,
		})
	}
	p.send(t, "/v1/batch", map[string]any{"writeKey": key, "batch": calls})
	var sales, costs []map[string]any
	for i, row := range playbook(t, "customer_conversions.csv") {
		sales = append(sales, map[string]any{
			"id": fmt.Sprint("sale-", i), "contact": map[string]string{"external_id": row["customer_id"]},
			"at": playbookMoment(t, row["converted_at"]), "amount": minor(t, row["revenue"]),
		})
	}
	for _, row := range playbook(t, "ad_spend.csv") {
		costs = append(costs, map[string]any{
			"day": row["date_day"], "sub_source": row["utm_source"], "medium": row["utm_medium"], "campaign": row["utm_campaign"], "amount": minor(t, row["spend"]),
		})
	}
	p.send(t, "/v1/revenue", sales)
	seq := p.send(t, "/v1/costs", costs)

	const query = "from=2020-01-01&to=2020-12-31&direct=keep&lookback=30"
	for name, model := range map[string]string{"first": "first", "last": "last", "linear": "linear", "u_shape_40_20_40": "position"} {
		for _, level := range []string{"utm_source", "utm_campaign"} {
			rows, totals := p.sources(t, fmt.Sprintf("%s&level=%s&model=%s&min_seq=%d", query, level, model, seq))
			want := truth.By[level][name]
			if totals.Visits != 90 || math.Abs(totals.Sales-21) > 1e-6 || totals.Revenue != 27500 || totals.Cost != 35900 {
				t.Errorf("%s by %s: totals %+v", level, model, totals)
			}
			for label, conversions := range want.Conversions {
				row := rows[label]
				if math.Abs(row.Sales-conversions) > 2e-6 || math.Abs(float64(row.Revenue)/100-want.Value[label]) > 0.105 {
					t.Errorf("%s by %s: %q has %g sales and %d, want %g and %g", level, model, label, row.Sales, row.Revenue, conversions, want.Value[label])
				}
			}
		}
	}
	for month, spend := range truth.Spend {
		rows, _ := p.sources(t, fmt.Sprintf("from=%s-01&to=%[1]s-29&level=utm_source&model=last&min_seq=%d", month[:7], seq))
		if got := rows[month[8:]].Cost; float64(got)/100 != spend {
			t.Errorf("%s cost %d, want %g", month, got, spend)
		}
	}
}

// minor reads an amount in minor units.
func minor(t *testing.T, text string) int64 {
	t.Helper()
	amount, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return int64(math.Round(amount * 100))
}

// shopEvent is a line of the e-commerce sessions.
type shopEvent struct {
	user, session, name, channel string
	at                           time.Time
}

func shopEvents(t *testing.T) (all []shopEvent) {
	t.Helper()
	f, err := os.Open(filepath.Join(realData(t), "ecommerce_sessions", "ecom.csv.gz"))
	if err != nil {
		t.Skipf("SKIPPED: %v", err)
	}
	defer f.Close()
	plain, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(plain).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		at, err := time.Parse(time.DateTime, row[3])
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, shopEvent{user: row[0], session: row[1], name: row[2], channel: row[5], at: at})
	}
	slices.SortStableFunc(all, func(a, b shopEvent) int { return a.at.Compare(b.at) })
	return all
}

// arrivals are how visitors of the shop's channels arrive: the address, and the
// channel that says so.
var arrivals = map[string]struct{ page, referrer, channel string }{
	"email":       {"https://shop.example/?utm_source=newsletter&utm_medium=email", "", "Email"},
	"organic":     {"https://shop.example/", "https://www.google.com/", "Organic search"},
	"paid_search": {"https://shop.example/?gclid=x1", "https://www.google.com/", "Paid search"},
	"social":      {"https://shop.example/?fbclid=x2", "https://l.facebook.com/", "Organic social"},
	"direct":      {"https://shop.example/", "", "Direct"},
}

// TestShopSessionsRealInput tells six months of a shop as its script would: the
// browsers' clocks are years behind, which changes nothing.
func TestShopSessionsRealInput(t *testing.T) {
	if testing.Short() {
		t.Skip("not in short mode")
	}
	var truth struct {
		Sessions, Users, Purchases int
		First                      map[string]float64 `json:"first_channel_per_user"`
		BySession                  struct {
			Groups map[string]struct{ Cases float64 } `json:"by_group"`
		} `json:"funnel_by_session"`
	}
	readTruth(t, "ecommerce_sessions", &truth)
	events := shopEvents(t)
	data, key := newData(t)
	p := startServer(t, data, key)
	seq, bought := tellShop(t, p, events)

	from := time.Now().AddDate(-1, 0, 1).Format(time.DateOnly)
	for _, model := range []string{"first", "last", "linear", "shapley"} {
		rows, totals := p.sources(t, fmt.Sprintf("from=%s&to=%s&level=source&model=%s&direct=keep&min_seq=%d", from, time.Now().Format(time.DateOnly), model, seq))
		if int(totals.Visits) != truth.Sessions || int(totals.Visitors) != truth.Users || int(math.Round(totals.Leads.All)) != truth.Users ||
			int(math.Round(totals.Sales)) != truth.Purchases || totals.Revenue != int64(truth.Purchases)*1999 {
			t.Errorf("%s: totals %+v", model, totals)
		}
		for channel, users := range truth.First {
			row := rows[arrivals[channel].channel]
			if row.Visits != truth.BySession.Groups[channel].Cases || math.Abs(row.Leads.All-users) > 1e-6 || math.Abs(row.Sales-bought[channel]) > 1e-6 {
				t.Errorf("%s: %s is %+v, want %g visits, %g users and %g purchases",
					model, channel, row, truth.BySession.Groups[channel].Cases, users, bought[channel])
			}
		}
	}
}

// tellShop sends each user's events in beacons of at most 100, and purchases as
// revenue; it returns how many were of each channel.
func tellShop(t *testing.T, p *program, events []shopEvent) (seq int64, bought map[string]float64) {
	t.Helper()
	end := events[len(events)-1].at.Add(time.Minute)
	bought = map[string]float64{}
	byUser, begun := map[string][]map[string]any{}, map[string]bool{}
	var users []string
	var sales []map[string]any
	for i, e := range events {
		id := fmt.Sprint("e", i)
		if byUser[e.user] == nil {
			users = append(users, e.user)
		}
		if !begun[e.session] {
			begun[e.session] = true
			by := arrivals[e.channel]
			byUser[e.user] = append(byUser[e.user],
				map[string]any{"type": "page", "id": "p" + id, "at": e.at.UnixMilli(), "page": by.page, "referrer": by.referrer},
				map[string]any{"type": "identify", "at": e.at.UnixMilli(), "traits": map[string]string{"external_id": e.user}},
			)
		}
		byUser[e.user] = append(byUser[e.user], map[string]any{"type": "track", "id": id, "at": e.at.UnixMilli(), "name": e.name})
		if e.name == "purchase" {
			bought[e.channel]++
			sales = append(sales, map[string]any{
				"id": id, "contact": map[string]string{"external_id": e.user}, "at": time.Now().Add(e.at.Sub(end)), "amount": 1999,
			})
		}
	}
	for _, user := range users {
		for chunk := range slices.Chunk(byUser[user], 100) {
			p.beacon(t, map[string]any{"key": p.key, "visitor": "browser-" + user, "sent_at": end.UnixMilli(), "events": chunk})
		}
	}
	for chunk := range slices.Chunk(sales, 100) {
		seq = p.send(t, "/v1/revenue", chunk)
	}
	return seq, bought
}

// beacon sends what a browser tells, again when the server asks for patience.
func (p *program) beacon(t *testing.T, body map[string]any) {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		switch status := p.tell(t, "/v1/visit", text); status {
		case http.StatusNoContent:
			return
		case http.StatusTooManyRequests:
			time.Sleep(200 * time.Millisecond)
		default:
			t.Fatalf("a beacon answers %d", status)
		}
	}
	t.Fatal("the server is busy for too long")
}
