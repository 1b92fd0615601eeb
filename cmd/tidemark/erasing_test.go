package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// filesWith lists the files below a folder that have a text in them, in any
// case of letters. Sockets have no content.
func filesWith(t *testing.T, folder, text string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(bytes.ToLower(content), bytes.ToLower([]byte(text))) {
			files = append(files, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// erase erases a contact and waits until everything of it is gone.
func (p *program) erase(t *testing.T, contact string) {
	t.Helper()
	if _, err := p.call(http.MethodDelete, "/v1/contacts/"+contact, nil, &struct{}{}); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		var list struct{ Items []struct{ Completed bool } }
		if _, err := p.call(http.MethodGet, "/v1/erasures", nil, &list); err != nil {
			t.Fatal(err)
		}
		left := 0
		for _, e := range list.Items {
			if !e.Completed {
				left++
			}
		}
		if left == 0 && len(list.Items) > 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the erasure is not completed after a minute")
		}
	}
}

// create makes a contact in a stage and returns its seq.
func (p *program) create(t *testing.T, contact map[string]any) int64 {
	t.Helper()
	var out struct{ Seq int64 }
	if _, err := p.call(http.MethodPost, "/v1/contacts", contact, &out); err != nil {
		t.Fatal(err)
	}
	return out.Seq
}

// entered is how many journeys the reports count.
func (p *program) entered(t *testing.T, seq int64) int {
	t.Helper()
	var report struct{ Summary struct{ Entered int } }
	if _, err := p.call(http.MethodGet, fmt.Sprint("/v1/reports/lifecycle?min_seq=", seq), nil, &report); err != nil {
		t.Fatal(err)
	}
	return report.Summary.Entered
}

// TestErasedPeopleLeaveNoBytes searches the whole data folder of the real
// program for a person who was erased, while it runs and afterwards.
func TestErasedPeopleLeaveNoBytes(t *testing.T) {
	t.Parallel()
	data, key := newData(t)
	p := startServer(t, data, key)
	for i := range 30 {
		p.create(t, map[string]any{"email": fmt.Sprintf("stays%d@x.org", i), "stage": "new_lead", "owner": "Olga", "properties": map[string]any{"city": "Lyon"}})
	}
	seq := p.create(t, map[string]any{
		"email": "ada.vanish@x.org", "name": "Ada Vanish", "phone": "+33600700800", "stage": "new_lead", "owner": "Olga",
		"properties": map[string]any{"city": "Lyon", "address": "7 Vanish Lane"}, "source": map[string]any{"source": "Email", "landing_page": "/vanish"},
	})
	p.create(t, map[string]any{"email": "ada.vanish@x.org", "name": "Ada", "properties": map[string]any{"address": "8 Vanish Lane"}})
	if got := p.entered(t, seq); got != 31 {
		t.Fatalf("%d journeys entered before", got)
	}
	file := filepath.Join(t.TempDir(), "people.csv")
	rows := "mail,city\nada.vanish@x.org,Paris\nben@x.org,Paris\n"
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "import", file, "--data", data, "--mapping", `{"mail":{"field":"email"},"city":{"field":"property.city"}}`)
	if where := filesWith(t, data, "vanish"); len(where) < 3 {
		t.Fatalf("before, she is only in %v: the test cannot fail", where)
	}
	var out struct{ Seq int64 }
	if _, err := p.call(http.MethodPost, "/v1/contacts/merge", map[string]string{"keep": "email:stays0@x.org", "drop": "email:ada.vanish@x.org"}, &out); err != nil {
		t.Fatal(err)
	}
	p.erase(t, "email:stays0@x.org")
	for _, text := range []string{"vanish", "600700800", "stays0@"} {
		if left := filesWith(t, data, text); len(left) > 0 {
			t.Errorf("%q is left in %v", text, left)
		}
	}
	if got := p.entered(t, 0); got != 29 {
		t.Errorf("%d journeys entered afterwards, want 29", got)
	}
	seq = p.create(t, map[string]any{"email": "new@x.org", "stage": "new_lead"})
	if got := p.entered(t, seq); got != 30 {
		t.Errorf("%d journeys entered after one more, want 30", got)
	}
	if out := must(t, "check", "--data", data); !strings.Contains(out, "The record is consistent") {
		t.Error(out)
	}
	must(t, "rebuild", "--data", data)
	if got := p.entered(t, 0); got != 30 {
		t.Errorf("%d journeys entered after a rebuild, want 30", got)
	}
}
