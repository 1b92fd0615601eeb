package main

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
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
	compare := func(upTo int64) (c *comparison, journeys int64) {
		c = &comparison{plans: []report.Plan{plan}, counts: make([]tally, 1), sources: checkSourcePlan(1), facts: facts{sums: map[string]int64{}}}
		whole, err := partsOf(t.Context(), r, 1, head, math.MaxInt)
		if err != nil || len(whole) != 1 {
			t.Fatalf("%d parts of a log that has room in one: %v", len(whole), err)
		}
		if err := c.addLog(t.Context(), whole[0], 1, 1); err != nil {
			t.Fatal(err)
		}
		journeys = c.paidSearch()
		parts, err := partsOf(t.Context(), r, 1, upTo, 10)
		if err != nil || len(parts) < 5 {
			t.Fatalf("%d parts, want one for each pair: %v", len(parts), err)
		}
		for _, part := range parts {
			if err := c.addLog(t.Context(), part, 1, -1); err != nil {
				t.Fatal(err)
			}
		}
		return c, journeys
	}
	whole, journeys := compare(head)
	if journeys != 7 {
		t.Errorf("%d journeys came by paid search, want 7", journeys)
	}
	if found := whole.findings(workspace.WorkspaceName{Name: "Shop"}); len(found) != 0 {
		t.Errorf("parts differ from the whole: %q", found)
	}
	if short, _ := compare(head - 1); short.facts.different() == 0 {
		t.Error("a log without its last entry, a merge, is known to have the same sources")
	}
}

// TestErasedEntriesDoNotEndAPart reads a part after entries were erased that it
// lists: a page that lacks some is filled up, as one that is not full is taken for
// the last.
func TestErasedEntriesDoNotEndAPart(t *testing.T) {
	t.Parallel()
	const entries, page = 100, 10
	for name, erased := range map[string]func(int64) bool{
		"none": func(int64) bool { return false }, "one": func(seq int64) bool { return seq == 5 },
		"a page": func(seq int64) bool { return seq > 20 && seq <= 35 }, "all": func(int64) bool { return true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := logPart{checkedLog: erasedLog{erased: erased}}
			want := 0
			for seq := range int64(entries) {
				p.add(seq + 1)
				if !erased(seq + 1) {
					want++
				}
			}
			read, after, full := 0, int64(0), true
			for full {
				n := 0
				err := p.Scan(t.Context(), 1, after, entries, page, func(e journal.Entry) error {
					if n++; e.Seq <= after {
						t.Errorf("entry %d comes after %d", e.Seq, after)
					}
					after = e.Seq
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
				read, full = read+n, n == page
			}
			if read != want {
				t.Errorf("%d entries were read, want %d", read, want)
			}
		})
	}
}

// erasedLog is a log of which some entries are gone.
type erasedLog struct {
	checkedLog
	erased func(seq int64) bool
}

func (l erasedLog) Entries(_ context.Context, _ journal.WorkspaceID, seqs []int64, visit func(journal.Entry) error) error {
	for _, seq := range seqs {
		if l.erased(seq) {
			continue
		}
		if err := visit(journal.Entry{Seq: seq}); err != nil {
			return err
		}
	}
	return nil
}

// paidSearch counts the journeys of the first group.
func (c *comparison) paidSearch() (n int64) {
	for key, of := range c.counts[0].journeys {
		if key.group == 0 {
			n += of[0]
		}
	}
	return n
}

// do posts and wants 200.
func (p *program) do(t *testing.T, path string, body map[string]any) {
	t.Helper()
	if status, err := p.call(http.MethodPost, path, body, &struct{}{}); status != http.StatusOK {
		t.Fatalf("%s: status %d: %v", path, status, err)
	}
}
