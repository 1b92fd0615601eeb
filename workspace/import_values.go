package workspace

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/lifecycle"
)

// cellStages finds the stage that a cell names by the "values" of a mapping.
type cellStages struct {
	exact    map[string]lifecycle.StageID
	patterns []cellPattern
}

// cellPattern is a key that begins or ends with *, which stands for any text.
type cellPattern struct {
	text        string
	open, close bool // any text may come before, after
	stage       lifecycle.StageID
}

// add takes one key of "values". Keys are compared without the spaces around
// them and whatever the case.
func (c *cellStages) add(key string, stage lifecycle.StageID) {
	key = Fold(key)
	text := strings.TrimSuffix(strings.TrimPrefix(key, "*"), "*")
	if text == key {
		c.exact[key] = stage
		return
	}
	p := cellPattern{text: text, open: strings.HasPrefix(key, "*"), close: strings.HasSuffix(key, "*"), stage: stage}
	c.patterns = append(c.patterns, p)
	// The pattern that says most wins, as an exact key wins over all.
	slices.SortFunc(c.patterns, func(a, b cellPattern) int {
		return cmp.Or(cmp.Compare(len(b.text), len(a.text)), cmp.Compare(a.text, b.text), boolFirst(b.open, a.open))
	})
}

func boolFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// find returns the stage of a cell; false where "values" has none.
func (c *cellStages) find(cell string) (lifecycle.StageID, bool) {
	cell = Fold(cell)
	if stage, ok := c.exact[cell]; ok {
		return stage, true
	}
	for _, p := range c.patterns {
		if p.fits(cell) {
			return p.stage, true
		}
	}
	return lifecycle.NoStage, false
}

func (p cellPattern) fits(cell string) bool {
	switch {
	case p.open && p.close:
		return strings.Contains(cell, p.text)
	case p.open:
		return strings.HasSuffix(cell, p.text)
	}
	return strings.HasPrefix(cell, p.text)
}
