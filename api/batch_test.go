package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// FuzzDecodeChanges feeds the decoder of batches anything: it must take what
// is JSON item by item, refuse what is not, and never lose an item.
func FuzzDecodeChanges(f *testing.F) {
	for _, seed := range []string{
		`[]`, `[{"contact":{"email":"a"},"stage":null,"at":"2026-01-01T00:00:00Z"}]`, "{}\n{}\n", `[1,"x",null,[],{}]`,
		`[{"stage":{}}]`, `[{"at":5}]`, `[{"contact":{"properties":{"a":[1]}}}]`, `[{"actor":{"kind":"user"}}]`, `[`, `{]`, `[{}]x`, "\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if checkText(body, 0) != nil || checkDepth(body) != nil {
			return
		}
		items, err := decodeChanges(body)
		var want []json.RawMessage
		isArray := json.Unmarshal(body, &want) == nil && bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("["))
		switch {
		case isArray && (err != nil || len(items) != len(want)):
			t.Errorf("%q: %d items and %v, want %d", body, len(items), err, len(want))
		case err == nil && bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("[")) && !isArray:
			t.Errorf("%q is no array but was taken", body)
		}
		for i, item := range items {
			if item.Err == nil && item.At == 0 && item.Actor.Kind == "" {
				t.Errorf("%q: item %d has neither an error nor a change", body, i)
			}
		}
	})
}

// FuzzCheckJSON compares what the edge refuses with the parser behind it.
func FuzzCheckJSON(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":"\u0000"}`, `{"a":"\\u0000"}`, "{\"a\":\"\xff\"}", `[[[[`, `"\"[["`, `{"a":1}{}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		err := checkJSON(body)
		var v any
		if err == nil && json.Unmarshal(body, &v) != nil {
			t.Errorf("%q passes but is no JSON", body)
		}
		if err == nil && bytes.ContainsRune([]byte(fmt.Sprint(v)), 0) {
			t.Errorf("%q passes with a NUL in it", body)
		}
	})
}

func TestDepthCountsOutsideOfTexts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{`{"a":[{}]}`: 3, `{"a":"[[[["}`: 1, `{"a":"\"[["}`: 1, `{"a\\":[]}`: 2} {
		var d depth
		deepest := 0
		for _, b := range []byte(text) {
			d.next(b)
			deepest = max(deepest, d.level)
		}
		if deepest != want || d.level != 0 {
			t.Errorf("%s is %d deep and ends at %d, want %d and 0", text, deepest, d.level, want)
		}
	}
}

func TestLimiterIsBounded(t *testing.T) {
	t.Parallel()
	l := newLimiter(1, 2)
	for i := range 3 * maxBuckets {
		if err := l.take(fmt.Sprint("caller ", i)); err != nil {
			t.Fatal(err)
		}
	}
	if len(l.buckets) > maxBuckets {
		t.Errorf("%d buckets are kept, want at most %d", len(l.buckets), maxBuckets)
	}
	for range 2 {
		if err := l.take("greedy"); err != nil {
			t.Fatal(err)
		}
	}
	err := l.take("greedy")
	if p := problemOf(t.Context(), discard(), err); p.Status != 429 || p.retryAfter != "1" {
		t.Errorf("the third request at once gets %+v, want 429 and a second to wait", p)
	}
	free := newLimiter(0, 1)
	for range 2 {
		if free.take("a") != nil {
			t.Error("a limiter without a rate limits")
		}
	}
}

func TestGateWaitsItsTurn(t *testing.T) {
	t.Parallel()
	g := make(gate, 1)
	leave, err := g.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	entered := make(chan struct{})
	go func() {
		if leave, err := g.enter(t.Context()); err == nil {
			close(entered)
			leave()
		}
	}()
	select {
	case <-entered:
		t.Fatal("two are in at once")
	case <-time.After(20 * time.Millisecond):
	}
	leave()
	<-entered
}

func TestETag(t *testing.T) {
	t.Parallel()
	for _, tag := range []string{etag(42), `W/"42"`, " \"42\" ", "42"} {
		if n, err := parseETag(tag); n != 42 || err != nil {
			t.Errorf("%q is %d, %v, want 42", tag, n, err)
		}
	}
	if n, err := parseETag(`"abc"`); n != noEdit || err != nil {
		t.Errorf("a foreign tag is %d, %v, want one that nothing matches", n, err)
	}
	for _, tag := range []string{"abc", "W/abc", `"abc`, `"1", "2"`} {
		if n, err := parseETag(tag); err == nil {
			t.Errorf("%q is taken as %d", tag, n)
		}
	}
}
