package bench

import (
	"context"
	"testing"
	"time"

	"github.com/tidemark/tidemark/workspace"
)

// TestNewsGatherUnlessSomebodyWaits writes single changes one after the other:
// the engine must not commit for each of them, and must not let anybody wait.
func TestNewsGatherUnlessSomebodyWaits(t *testing.T) {
	t.Parallel()
	h, err := openHouse(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	move := h.mover(t)
	move()
	if err := h.openEngine(engineFile); err != nil {
		t.Fatal(err)
	}
	if err := h.current(t.Context()); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	positions := h.positions(t.Context(), func() {
		for range 300 {
			move()
		}
	})
	// A batch each 50 ms, and the last one.
	if most := int(time.Since(start)/(50*time.Millisecond)) + 2; positions > most {
		t.Errorf("300 writes in %s were %d batches, want at most %d", time.Since(start), positions, most)
	}
	start = time.Now()
	const waits = 20
	for range waits {
		move()
		if err := h.current(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("a write is visible to whoever waits after %s", time.Since(start)/waits)
}

// mover returns what moves a contact back and forth.
func (h *house) mover(t *testing.T) func() {
	id, n := "one", 0
	return func() {
		n++
		_, err := h.uses.UpsertContact(t.Context(), h.workspace, workspace.UpsertContactInput{
			Fields: workspace.ContactFields{ExternalID: &id}, Stage: &stageKeys[n%2],
		})
		if err != nil {
			t.Error(err) // it may run beside the test
		}
	}
}

// positions counts how often the position moves until the engine has what the
// work wrote.
func (h *house) positions(ctx context.Context, work func()) int {
	done := make(chan struct{})
	go func() { work(); close(done) }()
	moved := 0
	for {
		position, changed := h.projector.Look(h.workspace)
		head, _ := h.record.Head(ctx, h.workspace)
		select {
		case <-done:
			if position.Seq >= head {
				return moved
			}
		default:
		}
		select {
		case <-changed:
			moved++
		case <-time.After(10 * time.Millisecond):
		}
	}
}
