package stats

import (
	"cmp"
	"slices"
)

// Exit says how the follow-up of a journey ended.
type Exit uint8

const (
	// Censored means that it ended without an exit: the journey was still open
	// when last seen, or left without an outcome.
	Censored Exit = iota
	// Won is an exit by conversion.
	Won
	// Lost is an exit by drop-off.
	Lost
)

// Observation is a number of journeys with the same follow-up and exit. Any
// number of observations may share both.
type Observation struct {
	Hours int64 // follow-up since entry, cut to the whole hour; below 0 counts as 0
	Exit  Exit
	Count int64 // journeys; below 1 the observation is ignored
}

// instant is what happens at one time, to those at risk until then.
type instant struct {
	hours               int64
	won, lost, censored int64
}

func (i instant) exits() int64 { return i.won + i.lost }
func (i instant) total() int64 { return i.won + i.lost + i.censored }

func (i *instant) add(o Observation) {
	switch o.Exit {
	case Won:
		i.won += o.Count
	case Lost:
		i.lost += o.Count
	default:
		i.censored += o.Count
	}
}

// tally orders the observations into distinct instants, ascending, and counts
// the journeys.
func tally(observations []Observation) (instants []instant, total int64) {
	sorted := slices.Clone(observations)
	slices.SortFunc(sorted, func(a, b Observation) int { return cmp.Compare(a.Hours, b.Hours) })
	for _, o := range sorted {
		if o.Count < 1 {
			continue
		}
		hours := max(o.Hours, 0)
		if len(instants) == 0 || instants[len(instants)-1].hours != hours {
			instants = append(instants, instant{hours: hours})
		}
		instants[len(instants)-1].add(o)
		total += o.Count
	}
	return instants, total
}
