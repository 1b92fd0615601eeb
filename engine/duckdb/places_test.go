package duckdb

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tidemark/tidemark/fault"
)

// TestPlacesAreGivenInOrder lets more ask than there are places.
func TestPlacesAreGivenInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlaces(2, 3)
		first, second := mustEnter(t, p), mustEnter(t, p)
		var mu sync.Mutex
		var order []int
		var group sync.WaitGroup
		for i := range 3 {
			group.Go(func() {
				s := mustEnter(t, p)
				mu.Lock()
				order = append(order, i)
				mu.Unlock()
				p.leave(s)
			})
			synctest.Wait()
		}
		if got := p.look(); got.Reading != 2 || got.Waiting != 3 {
			t.Errorf("%d read and %d wait, want 2 and 3", got.Reading, got.Waiting)
		}
		time.Sleep(time.Second)
		p.leave(first)
		group.Wait()
		p.leave(second)
		if !slices.Equal(order, []int{0, 1, 2}) {
			t.Errorf("places were given in the order %v", order)
		}
		want := Readers{Admitted: 5, Waited: 3 * time.Second}
		if got := p.look(); got != want {
			t.Errorf("readers %+v, want %+v", got, want)
		}
	})
}

func TestTooManyAreTurnedAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlaces(1, 1)
		s := mustEnter(t, p)
		go func() { p.leave(mustEnter(t, p)) }()
		synctest.Wait()
		_, err := p.enter(t.Context())
		refused, ok := errors.AsType[*fault.Error](err)
		if !ok || refused.Kind != fault.Unavailable || refused.Code != "too_many_reports" || refused.RetryAfter <= 0 {
			t.Errorf("got %v, want to be told when to come again", err)
		}
		if got := p.look().Refused; got != 1 {
			t.Errorf("%d refused, want 1", got)
		}
		p.leave(s)
	})
}

// TestWhoGivesUpLeavesTheQueue gives up while waiting, and at the very moment
// when a place comes.
func TestWhoGivesUpLeavesTheQueue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlaces(1, 2)
		s := mustEnter(t, p)
		ctx, cancel := context.WithCancel(t.Context())
		gone := make(chan error)
		go func() {
			_, err := p.enter(ctx)
			gone <- err
		}()
		synctest.Wait()
		cancel()
		if err := <-gone; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if got := p.look().Waiting; got != 0 {
			t.Errorf("%d wait still", got)
		}
		_, turn, _ := p.ask()
		p.leave(s) // to whoever waits
		p.giveUp(turn)
		p.leave(mustEnter(t, p))
		if got := p.look(); got.Reading != 0 || got.Waiting != 0 {
			t.Errorf("%d read and %d wait, want nobody", got.Reading, got.Waiting)
		}
	})
}

func mustEnter(t *testing.T, p *places) *session {
	t.Helper()
	s, err := p.enter(t.Context())
	if err != nil {
		t.Error(err)
	}
	return s
}
