package lifecycle

import "time"

// Millis is an instant in milliseconds since 1970 UTC, or a length in
// milliseconds where said so. The fold cuts every time to it.
type Millis int64

// MillisOf cuts an instant to the millisecond.
func MillisOf(t time.Time) Millis { return Millis(t.UnixMilli()) }

// Time returns the instant in UTC.
func (m Millis) Time() time.Time { return time.UnixMilli(int64(m)).UTC() }

// Add returns the instant that is d later.
func (m Millis) Add(d time.Duration) Millis { return m + Millis(d.Milliseconds()) }

// Sub returns how long it is since another instant.
func (m Millis) Sub(since Millis) time.Duration { return time.Duration(m-since) * time.Millisecond }

// AppendText writes the instant in RFC 3339, UTC, with milliseconds.
func (m Millis) AppendText(b []byte) ([]byte, error) {
	// Every answer is full of instants, and the time package is quick with this
	// layout only, which leaves zeros at the end of a fraction out.
	t := m.Time()
	b = t.AppendFormat(b, time.RFC3339)
	millis := t.Nanosecond() / int(time.Millisecond)
	return append(b[:len(b)-1], '.', byte('0'+millis/100), byte('0'+millis/10%10), byte('0'+millis%10), 'Z'), nil
}

// MarshalText is AppendText to a new slice.
func (m Millis) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// UnmarshalText reads RFC 3339 with any zone and cuts it to the millisecond.
func (m *Millis) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.RFC3339Nano, string(text))
	if err != nil {
		return err
	}
	*m = MillisOf(t)
	return nil
}

// Change is one stage change as the log has it. The fold takes changes in
// order of (At, Arrival).
type Change struct {
	At      Millis  // when it happened
	Arrival int64   // order of arrival: the seq of its log entry
	To      StageID // NoStage clears the stage
	Silent  bool    // made by an import or bulk edit that is not a move: a transition only under CountBulk
}

// Outcome is how a journey stands.
type Outcome uint8

// The four outcomes.
const (
	Open Outcome = iota + 1
	OutcomeWon
	OutcomeLost
	OutcomeLeft
)

var outcomeNames = [...]string{Open: "open", OutcomeWon: "won", OutcomeLost: "lost", OutcomeLeft: "left"}

// String returns the outcome's name as the API spells it, or "".
func (o Outcome) String() string {
	if int(o) < len(outcomeNames) {
		return outcomeNames[o]
	}
	return ""
}

// Exit is how a stay ended, seen from its stage (semantics, Flow).
type Exit uint8

// The five exits. Their counts add up to the entries of a stage.
const (
	StillThere  Exit = iota + 1 // no next change
	ExitForward                 // to a higher main stage
	ExitBack                    // to a lower main stage, or by a transition to the stage itself after an erased one
	ExitLost                    // to a lost stage
	ExitLeft                    // to none or aside, or by an unrecorded end
)

var exitNames = [...]string{StillThere: "still_there", ExitForward: "forward", ExitBack: "back", ExitLost: "lost", ExitLeft: "left"}

// String returns the exit's name as the API spells it, or "".
func (e Exit) String() string {
	if int(e) < len(exitNames) {
		return exitNames[e]
	}
	return ""
}

// Visit says when a stay made its stage a visited one of the journey.
type Visit uint8

// The three ways.
const (
	NotVisit   Visit = iota // it did not: an imported stay, or the stage was visited before
	VisitBegin              // when it began, by a transition
	VisitEnd                // when it ended: an imported progress stage that a transition left
)

// Furthest is the stage at a journey's highest position. NoStage stands for
// position 1 whatever stage is there: every journey reached it.
type Furthest = StageID

// Stay is the time of a contact in one main stage within a journey.
type Stay struct {
	Stage StageID
	Begin Millis // may lie before the journey's entry: the imported stage that the opening transition left
	End   Millis // 0 while Exit is StillThere
	Exit  Exit

	Recorded bool // it began by a transition
	Timed    bool // it has a duration: a progress stage, both ends recorded, nothing vanished between (rule 7)

	Visit  Visit    // when this stay made the stage a visited one; NotVisit if an earlier stay did
	Before Furthest // reach just before it began
	Begun  Furthest // reach once it had begun: its target counted
	After  Furthest // reach once it had ended: the stage really left counted, the next target not
}

// Duration is the length of a timed stay in milliseconds, else 0.
func (s Stay) Duration() Millis {
	if !s.Timed {
		return 0
	}
	return s.End - s.Begin
}

// Journey is one way of one contact through the funnel, from entry to end.
type Journey struct {
	Number    int // 1 for the contact's first
	EnteredAt Millis
	EndedAt   Millis // 0 while open
	Outcome   Outcome
	Instant   bool // opened and ended by the same transition: in every rate, in no average

	Furthest  Furthest
	Origin    StageID   // lost or left: the progress stage really left; NoStage = stage 1
	LostStage StageID   // lost: the reason
	Present   StageID   // open: the progress stage where the contact is, imported or not
	Visited   []StageID // distinct, in order of first visit
	Stays     []Stay    // in order of time; main stages only
}

// Duration is ended - entered in milliseconds; ok is false for open journeys
// and for those opened and ended by the same transition.
func (j *Journey) Duration() (d Millis, ok bool) {
	if j.Outcome == Open || j.Instant {
		return 0, false
	}
	return j.EndedAt - j.EnteredAt, true
}
