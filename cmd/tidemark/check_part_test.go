package main

import (
	"fmt"
	"math"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/report"
)

// TestPartsOfALogAddUpToTheWhole folds a log with merges and visitors at once
// and in parts: what belongs together must be in one part.
func TestPartsOfALogAddUpToTheWhole(t *testing.T) {
	t.Parallel()
	data, key := newData(t)
	p := startServer(t, data, key)
	page := map[string]any{"url": "https://shop.example/?utm_source=google&utm_medium=cpc"}
	for i := range 12 {
		name := fmt.Sprint("c", i)
		p.create(t, map[string]any{"external_id": name, "stage": "new_lead"})
		p.do(t, "/v1/page", map[string]any{"anonymousId": fmt.Sprint("v", i), "messageId": fmt.Sprint("p", i), "properties": page})
		p.do(t, "/v1/identify", map[string]any{"anonymousId": fmt.Sprint("v", i), "messageId": fmt.Sprint("i", i), "userId": name})
	}
	for i := range 5 {
		p.do(t, "/v1/contacts/merge", map[string]any{"keep": fmt.Sprint("external_id:c", i), "drop": fmt.Sprint("external_id:c", 11-i)})
	}
	if err := p.command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.command.Wait()
	r, err := record.Open(t.Context(), filepath.Join(data, recordName), record.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	head, err := r.Head(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	plan := report.Plan{
		Workspace: 1, To: math.MaxInt64, ToDay: math.MaxInt32, AsOf: math.MaxInt64 / 2, Model: report.ModelFirst,
		Group: &report.Grouping{Dimension: "source", Top: []string{"Paid search"}}, Want: report.Want{Stays: true, Contacts: true},
	}
	diff, journeys := tally{}, int64(0)
	sources, short := facts{sums: map[string]int64{}}, facts{sums: map[string]int64{}}
	sourcePlan := report.SourcePlan{
		Workspace: 1, FromDay: -farDays, ToDay: farDays, From: -farDays * dayMillis, To: farDays * dayMillis, AsOf: farDays * dayMillis, All: true,
	}
	for _, n := range []int64{1, 5} {
		all, err := partsOf(t.Context(), r, plan.Workspace, head, n)
		if err != nil {
			t.Fatal(err)
		}
		sign := map[int64]int64{1: 1, 5: -1}[n]
		if err := sources.readLog(t.Context(), partLog{r, all, 0, math.MaxInt64}, sourcePlan, sign); err != nil {
			t.Fatal(err)
		}
		if err := short.readLog(t.Context(), partLog{r, all, 0, head - max(sign, 0)}, sourcePlan, sign); err != nil {
			t.Fatal(err)
		}
		for part := range n {
			counts, err := foldedCount(t.Context(), plan, partLog{r, all, part, math.MaxInt64})
			if err != nil {
				t.Fatal(err)
			}
			diff.add(counts, sign)
			for _, j := range counts.Journeys {
				if n == 1 && j.Group == 0 {
					journeys += j.N
				}
			}
		}
	}
	if journeys != 7 {
		t.Errorf("%d journeys came by paid search, want 7", journeys)
	}
	if found := diff.different(); found != 0 {
		t.Errorf("%d counts of parts differ from those of the whole", found)
	}
	if found := sources.different(); found != 0 {
		t.Errorf("%d counts of sources of parts differ from those of the whole", found)
	}
	if short.different() == 0 {
		t.Error("a log without its last entry, a merge, is known to have the same sources")
	}
}

// do posts and wants 200.
func (p *program) do(t *testing.T, path string, body map[string]any) {
	t.Helper()
	if status, err := p.call(http.MethodPost, path, body, &struct{}{}); status != http.StatusOK {
		t.Fatalf("%s: status %d: %v", path, status, err)
	}
}
