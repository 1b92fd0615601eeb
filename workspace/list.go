package workspace

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Limits of pages.
const (
	defaultPage = 50
	maxPage     = 200
)

// Work of one page: how many search hits are sorted in memory, and how many
// contacts or log entries are looked at before a page is returned as it is,
// with a cursor to go on.
const (
	maxHits    = 2_000
	maxVisited = 50_000
	maxScanned = 1_000_000
)

// contactFilter is what contacts of a list must match.
type contactFilter struct {
	prefix Prefix
	stage  lifecycle.StageID // NoStage = any
}

// ListContacts returns a page of contacts. A page may be short, or empty,
// although there are more: Next says so.
func (s *Service) ListContacts(ctx context.Context, w journal.WorkspaceID, in ListContactsInput) (ContactPage, error) {
	if in.filtered() {
		return s.listFiltered(ctx, w, in)
	}
	after, limit, err := in.validate()
	if err != nil {
		return ContactPage{}, err
	}
	page := ContactPage{Items: []Contact{}}
	err = s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		f := contactFilter{prefix: prefixOf(in.Query)}
		if in.Stage != "" {
			stage, ok := c.FindStage(in.Stage)
			if !ok {
				return unknownStage(c, "query.stage", in.Stage)
			}
			f.stage = c.end(stage.ID)
		}
		l := lister{r: r, w: w, c: c, filter: f, limit: limit, page: &page}
		return l.list(after)
	})
	return page, err
}

func (in *ListContactsInput) validate() (after ContactKey, limit int, err error) {
	var k checker
	orders := map[string]ContactOrder{"": OrderNewest, "-created_at": OrderNewest, "created_at": OrderOldest, "name": OrderName}
	order, ok := orders[in.Sort]
	if !ok {
		k.Add("query.sort", "is not one of created_at, -created_at, name")
	}
	k.Refuse("query.q", badText(in.Query, maxName))
	limit = k.limit(in.Limit)
	after.Order = order
	if in.Cursor != "" && (!decodeCursor(in.Cursor, &after) || after.Order != order) {
		k.Add("query.cursor", "is not a cursor of this list")
	}
	return after, limit, k.Err()
}

func (k *checker) limit(limit int) int {
	if limit < 0 || limit > maxPage {
		k.Add("query.limit", "must be 1 to %d", maxPage)
	}
	return cmp.Or(limit, defaultPage)
}

// Cursors are opaque to callers: JSON, so that they cannot be misread, in an
// alphabet that needs no escaping.
func encodeCursor(value any) string {
	return base64.RawURLEncoding.EncodeToString(toJSON(value))
}

func decodeCursor(text string, into any) bool {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	return err == nil && json.Unmarshal(raw, into) == nil
}

// prefixOf folds what was typed as each kind of text is folded.
func prefixOf(query string) Prefix {
	p := Prefix{Text: Fold(query)}
	if isPhonePart(p.Text) {
		p.Phone = phone(p.Text).Value
	}
	return p
}

func isPhonePart(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return !strings.ContainsRune("0123456789+()-./ ", r) })
}

// lister fills one page.
type lister struct {
	r      Reader
	w      journal.WorkspaceID
	c      *Configured
	filter contactFilter
	limit  int
	page   *ContactPage
}

// list takes the hits of a search if they are few, else walks the list in its
// order and keeps what matches.
func (l *lister) list(after ContactKey) error {
	if l.filter.prefix.Text != "" {
		hits, complete, err := l.r.SearchContacts(l.w, l.filter.prefix, maxHits)
		if err != nil {
			return err
		}
		if complete {
			return l.sort(hits, after)
		}
	}
	return l.walk(after)
}

func (l *lister) walk(after ContactKey) error {
	const chunk = maxPage + 1
	for visited := 0; visited < maxVisited; {
		keys, err := l.r.ListContacts(l.w, after, chunk)
		if err != nil {
			return err
		}
		for _, key := range keys {
			if len(l.page.Items) == l.limit {
				l.page.Next = encodeCursor(after)
				return nil
			}
			after = key
			visited++
			if err := l.add(key.ID); err != nil {
				return err
			}
		}
		if len(keys) < chunk {
			return nil
		}
	}
	l.page.Next = encodeCursor(after)
	return nil
}

// sort puts all hits in order and takes those after the key.
func (l *lister) sort(hits []journal.ContactID, after ContactKey) error {
	keys := make([]ContactKey, 0, len(hits))
	for _, id := range hits {
		key := ContactKey{Order: after.Order, ID: id}
		if key.Order == OrderName {
			h, err := l.load(id)
			if err != nil {
				return err
			}
			key.Name = Fold(h.Profile.Name)
			key.Nameless = key.Name == ""
		}
		if after.ID == 0 || key.compare(after) > 0 {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, ContactKey.compare)
	for _, key := range keys {
		if len(l.page.Items) == l.limit {
			l.page.Next = encodeCursor(after)
			return nil
		}
		after = key
		if err := l.add(key.ID); err != nil {
			return err
		}
	}
	return nil
}

// compare orders keys as their list does.
func (k ContactKey) compare(other ContactKey) int {
	switch k.Order {
	case OrderNewest:
		return cmp.Compare(other.ID, k.ID)
	case OrderName:
		if k.Nameless != other.Nameless {
			return map[bool]int{false: -1, true: 1}[k.Nameless]
		}
	}
	return cmp.Or(cmp.Compare(k.Name, other.Name), cmp.Compare(k.ID, other.ID))
}

// add shows a contact on the page if it matches.
func (l *lister) add(id journal.ContactID) error {
	h, err := l.r.Load(l.w, id)
	if err != nil || h == nil {
		return err
	}
	if err := freshen(l.r, l.c, h, false); err != nil {
		return err
	}
	if l.filter.stage != lifecycle.NoStage && l.c.end(h.Head.State.Present) != l.filter.stage {
		return nil
	}
	if err := l.r.LoadProfile(l.w, h); err != nil {
		return err
	}
	if h.Profile.begins(l.filter.prefix) {
		l.page.Items = append(l.page.Items, contactView(l.c, h))
	}
	return nil
}

func (l *lister) load(id journal.ContactID) (*Held, error) {
	h, err := l.r.Load(l.w, id)
	if err != nil {
		return nil, err
	}
	if h == nil {
		return nil, contactNotFound(ShowContactID(id))
	}
	return h, l.r.LoadProfile(l.w, h)
}

// begins reports whether a name or an identity begins with the prefix.
func (p *Profile) begins(with Prefix) bool {
	for _, text := range []string{p.Name, p.ExternalID, p.Email} {
		if strings.HasPrefix(Fold(text), with.Text) && (text != "" || with.Text == "") {
			return true
		}
	}
	return with.Phone != "" && strings.HasPrefix(phone(p.Phone).Value, with.Phone)
}
