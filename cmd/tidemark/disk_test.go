package main

import (
	"fmt"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestFullDisk fills a small file system under the running program: writes
// answer 503, reads go on, and with room again everything that was answered is
// there.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	small := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", small).CombinedOutput(); err != nil {
		t.Skipf("needs the right to mount a file system: %v %s", err, out)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(small, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	data := filepath.Join(small, "data")
	key := copyData(t, data)
	p := startServer(t, data, key)

	// A refusal need not be the end of it: a checkpoint can make room for the
	// next batch, so the answered ones are kept by number.
	var answered []int
	refused := 0
	filler := strings.Repeat("x", 900)
	for n := 0; refused < 3; n++ {
		status, err := p.call(http.MethodPost, "/v1/changes", fatBatch(n, filler), &struct{}{})
		switch {
		case status == http.StatusOK:
			answered = append(answered, n)
		case status == http.StatusServiceUnavailable:
			refused++
		default:
			t.Fatalf("batch %d: status %d, want 200 or 503: %v", n, status, err)
		}
		if n > 2000 {
			t.Fatal("the disk does not get full")
		}
	}
	if len(answered) == 0 {
		t.Fatal("no batch was answered before the disk was full")
	}
	verifyBatches(t, p, answered)

	if err := syscall.Mount("tmpfs", small, "tmpfs", syscall.MS_REMOUNT, "size=200m"); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(200 * time.Millisecond) {
		status, err := p.call(http.MethodPost, "/v1/contacts", map[string]string{"external_id": "after"}, &struct{}{})
		if status == http.StatusOK {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("writes do not work again with room on the disk: %v", err)
		}
	}
	verifyBatches(t, p, answered)
	if out := must(t, "check", "--data", data); !strings.Contains(out, "The record is consistent") {
		t.Error(out)
	}
}

func fatBatch(n int, filler string) []map[string]any {
	var items []map[string]any
	for i := range 50 {
		items = append(items, map[string]any{
			"contact": map[string]any{"external_id": fmt.Sprintf("n%d-%d", n, i), "properties": map[string]string{"note": filler}},
			"stage":   "new_lead", "at": "2026-01-01T00:00:00Z",
		})
	}
	return items
}

// verifyBatches finds the first and the last contact of each answered batch.
func verifyBatches(t *testing.T, p *program, answered []int) {
	t.Helper()
	for _, n := range answered {
		for _, i := range []int{0, 49} {
			if _, err := p.call(http.MethodGet, fmt.Sprintf("/v1/contacts/external_id:n%d-%d", n, i), nil, &struct{}{}); err != nil {
				t.Fatalf("an answered write is lost: %v", err)
			}
		}
	}
}
