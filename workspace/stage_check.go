package workspace

import (
	"slices"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/lifecycle"
)

// checkStage refuses a stage that the workspace cannot have.
func checkStage(c *Configured, stage lifecycle.Stage) error {
	var k checker
	for _, text := range []struct {
		location, text string
		limit          int
	}{
		{"body.name", stage.Name, maxStageName}, {"body.description", stage.Description, maxDescription}, {"body.emoji", stage.Emoji, maxEmoji},
	} {
		k.Refuse(text.location, badText(text.text, text.limit))
	}
	k.name(c, stage)
	k.key(c, stage)
	k.role(c, stage)
	return k.Err()
}

// name checks that a name is there, and tells the stage from those in use.
func (k *checker) name(c *Configured, stage lifecycle.Stage) {
	if stage.Name == "" {
		k.Add("body.name", "needs a text").Coded("missing")
	}
	for _, other := range c.Lifecycle.Stages {
		if other.ID != stage.ID && !other.Gone() && strings.EqualFold(other.Name, stage.Name) {
			k.Add("body.name", "is already the name of stage %s", quote(other.Key)).Coded("name_of_stage", fault.Named("stage", other.Name))
		}
	}
}

// key checks that a key is well made and free.
func (k *checker) key(c *Configured, stage lifecycle.Stage) {
	const location = "body.key"
	switch {
	case stage.Key == "" || len(stage.Key) > maxKey || strings.ContainsFunc(stage.Key, notInKey):
		k.Add(location, "must be 1 to %d of A-Z, a-z, 0-9, _, - and .", fault.Named("max", maxKey)).Coded("key_characters")
	case strings.HasPrefix(stage.Key, stagePrefix):
		k.Add(location, "must not begin with %s, as ids do", fault.Named("prefix", stagePrefix)).Coded("key_prefix")
	}
	other, taken := c.Lifecycle.StageByKey(stage.Key)
	switch {
	case !taken || other.ID == stage.ID:
	case other.Gone():
		k.Add(location, "is the key of stage %s, which was erased or merged: restore that, or take another key", quoted("stage", other.Name)).Coded("key_of_gone")
	default:
		k.Add(location, "is already the key of stage %s", quoted("stage", other.Name)).Coded("key_of_stage")
	}
}

// notInKey reports characters that keys do not have. They have those that keys
// of other systems have.
func notInKey(r rune) bool {
	return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-' && r != '.'
}

// role checks that a role is known and free.
func (k *checker) role(c *Configured, stage lifecycle.Stage) {
	roles := []lifecycle.Role{"", lifecycle.RoleLead, lifecycle.RoleMQL, lifecycle.RoleSQL, lifecycle.RoleOpportunity, lifecycle.RoleHandOff}
	if !slices.Contains(roles, stage.Role) {
		k.Add("body.role", "is not one of lead, mql, sql, opportunity, hand_off")
		return
	}
	for _, other := range c.Lifecycle.Stages {
		if stage.Role != "" && other.Role == stage.Role && other.ID != stage.ID && !other.Gone() {
			k.Add("body.role", "is already the role of stage %s", quoted("stage", other.Name)).Coded("role_of_stage")
		}
	}
}

// checkProgress refuses an edit that leaves no progress stage in use: nobody
// could enter the funnel any more.
func checkProgress(before, after *lifecycle.Configuration) error {
	if hasProgress(before) && !hasProgress(after) {
		return fault.New(fault.Conflict, "last_progress_stage", "A workspace needs at least one progress stage in use. Add another first.")
	}
	return nil
}

func hasProgress(c *lifecycle.Configuration) bool {
	return slices.ContainsFunc(c.Ordered(lifecycle.Progress), func(s lifecycle.Stage) bool { return s.ArchivedAt == 0 })
}

func indexOf(c *lifecycle.Configuration, id lifecycle.StageID) int {
	return slices.IndexFunc(c.Stages, func(s lifecycle.Stage) bool { return s.ID == id })
}
