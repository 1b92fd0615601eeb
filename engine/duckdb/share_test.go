package duckdb

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// shared is a reading in one of so many places.
func shared(t *testing.T, places int) *reading {
	t.Helper()
	p := newPlaces(places, 1)
	s := mustEnter(t, p)
	t.Cleanup(func() { p.leave(s) })
	return &reading{q: s, places: p}
}

// Each chunk is worked on once, by as many goroutines as there are places that
// nobody needs, at most half of them.
func TestChunksAreShared(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ places, others, chunks, workers int }{
		"no chunks":       {places: 4, workers: 1},
		"one chunk":       {places: 4, chunks: 1, workers: 1},
		"one place":       {places: 1, chunks: 9, workers: 1},
		"two places":      {places: 2, chunks: 9, workers: 2},
		"many places":     {places: 8, chunks: 20, workers: 5},
		"few chunks":      {places: 8, chunks: 3, workers: 3},
		"others read too": {places: 4, others: 3, chunks: 9, workers: 1},
		"one reads too":   {places: 4, others: 2, chunks: 9, workers: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := shared(t, c.places)
				for range c.others {
					defer r.places.leave(mustEnter(t, r.places))
				}
				workers, reading := 0, 0
				worked := make([]atomic.Int64, c.chunks)
				err := r.share(c.chunks, func() func(int) error {
					workers++
					return func(chunk int) error {
						if worked[chunk].Add(1) == 1 && chunk == 0 {
							reading = r.places.look().Reading
						}
						time.Sleep(time.Second) // the others take theirs
						return nil
					}
				})
				if err != nil || workers != c.workers {
					t.Errorf("%d workers, want %d; error %v", workers, c.workers, err)
				}
				for chunk := range worked {
					if n := worked[chunk].Load(); n != 1 {
						t.Errorf("chunk %d was worked on %d times", chunk, n)
					}
				}
				if c.chunks > 0 && reading != 1+c.others {
					t.Errorf("%d views are told of, want %d", reading, 1+c.others)
				}
				if free := len(r.places.free); free != c.places-1-c.others {
					t.Errorf("%d places are free in the end", free)
				}
			})
		})
	}
}

// A failure or a panic of any of those who share ends the work, and gives all
// places back.
func TestSharedWorkFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		worker int
		panics bool
	}{
		"the first fails": {}, "the other fails": {worker: 1}, "the first panics": {panics: true}, "the other panics": {worker: 1, panics: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r, worst := shared(t, 2), errors.New("worst")
				var worked atomic.Int64
				workers := 0
				defer func() {
					if p := recover(); (p == worst) != (c.panics && c.worker == 0) {
						t.Errorf("panic %v", p)
					}
					if free := len(r.places.free); free != 1 {
						t.Errorf("%d places are free in the end", free)
					}
				}()
				err := r.share(10, func() func(int) error {
					bad := workers == c.worker
					workers++
					return func(int) error {
						worked.Add(1)
						time.Sleep(time.Second)
						switch {
						case bad && c.panics:
							panic(worst)
						case bad:
							return worst
						}
						return nil
					}
				})
				if err == nil || !strings.Contains(err.Error(), worst.Error()) {
					t.Errorf("error %v", err)
				}
				if n := worked.Load(); !c.panics && n > 4 {
					t.Errorf("%d chunks were worked on after a failure", n)
				}
			})
		})
	}
}

// Who comes while chunks are worked on waits for the one in work, not for all.
func TestSharedWorkMakesRoom(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := shared(t, 2)
		begun := time.Now()
		entered := make(chan time.Duration, 1)
		go func() {
			time.Sleep(time.Second / 2)
			s := mustEnter(t, r.places)
			entered <- time.Since(begun)
			r.places.leave(s)
		}()
		worked := make([]atomic.Int64, 10)
		err := r.share(len(worked), func() func(int) error {
			return func(chunk int) error {
				worked[chunk].Add(1)
				time.Sleep(time.Second)
				return nil
			}
		})
		if waited := <-entered; err != nil || waited > time.Second {
			t.Errorf("a view that came after half a second got its place after %v; error %v", waited, err)
		}
		for chunk := range worked {
			if n := worked[chunk].Load(); n != 1 {
				t.Errorf("chunk %d was worked on %d times", chunk, n)
			}
		}
	})
}

// Who waits longest has the place that was borrowed.
func TestBorrowedPlacesGoToWhoWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPlaces(2, 1)
		first := mustEnter(t, p)
		lent := p.borrow()
		if lent == nil || p.borrow() != nil {
			t.Fatal("one of two places is lent")
		}
		entered := make(chan *session)
		go func() { entered <- mustEnter(t, p) }()
		synctest.Wait()
		p.giveBack(lent)
		if got := <-entered; got != lent {
			t.Error("another place was given")
		}
		p.leave(lent)
		p.leave(first)
	})
}
