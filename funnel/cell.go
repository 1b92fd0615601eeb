package funnel

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/lifecycle"
)

// JourneyCell is the categorical shape of a journey. Two journeys of the same
// cell differ in contact, time and source only.
type JourneyCell struct {
	Outcome   lifecycle.Outcome
	Furthest  lifecycle.Furthest
	Origin    lifecycle.StageID // NoStage of a lost or left journey = position 1
	LostStage lifecycle.StageID
	Present   lifecycle.StageID // of an open journey
	First     bool              // the contact's first journey
	Timed     bool              // has a duration
	Visited   StageSet
}

// CellOf returns the cell of a journey.
func CellOf(j *lifecycle.Journey) JourneyCell {
	_, timed := j.Duration()
	return JourneyCell{
		Outcome: j.Outcome, Furthest: j.Furthest, Origin: j.Origin, LostStage: j.LostStage,
		Present: j.Present, First: j.Number == 1, Timed: timed, Visited: StageSetOf(j.Visited),
	}
}

// StayCell is the categorical shape of a stay.
type StayCell struct {
	Stage      lifecycle.StageID
	Exit       lifecycle.Exit
	Recorded   bool // began by a transition: its wait is known
	Timed      bool // has a duration
	FirstTimed bool // the journey's first timed stay in this stage
	Visit      lifecycle.Visit
	Before     lifecycle.Furthest // reach before it began, once begun, once ended
	Begun      lifecycle.Furthest
	After      lifecycle.Furthest
}

// StayCells returns the cells of a journey's stays, in their order.
func StayCells(j *lifecycle.Journey) []StayCell {
	var timed [(lifecycle.MaxStages + 63) / 64]uint64 // a set: bits are cheaper than a map where a log is folded
	cells := make([]StayCell, len(j.Stays))
	for i := range j.Stays {
		s := &j.Stays[i]
		cells[i] = StayCell{
			Stage: s.Stage, Exit: s.Exit, Recorded: s.Recorded, Timed: s.Timed,
			Visit: s.Visit, Before: s.Before, Begun: s.Begun, After: s.After,
		}
		word, bit := &timed[int(s.Stage)/64], uint64(1)<<(s.Stage%64)
		if s.Timed && *word&bit == 0 {
			cells[i].FirstTimed = true
			*word |= bit
		}
	}
	return cells
}

// StageSet is a set of stages that can be compared and be a map key: their
// ids in ascending order, joined by spaces.
type StageSet string

// StageSetOf makes a set; order and repetition do not matter.
func StageSetOf(ids []lifecycle.StageID) StageSet {
	sorted := slices.Clone(ids)
	slices.Sort(sorted)
	var b strings.Builder
	for i, id := range slices.Compact(sorted) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(int(id)))
	}
	return StageSet(b.String())
}

// Stages lists the set in ascending order of id.
func (s StageSet) Stages() []lifecycle.StageID {
	var ids []lifecycle.StageID
	for field := range strings.FieldsSeq(string(s)) {
		id, err := strconv.ParseUint(field, 10, 16)
		if err == nil {
			ids = append(ids, lifecycle.StageID(id))
		}
	}
	return ids
}

// MarshalText writes the cell as numbers, the form in which engines keep it.
func (c JourneyCell) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%d,%d,%d,%d,%d,%d,%d,%s", c.Outcome, c.Furthest, c.Origin, c.LostStage,
		c.Present, bit(c.First), bit(c.Timed), c.Visited), nil
}

// UnmarshalText is the reverse of MarshalText.
func (c *JourneyCell) UnmarshalText(text []byte) error {
	head, visited, ok := cutLast(string(text))
	n, err := numbers(head, 7)
	if !ok || err != nil {
		return fmt.Errorf("funnel: not a journey cell: %q", text)
	}
	*c = JourneyCell{
		Outcome: lifecycle.Outcome(n[0]), Furthest: n[1], Origin: n[2], LostStage: n[3],
		Present: n[4], First: n[5] == 1, Timed: n[6] == 1, Visited: StageSet(visited),
	}
	return nil
}

// MarshalText writes the cell as numbers.
func (c StayCell) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%d,%d,%d,%d,%d,%d,%d,%d,%d", c.Stage, c.Exit, bit(c.Recorded), bit(c.Timed),
		bit(c.FirstTimed), c.Visit, c.Before, c.Begun, c.After), nil
}

// UnmarshalText is the reverse of MarshalText.
func (c *StayCell) UnmarshalText(text []byte) error {
	n, err := numbers(string(text), 9)
	if err != nil {
		return fmt.Errorf("funnel: not a stay cell: %q", text)
	}
	*c = StayCell{
		Stage: n[0], Exit: lifecycle.Exit(n[1]), Recorded: n[2] == 1, Timed: n[3] == 1, FirstTimed: n[4] == 1,
		Visit: lifecycle.Visit(n[5]), Before: n[6], Begun: n[7], After: n[8],
	}
	return nil
}

func bit(v bool) int {
	if v {
		return 1
	}
	return 0
}

func cutLast(text string) (head, tail string, ok bool) {
	i := strings.LastIndexByte(text, ',')
	if i < 0 {
		return "", "", false
	}
	return text[:i], text[i+1:], true
}

func numbers(text string, count int) ([]lifecycle.StageID, error) {
	fields := strings.Split(text, ",")
	if len(fields) != count {
		return nil, strconv.ErrSyntax
	}
	out := make([]lifecycle.StageID, count)
	for i, f := range fields {
		n, err := strconv.ParseUint(f, 10, 16)
		if err != nil {
			return nil, err
		}
		out[i] = lifecycle.StageID(n)
	}
	return out, nil
}
