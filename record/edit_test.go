package record

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// What the quick reading takes, it reads as encoding/json does.
func TestEditIsReadAsJSONReadsIt(t *testing.T) {
	t.Parallel()
	quick := 0
	rapid.Check(t, func(t *rapid.T) {
		body, err := encodeBody(&journal.Entry{Edit: drawEdit(t)})
		if err != nil {
			t.Fatal(err)
		}
		var want journal.ContactEdit
		if err := json.Unmarshal([]byte(body.(string)), &want); err != nil {
			t.Fatal(err)
		}
		got, ok := readEdit(body.(string))
		if !ok {
			return
		}
		quick++
		if diff := cmp.Diff(&want, got); diff != "" {
			t.Fatalf("edit %s differs (-want +got):\n%s", body, diff)
		}
	})
	if quick == 0 {
		t.Error("no edit was read quickly")
	}
}

func drawEdit(t *rapid.T) *journal.ContactEdit {
	text := rapid.OneOf(rapid.StringMatching(`[a-zé ,{}\[\]:]{0,8}`), rapid.String())
	e := &journal.ContactEdit{CreatedBy: text.Draw(t, "created by")}
	if rapid.Bool().Draw(t, "dated") {
		e.CreatedAt = lifecycle.Millis(rapid.Int64Range(1, 1<<42).Draw(t, "created at"))
	}
	value := rapid.Custom(func(t *rapid.T) json.RawMessage {
		var v any = text.Draw(t, "text")
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 1:
			v = rapid.Int().Draw(t, "number")
		case 2:
			v = []any{v, true, nil, map[string]any{"a": v}}
		case 3:
			v = map[string]any{text.Draw(t, "key"): []any{v, 1.5}}
		case 4:
			return nil
		}
		raw, _ := json.Marshal(v)
		return raw
	})
	if rapid.Bool().Draw(t, "fields") {
		e.Fields = rapid.MapOfN(text, rapid.Custom(func(t *rapid.T) journal.FieldEdit {
			return journal.FieldEdit{From: value.Draw(t, "from"), To: value.Draw(t, "to")}
		}), 0, 3).Draw(t, "edits")
	}
	if rapid.Bool().Draw(t, "source") {
		e.Source = &journal.SourceEdit{
			From: touch.Source{Campaign: text.Draw(t, "campaign before")},
			To:   touch.Source{Source: text.Draw(t, "channel"), LandingPage: text.Draw(t, "page")},
		}
	}
	return e
}

func TestReadEditRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		"", "{", "null", `{"created_by":"a"`, `{"created_by":"a"}x`, `{"created_by":"\u0061"}`, `{"other":1}`,
		`{ "created_by":"a"}`, `{"fields":{"a":{"old":1}}}`, `{"source":{"to":{"colour":"red"}}}`, `{"created_at":"then"}`,
		`{"fields":{"a":{"to":}}}`, `{"fields":{"a":{"to":[1}}}`,
	} {
		if _, ok := readEdit(body); ok {
			t.Errorf("readEdit(%q) takes it", body)
		}
	}
}
