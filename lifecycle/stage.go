package lifecycle

import (
	"fmt"
	"slices"
)

// StageID is the number of a stage within its workspace. It is given once,
// never changes and is never used again; zero means "no stage".
type StageID uint16

// NoStage is the absence of a stage: the target of a change that clears it.
const NoStage StageID = 0

// MaxStages is how many stages a workspace can ever have.
const MaxStages = 500

// Kind says what part a stage plays in the funnel.
type Kind uint8

// The five kinds.
const (
	Progress Kind = iota + 1 // ordered, before Won
	Won                      // exactly one per workspace, right after the last progress stage
	Beyond                   // ordered, after Won
	Lost                     // names a reason
	Aside                    // parked outside the funnel
)

var kindNames = [...]string{Progress: "progress", Won: "won", Beyond: "beyond", Lost: "lost", Aside: "aside"}

// String returns the kind's name as the API spells it, or "".
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return ""
}

// MarshalText writes the kind as the API spells it.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText is the reverse of MarshalText.
func (k *Kind) UnmarshalText(text []byte) error {
	kind, ok := ParseKind(string(text))
	if !ok {
		return fmt.Errorf("lifecycle: no stage kind %q", text)
	}
	*k = kind
	return nil
}

// ParseKind is the reverse of String.
func ParseKind(name string) (Kind, bool) {
	i := slices.Index(kindNames[:], name)
	return Kind(max(i, 0)), i > 0
}

// Main reports whether stages of this kind have a position.
func (k Kind) Main() bool { return k == Progress || k == Won || k == Beyond }

// Role names what other reports look for in a stage.
type Role string

// The roles that templates set.
const (
	RoleLead        Role = "lead"
	RoleMQL         Role = "mql"
	RoleSQL         Role = "sql"
	RoleOpportunity Role = "opportunity"
	RoleHandOff     Role = "hand_off"
)

// Stage is a named place in the lifecycle, as the configuration has it now.
type Stage struct {
	ID          StageID `json:"id"`
	Key         string  `json:"key"`
	Name        string  `json:"name"`
	Description string  `json:"description,omitempty"` // the entry definition
	Emoji       string  `json:"emoji,omitempty"`
	Kind        Kind    `json:"kind"`
	Role        Role    `json:"role,omitempty"`
	ArchivedAt  Millis  `json:"archived_at,omitzero"` // 0 = not archived
	Erased      bool    `json:"erased,omitempty"`
	ErasedAt    Millis  `json:"erased_at,omitzero"`    // when whoever was in it went on
	ErasedInto  StageID `json:"erased_into,omitempty"` // where to; NoStage = to none
	MergedInto  StageID `json:"merged_into,omitempty"` // NoStage = not merged
	Edit        int64   `json:"edit"`                  // number of the last edit, for If-Match
}

// Gone reports whether the stage was erased or merged: it has no position.
func (s Stage) Gone() bool { return s.Erased || s.MergedInto != NoStage }

// Configuration is everything that the fold depends on besides the log. The
// order of Stages is the order of the funnel; within it each kind is ordered
// by itself, so moving a lost stage moves no position.
type Configuration struct {
	Stages    []Stage `json:"stages"`
	CountBulk bool    `json:"count_bulk"` // unrecorded changes are transitions, also past ones
}

// Stage finds a stage by its id.
func (c *Configuration) Stage(id StageID) (Stage, bool) {
	i := slices.IndexFunc(c.Stages, func(s Stage) bool { return s.ID == id })
	if i < 0 {
		return Stage{}, false
	}
	return c.Stages[i], true
}

// StageByKey finds a stage by its key.
func (c *Configuration) StageByKey(key string) (Stage, bool) {
	i := slices.IndexFunc(c.Stages, func(s Stage) bool { return s.Key == key })
	if i < 0 {
		return Stage{}, false
	}
	return c.Stages[i], true
}

// Ordered returns the stages of the given kinds that are not gone, in order
// of the kinds given and, within each, of the configuration.
func (c *Configuration) Ordered(kinds ...Kind) []Stage {
	var out []Stage
	for _, kind := range kinds {
		for _, s := range c.Stages {
			if s.Kind == kind && !s.Gone() {
				out = append(out, s)
			}
		}
	}
	return out
}

// MainStages returns the stages that have a position, in order of position:
// MainStages()[0] is at position 1.
func (c *Configuration) MainStages() []Stage { return c.Ordered(Progress, Won, Beyond) }

// FoldsLike reports whether both configurations fold every log into the same
// journeys, so that switching from one to the other needs no recomputation.
// Names, archiving and stages that only one of them has do not matter, as
// journeys name stages by id: a new stage changes no relative order.
func (c *Configuration) FoldsLike(other *Configuration) bool {
	if c.CountBulk != other.CountBulk {
		return false
	}
	return slices.Equal(c.skeleton(other), other.skeleton(c))
}

type bone struct {
	id, merged StageID
	kind       Kind
	erased     bool
	erasure    erasure
}

// skeleton lists what the fold sees of the stages that other knows too:
// main stages in order of position, then the rest in order of id.
func (c *Configuration) skeleton(other *Configuration) []bone {
	var main, rest []bone
	for _, s := range append(c.MainStages(), c.withoutPosition()...) {
		if _, both := other.Stage(s.ID); !both {
			continue
		}
		b := bone{s.ID, s.MergedInto, s.Kind, s.Erased, erasure{s.ErasedAt, s.ErasedInto}}
		if s.Kind.Main() && !s.Gone() {
			main = append(main, b)
		} else {
			rest = append(rest, b)
		}
	}
	slices.SortFunc(rest, func(a, b bone) int { return int(a.id) - int(b.id) })
	return append(main, rest...)
}

func (c *Configuration) withoutPosition() []Stage {
	var out []Stage
	for _, s := range c.Stages {
		if !s.Kind.Main() || s.Gone() {
			out = append(out, s)
		}
	}
	return out
}
