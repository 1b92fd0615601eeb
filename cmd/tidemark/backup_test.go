package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestBackupAndRestore backs up a running program under load, erases somebody,
// and restores into a new folder and over the old one: the erased stay erased.
func TestBackupAndRestore(t *testing.T) {
	t.Parallel()
	data, key := newData(t)
	p := startServer(t, data, key)
	for i := range 10 {
		p.create(t, map[string]any{"email": fmt.Sprintf("c%d@x.org", i), "stage": "new_lead"})
	}
	p.create(t, map[string]any{"email": "ada.vanish@x.org", "stage": "new_lead"})
	p.create(t, map[string]any{"email": "merged.vanish@x.org", "stage": "hot_lead"})
	stop := make(chan struct{})
	var load sync.WaitGroup
	load.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond): // all of them are restored three times
			}
			if _, err := p.call(http.MethodPost, "/v1/contacts", map[string]any{"external_id": fmt.Sprint("l", i)}, &struct{}{}); err != nil {
				t.Error(err)
				return
			}
		}
	})
	to := filepath.Join(t.TempDir(), "all.backup")
	said := must(t, "backup", to, "--data", data)
	close(stop)
	load.Wait()
	if !strings.Contains(said, to) {
		t.Error(said)
	}
	if c := programCommand(t, "backup", to, "--data", data); c.Run() == nil {
		t.Error("a backup was overwritten")
	}
	p.create(t, map[string]any{"email": "later@x.org", "stage": "new_lead"})
	if _, err := p.call(http.MethodPost, "/v1/contacts/merge", map[string]string{"keep": "email:ada.vanish@x.org", "drop": "email:merged.vanish@x.org"}, &struct{}{}); err != nil {
		t.Fatal(err)
	}
	p.erase(t, "email:ada.vanish@x.org")
	stones := filepath.Join(data, tombstoneFile)

	fresh := filepath.Join(t.TempDir(), "fresh")
	must(t, "restore", to, "--data", fresh)
	if got := journeysIn(t, fresh, key, nil); got != 12 {
		t.Errorf("%d journeys of a plain restore, want 12", got)
	}
	obeying := filepath.Join(t.TempDir(), "obeying")
	must(t, "restore", to, "--data", obeying, "--erased", stones)
	wantRestored(t, obeying, key)
	forgetting := filepath.Join(t.TempDir(), "forgetting")
	for _, wrong := range []string{stones + ".mistyped", filepath.Join(data, recordName)} {
		if c := programCommand(t, "restore", to, "--data", forgetting, "--erased", wrong); c.Run() == nil {
			t.Errorf("a restore took %s for the file that names who was erased", wrong)
		}
	}

	if c := programCommand(t, "restore", to, "--data", data, "--replace"); c.Run() == nil {
		t.Error("the record of a running server was replaced")
	}
	if err := p.command.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.command.Wait()
	if c := programCommand(t, "restore", to, "--data", data); c.Run() == nil {
		t.Error("a record was replaced without being asked to")
	}
	if said := must(t, "restore", to, "--data", data, "--replace"); !strings.Contains(said, "2 people") {
		t.Error(said)
	}
	wantRestored(t, data, key)
}

// journeysIn starts a server on a restored folder and counts; beside is done
// beside it.
func journeysIn(t *testing.T, data, key string, beside func()) int {
	t.Helper()
	p := startServer(t, data, key)
	defer func() {
		_ = p.command.Process.Kill()
		_ = p.command.Wait()
	}()
	if beside != nil {
		beside()
	}
	return p.entered(t, 0)
}

func wantRestored(t *testing.T, data, key string) {
	t.Helper()
	got := journeysIn(t, data, key, func() {
		if out := must(t, "check", "--data", data); !strings.Contains(out, "The record is consistent") {
			t.Error(out)
		}
	})
	if got != 10 {
		t.Errorf("%d journeys, want those of the ten who were there and not erased", got)
	}
	if left := filesWith(t, data, "vanish"); len(left) > 0 {
		t.Errorf("the erased are in %v", left)
	}
}

func TestRestoreRefusesWhatIsNoBackup(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	text := filepath.Join(folder, "text")
	if err := os.WriteFile(text, []byte("not a backup"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{text, filepath.Join(folder, "nothing")} {
		data := filepath.Join(folder, "data")
		c := programCommand(t, "restore", from, "--data", data)
		out, err := c.CombinedOutput()
		if err == nil || strings.Contains(string(out), "panic") {
			t.Errorf("%s: %v %s", from, err, out)
		}
		if _, err := os.Stat(filepath.Join(data, recordName)); err == nil {
			t.Error("it left a record")
		}
	}
}

// TestBackupsAtOnce makes some backups at the same moment: each is whole.
func TestBackupsAtOnce(t *testing.T) {
	t.Parallel()
	data, key := newData(t)
	p := startServer(t, data, key)
	const rows = 10_000
	for id := p.startImport(t, rows); ; time.Sleep(20 * time.Millisecond) {
		if state, _ := p.importState(t, id); state != "running" {
			break
		}
	}
	folder := t.TempDir()
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			time.Sleep(time.Duration(i) * 30 * time.Millisecond)
			if out, err := programCommand(t, "backup", filepath.Join(folder, fmt.Sprint(i)), "--data", data).CombinedOutput(); err != nil {
				t.Errorf("%v %s", err, out)
			}
		})
	}
	all.Wait()
	for i := range 4 {
		restored := filepath.Join(folder, fmt.Sprint("restored", i))
		out, err := programCommand(t, "restore", filepath.Join(folder, fmt.Sprint(i)), "--data", restored).CombinedOutput()
		if err != nil {
			t.Errorf("backup %d: %v %s", i, err, out)
		}
	}
}

// TestLeftoversAreRemoved starts where backup and restore were killed: people
// who are erased later would stay in what they left.
func TestLeftoversAreRemoved(t *testing.T) {
	t.Parallel()
	data, key := newData(t)
	left := []string{"backup.partial.sqlite", "backup.partial.sqlite-journal", "restore.partial/record.sqlite"}
	for _, name := range left {
		path := filepath.Join(data, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("ada.vanish@x.org"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	startServer(t, data, key)
	if left := filesWith(t, data, "vanish"); len(left) > 0 {
		t.Errorf("the erased are in %v", left)
	}
}

// TestFolderIsForOneUser writes into a folder that is open to others.
func TestFolderIsForOneUser(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	if err := os.Chmod(data, 0o755); err != nil {
		t.Fatal(err)
	}
	key := strings.TrimSpace(must(t, "key", "create", "--data", data, "--name", "test"))
	startServer(t, data, key)
	entries, err := os.ReadDir(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s %v %v", e.Name(), info.Mode(), err)
		}
	}
}
