// Package storetest is the conformance suite of workspace.Store: what a record
// must do, whatever database it is made of. Each implementation runs it in a
// test of its own.
//
// The main function is Run. It asks only what the use cases rely on; how a
// database does it (groups, savepoints, files) is tested beside it.
package storetest

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// Run runs the suite on stores that open makes, each of them empty.
func Run(t *testing.T, open func(t *testing.T) workspace.Store) {
	t.Helper()
	for name, test := range map[string]func(*bundle){
		"ConfigurationIsReadBack":        testConfiguration,
		"ContactIsReadBack":              testContact,
		"FailedWriteLeavesNothing":       testFailedWrite,
		"WriteSeesItself":                testOwnWrites,
		"IdentitiesNameOneContact":       testIdentities,
		"ChainIsInOrderOfArrival":        testChain,
		"TouchesAreKept":                 testTouches,
		"StagesAreCounted":               testStageCounts,
		"AnswersAreKeptForTheirTime":     testAnswers,
		"ContactsAreListedInEveryOrder":  testList,
		"SearchFindsBeginnings":          testSearch,
		"ChangesAreListedNewestFirst":    testChanges,
		"ManyWritersLoseNothing":         testConcurrent,
		"LongStatesAreFoldedAgain":       testLongState,
		"WorkspacesDoNotSeeEachOther":    testWorkspaces,
		"EditThatFoldsOtherwiseIsMarked": testFolds,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := &bundle{T: t, store: open(t)}
			b.w = b.addWorkspace("First")
			test(b)
		})
	}
}

// bundle is a store with a workspace.
type bundle struct {
	*testing.T
	store workspace.Store
	w     journal.WorkspaceID
}

func (b *bundle) write(do func(workspace.Tx) error) {
	b.Helper()
	if err := b.store.Write(b.Context(), do); err != nil {
		b.Fatalf("write: %v", err)
	}
}

func (b *bundle) read(do func(workspace.Reader) error) {
	b.Helper()
	if err := b.store.Read(b.Context(), do); err != nil {
		b.Fatalf("read: %v", err)
	}
}

func (b *bundle) addWorkspace(name string) (w journal.WorkspaceID) {
	b.Helper()
	b.write(func(tx workspace.Tx) (err error) {
		if w, err = tx.AddWorkspace(1); err != nil {
			return err
		}
		_, err = tx.SaveConfiguration(configuration(w, name, 1))
		return err
	})
	return w
}

func configuration(w journal.WorkspaceID, name string, edit int64) *journal.Entry {
	return &journal.Entry{
		Workspace: w, Kind: journal.KindConfiguration, At: 1, Arrived: 1, Actor: journal.Actor{Kind: journal.ActorUser, ID: "u1"},
		Configuration: &journal.Configuration{
			Name: name, TimeZone: "UTC", Currency: "EUR", NextStage: 4, Edit: edit,
			Lifecycle: lifecycle.Configuration{Stages: []lifecycle.Stage{
				{ID: 1, Key: "new", Name: "New", Kind: lifecycle.Progress},
				{ID: 2, Key: "hot", Name: "Hot", Kind: lifecycle.Progress},
				{ID: 3, Key: "won", Name: "Won", Kind: lifecycle.Won},
			}},
		},
	}
}

// add makes a contact with a profile and changes to stages at 10, 20, ...
func (b *bundle) add(w journal.WorkspaceID, p workspace.Profile, stages ...lifecycle.StageID) (id journal.ContactID) {
	b.Helper()
	b.write(func(tx workspace.Tx) (err error) {
		id, err = add(tx, w, p, stages...)
		return err
	})
	return id
}

func add(tx workspace.Tx, w journal.WorkspaceID, p workspace.Profile, stages ...lifecycle.StageID) (journal.ContactID, error) {
	c, err := tx.Configuration(w)
	if err != nil {
		return 0, err
	}
	h := tx.Add(w)
	*h.Profile = p
	h.Head.Folds = c.Folds
	e := journal.Entry{Workspace: w, Kind: journal.KindContact, Actor: journal.Actor{Kind: journal.ActorAPI}, Edit: &journal.ContactEdit{CreatedBy: "api"}}
	if err := tx.Append(h, &e); err != nil {
		return 0, err
	}
	for i, stage := range stages {
		e := journal.Entry{Workspace: w, Kind: journal.KindChange, At: lifecycle.Millis(10 * (i + 1)), Stage: stage, Actor: journal.Actor{Kind: journal.ActorAPI}}
		if err := tx.Append(h, &e); err != nil {
			return 0, err
		}
		c.Folder.Apply(&h.Head.State, e.Change())
		h.Head.Latest, h.Head.Changes = e.At, h.Head.Changes+1
	}
	for kind, value := range map[workspace.IdentityKind]string{
		workspace.IdentityExternalID: p.ExternalID, workspace.IdentityEmail: p.Email, workspace.IdentityPhone: p.Phone,
	} {
		if value == "" {
			continue
		}
		if err := tx.Name(w, workspace.Identity{Kind: kind, Value: value}, h.ID); err != nil {
			return 0, err
		}
	}
	return h.ID, tx.Save(w, h)
}

func testConfiguration(b *bundle) {
	b.read(func(r workspace.Reader) error {
		c, err := r.Configuration(b.w)
		if err != nil {
			return err
		}
		if diff := cmp.Diff(*configuration(b.w, "First", 1).Configuration, c.Configuration); diff != "" {
			b.Error(diff)
		}
		if all, err := r.Workspaces(); err != nil || !slices.Equal(all, []journal.WorkspaceID{b.w}) {
			b.Errorf("workspaces %v, %v", all, err)
		}
		_, err = r.Configuration(b.w + 1)
		if fault.CodeOf(err) != "workspace_not_found" {
			b.Errorf("another workspace: %v", err)
		}
		return nil
	})
}

func testContact(b *bundle) {
	p := workspace.Profile{
		CreatedAt: 5, CreatedBy: "api", ExternalID: "X-1", Email: "ann@example.com", Phone: "+33 1", Name: "Ann Ångström", Owner: "bob",
		Value:      &workspace.Money{Amount: -1250, Currency: "EUR"},
		Properties: map[string]json.RawMessage{"plan": json.RawMessage(`"pro"`), "seats": json.RawMessage(`3`)},
		Source:     touch.Source{Source: "Paid ads", Campaign: "Spring \u0026 sale"},
	}
	id := b.add(b.w, p, 1, 2)
	b.read(func(r workspace.Reader) error {
		h, err := r.Load(b.w, id)
		if err != nil || h == nil {
			b.Fatalf("load: %v, %v", h, err)
		}
		if err := r.LoadProfile(b.w, h); err != nil {
			return err
		}
		if diff := cmp.Diff(&p, h.Profile); diff != "" {
			b.Error(diff)
		}
		if h.Head.State.Present != 2 || h.Head.State.Since != 20 || h.Head.Latest != 20 || h.Head.Changes != 2 || !h.Head.Folded || h.Head.State.Journeys != 1 {
			b.Errorf("head %+v", h.Head)
		}
		for i, kind := range []workspace.IdentityKind{workspace.IdentityExternalID, workspace.IdentityEmail, workspace.IdentityPhone} {
			by, err := r.LoadBy(b.w, workspace.Identity{Kind: kind, Value: []string{p.ExternalID, p.Email, p.Phone}[i]})
			if err != nil || by == nil || by.ID != id || by.Head.Last != h.Head.Last {
				b.Errorf("by %s: %+v, %v", kind, by, err)
			}
		}
		nobody, err := r.Load(b.w, id+1)
		if nobody != nil || err != nil {
			b.Errorf("a contact that is not there: %v, %v", nobody, err)
		}
		return nil
	})
}

func testIdentities(b *bundle) {
	one := b.add(b.w, workspace.Profile{})
	two := b.add(b.w, workspace.Profile{})
	upper := workspace.Identity{Kind: workspace.IdentityExternalID, Value: "ID"}
	lower := workspace.Identity{Kind: workspace.IdentityExternalID, Value: "id"}
	b.write(func(tx workspace.Tx) error {
		return errors.Join(tx.Name(b.w, upper, one), tx.Name(b.w, lower, two))
	})
	b.write(func(tx workspace.Tx) error {
		return errors.Join(tx.Name(b.w, upper, 0), tx.Name(b.w, upper, two))
	})
	err := b.store.Write(b.Context(), func(tx workspace.Tx) error { return tx.Name(b.w, lower, one) })
	if err == nil {
		b.Error("an identity that names a contact was given to another")
	}
	b.read(func(r workspace.Reader) error {
		for _, i := range []workspace.Identity{upper, lower} {
			if id, err := r.Find(b.w, i); id != two || err != nil {
				b.Errorf("%v names %d, %v", i, id, err)
			}
		}
		return nil
	})
	b.write(func(tx workspace.Tx) error {
		return errors.Join(tx.Name(b.w, upper, 0), tx.Name(b.w, lower, 0))
	})
	b.read(func(r workspace.Reader) error {
		if h, err := r.LoadBy(b.w, upper); h != nil || err != nil {
			b.Errorf("a freed identity names %v, %v", h, err)
		}
		return nil
	})
}

func testChain(b *bundle) {
	id := b.add(b.w, workspace.Profile{}, 1, 2, 1)
	b.add(b.w, workspace.Profile{}, 3)
	b.read(func(r workspace.Reader) error {
		h, err := r.Load(b.w, id)
		if err != nil {
			return err
		}
		entries, err := r.Chain(h.Head.Last)
		if err != nil {
			return err
		}
		var stages []lifecycle.StageID
		for i, e := range entries {
			stages = append(stages, e.Stage)
			if e.Contact != id || i > 0 && e.Prev != entries[i-1].Seq {
				b.Errorf("entry %d: %+v", i, e)
			}
		}
		if want := []lifecycle.StageID{0, 1, 2, 1}; !slices.Equal(stages, want) || entries[0].Edit == nil || entries[0].Prev != 0 {
			b.Errorf("stages %v, want %v", stages, want)
		}
		return nil
	})
}

func testTouches(b *bundle) {
	id := b.add(b.w, workspace.Profile{}, 1)
	want := journal.Touch{
		Kind: touch.KindVisit, Source: touch.Source{Source: touch.Email, Campaign: "Spring \u0026 sale"},
		UTM: touch.UTM{Source: "news", Medium: "email"},
	}
	b.write(func(tx workspace.Tx) error {
		h, err := tx.Load(b.w, id)
		if err != nil {
			return err
		}
		e := journal.Entry{Workspace: b.w, Kind: journal.KindTouch, At: 7, Actor: journal.Actor{Kind: journal.ActorAPI}, Touch: &want}
		if err := tx.Append(h, &e); err != nil {
			return err
		}
		return tx.Save(b.w, h)
	})
	b.read(func(r workspace.Reader) error {
		h, err := r.Load(b.w, id)
		if err != nil {
			return err
		}
		entries, err := r.Chain(h.Head.Last)
		if err != nil || len(entries) != 3 || entries[2].Touch == nil || *entries[2].Touch != want || entries[2].At != 7 {
			b.Errorf("entries %+v, err %v", entries, err)
		}
		return nil
	})
}

func testStageCounts(b *bundle) {
	b.add(b.w, workspace.Profile{}, 1, 2)
	b.add(b.w, workspace.Profile{}, 2)
	b.add(b.w, workspace.Profile{}, 3)
	b.add(b.w, workspace.Profile{}, 1, 0)
	b.read(func(r workspace.Reader) error {
		counts, err := r.StageCounts(b.w)
		if diff := cmp.Diff(map[lifecycle.StageID]int64{2: 2, 3: 1}, counts); diff != "" {
			b.Error(diff)
		}
		return err
	})
}

func testAnswers(b *bundle) {
	hash, answer := []byte("hash"), []byte(`{"seq":1}`)
	b.write(func(tx workspace.Tx) error { return tx.Remember(b.w, "k", hash, answer, 1000, 0) })
	look := func(after lifecycle.Millis) (found []byte) {
		b.write(func(tx workspace.Tx) (err error) {
			_, found, err = tx.Answer(b.w, "k", after)
			return err
		})
		return found
	}
	if got := look(999); string(got) != string(answer) {
		b.Errorf("answer %q", got)
	}
	if got := look(1000); got != nil {
		b.Errorf("an expired answer: %q", got)
	}
	b.write(func(tx workspace.Tx) error { return tx.Remember(b.w, "k", hash, []byte("new"), 2000, 1000) })
	if got := look(1000); string(got) != "new" {
		b.Errorf("answer after it was replaced: %q", got)
	}
}

func testLongState(b *bundle) {
	var stages []lifecycle.StageID
	for i := range 2000 {
		stages = append(stages, lifecycle.StageID(1+i%2))
	}
	id := b.add(b.w, workspace.Profile{}, stages...)
	b.read(func(r workspace.Reader) error {
		h, err := r.Load(b.w, id)
		if err != nil {
			return err
		}
		if h.Head.State.Target != 2 || h.Head.State.Since != 20_000 {
			b.Errorf("last change to %d, there since %d", h.Head.State.Target, h.Head.State.Since)
		}
		if h.Head.Folded && len(h.Head.State.Last.Stays) != len(stages) {
			b.Errorf("folded with %d stays", len(h.Head.State.Last.Stays))
		}
		return nil
	})
}

func testFolds(b *bundle) {
	save := func(e *journal.Entry) (c *workspace.Configured) {
		b.write(func(tx workspace.Tx) (err error) { c, err = tx.SaveConfiguration(e); return err })
		return c
	}
	renamed := configuration(b.w, "Renamed", 2)
	renamed.Configuration.Lifecycle.Stages[0].Name = "Fresh"
	if c := save(renamed); c.Folds != 1 {
		b.Errorf("a new name folds otherwise: %d", c.Folds)
	}
	counted := configuration(b.w, "Renamed", 3)
	counted.Configuration.Lifecycle.CountBulk = true
	if c := save(counted); c.Folds != 3 {
		b.Errorf("counting bulk changes folds alike: %d", c.Folds)
	}
	b.read(func(r workspace.Reader) error {
		c, err := r.Configuration(b.w)
		if err != nil {
			return err
		}
		edits, err := r.Chain(c.Seq)
		if len(edits) != 3 || edits[1].Configuration.Lifecycle.Stages[0].Name != "Fresh" {
			b.Errorf("edits %+v", edits)
		}
		return err
	})
}
