package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestKillLosesNothing kills the real process again and again under load. No
// write that was answered may be lost, and the engine must catch up to exactly
// what the record has.
func TestKillLosesNothing(t *testing.T) {
	t.Parallel()
	rounds := 6
	if testing.Short() {
		rounds = 2
	}
	data, key := newData(t)
	p, total := startServer(t, data, key), 0
	for round := range rounds {
		l := &load{program: p, round: round}
		l.start(6)
		time.Sleep(30*time.Millisecond + time.Duration(rand.IntN(120))*time.Millisecond)
		if err := p.command.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.command.Wait()
		l.stop()
		total += len(l.answered)

		p = startServer(t, data, key)
		l.verify(t, p)
	}
	if err := p.command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.command.Wait()
	if total < 20*rounds {
		t.Errorf("%d writes were answered in %d rounds: too few to mean anything", total, rounds)
	}
	t.Logf("%d answered writes, %d kills", total, rounds+1)
	if out := must(t, "check", "--data", data); !strings.Contains(out, "The record is consistent, and the reports are those of the record.") {
		t.Error(out)
	}
}

// load writes until its process is gone, and remembers what was answered.
type load struct {
	program *program
	round   int

	mu       sync.Mutex
	answered map[string]string // contact -> stage that was answered last
	seq      int64
	group    sync.WaitGroup
}

func (l *load) start(workers int) {
	l.answered = map[string]string{}
	for worker := range workers {
		l.group.Go(func() { l.work(worker) })
	}
}

// stop waits for the workers, which end with their process.
func (l *load) stop() { l.group.Wait() }

func (l *load) work(worker int) {
	stages := []string{"new_lead", "hot_lead", "payment", "customer"}
	for i := 0; ; i++ {
		contact := fmt.Sprintf("r%d-w%d-n%d", l.round, worker, i/len(stages))
		stage := stages[i%len(stages)]
		if i%12 == 0 {
			if !l.batch(contact) {
				return
			}
			continue
		}
		var out struct{ Seq int64 }
		if _, err := l.program.call(http.MethodPost, "/v1/contacts", map[string]any{"external_id": contact, "stage": stage}, &out); err != nil {
			return
		}
		l.note(contact, stage, out.Seq)
	}
}

// batch writes twenty contacts in one request: all or none of them is there.
func (l *load) batch(prefix string) bool {
	var items []map[string]any
	for i := range 20 {
		items = append(items, map[string]any{
			"contact": map[string]any{"external_id": fmt.Sprintf("%s-b%d", prefix, i)}, "stage": "new_lead",
			"at": time.Now().UTC().Format(time.RFC3339Nano),
		})
	}
	var out struct {
		Accepted int
		Seq      int64
	}
	if _, err := l.program.call(http.MethodPost, "/v1/changes", items, &out); err != nil || out.Accepted != 20 {
		return false
	}
	for i := range 20 {
		l.note(fmt.Sprintf("%s-b%d", prefix, i), "new_lead", out.Seq)
	}
	return true
}

func (l *load) note(contact, stage string, seq int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.answered[contact] = stage
	l.seq = max(l.seq, seq)
}

// verify finds every answered write in the record, and waits until reports
// include them.
func (l *load) verify(t *testing.T, p *program) {
	t.Helper()
	order := map[string]int{"new_lead": 1, "hot_lead": 2, "payment": 3, "customer": 4}
	for contact, stage := range l.answered {
		var out struct{ Stage struct{ Key string } }
		if _, err := p.call(http.MethodGet, "/v1/contacts/external_id:"+contact, nil, &out); err != nil {
			t.Fatalf("an answered write is lost: %v", err)
		}
		// The write after the last answered one may have landed too.
		if order[out.Stage.Key] < order[stage] {
			t.Fatalf("%s is in %q, although %q was answered", contact, out.Stage.Key, stage)
		}
	}
	var report struct {
		Seq     int64
		Summary struct{ Entered int64 }
	}
	path := fmt.Sprintf("/v1/reports/lifecycle?preset=today&parts=summary&compare=none&min_seq=%d", l.seq)
	if _, err := p.call(http.MethodGet, path, nil, &report); err != nil {
		t.Fatal(err)
	}
	if report.Seq < l.seq || report.Summary.Entered < int64(len(l.answered)) {
		t.Fatalf("the report at %d has %d journeys, want at least %d at %d", report.Seq, report.Summary.Entered, len(l.answered), l.seq)
	}
}
