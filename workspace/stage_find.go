package workspace

import (
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/lifecycle"
)

// stagePrefix marks stage ids; no key begins with it.
const stagePrefix = "stg_"

// ShowStageID writes a stage's id as answers have it.
func ShowStageID(id lifecycle.StageID) string { return stagePrefix + strconv.Itoa(int(id)) }

// FindStage finds a stage by its id or key, also one that is gone.
func (c *Configured) FindStage(text string) (lifecycle.Stage, bool) {
	if i, ok := c.stages[text]; ok {
		return c.Lifecycle.Stages[i], true
	}
	return lifecycle.Stage{}, false
}

// indexStages maps ids and keys to stages. A key of a stage that is gone may
// have been given to another, which then has it.
func indexStages(stages []lifecycle.Stage) map[string]int {
	index := make(map[string]int, 2*len(stages))
	for i, s := range stages {
		index[ShowStageID(s.ID)] = i
		if j, taken := index[s.Key]; !taken || stages[j].Gone() {
			index[s.Key] = i
		}
	}
	return index
}

// unknownStage says that the input names no stage, and which there are.
func unknownStage(c *Configured, location, text string) error {
	says := "there is no stage " + quote(text) + "; the stages are " + strings.Join(c.keys(), ", ")
	return &fault.Error{
		Kind: fault.Invalid, Code: "unknown_stage", Message: "T" + says[1:] + ".",
		Params: fault.Params{"stage": text}, Details: []fault.Detail{{Location: location, Message: says, Code: "no_stage", Params: fault.Params{"stage": text}}},
	}
}

// keys lists the keys of the stages that take changes.
func (c *Configured) keys() []string {
	var keys []string
	for _, s := range c.Lifecycle.Ordered(lifecycle.Progress, lifecycle.Won, lifecycle.Beyond, lifecycle.Lost, lifecycle.Aside) {
		if s.ArchivedAt == 0 {
			keys = append(keys, s.Key)
		}
	}
	return keys
}

// checkOpen refuses a change at a time into a stage that does not take it
// (rule 12), naming the way out.
func checkOpen(c *Configured, s lifecycle.Stage, at lifecycle.Millis) error {
	refuse := func(code, format string, args ...any) *fault.Error {
		e := fault.New(fault.Conflict, code, format, args...).With(fault.Named("stage", s.Name))
		e.Details = fault.Details{{Location: "body.stage", Message: e.Message}}
		return e
	}
	switch {
	case s.MergedInto != lifecycle.NoStage:
		into := c.Lifecycle.MergeEnd(s)
		return refuse("stage_merged", "Stage %s was merged into %s: use that, or undo the merge.", quote(s.Key), quote(into.Key)).
			With(fault.Named("into", into.Name))
	case s.Erased:
		return refuse("stage_erased", "Stage %s was erased: use another, or restore it.", quote(s.Key))
	case s.ArchivedAt != 0 && at >= s.ArchivedAt:
		return refuse("stage_archived", "Stage %s was archived: only changes from before that are taken. Use another stage, or restore it.", quote(s.Key))
	}
	return nil
}

// forward reports whether a move is to a later stage, as the option
// forward_only has it: from none, lost or aside any stage is later; from
// progress a later main stage, lost or aside; from won or beyond only a later
// beyond stage or aside. No stage at all is never later.
func (c *Configured) forward(from, to lifecycle.StageID) bool {
	if to == lifecycle.NoStage {
		return false
	}
	left, target := c.kind(from), c.kind(to)
	later := target.Main() && c.Positions[c.end(to)] > c.Positions[c.end(from)]
	switch left {
	case lifecycle.Progress:
		return later || target == lifecycle.Lost || target == lifecycle.Aside
	case lifecycle.Won, lifecycle.Beyond:
		return later && target == lifecycle.Beyond || target == lifecycle.Aside
	}
	return true
}

// end follows the merges of a stage.
func (c *Configured) end(id lifecycle.StageID) lifecycle.StageID {
	s, ok := c.endStage(id)
	if !ok {
		return id
	}
	return s.ID
}

// endStage returns the stage at the end of the merges of one.
func (c *Configured) endStage(id lifecycle.StageID) (lifecycle.Stage, bool) {
	i, ok := c.ends[id]
	if !ok {
		return lifecycle.Stage{}, false
	}
	return c.Lifecycle.Stages[i], true
}

// kind is the kind of a stage, 0 of none.
func (c *Configured) kind(id lifecycle.StageID) lifecycle.Kind {
	s, _ := c.endStage(id)
	return s.Kind
}
