package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// gate bounds how many large bodies are in memory at the same time.
type gate chan struct{}

// gatePatience is how long a large body waits for its place.
const gatePatience = 5 * time.Second

// enter waits for a place and returns what gives it back. Whoever gets none in
// time is told when to come again, and has sent nothing that was read.
func (g gate) enter(ctx context.Context) (leave func(), err error) {
	timer := time.NewTimer(gatePatience)
	defer timer.Stop()
	select {
	case g <- struct{}{}:
		return func() { <-g }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-timer.C:
		return nil, &fault.Error{
			Kind: fault.Unavailable, Code: codeBusy, RetryAfter: gatePatience,
			Message: "Too many batches are being written. Nothing of this one was; send it again in a few seconds.",
		}
	}
}

// readBatch reads the body of a batch, decompressed, and refuses bytes that
// are not text or are nested too deeply.
func readBatch(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := readAll(w, r, maxBatch, longLimit)
	if err != nil {
		return nil, err
	}
	if err := checkText(body, 0); err != nil {
		return nil, err
	}
	return body, checkDepth(body)
}

// changeItem is one item of a batch.
type changeItem struct {
	Contact workspace.ContactFields `json:"contact" doc:"at least one identifier; may carry all fields of POST /v1/contacts"`
	Stage   stageValue              `json:"stage" doc:"id or key; null clears"`
	At      *string                 `json:"at" format:"date-time" nullable:"false" doc:"when it happened; at most five minutes ahead"`
	Actor   *Actor                  `json:"actor,omitempty"`
	ID      string                  `json:"id,omitempty" doc:"counts once within its contact"`
	Note    string                  `json:"note,omitempty"`
}

// decodeChanges reads a JSON array or a sequence of JSON objects. An item
// that is JSON but not a change is kept with its error, and so is a line that
// is not JSON beside others that are; an array that is not JSON is refused
// whole.
func decodeChanges(body []byte) ([]workspace.ChangeItem, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	start := bytes.TrimLeft(body, " \t\r\n")
	if len(start) == 0 {
		return nil, malformed("The body is empty.")
	}
	var items []workspace.ChangeItem
	var err error
	if start[0] == '[' {
		items, err = decodeArray(d)
	} else {
		items, err = decodeLines(body)
	}
	if err != nil {
		return nil, malformed("The body is not JSON at offset %d: %s.", d.InputOffset(), syntaxMessage(err))
	}
	return items, nil
}

func decodeArray(d *json.Decoder) ([]workspace.ChangeItem, error) {
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	var items []workspace.ChangeItem
	for d.More() {
		item, err := decodeItem(d)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is more after the array")
	}
	return items, nil
}

func decodeLines(body []byte) ([]workspace.ChangeItem, error) {
	var items []workspace.ChangeItem
	readable := false
	for len(body) > 0 {
		read, used, err := decodeSequence(body)
		readable = readable || len(read) > 0
		items = append(items, read...)
		if err == nil {
			break
		}
		if !readable {
			return nil, err
		}
		items = append(items, workspace.ChangeItem{Err: fault.At("item", "is not JSON: %s", syntaxMessage(err))})
		_, body, _ = bytes.Cut(bytes.TrimLeft(body[used:], " \t\r\n"), []byte("\n"))
	}
	return items, nil
}

// decodeSequence reads items up to the first that is not JSON, which begins
// where used ends.
func decodeSequence(body []byte) (items []workspace.ChangeItem, used int64, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	for {
		used = d.InputOffset()
		item, err := decodeItem(d)
		if errors.Is(err, io.EOF) && len(bytes.TrimSpace(body[used:])) == 0 {
			return items, used, nil
		}
		if err != nil {
			return items, used, err
		}
		items = append(items, item)
	}
}

// decodeItem reads the next item. The decoder stays usable after an item that
// is JSON of the wrong form.
func decodeItem(d *json.Decoder) (workspace.ChangeItem, error) {
	var raw changeItem
	err := d.Decode(&raw)
	switch {
	case err == nil:
		return raw.item(), nil
	case malformedJSON(err):
		return workspace.ChangeItem{}, err
	}
	return workspace.ChangeItem{Err: itemFault(err)}, nil
}

func malformedJSON(err error) bool {
	_, syntax := errors.AsType[*json.SyntaxError](err)
	return syntax || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

func syntaxMessage(err error) string {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early"
	}
	return err.Error()
}

// itemFault says in words why an item is not a change.
func itemFault(err error) error {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f
	}
	if t, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		if t.Field == "" {
			return fault.At("item", "must be an object, not %s", t.Value)
		}
		return fault.At(t.Field, "must not be %s", t.Value)
	}
	if field, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return fault.At(strings.Trim(field, `"`), "is not a field of a change")
	}
	return fault.At("item", "could not be read")
}

// item is the change that the raw item means, or why it means none.
func (raw *changeItem) item() workspace.ChangeItem {
	item := workspace.ChangeItem{
		Contact: raw.Contact, Stage: raw.Stage.value, HasStage: raw.Stage.said, ID: raw.ID, Note: raw.Note,
	}
	item.At, item.Err = raw.at()
	if item.Err == nil {
		item.Actor, item.Err = raw.actor()
	}
	return item
}

func (raw *changeItem) at() (lifecycle.Millis, error) {
	if raw.At == nil {
		return 0, fault.At("at", "is missing: when did it happen?")
	}
	var at lifecycle.Millis
	if err := at.UnmarshalText([]byte(*raw.At)); err != nil {
		return 0, fault.At("at", "is not a time as RFC 3339 writes it, like 2026-11-22T10:00:00Z")
	}
	return at, nil
}

func (raw *changeItem) actor() (journal.Actor, error) {
	if raw.Actor == nil || raw.Actor.Kind == "" {
		actor := journal.Actor{Kind: journal.ActorAPI}
		if raw.Actor != nil {
			actor.ID, actor.Name = raw.Actor.ID, raw.Actor.Name
		}
		return actor, nil
	}
	kind := journal.ActorKind(raw.Actor.Kind)
	if !slices.Contains(journal.ActorKinds[:], kind) {
		return journal.Actor{}, fault.At("actor.kind", "is not one of user, api, workflow, form, import and bulk")
	}
	return journal.Actor{Kind: kind, ID: raw.Actor.ID, Name: raw.Actor.Name}, nil
}

// stageValue is a stage that was named, cleared by null, or not said at all.
type stageValue struct {
	said  bool
	value *string
}

// Schema documents it.
func (stageValue) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Nullable: true}
}

// UnmarshalJSON notes that the stage was said, be it null.
func (v *stageValue) UnmarshalJSON(data []byte) error {
	v.said = true
	if err := json.Unmarshal(data, &v.value); err != nil {
		return fault.At("stage", "must be the id or key of a stage, or null")
	}
	return nil
}
