package record

import (
	"fmt"
	"slices"
	"sync"
	"testing"
)

func TestDictionaryNumbersOnce(t *testing.T) {
	t.Parallel()
	r := open(t, Options{})
	w := addWorkspace(t, r)
	ctx := t.Context()
	if n, err := r.Numbers(ctx, w, []string{"", "a"}); err != nil || !slices.Equal(n, []int64{0, unknown}) {
		t.Errorf("before: %v, %v", n, err)
	}
	first, err := r.Intern(ctx, w, []string{"a", "", "b", "a"})
	if err != nil || first[0] != first[3] || first[0] == first[2] || first[1] != 0 {
		t.Fatalf("intern: %v, %v", first, err)
	}
	r.texts = newTexts() // as after a restart
	again, err := r.Intern(ctx, w, []string{"c", "b", "a"})
	if err != nil || again[1] != first[2] || again[2] != first[0] || again[0] == 0 {
		t.Errorf("again: %v after %v, %v", again, first, err)
	}
	texts, err := r.Texts(ctx, w, []int64{0, again[0], again[1]})
	if err != nil || !slices.Equal(texts, []string{"", "c", "b"}) {
		t.Errorf("texts: %q, %v", texts, err)
	}
	if _, err := r.Texts(ctx, w, []int64{99}); err == nil {
		t.Error("an unknown number has a text")
	}
	other := addWorkspace(t, r)
	if n, err := r.Intern(ctx, other, []string{"b"}); err != nil || n[0] != 1 {
		t.Errorf("another workspace: %v, %v", n, err)
	}
}

func TestDictionaryNumbersSources(t *testing.T) {
	t.Parallel()
	r := open(t, Options{})
	w := addWorkspace(t, r)
	ctx := t.Context()
	ad, mail := [8]string{"Paid ads", "Meta", 3: "Spring"}, [8]string{"E-mail"}
	n, err := r.InternSources(ctx, w, [][8]string{ad, {}, mail, ad})
	if err != nil || n[0] != n[3] || n[1] != 0 || n[2] == n[0] {
		t.Fatalf("sources: %v, %v", n, err)
	}
	r.sources = newSources()
	fields, err := r.SourceFields(ctx, w, n)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][8]string{ad, {}, mail, ad} {
		texts, err := r.Texts(ctx, w, fields[i][:])
		if err != nil || [8]string(texts) != want {
			t.Errorf("source %d: %q, %v", i, texts, err)
		}
	}
}

func TestDictionaryConcurrent(t *testing.T) {
	t.Parallel()
	r := open(t, Options{})
	w := addWorkspace(t, r)
	var wg sync.WaitGroup
	results := make([][]int64, 8)
	var texts []string
	for i := range 50 {
		texts = append(texts, fmt.Sprint("text ", i))
	}
	for i := range results {
		wg.Go(func() {
			n, err := r.Intern(t.Context(), w, texts)
			if err != nil {
				t.Error(err)
			}
			results[i] = n
		})
	}
	wg.Wait()
	for _, n := range results {
		if !slices.Equal(n, results[0]) {
			t.Errorf("%v and %v", n, results[0])
		}
	}
}

// A write that fails after it wrote makes its group run again; whoever shares
// the group must not notice.
func TestDictionaryInSpoiledGroup(t *testing.T) {
	t.Parallel()
	r := open(t, Options{})
	w := addWorkspace(t, r)
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			if i%2 == 0 {
				_ = r.Write(t.Context(), func(tx *Tx) error {
					_, err := addContact(tx, w)
					return fmt.Errorf("refused after %v", err)
				})
				return
			}
			text := fmt.Sprint("text ", i)
			n, err := r.Intern(t.Context(), w, []string{text})
			if err != nil {
				t.Error(err)
				return
			}
			row, ok, err := stored(t, r, "dictionary.text", int64(w), n[0])
			if !ok || err != nil || row != text {
				t.Errorf("number %d of %q is stored as %q, %v", n[0], text, row, err)
			}
		})
	}
	wg.Wait()
}

// stored reads one text of the record.
func stored(t *testing.T, r *Record, query string, args ...any) (text string, ok bool, err error) {
	t.Helper()
	err = r.Read(t.Context(), func(rd *Reader) (err error) {
		var row Row
		if row, ok, err = rd.One(query, args...); ok {
			text = row.Text(0)
		}
		return err
	})
	return text, ok, err
}
