package duckdb

import (
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// share works on the chunks of what is held, in any order: in this goroutine and
// in one more for each place that no view needs, at most half of all, which ends
// once a view waits for one. begin is called for each of them before any begins;
// what it returns is called by that one alone.
func (r *reading) share(chunks int, begin func() (work func(chunk int) error)) error {
	works := []func(int) error{begin()}
	var borrowed []*session
	started := 0
	defer func() { // if begin panics
		for _, s := range borrowed[started:] {
			r.places.giveBack(s)
		}
	}()
	for len(borrowed) < min(chunks-1, len(r.places.all)/2) {
		s := r.places.borrow()
		if s == nil {
			break
		}
		borrowed = append(borrowed, s)
		works = append(works, begin())
	}
	var taken atomic.Int64
	run := func(work func(int) error, goesOn func() bool) error {
		for goesOn() {
			chunk := int(taken.Add(1)) - 1
			if chunk >= chunks {
				break
			}
			if err := work(chunk); err != nil {
				taken.Store(int64(chunks)) // the others need not go on
				return err
			}
		}
		return nil
	}
	errs := make([]error, len(works))
	var group sync.WaitGroup
	defer group.Wait() // also if this one panics
	for i, s := range borrowed {
		started++
		group.Go(func() {
			defer r.places.giveBack(s)
			errs[i+1] = caught(func() error { return run(works[i+1], r.places.spare) })
		})
	}
	errs[0] = run(works[0], func() bool { return true })
	group.Wait()
	return errors.Join(errs...)
}

// caught turns a panic into an error: in a goroutine of its own nobody else would
// catch it, and it would end the process.
func caught(work func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("duckdb: panic: %v\n%s", p, debug.Stack())
		}
	}()
	return work()
}
