package workspace

import (
	"context"
	"maps"
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
	reasons       []journal.Saying // why it cannot be undone
}

func (u *undoing) refuse(code, template string, p params) {
	u.reasons = append(u.reasons, journal.Say(code, template, p))
}

// undo changes next, or says why that cannot be done exactly.
func (u *undoing) undo() error {
	if u.before == nil {
		u.refuse("beginning", "This is how the workspace began.", nil)
		return u.err()
	}
	u.latest.Stages = slices.Clone(u.next.Lifecycle.Stages)
	u.settings()
	for i := range u.after.Lifecycle.Stages {
		u.stage(&u.after.Lifecycle.Stages[i])
	}
	for _, s := range u.before.Lifecycle.Stages {
		if _, kept := u.after.Lifecycle.Stage(s.ID); !kept {
			u.refuse("replaced", "Stage {stage} was replaced by a template. Apply another template, or edit the stages one by one.", params{"stage": s.Name})
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
	e := fault.New(fault.Conflict, "cannot_undo", "%s", u.reasons[0].Text)
	for _, reason := range u.reasons {
		e.Details = append(e.Details, fault.Detail{Location: "path.seq", Message: reason.Text, Code: reason.Code, Params: reason.Params})
	}
	return e
}

// thing is what an edit can change.
type thing struct {
	code, name string // the name is a template
	params     params
}

// refuseOf refuses because of a thing.
func (u *undoing) refuseOf(what thing, code, template string) {
	p := params{"what": what.code}
	maps.Copy(p, what.params)
	u.refuse(code, what.name+template, p)
}

// takeBack sets a value to what it was before the edit, if the edit changed it.
func takeBack[T comparable](u *undoing, what thing, before, after T, now *T) {
	switch {
	case before == after:
	case *now == before:
		u.refuseOf(what, "already", " is as it was before already.")
	case *now != after:
		u.refuseOf(what, "since", " was changed again since.")
	default:
		*now = before
	}
}

func (u *undoing) settings() {
	b, a, n := u.before, u.after, u.next
	takeBack(u, thing{"name", "The workspace's name", nil}, b.Name, a.Name, &n.Name)
	takeBack(u, thing{"time_zone", "The time zone", nil}, b.TimeZone, a.TimeZone, &n.TimeZone)
	takeBack(u, thing{"currency", "The currency", nil}, b.Currency, a.Currency, &n.Currency)
	takeBack(u, thing{"lifecycle", "The lifecycle switch", nil}, b.LifecycleEnabled, a.LifecycleEnabled, &n.LifecycleEnabled)
	takeBack(u, thing{"forward_only", "Forward only", nil}, b.ForwardOnly, a.ForwardOnly, &n.ForwardOnly)
	u.defaults()
	u.rates()
	takeBack(u, thing{"count_bulk", "The counting of imports and bulk edits", nil}, b.Lifecycle.CountBulk, a.Lifecycle.CountBulk, &n.Lifecycle.CountBulk)
}

// rates takes back what the edit did to the exchange rates.
func (u *undoing) rates() {
	switch {
	case slices.Equal(u.before.Rates, u.after.Rates):
	case !slices.Equal(u.after.Rates, u.next.Rates):
		u.refuseOf(thing{"rates", "The exchange rates", nil}, "since", " were changed again since.")
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
		u.refuse("replaced_since", "Stage {stage} was replaced by a template since.", params{"stage": after.Name})
		return
	}
	now := &u.next.Lifecycle.Stages[i]
	now.Edit = u.next.Edit
	if !was {
		u.added(now)
		return
	}
	stage := params{"stage": now.Name}
	of := func(word string) thing { return thing{"stage_" + word, "The " + word + " of stage {stage}", stage} }
	takeBack(u, of("name"), before.Name, after.Name, &now.Name)
	takeBack(u, of("key"), before.Key, after.Key, &now.Key)
	takeBack(u, of("description"), before.Description, after.Description, &now.Description)
	takeBack(u, of("emoji"), before.Emoji, after.Emoji, &now.Emoji)
	takeBack(u, of("role"), before.Role, after.Role, &now.Role)
	takeBack(u, of("kind"), before.Kind, after.Kind, &now.Kind)
	done := fateOf(now)
	takeBack(u, thing{"stage", "Stage {stage}", stage}, fateOf(&before), fateOf(after), &done)
	now.ArchivedAt, now.Erased, now.ErasedAt, now.ErasedInto, now.MergedInto = done.archived, done.gone, done.erased, done.into, done.merged
}

// added takes back that a stage was added: it is erased, which nobody must
// feel.
func (u *undoing) added(now *lifecycle.Stage) {
	switch n := u.contacts[now.ID]; {
	case now.Gone():
		u.refuse("gone", "Stage {stage} is gone already.", params{"stage": now.Name})
	case n > 0:
		u.refuse("occupied", countContacts(n)+" in stage {stage} now. Erase it, and say where they go.", params{"stage": now.Name, "count": n})
	default:
		for _, other := range u.next.Lifecycle.Stages {
			if other.MergedInto == now.ID || other.Erased && other.ErasedInto == now.ID {
				u.refuse("target", "Stage {other} was merged or erased into stage {stage} since.", params{"other": other.Name, "stage": now.Name})
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
		u.refuse("ordered_since", "The {kind} stages were put in another order since.", params{"kind": kind.String()})
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
		u.refuse("no_progress", "No progress stage would be left in use.", nil)
	}
	keys, roles := map[string]bool{}, map[lifecycle.Role]bool{}
	for _, s := range c.Stages {
		if keys[s.Key] {
			u.refuse("key_taken", "The key {key} belongs to another stage now.", params{"key": s.Key})
		}
		keys[s.Key] = true
		if s.Role != "" && !s.Gone() {
			if roles[s.Role] {
				u.refuse("role_taken", "The role {role} belongs to another stage now.", params{"role": string(s.Role)})
			}
			roles[s.Role] = true
		}
		if c.Circular(s.ID) {
			u.refuse("circle", "Stage {stage} would lead back to itself.", params{"stage": s.Name})
		}
	}
}
