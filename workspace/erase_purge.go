package workspace

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
)

// Remains are the places where something of a person is, besides the record's
// rows.
type Remains struct {
	Copies     Copies
	Tombstones Tombstones
	Flush      func(ctx context.Context) error // makes the record's file what its write-ahead log says, and empties that
}

// purgeShare bounds how much of the time goes into removing rows: a pause is
// that many times as long as the round before it. Where nothing could be removed
// yet it grows to that from once as long: mostly it can a moment later.
const purgeShare = 50

// FollowErasures takes out visits that are too old, and removes the rows of who was erased, until ctx ends. What
// cannot be removed yet waits for the next round.
func (s *Service) FollowErasures(ctx context.Context, remains Remains, failed func(error)) {
	var old retention
	share := time.Duration(0) // of the pauses
	for {
		began := time.Now()
		if err := old.round(ctx, s); err != nil && ctx.Err() == nil {
			failed(err)
		}
		n, err := s.PurgeErased(ctx, remains)
		switch {
		case errors.Is(err, ErrPurgeLater):
			share = min(max(1, 2*share), purgeShare)
		case err == nil && n == 0: // there was nothing to do
			share = 0
		default:
			share = purgeShare
			if err != nil && ctx.Err() == nil {
				failed(err)
			}
		}
		wait := max(time.Second, min(share*time.Since(began), time.Hour))
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// PurgeErased removes for good whatever is left of contacts that were erased:
// log, lists, answers, rows of import files, texts that nobody else has, and
// what the copies hold. It returns how many were completed.
func (s *Service) PurgeErased(ctx context.Context, remains Remains) (int, error) {
	var pending, parts []StoredErasure
	err := s.store.Read(ctx, func(r Reader) (err error) {
		if pending, err = r.PendingErasures(); err == nil {
			parts, err = r.Visitors().Forgetting()
		}
		return err
	})
	if err != nil || len(pending)+len(parts) == 0 {
		return 0, err
	}
	if err := remains.Tombstones.Bury(pending); err != nil {
		return 0, fmt.Errorf("write tombstones: %w", err)
	}
	var done []purging
	for w, of := range byWorkspace(slices.Concat(pending, parts)) {
		p := purging{s: s, workspace: w, remains: remains}
		err := p.run(ctx, of)
		if err != nil && !errors.Is(err, ErrPurgeLater) {
			return 0, fmt.Errorf("purge workspace %d: %w", w, err)
		}
		if err == nil {
			done = append(done, p)
		}
	}
	if len(done) == 0 {
		return 0, ErrPurgeLater
	}
	if err := remains.Flush(ctx); err != nil {
		return 0, fmt.Errorf("flush the record: %w", err)
	}
	if err := remains.Copies.Rewrite(ctx); err != nil {
		return 0, fmt.Errorf("rewrite the reports: %w", err)
	}
	return s.purged(ctx, done)
}

func byWorkspace(pending []StoredErasure) map[journal.WorkspaceID][]StoredErasure {
	out := map[journal.WorkspaceID][]StoredErasure{}
	for _, e := range pending {
		out[e.Workspace] = append(out[e.Workspace], e)
	}
	return out
}

func (s *Service) purged(ctx context.Context, done []purging) (n int, err error) {
	err = s.store.Write(ctx, func(tx Tx) error {
		n = 0
		for _, p := range done {
			n += len(p.what.Contacts)
			if err := tx.Purged(p.what); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// purging removes the rows of one workspace's erased contacts.
type purging struct {
	s         *Service
	workspace journal.WorkspaceID
	remains   Remains

	what   Purge
	known  identitySet
	texts  map[string]bool
	marks  map[string]bool
	latest int64

	visitors map[journal.ContactID]bool // that were looked at
}

// identitySet is how people were known.
type identitySet map[Identity]bool

func (p *purging) run(ctx context.Context, pending []StoredErasure) error {
	p.known, p.texts, p.marks = identitySet{}, map[string]bool{}, map[string]bool{}
	err := p.s.store.Read(ctx, func(r Reader) error {
		running, err := r.Imports().RunningImports()
		if err == nil && slices.ContainsFunc(running, func(i StoredImport) bool { return i.Workspace == p.workspace }) {
			return ErrPurgeLater // its file may be about one of them, and is being read
		}
		if err != nil {
			return err
		}
		return p.collect(r, pending)
	})
	if err != nil {
		return err
	}
	if err := p.blankFiles(ctx); err != nil {
		return fmt.Errorf("blank import files: %w", err)
	}
	return p.remains.Copies.Still(ctx, p.workspace, p.latest, func(seen int64) error { return p.remove(ctx, seen) })
}

// collect reads what the log knows of the people.
func (p *purging) collect(r Reader, pending []StoredErasure) error {
	p.what, p.visitors = Purge{Workspace: p.workspace}, map[journal.ContactID]bool{}
	for _, e := range pending {
		p.latest = max(p.latest, e.Last)
		if e.Pending {
			p.what.Contacts = append(p.what.Contacts, e.Contact)
			p.what.Tombstones = append(p.what.Tombstones, e.Last)
		}
		if !e.Visitor { // of whom nobody was told
			p.marks[`"`+ShowContactID(e.Contact)+`"`] = true
		}
	}
	slices.Sort(p.what.Contacts)
	slices.Sort(p.what.Tombstones)
	for _, e := range pending {
		if !e.Pending {
			if err := p.collectPart(r, e); err != nil {
				return err
			}
			continue
		}
		entries, err := r.Chain(e.Last)
		if err != nil {
			return err
		}
		for i := range entries {
			p.note(&entries[i])
		}
		if err := p.collectVisits(r, entries); err != nil {
			return err
		}
	}
	slices.Sort(p.what.Entries)
	p.what.Entries = slices.DeleteFunc(slices.Compact(p.what.Entries), func(seq int64) bool {
		_, stays := slices.BinarySearch(p.what.Tombstones, seq)
		return stays
	})
	return nil
}

// note collects the texts of an entry of one of the people.
func (p *purging) note(e *journal.Entry) {
	p.what.Entries = append(p.what.Entries, e.Seq)
	for _, s := range e.Sources() {
		p.noteSource(s)
	}
	if e.Edit == nil {
		return
	}
	for name, f := range e.Edit.Fields {
		p.noteValue(name, f.From)
		p.noteValue(name, f.To)
	}
}

func (p *purging) noteValue(name string, value json.RawMessage) {
	label := journal.Label(value)
	if label == "" {
		return
	}
	if !slices.Contains(nameFields[:], name) {
		p.texts[label] = true
		return
	}
	i := identityOf(name, label)
	p.known[i] = true
	if i.Kind != IdentityExternalID { // which may be a text as short as "7"
		p.marks[label], p.marks[i.Value] = true, true
		return
	}
	p.marks[`"`+label+`"`] = true
}

func (p *purging) noteSource(s touch.Source) {
	for _, text := range s.Values() {
		if text != "" {
			p.texts[text] = true
		}
	}
}

// remove removes the rows, while nothing new is copied.
func (p *purging) remove(ctx context.Context, seen int64) error {
	if len(p.what.Entries) == 0 {
		return nil // they went in a round that did not come to its end
	}
	texts := slices.Sorted(maps.Keys(p.texts))
	err := p.s.store.Read(ctx, func(r Reader) error {
		used, upTo, err := r.UsedTexts(p.workspace, texts, p.what.Entries)
		p.what.Texts = slices.DeleteFunc(texts, func(text string) bool { return used[text] })
		p.what.Seen = min(seen, upTo)
		return err
	})
	if err != nil {
		return err
	}
	p.what.Marks = slices.Sorted(maps.Keys(p.marks))
	return p.s.store.Write(ctx, func(tx Tx) error { return tx.Purge(p.what) })
}

// says reports whether a text has one of the e-mails or phones in it, in any
// case of letters.
func (k identitySet) says(text []byte) bool {
	folded := bytes.ToLower(text)
	for i := range k {
		if i.Kind == IdentityEmail && bytes.Contains(folded, []byte(i.Value)) {
			return true
		}
	}
	return false
}

func (k identitySet) hasAny(identities []Identity) bool {
	return slices.ContainsFunc(identities, func(i Identity) bool { return k[i] })
}
