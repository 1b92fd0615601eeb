package funnel_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/engine/memory"
	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/internal/scenario"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

const (
	start = lifecycle.Millis(1_700_000_000_000)
	asOf  = start + 40*24*60*60*1000
	day   = lifecycle.Millis(24 * 60 * 60 * 1000)
)

// TestBreakdownEqualsDirectCount compares what is made of counts by cell, where
// a window is a matter of sums over stays, with a count over journeys that were
// folded without the changes after the window.
func TestBreakdownEqualsDirectCount(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		log := scenario.DrawLog(t, start)
		window := day * lifecycle.Millis(rapid.IntRange(0, 8).Draw(t, "window"))
		c, counts := count(t, log, window)
		tally := funnel.NewOrder(&c).NewTally(window > 0)
		for _, j := range counts.Journeys {
			tally.AddJourneys(j)
		}
		for _, s := range counts.Stays {
			tally.AddStays(s)
		}
		got := tally.Breakdown()
		want := direct(&c, log, window)
		if d := cmp.Diff(want, brief(got), cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("window %d days (-direct +tally):\n%s", window/day, d)
		}
		checkParts(t, got)
	})
}

// count asks the oracle for everything.
func count(t *rapid.T, log []journal.Entry, window lifecycle.Millis) (c lifecycle.Configuration, counts funnel.Counts) {
	plan := report.Plan{From: 0, To: 1 << 53, Window: window, AsOf: asOf, Want: report.Want{Stays: true}}
	err := memory.New(scenario.Log(log)).View(t.Context(), scenario.Workspace, func(r report.Reading) (err error) {
		c = r.Cursor().Configuration.Lifecycle
		counts, err = r.Count(t.Context(), plan)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, counts
}

// numbers is what both ways of counting give.
type numbers struct {
	Entered, Won, Lost, Left, Open int64
	Stages                         []stage
	LostBy                         map[lifecycle.StageID]int64
}

type stage struct {
	Reached, Visited, WonLater, LostHere, LeftHere, InStageNow int64
	Time, Wait                                                 [2]int64 // number and sum
	Flow                                                       funnel.Flow
}

// direct counts journeys folded without what happened after the window.
func direct(c *lifecycle.Configuration, log []journal.Entry, window lifecycle.Millis) numbers {
	main, positions := c.MainStages(), c.Positions()
	n := numbers{Stages: make([]stage, len(main)), LostBy: map[lifecycle.StageID]int64{}}
	for _, s := range c.Ordered(lifecycle.Lost) {
		n.LostBy[s.ID] = 0
	}
	for _, j := range journeysOf(c, log, window) {
		n.add(c, positions, &j, window)
	}
	return n
}

// journeysOf folds every contact, each journey as of its window.
func journeysOf(c *lifecycle.Configuration, log []journal.Entry, window lifecycle.Millis) []lifecycle.Journey {
	folder := lifecycle.NewFolder(c)
	changes := map[journal.ContactID][]lifecycle.Change{}
	for i := range log {
		if log[i].Kind == journal.KindChange {
			changes[log[i].Contact] = append(changes[log[i].Contact], log[i].Change())
		}
	}
	var out []lifecycle.Journey
	for _, of := range changes {
		for i, j := range folder.Fold(of) {
			if window == 0 {
				out = append(out, j)
				continue
			}
			out = append(out, folder.FoldUntil(of, j.EnteredAt+window)[i])
		}
	}
	return out
}

func (n *numbers) add(c *lifecycle.Configuration, positions map[lifecycle.StageID]int, j *lifecycle.Journey, window lifecycle.Millis) {
	n.Entered++
	won := int64(0)
	switch j.Outcome {
	case lifecycle.Open:
		n.Open++
		n.Stages[positions[j.Present]-1].InStageNow++
	case lifecycle.OutcomeWon:
		won = 1
		n.Won++
	case lifecycle.OutcomeLost:
		n.Lost++
		n.LostBy[j.LostStage]++
		n.Stages[positions[j.Origin]-1].LostHere++
	case lifecycle.OutcomeLeft:
		n.Left++
		n.Stages[positions[j.Origin]-1].LeftHere++
	}
	for i := range positions[j.Furthest] {
		n.Stages[i].Reached++
		n.Stages[i].WonLater += won
	}
	for _, id := range j.Visited {
		n.Stages[positions[id]-1].Visited++
	}
	times := map[lifecycle.StageID]bool{}
	for _, s := range j.Stays {
		if kind, _ := c.Stage(s.Stage); kind.Kind != lifecycle.Progress {
			continue
		}
		n.Stages[positions[s.Stage]-1].stay(j, s, window, !times[s.Stage])
		times[s.Stage] = times[s.Stage] || s.Timed
	}
}

func (s *stage) stay(j *lifecycle.Journey, stay lifecycle.Stay, window lifecycle.Millis, first bool) {
	if stay.Timed {
		s.Time[1] += int64(stay.Duration())
		if first {
			s.Time[0]++
		}
	}
	switch stay.Exit {
	case lifecycle.ExitForward:
		s.Flow.Forward++
	case lifecycle.ExitBack:
		s.Flow.Back++
	case lifecycle.ExitLost:
		s.Flow.Lost++
	case lifecycle.ExitLeft:
		s.Flow.Left++
	default:
		s.Flow.StillThere++
		if stay.Recorded {
			until := asOf
			if window > 0 {
				until = min(until, j.EnteredAt+window)
			}
			s.Wait[0]++
			s.Wait[1] += int64(max(0, until-stay.Begin))
		}
	}
}

// brief keeps of a breakdown what is compared.
func brief(b funnel.Breakdown) numbers {
	s := b.Summary
	n := numbers{
		Entered: s.Entered, Won: s.Won, Lost: s.Lost, Left: s.Left, Open: s.Open,
		LostBy: map[lifecycle.StageID]int64{},
	}
	for _, s := range b.Stages {
		n.Stages = append(n.Stages, stage{
			Reached: s.Reached, Visited: s.Visited, WonLater: s.WonLater, LostHere: s.LostHere, LeftHere: s.LeftHere,
			InStageNow: s.InStageNow, Time: [2]int64{s.Time.N, s.Time.Sum}, Wait: [2]int64{s.Waiting.N, s.Waiting.Sum}, Flow: s.Flow,
		})
	}
	for _, l := range b.Lost {
		n.LostBy[l.Stage.ID] = l.Count
	}
	return n
}

// checkParts checks what must add up whatever the journeys are.
func checkParts(t *rapid.T, b funnel.Breakdown) {
	s := b.Summary
	if s.Entered != s.Won+s.Lost+s.Left+s.Open {
		t.Fatalf("entered is not the sum of the outcomes: %+v", s)
	}
	var lost, lostHere, leftHere, now, there int64
	for _, l := range b.Lost {
		lost += l.Count
		for _, o := range l.Origins {
			lostHere += o.Count
		}
	}
	if lost != s.Lost || lostHere != s.Lost {
		t.Fatalf("lost stages sum to %d, origins to %d, lost is %d", lost, lostHere, s.Lost)
	}
	lostHere = 0
	for i, stage := range b.Stages {
		if stage.Visited > stage.Reached || i == 0 && stage.Reached != s.Entered || i > 0 && stage.Reached > b.Stages[i-1].Reached {
			t.Fatalf("reach grows along the funnel, or less than visited: %+v", b.Stages)
		}
		lostHere, leftHere = lostHere+stage.LostHere, leftHere+stage.LeftHere
		now, there = now+stage.InStageNow, there+stage.Flow.StillThere
	}
	if lostHere != s.Lost || leftHere != s.Left || now != s.Open || there != s.Open {
		t.Fatalf("lost here %d, left here %d, now %d, still there %d of %+v", lostHere, leftHere, now, there, s)
	}
}
