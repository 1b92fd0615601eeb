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
		run := func(context.Context) (reply, error) {
			runs.Add(1)
			<-release
			return reply{seq: 7, value: "answer"}, nil
		}
		var group sync.WaitGroup
		for range 5 {
			group.Go(func() {
				if got, err := a.join(t.Context(), "question", 0, run); got.value != "answer" || err != nil {
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

// TestNewsAreNotJoinedWithTheOld asks for a write that the answer under way
// does not include.
func TestNewsAreNotJoinedWithTheOld(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var a answers
		release := make(chan struct{})
		go func() {
			_, _ = a.join(t.Context(), "question", 0, func(context.Context) (reply, error) {
				<-release
				return reply{seq: 7, value: "old"}, nil
			})
		}()
		synctest.Wait()
		var got reply
		var err error
		done := make(chan struct{})
		go func() {
			got, err = a.join(t.Context(), "question", 8, func(context.Context) (reply, error) {
				return reply{seq: 8, value: "new"}, nil
			})
			close(done)
		}()
		synctest.Wait()
		close(release)
		<-done
		if got.value != "new" || err != nil {
			t.Errorf("got %v, %v", got.value, err)
		}
	})
}

// TestTheLastToGiveUpEndsTheWork cancels one of two, then the other.
func TestTheLastToGiveUpEndsTheWork(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var a answers
		ended := make(chan struct{})
		run := func(ctx context.Context) (reply, error) {
			<-ctx.Done()
			close(ended)
			return reply{}, ctx.Err()
		}
		var cancels []context.CancelFunc
		for range 2 {
			ctx, cancel := context.WithCancel(t.Context())
			cancels = append(cancels, cancel)
			go func() {
				if _, err := a.join(ctx, "question", 0, run); !errors.Is(err, context.Canceled) {
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
	_, err := a.join(t.Context(), "question", 0, func(context.Context) (reply, error) {
		var nothing []int
		return reply{seq: int64(nothing[3])}, nil
	})
	if err == nil {
		t.Error("a panic was swallowed")
	}
}

func TestAnswersAreKeptForASecond(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var a answers
		read := reply{seq: 7, generation: 2, value: "answer"}
		if _, err := a.join(t.Context(), "question", 0, func(context.Context) (reply, error) { return read, nil }); err != nil {
			t.Fatal(err)
		}
		for name, c := range map[string]struct {
			now  reply
			want bool
		}{
			"the same log":       {reply{seq: 7, generation: 2}, true},
			"a later entry":      {reply{seq: 8, generation: 2}, false},
			"another generation": {reply{seq: 7, generation: 3}, false},
		} {
			if _, got := a.kept("question", c.now); got != c.want {
				t.Errorf("%s: kept %t", name, got)
			}
		}
		time.Sleep(time.Second)
		if _, ok := a.kept("question", read); ok {
			t.Error("kept for more than a second")
		}
	})
}
