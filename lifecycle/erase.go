package lifecycle

// erasure is the change that belongs to an erased stage (rule 10): at its time
// whoever is in the stage goes on to another one, or to none. It is derived
// and never logged, so an erasure touches no contact and is undone exactly.
type erasure struct {
	at   Millis
	into StageID // NoStage also where following the erasures would go in a circle
}

// Erase marks the stage as erased at an instant, its contacts sent to another
// stage or to none.
func (s *Stage) Erase(at Millis, into StageID) {
	s.Erased, s.ErasedAt, s.ErasedInto = true, at, into
}

// Restore takes back that the stage was erased or merged; of one that was not,
// that it was archived.
func (s *Stage) Restore() {
	if !s.Gone() {
		s.ArchivedAt = 0
	}
	s.Erased, s.ErasedAt, s.ErasedInto, s.MergedInto = false, 0, NoStage, NoStage
}

// eraseStages collects the erasures of a configuration by the erased stage.
func (f *Folder) eraseStages(c *Configuration) {
	for _, s := range c.Stages {
		if s.Erased && s.MergedInto == NoStage {
			f.erasures[s.ID] = erasure{s.ErasedAt, f.place(s.ErasedInto).id}
		}
	}
	var circles []StageID
	for id := range f.erasures {
		if f.circles(id) {
			circles = append(circles, id)
		}
	}
	for _, id := range circles {
		f.erasures[id] = erasure{f.erasures[id].at, NoStage}
	}
}

// circles reports whether following the erasures from a stage never ends,
// which no edit can make.
func (f *Folder) circles(id StageID) bool {
	for range f.erasures {
		e, erased := f.erasures[id]
		if !erased {
			return false
		}
		id = e.into
	}
	_, erased := f.erasures[id]
	return erased
}

// Circular reports whether following the merges and erasures from a stage
// leads back to it. No edit may make such a configuration.
func (c *Configuration) Circular(id StageID) bool {
	at, _ := c.Stage(id)
	for range c.Stages {
		next := at.MergedInto
		if next == NoStage && at.Erased {
			next = at.ErasedInto
		}
		if next == NoStage {
			return false
		}
		if next == id {
			return true
		}
		at, _ = c.Stage(next)
	}
	return false
}

// Resolve returns the stage where a contact is whose last change was to this
// one: merges followed, then erasures.
func (f *Folder) Resolve(id StageID) StageID {
	id = f.place(id).id
	for range f.erasures {
		e, erased := f.erasures[id]
		if !erased {
			break
		}
		id = e.into
	}
	return id
}

// Settlement is a derived change that belongs to an erasure.
type Settlement struct {
	At       Millis
	From, To StageID // From is the erased stage
}

// Settle applies the changes that belong to erasures and come before an
// instant. They come after all changes of their own instant.
func (f *Folder) Settle(s *State, before Millis) {
	for more := true; more; {
		_, more = f.SettleNext(s, before)
	}
}

// SettleNext applies the first change that belongs to an erasure and comes
// before an instant; ok is false without one. Whoever came into the stage
// after it was erased goes on at that time.
func (f *Folder) SettleNext(s *State, before Millis) (done Settlement, ok bool) {
	e, erased := f.erasures[s.Present]
	at := max(e.at, s.Since)
	if !erased || at >= before {
		return Settlement{}, false
	}
	done = Settlement{at, s.Present, e.into}
	m := move{at: at, to: f.place(e.into)}
	if s.UnderWay() {
		m.from = f.place(s.Last.Present) // the erased stage has no position: the journey counts as here
	}
	s.Present, s.Since, s.derived = m.to.id, at, true
	if m.to.hidden {
		s.arrived, s.broken = byVanished, true
		return done, true
	}
	s.arrived = bySilence
	f.drift(s, m)
	return done, true
}

// Accepts reports whether a change at this time comes after all that the
// state was folded from, as far as erasures decide that.
func (s *State) Accepts(at Millis) bool { return !s.derived || at > s.Since }

// InView reports whether a change between these stages is in view: those to
// and from an erased stage are not (rule 10).
func (f *Folder) InView(from, to StageID) bool { return !f.place(from).hidden && !f.place(to).hidden }

// Replay returns the state after all changes and erasures. The changes may
// come in any order; the slice is sorted in place by (At, Arrival).
func (f *Folder) Replay(changes []Change) State {
	SortChanges(changes)
	var s State
	for _, c := range changes {
		f.Apply(&s, c)
	}
	f.Settle(&s, endOfTime)
	return s
}
