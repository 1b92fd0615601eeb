package workspace_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// shop is a workspace of an office with some contacts that moved about.
type shop struct {
	*office
	t        *rapid.T
	contacts []string
}

func openShop(t *rapid.T, o *office) *shop {
	made, err := o.CreateWorkspace(o.t.Context(), workspace.CreateWorkspaceInput{})
	must(t, err)
	mine := *o
	mine.w = made.Workspace
	s := &shop{office: &mine, t: t}
	for _, name := range []string{"Extra", "Second reason"} {
		kind := map[string]lifecycle.Kind{"Extra": lifecycle.Progress}[name]
		if kind == 0 {
			kind = lifecycle.Lost
		}
		_, err := s.AddStage(o.t.Context(), s.w, workspace.AddStageInput{Name: name, Kind: kind})
		must(t, err)
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "contacts") {
		s.contacts = append(s.contacts, fmt.Sprintf("c%d@x.test", i))
	}
	for range rapid.IntRange(1, 12).Draw(t, "changes") {
		s.change()
	}
	return s
}

func must(t *rapid.T, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

func (s *shop) stages() []workspace.StageView {
	stages, err := s.ListStages(s.office.t.Context(), s.w, true)
	must(s.t, err)
	return stages
}

func (s *shop) stage(label string) workspace.StageView {
	return rapid.SampledFrom(s.stages()).Draw(s.t, label)
}

// change moves a contact, if its stage takes that.
func (s *shop) change() {
	s.pass(time.Hour)
	email, stage := rapid.SampledFrom(s.contacts).Draw(s.t, "contact"), s.stage("to").Key
	_, _ = s.UpsertContact(s.office.t.Context(), s.w, workspace.UpsertContactInput{
		Fields: workspace.ContactFields{Email: &email}, Stage: &stage, Actor: journal.Actor{Kind: journal.ActorAPI},
	})
}

// edit makes some edit, if it can be made.
func (s *shop) edit() {
	s.pass(time.Minute)
	ctx, stage := s.office.t.Context(), s.stage("edited")
	name := "Renamed " + stage.Name[:1] + fmt.Sprint(rand.Uint32())
	switch rapid.IntRange(0, 7).Draw(s.t, "edit") {
	case 0:
		_, _ = s.DeleteStage(ctx, s.w, workspace.DeleteStageInput{Stage: stage.ID})
	case 1:
		into := rapid.SampledFrom(append(s.stages(), workspace.StageView{})).Draw(s.t, "into").ID
		_, _ = s.DeleteStage(ctx, s.w, workspace.DeleteStageInput{Stage: stage.ID, Mode: workspace.DeleteErase, Into: into})
	case 2:
		_, _ = s.DeleteStage(ctx, s.w, workspace.DeleteStageInput{Stage: stage.ID, Mode: workspace.DeleteMerge, Into: s.stage("into").ID})
	case 3:
		_, _ = s.RestoreStage(ctx, s.w, workspace.RestoreStageInput{Stage: stage.ID})
	case 4:
		kind := rapid.SampledFrom([]lifecycle.Kind{lifecycle.Progress, lifecycle.Beyond, lifecycle.Lost, lifecycle.Aside}).Draw(s.t, "kind")
		_, _ = s.EditStage(ctx, s.w, workspace.EditStageInput{Stage: stage.ID, Kind: &kind})
	case 5:
		_, _ = s.EditStage(ctx, s.w, workspace.EditStageInput{Stage: stage.ID, Name: &name})
	case 6:
		var ids []string
		for _, other := range s.stages() {
			if other.Kind == stage.Kind && !other.Erased && !other.Merged {
				ids = append(ids, other.ID)
			}
		}
		ids = rapid.Permutation(ids).Draw(s.t, "order")
		_, _ = s.OrderStages(ctx, s.w, workspace.OrderStagesInput{Kind: stage.Kind, IDs: ids})
	case 7:
		_, _ = s.AddStage(ctx, s.w, workspace.AddStageInput{Name: name, Kind: lifecycle.Lost})
	}
}

func (s *shop) history() []workspace.ConfigurationEdit {
	edits, err := s.StageHistory(s.office.t.Context(), s.w)
	must(s.t, err)
	return edits
}

// undo undoes an edit, which must do what the history said it can.
func (s *shop) undo(e workspace.ConfigurationEdit) {
	_, err := s.UndoEdit(s.office.t.Context(), s.w, workspace.UndoEditInput{Seq: e.Seq})
	if (err == nil) != e.CanUndo || err != nil && !strings.Contains(said(err), *e.CannotUndo) {
		s.t.Fatalf("%v: the history says %v, undoing it says %v", e.Summary, e.CanUndo, err)
	}
}

// journeys are those of all contacts, as their pages show them.
func (s *shop) journeys() map[string]any {
	out := map[string]any{}
	for _, email := range s.contacts {
		ref := workspace.ContactRef{Email: email}
		journeys, err := s.Journeys(s.office.t.Context(), s.w, ref)
		if err != nil {
			continue // it never moved
		}
		contact, err := s.GetContact(s.office.t.Context(), s.w, ref)
		must(s.t, err)
		timeline, err := s.Timeline(s.office.t.Context(), s.w, ref)
		must(s.t, err)
		out[email] = []any{journeys, contact.Contact.Stage, contact.Contact.StageSince, timeline}
	}
	return out
}

// counts by pages are those of the stages.
func (s *shop) checkCounts() {
	want := map[string]int64{}
	for _, email := range s.contacts {
		c, err := s.GetContact(s.office.t.Context(), s.w, workspace.ContactRef{Email: email})
		if err == nil && c.Contact.Stage != nil {
			want[c.Contact.Stage.Key]++
		}
	}
	if d := cmp.Diff(want, s.counted()); d != "" {
		s.t.Fatalf("contacts by stage (-pages +stages):\n%s", d)
	}
}

// Any edits, undone in any order as far as the history allows, and then the
// rest of them from the last to the first: everything is as it was.
func TestUndoingEveryEditBringsBackEveryJourney(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t, o)
		before, stages, first := s.journeys(), s.stages(), len(s.history())
		for range rapid.IntRange(1, 6).Draw(t, "edits") {
			s.edit()
			s.checkCounts()
		}
		for range rapid.IntRange(0, 4).Draw(t, "undone in any order") {
			s.undo(rapid.SampledFrom(s.history()).Draw(t, "undone"))
		}
		s.checkCounts()
		for _, e := range newest(s.history(), first) {
			now := s.find(e.Seq)
			if !now.CanUndo {
				t.Fatalf("%v cannot be undone, though all after it was: %s", now.Summary, *now.CannotUndo)
			}
			s.undo(now)
		}
		if d := cmp.Diff(before, s.journeys()); d != "" {
			t.Fatalf("journeys (-before +undone):\n%s", d)
		}
		ignored := cmpopts.IgnoreFields(workspace.StageView{}, "Edit")
		if d := cmp.Diff(stages, s.stages()[:len(stages)], ignored); d != "" {
			t.Fatalf("stages (-before +undone):\n%s", d)
		}
		s.checkCounts()
	})
}

// find returns an edit as the history has it now.
func (s *shop) find(seq int64) (found workspace.ConfigurationEdit) {
	for _, e := range s.history() {
		if e.Seq == seq {
			return e
		}
	}
	s.t.Fatalf("edit %d is gone from the history", seq)
	return found
}

// newest leaves out the oldest edits.
func newest(edits []workspace.ConfigurationEdit, oldest int) []workspace.ConfigurationEdit {
	return edits[:len(edits)-oldest]
}

// What is cached of contacts is what their logs tell, whatever is edited
// between changes.
func TestCachesFollowEveryEdit(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t, o)
		for range rapid.IntRange(1, 10).Draw(t, "steps") {
			if rapid.Bool().Draw(t, "edit, not change") {
				s.edit()
			} else {
				s.change()
			}
			s.checkCounts()
			s.checkHeads()
		}
	})
}

// checkHeads compares the latest journey of each page with the fold of all.
func (s *shop) checkHeads() {
	for _, email := range s.contacts {
		ref := workspace.ContactRef{Email: email}
		c, err := s.GetContact(s.office.t.Context(), s.w, ref)
		if err != nil {
			continue // it never moved
		}
		all, err := s.Journeys(s.office.t.Context(), s.w, ref)
		must(s.t, err)
		var want *workspace.Journey
		if len(all) > 0 {
			want = &all[len(all)-1]
		}
		if d := cmp.Diff(want, c.Journey, cmpopts.EquateEmpty()); d != "" {
			s.t.Fatalf("latest journey (-folded +cached):\n%s", d)
		}
	}
}

// A preview says exactly what the edit then does, and the history keeps it.
func TestPreviewsComeTrue(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	rapid.Check(t, func(t *rapid.T) {
		s := openShop(t, o)
		in := workspace.DeleteStageInput{Stage: s.stage("deleted").ID, Mode: workspace.DeleteErase}
		if rapid.Bool().Draw(t, "merged") {
			in.Mode, in.Into = workspace.DeleteMerge, s.stage("into").ID
		}
		before := s.outcomes()
		preview, err := s.PreviewDeleteStage(o.t.Context(), s.w, in)
		if d := cmp.Diff(before, s.outcomes()); d != "" {
			t.Fatalf("the preview changed something:\n%s", d)
		}
		_, done := s.DeleteStage(o.t.Context(), s.w, in)
		if fmt.Sprint(err) != fmt.Sprint(done) {
			t.Fatalf("previewing says %v, doing it %v", err, done)
		}
		if err != nil {
			return
		}
		for when, headline := range map[*workspace.Headline]map[string]int64{&preview.Before: before, &preview.After: s.outcomes()} {
			got := map[string]int64{"won": when.Won, "lost": when.Lost, "left": when.Left, "open": when.Open}
			if d := cmp.Diff(headline, got); d != "" {
				t.Fatalf("%+v (-journeys +preview):\n%s", in, d)
			}
		}
		must(t, s.CountEffects(o.t.Context(), s.w))
		kept := s.history()[0]
		if !kept.Recomputes || kept.Effect == nil {
			t.Fatalf("the history lacks the effect: %+v", kept)
		}
		if d := cmp.Diff(preview.EditEffect, *kept.Effect); d != "" {
			t.Fatalf("(-preview +history):\n%s", d)
		}
	})
}

// outcomes counts all journeys.
func (s *shop) outcomes() map[string]int64 {
	out := map[string]int64{"won": 0, "lost": 0, "left": 0, "open": 0}
	for _, email := range s.contacts {
		journeys, _ := s.Journeys(s.office.t.Context(), s.w, workspace.ContactRef{Email: email})
		for _, j := range journeys {
			out[j.Outcome]++
		}
	}
	return out
}

func TestUndoRefusesWhatIsNoLongerThere(t *testing.T) {
	t.Parallel()
	o := openOffice(t)
	rename := func(name string) int64 {
		out, err := o.EditStage(t.Context(), o.w, workspace.EditStageInput{Stage: "payment", Name: &name})
		if err != nil {
			t.Fatal(err)
		}
		return out.Seq
	}
	undo := func(seq int64, says string) {
		t.Helper()
		_, err := o.UndoEdit(t.Context(), o.w, workspace.UndoEditInput{Seq: seq})
		if says == "" && err != nil || !strings.Contains(said(err), says) {
			t.Errorf("undoing %d: %v, want %q", seq, said(err), says)
		}
	}
	first, second := rename("Invoice"), rename("Offer")
	undo(first, "The name of stage Offer was changed again since")
	undo(second, "")
	undo(second, "as it was before already")
	undo(first, "")
	undo(1, "how the workspace began")
	undo(99, "no edit 99")
	added, err := o.AddStage(t.Context(), o.w, workspace.AddStageInput{Name: "Extra", Kind: lifecycle.Progress})
	if err != nil {
		t.Fatal(err)
	}
	o.put("a@x.test", "extra")
	undo(added.Seq, "1 contact in stage Extra now")
	o.put("a@x.test", "new_lead")
	undo(added.Seq, "")
	if stages := o.counted(); stages["new_lead"] != 1 {
		t.Errorf("contacts by stage: %v", stages)
	}
	undo(added.Seq, "gone already")
}
