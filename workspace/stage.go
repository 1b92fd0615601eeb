package workspace

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Limits of a stage's texts, in characters.
const (
	maxKey         = 100
	maxStageName   = 100
	maxDescription = 2000
	maxEmoji       = 16
)

// ListStages returns the stages with how many contacts are in each now; gone
// adds those that were erased or merged, which can be restored.
func (s *Service) ListStages(ctx context.Context, w journal.WorkspaceID, gone bool) (out []StageView, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		counts, err := r.StageCounts(w)
		out = c.stageViews(counts, gone)
		return err
	})
	return out, err
}

// GetStage returns one stage by its id or key, also one that is gone.
func (s *Service) GetStage(ctx context.Context, w journal.WorkspaceID, id string) (out StageView, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		stage, ok := c.FindStage(id)
		if !ok {
			return stageNotFound(id)
		}
		counts, err := r.StageCounts(w)
		out = c.stageView(stage, c.resolve(counts)[stage.ID])
		return err
	})
	return out, err
}

// AddStage adds a stage, the last of its kind unless a position is given.
func (s *Service) AddStage(ctx context.Context, w journal.WorkspaceID, in AddStageInput) (StageOutput, error) {
	var id lifecycle.StageID
	edit := func(_ Tx, c *Configured, next *journal.Configuration) error {
		if int(next.NextStage) > lifecycle.MaxStages {
			return errTooManyStages()
		}
		stage := lifecycle.Stage{
			ID: next.NextStage, Key: in.Key, Name: strings.TrimSpace(in.Name), Description: strings.TrimSpace(in.Description),
			Emoji: strings.TrimSpace(in.Emoji), Kind: in.Kind, Role: in.Role, Edit: next.Edit,
		}
		if stage.Kind == 0 {
			stage.Kind = lifecycle.Progress
		}
		if stage.Kind == lifecycle.Won {
			return errWonIsFixed("body.kind")
		}
		if stage.Key == "" {
			stage.Key = freeKey(c, stage)
		}
		if err := checkStage(c, stage); err != nil {
			return err
		}
		id = stage.ID
		next.NextStage++
		return place(&next.Lifecycle, stage, in.Position)
	}
	return configureOnce(ctx, s, w, in.Actor, in.Once, edit, stageOutput(w, &id))
}

// stageOutput answers with one stage.
func stageOutput(w journal.WorkspaceID, id *lifecycle.StageID) func(Tx, *Configured) (StageOutput, error) {
	return func(tx Tx, c *Configured) (StageOutput, error) {
		counts, err := tx.StageCounts(w)
		if err != nil {
			return StageOutput{}, err
		}
		stage, _ := c.Lifecycle.Stage(*id)
		return StageOutput{c.stageView(stage, c.resolve(counts)[*id]), c.Seq}, nil
	}
}

func errTooManyStages() error {
	return fault.New(fault.Conflict, "too_many_stages", "A workspace can have %d stages in all its life.", fault.Named("max", lifecycle.MaxStages))
}

// errWonIsFixed refuses what would touch Won; location is the part of the
// input that would.
func errWonIsFixed(location string) error {
	e := fault.New(fault.Conflict, "won_is_fixed", "A workspace has exactly one stage of kind won, which keeps its kind and its place. It can be renamed.")
	e.Details = []fault.Detail{{Location: location, Message: "would change the stage of kind won"}}
	return e
}

// freeKey makes a key of a stage's name.
func freeKey(c *Configured, stage lifecycle.Stage) string {
	key := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r == ' ' || r == '-' || r == '_' || r == '/':
			return '_'
		}
		return -1
	}, strings.ToLower(stage.Name))
	key = strings.Join(strings.FieldsFunc(key, func(r rune) bool { return r == '_' }), "_")
	if len(key) > maxKey/2 {
		key = key[:maxKey/2]
	}
	if key == "" || strings.HasPrefix(key, stagePrefix) {
		key = "stage_" + strconv.Itoa(int(stage.ID))
	}
	if _, taken := c.Lifecycle.StageByKey(key); taken {
		key += "_" + strconv.Itoa(int(stage.ID))
	}
	return key
}

// place inserts a stage at a position among the main stages, or last of its
// kind, so that progress < won < beyond always holds.
func place(c *lifecycle.Configuration, stage lifecycle.Stage, position *int) error {
	first, last := placesOf(c, stage.Kind)
	if position != nil && !stage.Kind.Main() {
		return fault.At("body.position", "is only for main stages; %s stages have none", stage.Kind)
	}
	if position != nil && (*position < first || *position > last) {
		return fault.At("body.position", "must be %d to %d for a %s stage", first, last, stage.Kind)
	}
	at := len(c.Stages)
	if stage.Kind.Main() {
		p := last
		if position != nil {
			p = *position
		}
		if main := c.MainStages(); p <= len(main) {
			at = slices.IndexFunc(c.Stages, func(s lifecycle.Stage) bool { return s.ID == main[p-1].ID })
		}
	}
	c.Stages = slices.Insert(c.Stages, at, stage)
	return nil
}

// placesOf is the range of positions that one more stage of a kind can get.
func placesOf(c *lifecycle.Configuration, kind lifecycle.Kind) (first, last int) {
	progress, main := len(c.Ordered(lifecycle.Progress)), len(c.MainStages())
	if kind == lifecycle.Beyond {
		return progress + 2, main + 1
	}
	return 1, progress + 1
}

// EditStage renames, describes or changes the kind of a stage.
func (s *Service) EditStage(ctx context.Context, w journal.WorkspaceID, in EditStageInput) (StageOutput, error) {
	var id lifecycle.StageID
	return configureOnce(ctx, s, w, in.Actor, Idempotency{}, in.editing(&id), stageOutput(w, &id))
}

// editing is the edit of EditStage. It tells the stage's id.
func (in EditStageInput) editing(id *lifecycle.StageID) configurationEdit {
	return func(_ Tx, c *Configured, next *journal.Configuration) error {
		stage, err := c.editable(in.Stage, in.IfMatch)
		if err != nil {
			return err
		}
		*id = stage.ID
		before := stage
		set(&stage.Name, trimmed(in.Name))
		set(&stage.Key, in.Key)
		set(&stage.Description, trimmed(in.Description))
		set(&stage.Emoji, trimmed(in.Emoji))
		set(&stage.Role, in.Role)
		set(&stage.Kind, in.Kind)
		if err := checkStage(c, stage); err != nil || stage == before {
			return err
		}
		stage.Edit = next.Edit
		if err := replace(&next.Lifecycle, before, stage); err != nil {
			return err
		}
		return checkProgress(&c.Lifecycle, &next.Lifecycle)
	}
}

func stageNotFound(text string) error {
	return fault.New(fault.NotFound, "stage_not_found", "There is no stage %s. Stages are named by key or stg_N.", quoted("stage", text))
}

// replace puts a stage in the place of its former self. One that changes its
// kind becomes the last of the new one.
func replace(c *lifecycle.Configuration, before, after lifecycle.Stage) error {
	i := slices.IndexFunc(c.Stages, func(s lifecycle.Stage) bool { return s.ID == before.ID })
	if before.Kind == after.Kind {
		c.Stages[i] = after
		return nil
	}
	if before.Kind == lifecycle.Won || after.Kind == lifecycle.Won {
		return errWonIsFixed("body.kind")
	}
	if _, known := lifecycle.ParseKind(after.Kind.String()); !known {
		return fault.At("body.kind", "is not one of progress, beyond, lost, aside")
	}
	c.Stages = slices.Delete(c.Stages, i, i+1)
	return place(c, after, nil)
}

// OrderStages orders all stages of one kind.
func (s *Service) OrderStages(ctx context.Context, w journal.WorkspaceID, in OrderStagesInput) (StagesOutput, error) {
	return configureOnce(ctx, s, w, in.Actor, Idempotency{}, in.ordering(), stagesOutput(w))
}

// ordering is the edit of OrderStages.
func (in OrderStagesInput) ordering() configurationEdit {
	kind := in.Kind
	if kind == 0 {
		kind = lifecycle.Progress
	}
	return func(_ Tx, c *Configured, next *journal.Configuration) error {
		if kind == lifecycle.Won {
			return errWonIsFixed("body.kind")
		}
		ordered, err := orderOf(c, kind, in.IDs)
		if err != nil {
			return err
		}
		for i, s := range next.Lifecycle.Stages {
			if s.Kind != kind || s.Gone() {
				continue
			}
			if ordered[0].ID != s.ID {
				ordered[0].Edit = next.Edit
			}
			next.Lifecycle.Stages[i], ordered = ordered[0], ordered[1:]
		}
		return nil
	}
}

// orderOf finds the stages named, which must be all of a kind, each once.
func orderOf(c *Configured, kind lifecycle.Kind, names []string) ([]lifecycle.Stage, error) {
	var k checker
	var ordered []lifecycle.Stage
	named := map[lifecycle.StageID]bool{}
	for i, name := range names {
		location := "body.ids[" + strconv.Itoa(i) + "]"
		stage, ok := c.FindStage(name)
		switch {
		case !ok || stage.Gone():
			k.Add(location, "there is no stage %s", quote(name))
		case stage.Kind != kind:
			k.Add(location, "stage %s is a %s stage, not a %s stage", quote(name), stage.Kind, kind)
		case named[stage.ID]:
			k.Add(location, "stage %s is there twice", quote(name))
		}
		named[stage.ID] = true
		ordered = append(ordered, stage)
	}
	for _, s := range c.Lifecycle.Ordered(kind) {
		if !named[s.ID] {
			k.Add("body.ids", "stage %s is missing", quote(s.Key))
		}
	}
	return ordered, k.Err()
}
