package lifecycle

import (
	"encoding/binary"
	"errors"
)

// stateFormat is the first byte of an encoded State. Another value, or bytes
// that do not parse, mean "fold again from the log".
const stateFormat = 2

// errState says that encoded bytes are not a State of this format.
var errState = errors.New("lifecycle: not an encoded state")

// AppendBinary encodes the state compactly. It implements
// encoding.BinaryAppender.
func (s *State) AppendBinary(b []byte) ([]byte, error) {
	w := writer{append(b, stateFormat)}
	w.put(int64(s.Present), int64(s.Target), int64(s.Since), int64(s.Journeys), int64(s.arrived),
		bit(s.broken)|bit(s.derived)<<1, bit(s.Last != nil))
	if s.Last != nil {
		w.journey(s.Last)
	}
	return w.b, nil
}

// UnmarshalBinary is the reverse of AppendBinary.
func (s *State) UnmarshalBinary(data []byte) error {
	if len(data) == 0 || data[0] != stateFormat {
		return errState
	}
	r := reader{b: data[1:]}
	out := State{
		Present: StageID(r.get()), Target: StageID(r.get()), Since: Millis(r.get()), Journeys: int(r.get()),
		arrived: arrival(r.get()),
	}
	flags := r.get()
	out.broken, out.derived = flags&1 != 0, flags&2 != 0
	if r.get() != 0 {
		out.Last = r.journey()
	}
	if r.bad || len(r.b) != 0 {
		return errState
	}
	*s = out
	return nil
}

func bit(v bool) int64 {
	if v {
		return 1
	}
	return 0
}

type writer struct{ b []byte }

func (w *writer) put(values ...int64) {
	for _, v := range values {
		w.b = binary.AppendVarint(w.b, v)
	}
}

// journey writes times relative to the entry, which keeps them short.
func (w *writer) journey(j *Journey) {
	w.put(int64(j.Number), int64(j.EnteredAt), int64(j.EndedAt), int64(j.Outcome), bit(j.Instant),
		int64(j.Furthest), int64(j.Origin), int64(j.LostStage), int64(j.Present), int64(len(j.Visited)))
	for _, id := range j.Visited {
		w.put(int64(id))
	}
	w.put(int64(len(j.Stays)))
	for _, s := range j.Stays {
		end := s.End
		if s.Exit != StillThere {
			end -= s.Begin
		}
		w.put(int64(s.Stage), int64(s.Begin-j.EnteredAt), int64(end), int64(s.Exit),
			bit(s.Recorded)|bit(s.Timed)<<1|int64(s.Visit)<<2, int64(s.Before), int64(s.Begun), int64(s.After))
	}
}

type reader struct {
	b   []byte
	bad bool
}

func (r *reader) get() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

// count reads a length, which can never exceed the bytes that are left.
func (r *reader) count() int {
	n := r.get()
	if n < 0 || n > int64(len(r.b)) {
		r.bad, r.b = true, nil
		return 0
	}
	return int(n)
}

func (r *reader) journey() *Journey {
	j := &Journey{
		Number: int(r.get()), EnteredAt: Millis(r.get()), EndedAt: Millis(r.get()), Outcome: Outcome(r.get()),
		Instant: r.get() != 0, Furthest: StageID(r.get()), Origin: StageID(r.get()),
		LostStage: StageID(r.get()), Present: StageID(r.get()),
	}
	for range r.count() {
		j.Visited = append(j.Visited, StageID(r.get()))
	}
	for range r.count() {
		j.Stays = append(j.Stays, r.stay(j.EnteredAt))
	}
	return j
}

func (r *reader) stay(entered Millis) Stay {
	s := Stay{Stage: StageID(r.get()), Begin: entered + Millis(r.get()), End: Millis(r.get()), Exit: Exit(r.get())}
	if s.Exit != StillThere {
		s.End += s.Begin
	}
	flags := r.get()
	s.Recorded, s.Timed, s.Visit = flags&1 != 0, flags&2 != 0, Visit(flags>>2)
	s.Before, s.Begun, s.After = StageID(r.get()), StageID(r.get()), StageID(r.get())
	return s
}
