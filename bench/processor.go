package bench

import (
	"syscall"
	"time"
)

// processorTime is what this process has used so far, of all its threads, in
// user and system mode; 0 where it cannot be told.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// spent is how long something took: by the clock, and in processor time.
type spent struct{ clock, processor time.Duration }

func clockOf(s spent) time.Duration     { return s.clock }
func processorOf(s spent) time.Duration { return s.processor }

// stopwatch starts to measure; what it returns ends that.
func stopwatch() func() spent {
	processor, clock := processorTime(), time.Now()
	return func() spent { return spent{time.Since(clock), processorTime() - processor} }
}
