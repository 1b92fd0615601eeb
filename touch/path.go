package touch

import "slices"

// PathOptions say which touches lead to a conversion.
type PathOptions struct {
	LookBack   Millis // touches older than this at the conversion do not count; 0 = all do
	KeepDirect bool   // else Direct is passed over where another touch is in the path
}

// Passing is what a path is made of.
type Passing interface {
	When() Millis
	IsDirect() bool
	IsSourceless() bool
}

// Path returns the touches of a contact that lead to a conversion at an
// instant, out of all its touches in order of time. Nothing is ever cut by the
// range of a report. A touch without any source says nothing of where somebody
// came from: it is no step.
func Path[T Passing](touches []T, at Millis, o PathOptions) []T {
	from, to := inTime(touches, at, o)
	return appendPath(nil, touches[from:to], o)
}

// appendPath appends a path of touches that are in time, to a slice that is
// empty.
func appendPath[T Passing](out, touches []T, o PathOptions) []T {
	out = slices.DeleteFunc(append(out, touches...), T.IsSourceless)
	if o.KeepDirect {
		return out
	}
	return passOver(out)
}

// inTime is where those of the touches are that are not too late nor, by the
// look-back, too early.
func inTime[T Passing](touches []T, at Millis, o PathOptions) (from, to int) {
	for to = len(touches); to > 0 && touches[to-1].When() > at; to-- {
	}
	if o.LookBack == 0 {
		return 0, to
	}
	for from = 0; from < to && touches[from].When() < at-o.LookBack; from++ {
	}
	return from, to
}

// passOver leaves Direct out where there is another touch. It may reuse the
// slice.
func passOver[T Passing](touches []T) []T {
	if !slices.ContainsFunc(touches, func(t T) bool { return !t.IsDirect() }) {
		return touches
	}
	return slices.DeleteFunc(touches, T.IsDirect)
}

// firstStep is the first step of the path of touches that are in time.
func firstStep[T Passing](touches []T, o PathOptions) []T {
	var direct []T
	for i := range touches {
		switch t := touches[i]; {
		case t.IsSourceless():
		case o.KeepDirect || !t.IsDirect():
			return touches[i : i+1]
		case direct == nil:
			direct = touches[i : i+1]
		}
	}
	return direct
}

// lastStep is the last step of that path.
func lastStep[T Passing](touches []T, o PathOptions) []T {
	var direct []T
	for i := len(touches) - 1; i >= 0; i-- {
		switch t := touches[i]; {
		case t.IsSourceless():
		case o.KeepDirect || !t.IsDirect():
			return touches[i : i+1]
		case direct == nil:
			direct = touches[i : i+1]
		}
	}
	return direct
}

// JourneyModel chooses the touch that a journey's source is taken from.
type JourneyModel string

// The models of a journey's source.
const (
	JourneyEntry JourneyModel = "entry"
	JourneyFirst JourneyModel = "first"
	JourneyLast  JourneyModel = "last"
)

// Never is later than every instant: the end of an open journey.
const Never = Millis(1<<63 - 1)

// JourneySource is where a journey came from, out of all touches of its contact
// in order of time: by entry, the last touch at or before its entry and after
// the end of the journey before (before; the least Millis if there is none); by
// first, the contact's first touch; by last, the last one before its end
// (Never while it is open). Direct touches are passed over if there is another
// among those asked for. Without any that has a source it is the contact's own.
func JourneySource(model JourneyModel, touches []Touch, entered, ended, before Millis, own Source) Source {
	var among []Touch
	for _, t := range touches {
		switch {
		case t.IsSourceless():
		case model == JourneyEntry && (t.At > entered || t.At <= before):
		case model == JourneyLast && t.At >= ended:
		default:
			among = append(among, t)
		}
	}
	among = passOver(among)
	switch {
	case len(among) == 0:
		return own
	case model == JourneyFirst:
		return among[0].Source
	}
	return among[len(among)-1].Source
}
