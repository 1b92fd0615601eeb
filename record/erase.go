package record

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/tabular"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// EachErasure visits who was erased, the latest first.
func (r *Reader) EachErasure(w journal.WorkspaceID, visit func(workspace.StoredErasure)) error {
	return r.Each("erasure.list", func(row Row) error {
		visit(storedErasure(row))
		return nil
	}, int64(w))
}

// PendingErasures lists those of all workspaces whose rows wait.
func (r *Reader) PendingErasures() (list []workspace.StoredErasure, err error) {
	err = r.Each("erasure.pending", func(row Row) error {
		list = append(list, storedErasure(row))
		return nil
	})
	return list, err
}

func storedErasure(row Row) workspace.StoredErasure {
	e := workspace.StoredErasure{
		Workspace: journal.WorkspaceID(row.Int(0)), Contact: journal.ContactID(row.Int(1)), Last: row.Int(2),
		At: lifecycle.Millis(row.Int(3)), Actor: journal.Actor{ID: strings.Clone(row.Text(5)), Name: strings.Clone(row.Text(6))},
		Pending: row.Int(7) != 0,
	}
	e.Visitor = row.Int(8) == noContact
	if k := row.Int(4); k >= 0 && k < int64(len(journal.ActorKinds)) {
		e.Actor.Kind = journal.ActorKinds[k]
	}
	return e
}

// UsedTexts returns which texts contacts have, or entries about sources other
// than some, reading all of them.
func (r *Reader) UsedTexts(w journal.WorkspaceID, texts []string, but []int64) (map[string]bool, int64, error) {
	used := textSet{}
	wanted := make(map[string]bool, len(texts))
	for _, text := range texts {
		wanted[text] = true
	}
	if len(wanted) == 0 {
		return used, r.state.heads[w], nil
	}
	err := r.Each("contact.texts", func(row Row) error {
		used.add(wanted, row.Text(0))
		var properties map[string]json.RawMessage
		if !row.Null(1) {
			if err := json.Unmarshal([]byte(row.Text(1)), &properties); err != nil {
				return fmt.Errorf("decode properties: %w", err)
			}
		}
		for _, value := range properties {
			used.add(wanted, journal.Label(value))
		}
		var source touch.Source
		if !row.Null(2) {
			if err := json.Unmarshal([]byte(row.Text(2)), &source); err != nil {
				return fmt.Errorf("decode source: %w", err)
			}
		}
		for _, text := range source.Values() {
			used.add(wanted, text)
		}
		return nil
	}, int64(w))
	if err == nil {
		err = r.usedSources(w, used, wanted, but)
	}
	return used, r.state.heads[w], err
}

// usedSources adds the texts that touches, views and costs say.
func (r *Reader) usedSources(w journal.WorkspaceID, used textSet, wanted map[string]bool, but []int64) error {
	return r.Each("log.sourced", func(row Row) error {
		e := journal.Entry{Seq: row.Int(0), Kind: journal.Kind(row.Int(1))}
		if _, gone := slices.BinarySearch(but, e.Seq); gone {
			return nil
		}
		if err := decodeBody(&e, row.Text(2)); err != nil {
			return err
		}
		for _, s := range e.Sources() {
			for _, text := range s.Values() {
				used.add(wanted, text)
			}
		}
		return nil
	}, int64(w))
}

// textSet is a set of texts.
type textSet map[string]bool

// add adds a text if it is wanted.
func (s textSet) add(wanted map[string]bool, text string) {
	if wanted[text] {
		s[text] = true
	}
}

// maxUnseen is how many entries a purge looks at for texts that others have.
const maxUnseen = 20_000

// Purge removes what there is of erased contacts.
func (t *Tx) Purge(p workspace.Purge) error {
	said, err := t.saidSince(p.Workspace, p.Seen)
	if err != nil {
		return err
	}
	for _, text := range p.Texts {
		if said[text] {
			continue
		}
		if err := t.forgetText(p.Workspace, text); err != nil {
			return err
		}
	}
	t.request.forgets = true
	for _, seq := range p.Entries {
		if err := t.Run("purge.entry", seq); err != nil {
			return err
		}
	}
	for _, link := range p.Relinks {
		if err := t.Run("purge.relink", link.Seq, link.Prev); err != nil {
			return err
		}
	}
	for _, seq := range p.Tombstones {
		if err := t.Run("purge.tombstone", seq); err != nil {
			return err
		}
	}
	if err := t.purgeMarks(p); err != nil {
		return err
	}
	return t.purgeContacts(p.Contacts)
}

// saidSince returns the texts that entries after a seq say or take back.
func (t *Tx) saidSince(w journal.WorkspaceID, seq int64) (map[string]bool, error) {
	said := map[string]bool{}
	n := 0
	err := t.Each("log.scan", func(row Row) error {
		n++
		e, err := decodeEntry(row)
		if err != nil {
			return err
		}
		if rereads(&e) {
			return workspace.ErrPurgeLater
		}
		saidBy(&e, said)
		return nil
	}, int64(w), seq, t.now.seq, maxUnseen)
	if n == maxUnseen {
		err = errors.Join(err, workspace.ErrPurgeLater)
	}
	return said, err
}

// rereads reports whether an entry changes how earlier ones are read.
func rereads(e *journal.Entry) bool {
	return e.Kind == journal.KindMerge || e.Kind == journal.KindErasure || e.Kind == journal.KindWithdrawal
}

func saidBy(e *journal.Entry, said map[string]bool) {
	for _, s := range e.Sources() {
		for _, text := range s.Values() {
			said[text] = true
		}
	}
	if e.Edit == nil {
		return
	}
	for _, f := range e.Edit.Fields {
		said[journal.Label(f.From)], said[journal.Label(f.To)] = true, true
	}
}

// forgetText leaves the number of a text without it: no text that can be
// written has a NUL.
func (t *Tx) forgetText(w journal.WorkspaceID, text string) error {
	row, ok, err := t.One("dictionary.number", int64(w), text)
	if err != nil || !ok {
		return err
	}
	number := row.Int(0)
	return t.Run("purge.text", int64(w), number, fmt.Sprintf("\x00%d", number))
}

func (t *Tx) purgeMarks(p workspace.Purge) error {
	for _, mark := range p.Marks {
		// Answers are JSON twice over: the mark as it is, and as JSON writes it.
		quoted, err := json.Marshal(mark)
		if err != nil {
			return err
		}
		for _, text := range slices.Compact([]string{mark, strings.Trim(string(quoted), `"`)}) {
			if err := t.Run("purge.answers", int64(p.Workspace), []byte(text)); err != nil {
				return err
			}
		}
		if err := t.Run("purge.reasons", int64(p.Workspace), mark); err != nil {
			return err
		}
	}
	for _, r := range p.Rejected {
		if err := t.Run("purge.rejection", r.Import, r.Line); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) purgeContacts(contacts []journal.ContactID) error {
	for _, c := range contacts {
		for _, query := range []string{"purge.events", "purge.members", "purge.touched", "purge.written", "purge.revenue", "purge.deliveries"} {
			if err := t.Run(query, int64(c)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Purged notes that nothing is left of what was taken out.
func (t *Tx) Purged(p workspace.Purge) error {
	for _, c := range p.Contacts {
		if err := t.Run("gone.erased", int64(p.Workspace), int64(c)); err != nil {
			return err
		}
	}
	for _, v := range p.Parts {
		if err := t.Visitors().Part(p.Workspace, v, false); err != nil {
			return err
		}
	}
	return nil
}

// flushPatience is how long Flush waits for those who read old pages.
const flushPatience = 30 * time.Second

// Flush brings everything in the write-ahead log into the file and cuts the
// log to nothing, so that pages as they were before are not left in it.
func (r *Record) Flush(ctx context.Context) error {
	c, err := openConn(r.dsn, []string{"synchronous = FULL"}, r.queries)
	if err != nil {
		return fmt.Errorf("open connection: %w", err)
	}
	defer func() { _ = c.close() }()
	for deadline := time.Now().Add(flushPatience); ; {
		row, ok, err := c.one(ctx, "wal.truncate", nil)
		if err == nil && ok && row.Int(0) == 0 {
			return nil
		}
		if err != nil || time.Now().After(deadline) {
			return &fault.Error{Kind: fault.Unavailable, Code: "record_busy", Message: "The record is being read all the time.", Err: err}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// Blank overwrites parts of a file with spaces, line ends at their ends aside.
func (f ImportFolder) Blank(name string, spans []tabular.Span) error {
	file, err := os.OpenFile(f.path(name), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	for _, span := range spans {
		if err = blank(file, span); err != nil {
			break
		}
	}
	return errors.Join(err, file.Sync(), file.Close())
}

func blank(file *os.File, span tabular.Span) error {
	text := make([]byte, span.End-span.Start)
	if _, err := file.ReadAt(text, span.Start); err != nil {
		return err
	}
	for i := range len(strings.TrimRight(string(text), "\r\n")) {
		text[i] = ' '
	}
	_, err := file.WriteAt(text, span.Start)
	return err
}
