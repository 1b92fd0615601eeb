package projector

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestNewsAreToldAtMostOnceASecond(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := newBulletin()
		told := func(want int64) {
			t.Helper()
			if got, _ := n.look(); got.Seq != want {
				t.Errorf("told %d, want %d", got.Seq, want)
			}
		}
		n.publish(Position{Generation: 1, Seq: 1})
		told(1) // after a silence, at once
		_, changed := n.look()
		begun := time.Now()
		n.publish(Position{Generation: 1, Seq: 2})
		time.Sleep(newsPause / 2)
		n.publish(Position{Generation: 1, Seq: 3})
		told(1)
		<-changed
		if waited := time.Since(begun); waited != newsPause {
			t.Errorf("told after %s, want %s", waited, newsPause)
		}
		told(3) // the latest of what came meanwhile
		_, changed = n.look()
		time.Sleep(newsPause)
		select {
		case <-changed:
			t.Error("told without news")
		default:
		}
		n.publish(Position{Generation: 1, Seq: 4})
		told(4)
	})
}
