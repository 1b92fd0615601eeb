package workspace

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// NoteInput makes or changes a note; nil is left as it is.
type NoteInput struct {
	Day     *string `json:"day,omitempty" format:"date" doc:"in the workspace's time zone"`
	Text    *string `json:"text,omitempty" doc:"what happened, at most 500 characters"`
	IfMatch *int64  `json:"-"`

	Once Idempotency `json:"-"` // of AddNote
}

// NoteAnswer is something that a person marked on time charts.
type NoteAnswer struct {
	ID        string           `json:"id"`
	Day       string           `json:"day" format:"date"`
	Text      string           `json:"text"`
	Author    string           `json:"author" doc:"who wrote it"`
	CreatedAt lifecycle.Millis `json:"created_at"`
	Edit      int64            `json:"-"`
}

type noteBody struct{ Day, Text, Author string }

const (
	maxNotes    = 2000
	maxNoteText = 500
)

func notes() Shelf[noteBody] { return Shelf[noteBody]{SavedNote, "note", maxNotes} }

func noteAnswer(k Kept[noteBody]) NoteAnswer {
	return NoteAnswer{k.ID, k.Body.Day, k.Body.Text, k.Body.Author, k.Created, k.Edit}
}

func (b *noteBody) change(in NoteInput) error {
	set(&b.Day, in.Day)
	trimInto(&b.Text, in.Text)
	var k checker
	if _, err := time.Parse(time.DateOnly, b.Day); err != nil {
		k.Add("body.day", "is not a date like 2026-11-28").Coded("not_a_day")
	}
	k.Refuse("body.text", badText(b.Text, maxNoteText))
	if b.Text == "" {
		k.Add("body.text", "must not be empty").Coded("missing")
	}
	return k.Err()
}

// ListNotes lists the notes by day.
func (s *Service) ListNotes(ctx context.Context, w journal.WorkspaceID) (out []NoteAnswer, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		all, err := notes().All(r.Saved(), w)
		for _, k := range all {
			out = append(out, noteAnswer(k))
		}
		return err
	})
	slices.SortStableFunc(out, func(a, b NoteAnswer) int { return strings.Compare(a.Day, b.Day) })
	return out, err
}

// AddNote marks a day.
func (s *Service) AddNote(ctx context.Context, w journal.WorkspaceID, who Principal, in NoteInput) (out NoteAnswer, err error) {
	body := noteBody{Author: who.Name}
	if err := body.change(in); err != nil {
		return out, err
	}
	return writeOnce(ctx, s, w, in.Once, func(tx Tx) (NoteAnswer, error) {
		k, err := notes().Add(tx.Saved(), w, body, s.now())
		return noteAnswer(k), err
	})
}

// EditNote changes a note.
func (s *Service) EditNote(ctx context.Context, w journal.WorkspaceID, id string, in NoteInput) (out NoteAnswer, err error) {
	err = s.store.Write(ctx, func(tx Tx) error {
		k, err := notes().Get(tx.Saved(), w, id, in.IfMatch)
		if err != nil {
			return err
		}
		if err := k.Body.change(in); err != nil {
			return err
		}
		err = k.Save(tx.Saved())
		out = noteAnswer(k)
		return err
	})
	return out, err
}

// RemoveNote forgets a note.
func (s *Service) RemoveNote(ctx context.Context, w journal.WorkspaceID, id string) error {
	return s.store.Write(ctx, func(tx Tx) error {
		return notes().Remove(tx.Saved(), w, id)
	})
}
