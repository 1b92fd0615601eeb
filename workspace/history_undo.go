package workspace

import (
	"context"
	"fmt"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// UndoEdit takes back one edit of the configuration, whatever was edited
// since, if that can be done exactly: everything that it changed must still be
// as it made it. Undoing is an edit of its own, and can be undone.
func (s *Service) UndoEdit(ctx context.Context, w journal.WorkspaceID, in UndoEditInput) (StagesOutput, error) {
	before, after, err := s.findEdit(ctx, w, in.Seq)
	if err != nil {
		return StagesOutput{}, err
	}
	edit := func(tx Tx, c *Configured, next *journal.Configuration) error {
		counts, err := tx.StageCounts(w)
		if err != nil {
			return err
		}
		u := undoing{before: before, after: after, next: next, contacts: c.resolve(counts), now: s.now()}
		return u.undo()
	}
	return configureOnce(ctx, s, w, in.Actor, in.Once, edit, stagesOutput(w))
}

// findEdit returns the configuration before and after an edit.
func (s *Service) findEdit(ctx context.Context, w journal.WorkspaceID, seq int64) (before, after *journal.Configuration, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		edits, _, err := readEdits(r, w)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(edits, func(e journal.Entry) bool { return e.Seq == seq })
		if i < 0 {
			return fault.New(fault.NotFound, "edit_not_found", "There is no edit %d in the history of stages and settings.", seq)
		}
		if after = edits[i].Configuration; i > 0 {
			before = edits[i-1].Configuration
		}
		return nil
	})
	return before, after, err
}

// undoing takes an edit out of the latest configuration.
type undoing struct {
	before, after *journal.Configuration
	next          *journal.Configuration // a copy of the latest; changed by undo
	latest        lifecycle.Configuration
	contacts      map[lifecycle.StageID]int64
	now           lifecycle.Millis
	reasons       []string // why it cannot be undone
}

func (u *undoing) refuse(format string, args ...any) {
	u.reasons = append(u.reasons, fmt.Sprintf(format, args...))
}

// undo changes next, or says why that cannot be done exactly.
func (u *undoing) undo() error {
	if u.before == nil {
		u.refuse("This is how the workspace began.")
		return u.err()
	}
	u.latest.Stages = slices.Clone(u.next.Lifecycle.Stages)
	u.settings()
	for i := range u.after.Lifecycle.Stages {
		u.stage(&u.after.Lifecycle.Stages[i])
	}
	for _, s := range u.before.Lifecycle.Stages {
		if _, kept := u.after.Lifecycle.Stage(s.ID); !kept {
			u.refuse("Stage %s was replaced by a template. Apply another template, or edit the stages one by one.", s.Name)
			break
		}
	}
	for _, kind := range []lifecycle.Kind{lifecycle.Progress, lifecycle.Beyond, lifecycle.Lost, lifecycle.Aside} {
		u.order(kind)
	}
	if len(u.reasons) == 0 {
		u.check()
	}
	return u.err()
}

func (u *undoing) err() error {
	if len(u.reasons) == 0 {
		return nil
	}
	e := fault.New(fault.Conflict, "cannot_undo", "%s", u.reasons[0])
	for _, reason := range u.reasons {
		e.Details = append(e.Details, fault.Detail{Location: "path.seq", Message: reason})
	}
	return e
}

// takeBack sets a value to what it was before the edit, if the edit changed it.
func takeBack[T comparable](u *undoing, what string, before, after T, now *T) {
	switch {
	case before == after:
	case *now == before:
		u.refuse("%s is as it was before already.", what)
	case *now != after:
		u.refuse("%s was changed again since.", what)
	default:
		*now = before
	}
}

func (u *undoing) settings() {
	b, a, n := u.before, u.after, u.next
	takeBack(u, "The workspace's name", b.Name, a.Name, &n.Name)
	takeBack(u, "The time zone", b.TimeZone, a.TimeZone, &n.TimeZone)
	takeBack(u, "The currency", b.Currency, a.Currency, &n.Currency)
	takeBack(u, "The lifecycle switch", b.LifecycleEnabled, a.LifecycleEnabled, &n.LifecycleEnabled)
	takeBack(u, "Forward only", b.ForwardOnly, a.ForwardOnly, &n.ForwardOnly)
	u.defaults()
	u.rates()
	takeBack(u, "The counting of imports and bulk edits", b.Lifecycle.CountBulk, a.Lifecycle.CountBulk, &n.Lifecycle.CountBulk)
}

// rates takes back what the edit did to the exchange rates.
func (u *undoing) rates() {
	switch {
	case slices.Equal(u.before.Rates, u.after.Rates):
	case !slices.Equal(u.after.Rates, u.next.Rates):
		u.refuse("The exchange rates were changed again since.")
	default:
		u.next.Rates = u.before.Rates
	}
}

// fate is what was done with a stage, taken back as one.
type fate struct {
	archived, erased lifecycle.Millis
	gone             bool
	into, merged     lifecycle.StageID
}

func fateOf(s *lifecycle.Stage) fate {
	return fate{s.ArchivedAt, s.ErasedAt, s.Erased, s.ErasedInto, s.MergedInto}
}

// stage takes back what the edit did to a stage.
func (u *undoing) stage(after *lifecycle.Stage) {
	i := indexOf(&u.next.Lifecycle, after.ID)
	before, was := u.before.Lifecycle.Stage(after.ID)
	switch {
	case was && sameStage(before, *after):
		return
	case i < 0:
		u.refuse("Stage %s was replaced by a template since.", after.Name)
		return
	}
	now := &u.next.Lifecycle.Stages[i]
	now.Edit = u.next.Edit
	if !was {
		u.added(now)
		return
	}
	name := "Stage " + now.Name
	takeBack(u, "The name of stage "+now.Name, before.Name, after.Name, &now.Name)
	takeBack(u, "The key of stage "+now.Name, before.Key, after.Key, &now.Key)
	takeBack(u, "The description of stage "+now.Name, before.Description, after.Description, &now.Description)
	takeBack(u, "The emoji of stage "+now.Name, before.Emoji, after.Emoji, &now.Emoji)
	takeBack(u, "The role of stage "+now.Name, before.Role, after.Role, &now.Role)
	takeBack(u, "The kind of stage "+now.Name, before.Kind, after.Kind, &now.Kind)
	done := fateOf(now)
	takeBack(u, name, fateOf(&before), fateOf(after), &done)
	now.ArchivedAt, now.Erased, now.ErasedAt, now.ErasedInto, now.MergedInto = done.archived, done.gone, done.erased, done.into, done.merged
}

// added takes back that a stage was added: it is erased, which nobody must
// feel.
func (u *undoing) added(now *lifecycle.Stage) {
	switch n := u.contacts[now.ID]; {
	case now.Gone():
		u.refuse("Stage %s is gone already.", now.Name)
	case n > 0:
		u.refuse("%s in stage %s now. Erase it, and say where they go.", countContacts(n), now.Name)
	default:
		for _, other := range u.next.Lifecycle.Stages {
			if other.MergedInto == now.ID || other.Erased && other.ErasedInto == now.ID {
				u.refuse("Stage %s was merged or erased into stage %s since.", other.Name, now.Name)
			}
		}
		now.Erase(u.now, lifecycle.NoStage)
	}
}

// order puts the stages that were of a kind back in order, if the edit
// changed it, or took one out.
func (u *undoing) order(kind lifecycle.Kind) {
	var was []lifecycle.StageID
	left := false
	for _, s := range u.before.Lifecycle.Stages {
		after, kept := u.after.Lifecycle.Stage(s.ID)
		if s.Kind == kind && kept && indexOf(&u.next.Lifecycle, s.ID) >= 0 {
			was = append(was, s.ID)
			left = left || after.Kind != kind
		}
	}
	made := inOrder(&u.after.Lifecycle, was)
	if slices.Equal(was, made) && !left {
		return
	}
	if !slices.Equal(made, inOrder(&u.latest, was)) {
		u.refuse("The %s stages were put in another order since.", kind)
		return
	}
	stages := map[lifecycle.StageID]lifecycle.Stage{}
	for _, s := range u.next.Lifecycle.Stages {
		stages[s.ID] = s
	}
	rest := was
	for i, s := range u.next.Lifecycle.Stages {
		if slices.Contains(was, s.ID) {
			moved := stages[rest[0]]
			if moved.ID != s.ID {
				moved.Edit = u.next.Edit
			}
			u.next.Lifecycle.Stages[i], rest = moved, rest[1:]
		}
	}
}

// inOrder lists these stages in the order of a configuration, kind by kind:
// between kinds the list of stages has no order that means anything.
func inOrder(c *lifecycle.Configuration, ids []lifecycle.StageID) []lifecycle.StageID {
	var out []lifecycle.StageID
	for kind := lifecycle.Progress; kind <= lifecycle.Aside; kind++ {
		for _, s := range c.Stages {
			if s.Kind == kind && slices.Contains(ids, s.ID) {
				out = append(out, s.ID)
			}
		}
	}
	return out
}

// check refuses what no single edit could have made.
func (u *undoing) check() {
	c := &u.next.Lifecycle
	if !hasProgress(c) {
		u.refuse("No progress stage would be left in use.")
	}
	keys, roles := map[string]bool{}, map[lifecycle.Role]bool{}
	for _, s := range c.Stages {
		if keys[s.Key] {
			u.refuse("The key %s belongs to another stage now.", s.Key)
		}
		keys[s.Key] = true
		if s.Role != "" && !s.Gone() {
			if roles[s.Role] {
				u.refuse("The role %s belongs to another stage now.", s.Role)
			}
			roles[s.Role] = true
		}
		if c.Circular(s.ID) {
			u.refuse("Stage %s would lead back to itself.", s.Name)
		}
	}
}
