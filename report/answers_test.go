package report

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestEqualQuestionsAreJoined(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var a answers
		var runs atomic.Int64
		release := make(chan struct{})
		run := func(context.Context, func(reply)) (reply, error) {
			runs.Add(1)
			<-release
			return reply{seq: 7, value: "answer"}, nil
		}
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() {
				if got, err := a.join(t.Context(), "question", wanted{}, run); got.value != "answer" || err != nil {
					t.Errorf("got %v, %v", got.value, err)
				}
			})
		}
		synctest.Wait()
		close(release)
		group.Wait()
		if runs.Load() != 1 {
			t.Errorf("%d runs for one question", runs.Load())
		}
	})
}

// TestNewsAreNotJoinedWithTheOld asks, of an answer that waits to be read and of
// one that is being read, for more than the latter includes.
func TestNewsAreNotJoinedWithTheOld(t *testing.T) {
	t.Parallel()
	begun := reply{seq: 7, generation: 2}
	for name, c := range map[string]struct {
		begun  bool
		want   wanted
		joined bool
		after  time.Duration
	}{
		"it waits":                     {want: wanted{seq: 8, generation: 3}, joined: true, after: time.Minute},
		"it reads what is wanted":      {begun: true, want: wanted{seq: 7, generation: 2}, joined: true},
		"it reads an older log":        {begun: true, want: wanted{seq: 8, generation: 2}},
		"it reads an older generation": {begun: true, want: wanted{seq: 7, generation: 3}},
		"it began a second ago":        {begun: true, want: wanted{seq: 7, generation: 2}, after: time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var a answers
				read, release := make(chan struct{}), make(chan struct{})
				old := begun
				go func() {
					_, _ = a.join(t.Context(), "question", wanted{}, func(_ context.Context, begin func(reply)) (reply, error) {
						if !c.begun {
							<-read
							old.seq, old.generation = 8, 3
						}
						old.asOf = time.Now()
						begin(old)
						<-release
						return old, nil
					})
				}()
				synctest.Wait()
				time.Sleep(c.after)
				var flown atomic.Bool
				c.want.now = time.Now()
				done := make(chan struct{})
				go func() {
					defer close(done)
					got, err := a.join(t.Context(), "question", c.want, func(context.Context, func(reply)) (reply, error) {
						flown.Store(true)
						return reply{seq: 9, generation: 3}, nil
					})
					if err != nil || got.seq < c.want.seq || got.generation < c.want.generation {
						t.Errorf("got %+v, %v", got, err)
					}
				}()
				synctest.Wait()
				close(read)
				close(release)
				<-done
				if flown.Load() == c.joined {
					t.Errorf("joined %t, want %t", !flown.Load(), c.joined)
				}
			})
		})
	}
}

// TestTheLastToGiveUpEndsTheWork cancels one of two, then the other.
func TestTheLastToGiveUpEndsTheWork(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var a answers
		ended := make(chan struct{})
		run := func(ctx context.Context, _ func(reply)) (reply, error) {
			<-ctx.Done()
			close(ended)
			return reply{}, ctx.Err()
		}
		var cancels []context.CancelFunc
		for range 2 {
			ctx, cancel := context.WithCancel(t.Context())
			cancels = append(cancels, cancel)
			go func() {
				if _, err := a.join(ctx, "question", wanted{}, run); !errors.Is(err, context.Canceled) {
					t.Errorf("got %v", err)
				}
			}()
		}
		synctest.Wait()
		cancels[0]()
		synctest.Wait()
		select {
		case <-ended:
			t.Error("ended while one still waits")
		default:
		}
		cancels[1]()
		<-ended
	})
}

func TestAPanicIsAnError(t *testing.T) {
	t.Parallel()
	var a answers
	_, err := a.join(t.Context(), "question", wanted{}, func(context.Context, func(reply)) (reply, error) {
		var nothing []int
		return reply{seq: int64(nothing[3])}, nil
	})
	if err == nil {
		t.Error("a panic was swallowed")
	}
}

// TestAnswersAreKeptForAMoment asks for an answer that took some time to read.
func TestAnswersAreKeptForAMoment(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		took, after time.Duration
		want        wanted
		kept, same  bool
	}{
		"at once":                {took: 10 * time.Millisecond, want: wanted{seq: 7, generation: 2}, kept: true, same: true},
		"less is wanted":         {took: 10 * time.Millisecond, want: wanted{seq: 6, generation: 1}, kept: true},
		"a later entry":          {took: 10 * time.Millisecond, want: wanted{seq: 8, generation: 2}},
		"another generation":     {took: 10 * time.Millisecond, want: wanted{seq: 7, generation: 3}},
		"twenty times as long":   {took: 10 * time.Millisecond, after: 190 * time.Millisecond, want: wanted{seq: 7, generation: 2}, same: true},
		"a second":               {took: 100 * time.Millisecond, after: 900 * time.Millisecond, want: wanted{seq: 7, generation: 2}},
		"nearly a second":        {took: 100 * time.Millisecond, after: 899 * time.Millisecond, want: wanted{seq: 7, generation: 2}, kept: true, same: true},
		"the clock was set back": {took: 10 * time.Millisecond, after: -time.Minute, want: wanted{seq: 7, generation: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var a answers
				_, err := a.join(t.Context(), "question", wanted{}, func(_ context.Context, begin func(reply)) (reply, error) {
					r := reply{seq: 7, generation: 2, asOf: time.Now()}
					begin(r)
					time.Sleep(c.took)
					return r, nil
				})
				if err != nil {
					t.Fatal(err)
				}
				c.want.now = time.Now().Add(c.after)
				if _, kept := a.kept("question", c.want); kept != c.kept {
					t.Errorf("kept %t, want %t", kept, c.kept)
				}
				now := reply{seq: c.want.seq, generation: c.want.generation, asOf: c.want.now}
				if _, same := a.unchanged("question", now); same != c.same {
					t.Errorf("unchanged %t, want %t", same, c.same)
				}
			})
		})
	}
}

// TestKeptAnswersGo asks other questions until none of the first is kept.
func TestKeptAnswersGo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var a answers
		for _, key := range []string{"one", "two", "three"} {
			_, _ = a.join(t.Context(), key, wanted{}, func(context.Context, func(reply)) (reply, error) {
				return reply{asOf: time.Now()}, nil
			})
			time.Sleep(keepFor)
		}
		if len(a.replies) != 1 {
			t.Errorf("%d answers are kept, want the last", len(a.replies))
		}
	})
}
