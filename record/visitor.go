package record

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// noContact is what a visitor that is gone became: it never was one, and is not
// told of among contacts that were erased.
const noContact = -1

// visitors reads visitors.
type visitors struct{ rows rows }

// visitorEditor writes them too.
type visitorEditor struct {
	visitors
	tx *Tx
}

// Visitors reads visitors.
func (r *Reader) Visitors() workspace.VisitorReader { return visitors{r} }

// Visitors writes visitors.
func (t *Tx) Visitors() workspace.VisitorWriter { return visitorEditor{visitors{t}, t} }

func (v visitors) Visitor(w journal.WorkspaceID, cookie string) (*workspace.Visitor, error) {
	return v.get("visitor.get", int64(w), cookie)
}

func (v visitors) Numbered(w journal.WorkspaceID, number journal.ContactID) (*workspace.Visitor, error) {
	return v.get("visitor.byNumber", int64(w), int64(number))
}

func (v visitors) get(query string, args ...any) (*workspace.Visitor, error) {
	row, ok, err := v.rows.One(query, args...)
	if err != nil || !ok {
		return nil, err
	}
	out := &workspace.Visitor{
		Number: journal.ContactID(row.Int(0)), Cookie: strings.Clone(row.Text(1)), Last: row.Int(2), Entries: int(row.Int(3)),
		Contact: journal.ContactID(row.Int(4)), Identified: lifecycle.Millis(row.Int(5)), Agreed: lifecycle.Millis(row.Int(7)),
	}
	if text := row.Text(6); text != "" {
		err = json.Unmarshal([]byte(text), &out.Agreement)
	}
	return out, err
}

func (v visitorEditor) Add(_ journal.WorkspaceID, cookie string) *workspace.Visitor {
	v.tx.now.contact++
	return &workspace.Visitor{Number: journal.ContactID(v.tx.now.contact), Cookie: cookie, Fresh: true}
}

func (v visitorEditor) Append(of *workspace.Visitor, e *journal.Entry) error {
	e.Contact, e.Prev = of.Number, of.Last
	if err := v.tx.append(e); err != nil {
		return err
	}
	v.tx.request.chains[of.Number] = v.chain(of, e)
	of.Last, of.Entries = e.Seq, of.Entries+1
	return nil
}

// maxTrail is the size in bytes up to which the packed chain of a visitor is
// held in memory: some ten pages with long addresses.
const maxTrail = 8 << 10

// chain is the packed chain of a visitor that goes on with an entry; nil where
// it is not held, or what is left out of packed entries would be missed.
func (v visitorEditor) chain(of *workspace.Visitor, e *journal.Entry) []byte {
	if e.Kind != journal.KindView && e.Kind != journal.KindIdentify {
		return nil
	}
	chain := []byte{chainFormat}
	if of.Last != 0 {
		if chain = v.tx.chain(of.Number); chain == nil {
			return nil
		}
	}
	// Those who follow the log may be reading the chain as it was.
	return journal.PackMore(slices.Clip(chain), []journal.Entry{*e}, maxTrail)
}

func (v visitorEditor) Save(w journal.WorkspaceID, of *workspace.Visitor) error {
	agreement, err := agreementText(of.Agreement)
	if err != nil {
		return err
	}
	if of.Fresh {
		of.Fresh = false
		return v.tx.Run("visitor.add", int64(w), int64(of.Number), of.Cookie, of.Last, of.Entries,
			int64(of.Contact), int64(of.Identified), agreement, int64(of.Agreed))
	}
	return v.tx.Run("visitor.save", int64(w), int64(of.Number), of.Last, of.Entries,
		int64(of.Contact), int64(of.Identified), agreement, int64(of.Agreed))
}

// agreementText is an agreement as it is stored: NULL for none.
func agreementText(a journal.Agreement) (any, error) {
	if a == (journal.Agreement{}) {
		return nil, nil
	}
	text, err := json.Marshal(a)
	return string(text), err
}

func (v visitorEditor) Drop(w journal.WorkspaceID, of *workspace.Visitor) error {
	v.tx.request.chains[of.Number] = nil
	if err := v.tx.Run("visitor.remove", int64(w), int64(of.Number)); err != nil {
		return err
	}
	if err := v.Part(w, of.Number, false); err != nil {
		return err
	}
	return v.tx.Run("gone.add", int64(w), int64(of.Number), of.Last, noContact, true)
}
