package workspace_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// respond are the keys of the stages of a new workspace.
func respond() []string {
	return []string{"new_lead", "hot_lead", "payment", "customer", "cold_lead"}
}

// play draws one write and carries it out. Refusals are part of the game.
func (o *office) play(t *rapid.T, ctx context.Context) {
	stage := rapid.SampledFrom(append(respond(), "")).Draw(t, "stage")
	at := lifecycle.MillisOf(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)) + lifecycle.Millis(rapid.IntRange(0, 20).Draw(t, "at"))
	actor := journal.Actor{Kind: rapid.SampledFrom([]journal.ActorKind{"api", "user", "import"}).Draw(t, "actor")}
	name := func() *string { return ptr(fmt.Sprint("c", rapid.IntRange(1, 3).Draw(t, "contact"))) }
	to := &stage
	if stage == "" {
		to = nil
	}
	o.elapsed.Add(int64(time.Millisecond))
	switch rapid.IntRange(0, 7).Draw(t, "write") {
	case 0, 1:
		in := workspace.SetStageInput{Ref: workspace.ContactRef{ExternalID: *name()}, Stage: to, Actor: actor}
		if rapid.Bool().Draw(t, "own time") {
			in.At = &at
		}
		_, _ = o.SetStage(ctx, o.w, in)
	case 2:
		in := workspace.UpsertContactInput{Fields: workspace.ContactFields{ExternalID: name(), Name: name()}, Stage: to, Actor: actor}
		if _, err := o.UpsertContact(ctx, o.w, in); err != nil {
			t.Fatal(err)
		}
	case 3, 4:
		var in workspace.RecordChangesInput
		for i := range rapid.IntRange(1, 6).Draw(t, "items") {
			item := workspace.ChangeItem{Contact: workspace.ContactFields{ExternalID: name()}, Stage: to, HasStage: true, At: at + lifecycle.Millis(i*7%5), Actor: actor}
			if rapid.Bool().Draw(t, "id") {
				item.ID = fmt.Sprint(rapid.IntRange(1, 30).Draw(t, "number"))
			}
			in.Items = append(in.Items, item)
		}
		out, err := o.RecordChanges(ctx, o.w, in)
		if err != nil || out.Accepted+out.Duplicate != len(in.Items) {
			t.Fatalf("%+v, %v", out, err)
		}
	case 5:
		count := rapid.Bool().Draw(t, "count bulk")
		if _, err := o.EditSettings(ctx, o.w, workspace.EditSettingsInput{CountBulk: &count}); err != nil {
			t.Fatal(err)
		}
		order := rapid.Permutation(respond()[:3]).Draw(t, "order")
		if _, err := o.OrderStages(ctx, o.w, workspace.OrderStagesInput{IDs: order}); err != nil {
			t.Fatal(err)
		}
	case 7:
		_, _ = o.EraseContact(ctx, o.w, workspace.EraseContactInput{Ref: workspace.ContactRef{ExternalID: *name()}})
		if rapid.Bool().Draw(t, "purged") {
			o.purge()
		}
	case 6:
		_, _ = o.MergeContacts(ctx, o.w, workspace.MergeContactsInput{
			Keep: workspace.ContactRef{ExternalID: *name()}, Drop: workspace.ContactRef{ExternalID: *name()}, Actor: actor,
		})
	}
}

func ptr[T any](value T) *T { return &value }

// Whatever is written in whatever order, what the caches say is what the log
// tells when it is read from the beginning.
func TestCachesEqualTheLog(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	rapid.Check(t, func(t *rapid.T) {
		made, err := o.CreateWorkspace(ctx, workspace.CreateWorkspaceInput{})
		if err != nil {
			t.Fatal(err)
		}
		o.w = made.Workspace
		for range rapid.IntRange(1, 25).Draw(t, "writes") {
			o.play(t, ctx)
		}
		o.compare(t, ctx)
	})
	findings, err := o.record.Check(ctx, func(int64, int64) {})
	if err != nil || len(findings) > 0 {
		t.Errorf("check: %q, %v", findings, err)
	}
}

// compare reads every contact from caches and from its chain.
func (o *office) compare(t rapid.TB, ctx context.Context) {
	inStage := map[string]int64{}
	page, err := o.ListContacts(ctx, o.w, workspace.ListContactsInput{})
	if err != nil {
		t.Fatal(err)
	}
	err = o.record.Store().Read(ctx, func(r workspace.Reader) error {
		c, err := r.Configuration(o.w)
		if err != nil {
			return err
		}
		for _, listed := range page.Items {
			ref, err := workspace.ParseContactRef(listed.ID)
			if err != nil {
				return err
			}
			h, err := r.Load(o.w, ref.ID)
			if err != nil {
				return err
			}
			entries, err := r.Chain(h.Head.Last)
			if err != nil {
				return err
			}
			person := journal.Read(entries)
			want := c.Folder.Replay(person.Changes)
			if diff := cmp.Diff(want, h.Head.State, cmp.AllowUnexported(lifecycle.State{}), cmpopts.EquateEmpty()); diff != "" && h.Head.Folds == c.Folds {
				t.Errorf("state of %s: %s", listed.ID, diff)
			}
			if h.Head.Changes != len(person.Changes) {
				t.Errorf("%s has %d changes, counted %d", listed.ID, len(person.Changes), h.Head.Changes)
			}
			o.compareShown(t, ctx, listed, c, want)
			if listed.Stage != nil {
				inStage[listed.Stage.Key]++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	stages, err := o.ListStages(ctx, o.w, false)
	for _, s := range stages {
		if s.Contacts != inStage[s.Key] {
			t.Errorf("%d contacts in %s are counted, %d are there", s.Contacts, s.Key, inStage[s.Key])
		}
	}
	if err != nil {
		t.Error(err)
	}
}

// compareShown compares what answers show with the state of the log.
func (o *office) compareShown(t rapid.TB, ctx context.Context, listed workspace.Contact, c *workspace.Configured, want lifecycle.State) {
	stage, ok := c.Lifecycle.Stage(want.Present)
	if ok != (listed.Stage != nil) || ok && (stage.Key != listed.Stage.Key || *listed.StageSince != want.Since) {
		t.Errorf("%s is listed in %+v, the log says %s since %d", listed.ID, listed.Stage, stage.Key, want.Since)
	}
	ref, _ := workspace.ParseContactRef(listed.ID)
	got, err := o.GetContact(ctx, o.w, ref)
	if err != nil {
		t.Fatal(err)
	}
	journeys, err := o.Journeys(ctx, o.w, ref)
	if err != nil {
		t.Fatal(err)
	}
	var latest *workspace.Journey
	if len(journeys) > 0 {
		latest = &journeys[len(journeys)-1]
	}
	if diff := cmp.Diff(latest, got.Journey); diff != "" {
		t.Errorf("latest journey of %s: %s", listed.ID, diff)
	}
	if diff := cmp.Diff(listed, got.Contact); diff != "" {
		t.Errorf("%s listed and got: %s", listed.ID, diff)
	}
}

func TestConcurrentWritersOfOneContact(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	base := lifecycle.MillisOf(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC))
	var wg sync.WaitGroup
	const writers, each = 8, 60 // together beyond the chain that is read inside the writer
	for i := range writers {
		wg.Go(func() {
			for j := range each {
				at := base + lifecycle.Millis(j*writers+(i*5)%writers)
				_, err := o.RecordChanges(ctx, o.w, workspace.RecordChangesInput{Items: []workspace.ChangeItem{{
					Contact: workspace.ContactFields{ExternalID: ptr("one")}, Stage: ptr(respond()[(i+j)%3]), HasStage: true,
					At: at, ID: fmt.Sprint(at), Actor: journal.Actor{Kind: journal.ActorAPI},
				}}})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	o.compare(t, ctx)
	again, err := o.RecordChanges(ctx, o.w, workspace.RecordChangesInput{Items: []workspace.ChangeItem{{
		Contact: workspace.ContactFields{ExternalID: ptr("one")}, HasStage: true, At: base, ID: fmt.Sprint(base),
	}}})
	if err != nil || again.Duplicate != 1 {
		t.Errorf("a change id again: %+v, %v", again, err)
	}
	got, err := o.ListContacts(ctx, o.w, workspace.ListContactsInput{})
	if err != nil || len(got.Items) != 1 {
		t.Errorf("%d contacts, %v", len(got.Items), err)
	}
}

func TestIdempotency(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	ctx := t.Context()
	in := workspace.UpsertContactInput{Fields: workspace.ContactFields{Email: ptr("a@b.c")}, Stage: ptr("hot_lead"), Once: workspace.Idempotency{Key: "k", Hash: [32]byte{1}}}
	outs := make([]workspace.ContactOutput, 20)
	var wg sync.WaitGroup
	for i := range outs {
		wg.Go(func() {
			var err error
			if outs[i], err = o.UpsertContact(ctx, o.w, in); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, out := range outs {
		if diff := cmp.Diff(outs[0], out); diff != "" || !out.Created || out.Contact.Edit == 0 {
			t.Error(diff, out)
		}
	}
	if head, _ := o.record.Head(ctx, o.w); head != outs[0].Seq {
		t.Errorf("the log goes to %d, the one answer says %d", head, outs[0].Seq)
	}
	in.Once.Hash[0]++
	_, err := o.UpsertContact(ctx, o.w, in)
	wantCode(t, err, "idempotency_key_reused")

	in.Fields.Email, in.Once = ptr("not an address"), workspace.Idempotency{Key: "other"}
	_, err = o.UpsertContact(ctx, o.w, in)
	wantCode(t, err, "invalid")
	in.Fields.Email = ptr("fine@b.c")
	if out, err := o.UpsertContact(ctx, o.w, in); err != nil || !out.Created {
		t.Errorf("a key whose request was refused: %+v, %v", out, err)
	}
	o.pass(49 * time.Hour)
	in.Once = workspace.Idempotency{Key: "k", Hash: [32]byte{9}}
	if _, err := o.UpsertContact(ctx, o.w, in); err != nil {
		t.Errorf("a key of two days ago: %v", err)
	}
	_, err = o.UpsertContact(ctx, o.w, workspace.UpsertContactInput{Fields: in.Fields, Once: workspace.Idempotency{Key: strings.Repeat("k", 600)}})
	wantCode(t, err, "invalid")
}
