package api

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/tidemark/tidemark/fault"
)

// maxBuckets bounds the memory of a limiter. When it is full, the buckets
// that are full again are forgotten first: they remember nothing.
const maxBuckets = 10_000

// limiter gives every caller its own bucket of requests.
type limiter struct {
	rate  rate.Limit // 0 = no limit
	burst int

	mu      sync.Mutex
	buckets map[string]*rate.Limiter
}

func newLimiter(perSecond float64, burst int) *limiter {
	return &limiter{rate: rate.Limit(perSecond), burst: burst, buckets: map[string]*rate.Limiter{}}
}

// take takes one request from a caller's bucket, or says when to come again.
func (l *limiter) take(name string) error {
	if l.rate == 0 {
		return nil
	}
	now := time.Now()
	b := l.bucket(name, now)
	r := b.ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return &fault.Error{
			Kind: fault.Unavailable, Code: codeTooMany, RetryAfter: wait,
			Message: "Too many requests. Wait a moment and try again.",
		}
	}
	return nil
}

func (l *limiter) bucket(name string, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, ok := l.buckets[name]
	if !ok {
		if len(l.buckets) >= maxBuckets {
			l.forget(now)
		}
		b = rate.NewLimiter(l.rate, l.burst)
		l.buckets[name] = b
	}
	return b
}

func (l *limiter) forget(now time.Time) {
	for name, b := range l.buckets {
		if b.TokensAt(now) >= float64(l.burst) {
			delete(l.buckets, name)
		}
	}
	if len(l.buckets) >= maxBuckets {
		clear(l.buckets)
	}
}
