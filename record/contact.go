package record

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// maxState is the size in bytes up to which a folded state is cached. Longer
// ones, of contacts with very long journeys, are folded again from the chain.
const maxState = 4096

// maxChain is the size in bytes up to which a head has the packed chain of its
// contact: dozens of changes. A longer one is read from the log.
const maxChain = 1500

// chainFormat is the first byte of a head's chain. Another one is as good as no
// chain: it changes with the format of packed entries.
const chainFormat = 1

func inFormat(chain []byte) bool { return len(chain) > 0 && chain[0] == chainFormat }

// Find returns the contact that an identity names, 0 if none.
func (t *Tx) Find(w journal.WorkspaceID, i workspace.Identity) (journal.ContactID, error) {
	return find(context.Background(), t.conn, w, i)
}

// Find returns the contact that an identity names, 0 if none.
func (r *Reader) Find(w journal.WorkspaceID, i workspace.Identity) (journal.ContactID, error) {
	return find(r.ctx, r.conn, w, i)
}

func find(ctx context.Context, c *conn, w journal.WorkspaceID, i workspace.Identity) (journal.ContactID, error) {
	folded, exact := foldIdentity(i)
	row, ok, err := c.one(ctx, "identity.get", []any{int64(w), int64(i.Kind), folded, exact})
	if err != nil || !ok {
		return 0, err
	}
	return journal.ContactID(row.Int(0)), nil
}

// foldIdentity returns the two texts of an identity's key.
func foldIdentity(i workspace.Identity) (folded, exact string) {
	folded = workspace.Fold(i.Value)
	if folded != i.Value {
		exact = i.Value
	}
	return folded, exact
}

// Name makes an identity name a contact, 0 = nobody.
func (t *Tx) Name(w journal.WorkspaceID, i workspace.Identity, id journal.ContactID) error {
	folded, exact := foldIdentity(i)
	if id == 0 {
		return t.Run("identity.remove", int64(w), int64(i.Kind), folded, exact)
	}
	return t.Run("identity.add", int64(w), int64(i.Kind), folded, exact, int64(id))
}

// Load returns a contact with its head, nil if there is none.
func (t *Tx) Load(w journal.WorkspaceID, id journal.ContactID) (*workspace.Held, error) {
	return load(context.Background(), t.conn, w, id)
}

// Load returns a contact with its head, nil if there is none.
func (r *Reader) Load(w journal.WorkspaceID, id journal.ContactID) (*workspace.Held, error) {
	return load(r.ctx, r.conn, w, id)
}

func load(ctx context.Context, c *conn, w journal.WorkspaceID, id journal.ContactID) (*workspace.Held, error) {
	row, ok, err := c.one(ctx, "head.get", []any{int64(w), int64(id)})
	if err != nil {
		return nil, err
	}
	if ok {
		return decodeHeld(row, id), nil
	}
	_, became, err := goneFrom(ctx, c, w, id)
	if err != nil || became == 0 {
		return nil, err
	}
	return load(ctx, c, w, became)
}

// LoadBy returns the contact that an identity names, nil if none.
func (t *Tx) LoadBy(w journal.WorkspaceID, i workspace.Identity) (*workspace.Held, error) {
	return loadBy(context.Background(), t.conn, w, i)
}

// LoadBy returns the contact that an identity names, nil if none.
func (r *Reader) LoadBy(w journal.WorkspaceID, i workspace.Identity) (*workspace.Held, error) {
	return loadBy(r.ctx, r.conn, w, i)
}

func loadBy(ctx context.Context, c *conn, w journal.WorkspaceID, i workspace.Identity) (*workspace.Held, error) {
	folded, exact := foldIdentity(i)
	row, ok, err := c.one(ctx, "head.find", []any{int64(w), int64(i.Kind), folded, exact})
	if err != nil || !ok {
		return nil, err
	}
	return decodeHeld(row, journal.ContactID(row.Int(8))), nil
}

func decodeHeld(row Row, id journal.ContactID) *workspace.Held {
	h := &workspace.Held{ID: id, Head: workspace.Head{
		Last: row.Int(0), Latest: lifecycle.Millis(row.Int(3)), Changes: int(row.Int(4)),
		IDs: uint64(row.Int(5)), Folds: row.Int(6),
	}}
	// A state of another format is as good as none: it is folded again.
	h.Head.Folded = h.Head.State.UnmarshalBinary(row.Blob(7)) == nil
	if !h.Head.Folded {
		h.Head.State = lifecycle.State{Target: lifecycle.StageID(row.Int(1)), Since: lifecycle.Millis(row.Int(2))}
	}
	h.Stored = lifecycle.StageID(row.Int(1))
	if chain := row.Blob(9); inFormat(chain) {
		h.Chain = chain
	}
	return h
}

// Add numbers a new contact.
func (t *Tx) Add(journal.WorkspaceID) *workspace.Held {
	t.now.contact++
	return &workspace.Held{
		ID: journal.ContactID(t.now.contact), Fresh: true, Profile: &workspace.Profile{}, Edited: true,
		Head: workspace.Head{Latest: minMillis, Folded: true},
	}
}

// minMillis is earlier than every change.
const minMillis = lifecycle.Millis(-1 << 63)

// Append adds an entry of a contact to the log.
func (t *Tx) Append(h *workspace.Held, e *journal.Entry) error {
	e.Contact, e.Prev = h.ID, h.Head.Last
	if err := t.append(e); err != nil {
		return err
	}
	if h.Fresh && h.Head.Last == 0 {
		h.Chain = []byte{chainFormat}
	}
	if h.Chain != nil {
		h.Chain = journal.PackMore(h.Chain, []journal.Entry{*e}, maxChain)
	}
	h.Head.Last = e.Seq
	return nil
}

// Save writes the caches of a contact.
func (t *Tx) Save(w journal.WorkspaceID, h *workspace.Held) error {
	if h.Edited {
		if err := t.saveProfile(w, h); err != nil {
			return err
		}
	}
	query := "head.save"
	if h.Fresh {
		query = "head.add"
	}
	if err := t.saveHead(query, w, h); err != nil {
		return err
	}
	if target := h.Head.State.Target; target != h.Stored {
		t.count(w, h.Stored, -1)
		t.count(w, target, 1)
		h.Stored = target
	}
	t.request.chains[h.ID] = h.Chain
	h.Edited, h.Fresh = false, false
	return nil
}

func (t *Tx) count(w journal.WorkspaceID, s lifecycle.StageID, n int64) {
	if s != lifecycle.NoStage {
		t.request.stages[stageKey{w, s}] += n
	}
}

func (t *Tx) saveHead(query string, w journal.WorkspaceID, h *workspace.Held) error {
	var state any
	if h.Head.Folded {
		encoded, err := h.Head.State.AppendBinary(make([]byte, 0, 128))
		if err != nil {
			return fmt.Errorf("encode state: %w", err)
		}
		if len(encoded) <= maxState {
			state = encoded
		}
	}
	return t.Run(query, int64(w), int64(h.ID), h.Head.Last, int64(h.Head.State.Target), int64(h.Head.State.Since),
		int64(h.Head.Latest), h.Head.Changes, int64(h.Head.IDs), h.Head.Folds, state, orNone(h.Chain))
}

// orNone is NULL for no bytes.
func orNone(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}

func (t *Tx) saveProfile(w journal.WorkspaceID, h *workspace.Held) error {
	p := h.Profile
	var amount, currency, properties, source any
	if p.Value != nil {
		amount, currency = p.Value.Amount, p.Value.Currency
	}
	if len(p.Properties) > 0 {
		text, err := json.Marshal(p.Properties)
		if err != nil {
			return fmt.Errorf("encode properties: %w", err)
		}
		properties = string(text)
	}
	if !p.Source.IsZero() {
		text, err := json.Marshal(p.Source)
		if err != nil {
			return fmt.Errorf("encode source: %w", err)
		}
		source = string(text)
	}
	identifiers := []any{orNull(p.ExternalID), orNull(p.Email), orNull(p.Phone)}
	rest := []any{orNull(p.Name), orNull(workspace.Fold(p.Name)), orNull(p.Owner), amount, currency, properties, source}
	key := []any{int64(w), int64(h.ID)}
	if h.Fresh {
		created := []any{int64(p.CreatedAt), p.CreatedBy}
		return t.Run("contact.add", join(key, created, identifiers, rest)...)
	}
	return t.Run("contact.save", join(key, identifiers, rest)...)
}

func join(parts ...[]any) []any {
	out := make([]any, 0, 16)
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// LoadProfile fills h.Profile if it is not there yet.
func (t *Tx) LoadProfile(w journal.WorkspaceID, h *workspace.Held) error {
	return loadProfile(context.Background(), t.conn, w, h)
}

// LoadProfile fills h.Profile if it is not there yet.
func (r *Reader) LoadProfile(w journal.WorkspaceID, h *workspace.Held) error {
	return loadProfile(r.ctx, r.conn, w, h)
}

func loadProfile(ctx context.Context, c *conn, w journal.WorkspaceID, h *workspace.Held) error {
	if h.Profile != nil {
		return nil
	}
	row, ok, err := c.one(ctx, "contact.get", []any{int64(w), int64(h.ID)})
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("record: contact %d has a head and no row", h.ID)
	}
	h.Profile, err = decodeProfile(row)
	return err
}

func decodeProfile(r Row) (*workspace.Profile, error) {
	p := &workspace.Profile{
		CreatedAt: lifecycle.Millis(r.Int(1)), CreatedBy: r.Text(2),
		ExternalID: r.Text(3), Email: r.Text(4), Phone: r.Text(5), Name: r.Text(6), Owner: r.Text(7),
	}
	if !r.Null(8) {
		p.Value = &workspace.Money{Amount: r.Int(8), Currency: r.Text(9)}
	}
	if !r.Null(10) {
		if err := json.Unmarshal([]byte(r.Text(10)), &p.Properties); err != nil {
			return nil, fmt.Errorf("decode properties of contact %d: %w", r.Int(0), err)
		}
	}
	if !r.Null(11) {
		if err := json.Unmarshal([]byte(r.Text(11)), &p.Source); err != nil {
			return nil, fmt.Errorf("decode source of contact %d: %w", r.Int(0), err)
		}
	}
	return p, nil
}

// afterPrefix is the first text beyond all that begin with a prefix.
func afterPrefix(prefix string) string { return prefix + strings.Repeat("\U0010FFFF", 4) }
