package record

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// TestRecentChainsAreTheLogs writes contacts and visitors in requests that
// share commits, some of which are undone, and compares every chain that is asked for with the log.
func TestRecentChainsAreTheLogs(t *testing.T) {
	t.Parallel()
	r := open(t, Options{})
	held := 0
	rapid.Check(t, func(rt *rapid.T) {
		w := addWorkspace(t, r)
		var all []projector.Chain
		for range rapid.IntRange(1, 3).Draw(rt, "groups") {
			all = writeGroup(t, r, w, all, rapid.SliceOfN(rapid.Custom(drawRequest), 1, 4).Draw(rt, "requests"))
		}
		for _, c := range all {
			if r.recent.get(c.Contact) != nil {
				held++
			}
		}
		got, err := r.Chains(t.Context(), w, all)
		if err != nil {
			rt.Fatal(err)
		}
		// What packed entries leave out, those who follow the log do not ask for.
		left := cmpopts.IgnoreFields(journal.Entry{}, "Prev", "Arrived")
		if diff := cmp.Diff(chainsOfLog(t, r, all), got, left, cmpopts.EquateEmpty()); diff != "" {
			rt.Fatalf("chains, -log +got:\n%s", diff)
		}
	})
	if held == 0 {
		t.Error("no chain was held in memory")
	}
}

func chainsOfLog(t *testing.T, r *Record, all []projector.Chain) [][]journal.Entry {
	t.Helper()
	chains := make([][]journal.Entry, len(all))
	if err := r.Read(t.Context(), func(rd *Reader) (err error) {
		for i, c := range all {
			if chains[i], err = leanChain().chain(rd.conn, c.Last); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return chains
}

// writes is what one request does; with an error it is undone.
type writes struct {
	steps []step
	err   error
}

var errUndone = errors.New("undone")

func drawRequest(t *rapid.T) writes {
	q := writes{steps: rapid.SliceOfN(rapid.Custom(drawStep), 1, 6).Draw(t, "steps")}
	if rapid.IntRange(0, 3).Draw(t, "undone") == 0 {
		q.err = errUndone
	}
	return q
}

// writeGroup has requests share one commit, and returns the chains there are
// after it.
func writeGroup(t *testing.T, r *Record, w journal.WorkspaceID, before []projector.Chain, requests []writes) []projector.Chain {
	t.Helper()
	var group sync.WaitGroup
	busy, together := make(chan struct{}), make(chan struct{})
	group.Go(func() {
		_ = r.Write(t.Context(), func(*Tx) error {
			select {
			case <-busy: // again, as a request of the group failed
			default:
				close(busy)
			}
			<-together
			return nil
		})
	})
	<-busy
	after := make([][]projector.Chain, len(requests)+1)
	after[0] = before
	for i, q := range requests {
		group.Go(func() {
			err := r.Write(t.Context(), func(tx *Tx) (err error) {
				after[i+1] = after[i]
				all := slices.Clone(after[i])
				for _, s := range q.steps {
					if all, err = s.write(tx, w, all); err != nil {
						return err
					}
				}
				if q.err == nil {
					after[i+1] = all
				}
				return q.err
			})
			if !errors.Is(err, q.err) {
				t.Error(err)
			}
		})
		for len(r.queue) <= i && !t.Failed() { // in their order
			time.Sleep(10 * time.Microsecond)
		}
	}
	close(together)
	group.Wait()
	return after[len(requests)]
}

// step writes an entry of a contact or a visitor.
type step struct {
	of      int // which one of those there are, else a new one
	visitor bool
	odd     bool // of a kind that packed chains do not have
	at      lifecycle.Millis
}

func drawStep(t *rapid.T) step {
	return step{
		of: rapid.IntRange(0, 8).Draw(t, "of"), visitor: rapid.Bool().Draw(t, "visitor"),
		odd: rapid.IntRange(0, 6).Draw(t, "odd") == 0, at: lifecycle.Millis(rapid.Int64Range(1, 1000).Draw(t, "at")),
	}
}

func (s step) write(tx *Tx, w journal.WorkspaceID, all []projector.Chain) ([]projector.Chain, error) {
	if s.of < len(all) {
		known := &all[s.of]
		v, err := tx.Visitors().Numbered(w, known.Contact)
		if err != nil {
			return nil, err
		}
		if v != nil {
			known.Last, err = s.view(tx, w, v)
			return all, err
		}
		h, err := tx.Load(w, known.Contact)
		if err != nil {
			return nil, err
		}
		known.Last, err = s.change(tx, w, h)
		return all, err
	}
	if s.visitor {
		v := tx.Visitors().Add(w, fmt.Sprintf("visitor %d", len(all)))
		last, err := s.view(tx, w, v)
		return append(all, projector.Chain{Contact: v.Number, Last: last}), err
	}
	h := tx.Add(w)
	e := journal.Entry{Workspace: w, Kind: journal.KindContact, At: s.at, Edit: &journal.ContactEdit{CreatedBy: "api"}}
	if err := tx.Append(h, &e); err != nil {
		return nil, err
	}
	last, err := s.change(tx, w, h)
	return append(all, projector.Chain{Contact: h.ID, Last: last}), err
}

func (s step) change(tx *Tx, w journal.WorkspaceID, h *workspace.Held) (int64, error) {
	e := journal.Entry{Workspace: w, Kind: journal.KindChange, At: s.at, Stage: lifecycle.StageID(s.at % 5)}
	if s.odd {
		e.Kind, e.Stage, e.Identify = journal.KindIdentify, 0, &journal.Identify{Visitor: 1 << 40, Contact: h.ID}
	}
	if err := tx.Append(h, &e); err != nil {
		return 0, err
	}
	return e.Seq, tx.Save(w, h)
}

func (s step) view(tx *Tx, w journal.WorkspaceID, v *workspace.Visitor) (int64, error) {
	e := journal.Entry{Workspace: w, Kind: journal.KindView, At: s.at, View: &journal.View{
		Page: "/a", Arrival: touch.Arrival{Source: touch.Source{Source: "google"}},
	}}
	if s.odd {
		e.Kind, e.View, e.Agreement = journal.KindAgreement, nil, &journal.Agreement{}
	}
	if err := tx.Visitors().Append(v, &e); err != nil {
		return 0, err
	}
	return e.Seq, tx.Visitors().Save(w, v)
}

// TestRecentIsBounded keeps the latest chains and not many more.
func TestRecentIsBounded(t *testing.T) {
	t.Parallel()
	var r recent
	for i := range 5 * recentChains {
		r.put(map[journal.ContactID][]byte{journal.ContactID(i): {chainFormat}})
	}
	if n := len(r.young) + len(r.old); n > 2*recentChains {
		t.Errorf("%d chains are held", n)
	}
	for i := range recentChains {
		if r.get(journal.ContactID(5*recentChains-1-i)) == nil {
			t.Fatalf("chain %d before the last is gone", i)
		}
	}
	if r.get(0) != nil {
		t.Error("the first is still there")
	}
	for i := range 10 {
		r.put(map[journal.ContactID][]byte{journal.ContactID(i): make([]byte, recentBytes/2)})
	}
	if n := len(r.young) + len(r.old); n > 4 || r.get(9) == nil || r.get(8) == nil {
		t.Errorf("%d chains of many bytes are held", n)
	}
	r.forget()
	if r.get(9) != nil {
		t.Error("the last was not forgotten")
	}
}
