package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestReportsNeverMixConfigurations asks again and again while a stage is
// erased: every answer is wholly of the stages before or of those after.
func TestReportsNeverMixConfigurations(t *testing.T) {
	t.Parallel()
	a := startApp(t, Config{})
	var lines []string
	for i := range 3000 {
		lines = append(lines,
			fmt.Sprintf(`{"contact":{"external_id":"c%d"},"stage":"new_lead","at":"2026-03-01T10:00:00Z"}`, i),
			fmt.Sprintf(`{"contact":{"external_id":"c%d"},"stage":"hot_lead","at":"2026-03-02T10:00:00Z"}`, i))
	}
	var done struct{ Seq int64 }
	if _, err := a.call(http.MethodPost, "/v1/changes", json.RawMessage("["+strings.Join(lines, ",")+"]"), &done); err != nil {
		t.Fatal(err)
	}
	var report struct {
		Summary struct{ Entered, Open, Left int64 }
		Stages  []struct {
			Stage   struct{ Key string }
			Reached int64
		}
		Notices []struct{ Kind string }
	}
	ask := func(minSeq int64) string {
		report.Notices, report.Stages = nil, nil
		a.get(t, "/v1/reports/lifecycle?from=2026-03-01&to=2026-03-31&compare=none&min_seq="+strconv.FormatInt(minSeq, 10), &report)
		return fmt.Sprint(report.Summary, report.Stages)
	}
	before := ask(done.Seq)
	if _, err := a.call(http.MethodDelete, "/v1/stages/hot_lead?mode=erase", nil, &done); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	told := false
	for began := time.Now(); time.Since(began) < time.Minute; {
		now := ask(0)
		seen[now] = true
		for _, n := range report.Notices {
			told = told || n.Kind == "recomputing"
		}
		if now != before {
			break
		}
	}
	after := ask(done.Seq)
	if report.Summary.Left != 3000 || len(report.Stages) != 3 {
		t.Errorf("after the erasure: %s", after)
	}
	delete(seen, before)
	delete(seen, after)
	if len(seen) > 0 {
		t.Errorf("an answer is neither of the stages before nor after:\n%v\nbefore %s\nafter  %s", seen, before, after)
	}
	if !told {
		t.Log("the switch came before a report could say that it was coming")
	}
	a.awaitEffect(t)
}

// awaitEffect waits until the history says what the erasure did.
func (a *runningApp) awaitEffect(t *testing.T) {
	t.Helper()
	type headline struct{ Open, Left int64 }
	var history struct {
		Items []struct {
			Effect *struct {
				JourneysChanged int64 `json:"journeys_changed"`
				Before, After   headline
			}
		}
		Recomputing any
	}
	for began := time.Now(); time.Since(began) < time.Minute; time.Sleep(20 * time.Millisecond) {
		a.get(t, "/v1/stages/history", &history)
		if effect := history.Items[0].Effect; effect != nil {
			if effect.Before != (headline{Open: 3000}) || effect.After != (headline{Left: 3000}) || effect.JourneysChanged != 3000 {
				t.Errorf("the history says %+v", *effect)
			}
			return
		}
	}
	t.Error("the history never says what the edit did")
}
