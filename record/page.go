package record

import (
	"math"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// ListContacts returns the contacts after a key in the order it says.
func (r *Reader) ListContacts(w journal.WorkspaceID, after workspace.ContactKey, limit int) ([]workspace.ContactKey, error) {
	switch after.Order {
	case workspace.OrderOldest:
		return r.numbered("contact.oldest", w, after, limit)
	case workspace.OrderName:
		return r.byName(w, after, limit)
	}
	if after.ID == 0 {
		after.ID = math.MaxInt64
	}
	return r.numbered("contact.newest", w, after, limit)
}

func (r *Reader) numbered(query string, w journal.WorkspaceID, after workspace.ContactKey, limit int) ([]workspace.ContactKey, error) {
	var keys []workspace.ContactKey
	err := r.Each(query, func(row Row) error {
		keys = append(keys, workspace.ContactKey{Order: after.Order, Nameless: after.Nameless, ID: journal.ContactID(row.Int(0))})
		return nil
	}, int64(w), int64(after.ID), limit)
	return keys, err
}

// byName lists contacts with a name, then those without in order of creation.
func (r *Reader) byName(w journal.WorkspaceID, after workspace.ContactKey, limit int) ([]workspace.ContactKey, error) {
	var keys []workspace.ContactKey
	if !after.Nameless {
		err := r.Each("contact.byName", func(row Row) error {
			keys = append(keys, nameKey(row))
			return nil
		}, int64(w), after.Name, int64(after.ID), limit)
		if err != nil || len(keys) == limit {
			return keys, err
		}
		after = workspace.ContactKey{Order: workspace.OrderName, Nameless: true}
	}
	rest, err := r.numbered("contact.nameless", w, after, limit-len(keys))
	return append(keys, rest...), err
}

func nameKey(row Row) workspace.ContactKey {
	return workspace.ContactKey{
		Order: workspace.OrderName, ID: journal.ContactID(row.Int(0)),
		Name: strings.Clone(row.Text(1)),
	}
}

// SearchContacts returns the contacts whose name, e-mail, phone or external
// id begins with a prefix, each once, in no order.
func (r *Reader) SearchContacts(w journal.WorkspaceID, p workspace.Prefix, limit int) (found []journal.ContactID, complete bool, err error) {
	seen := map[journal.ContactID]bool{}
	complete = true
	search := func(query string, args ...any) {
		n := 0
		if err == nil {
			err = r.Each(query, func(row Row) error {
				n++
				seen[journal.ContactID(row.Int(0))] = true
				return nil
			}, args...)
		}
		complete = complete && n < limit
	}
	text, beyond := p.Text, afterPrefix(p.Text)
	search("contact.named", int64(w), text, beyond, limit)
	search("identity.prefix", int64(w), int64(workspace.IdentityExternalID), text, beyond, limit)
	search("identity.prefix", int64(w), int64(workspace.IdentityEmail), text, beyond, limit)
	if p.Phone != "" {
		search("identity.prefix", int64(w), int64(workspace.IdentityPhone), p.Phone, afterPrefix(p.Phone), limit)
	}
	for id := range seen {
		found = append(found, id)
	}
	return found, complete, err
}
