package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
)

// ListKind says how a list gets its members.
type ListKind string

// The kinds of lists.
const (
	ListStatic ListKind = "static" // they are put on it and taken off
	ListSmart  ListKind = "smart"  // whoever fulfils its rule
)

// ContactListInput makes or changes a list; nil is left as it is.
type ContactListInput struct {
	Name    *string   `json:"name,omitempty"`
	Kind    *ListKind `json:"kind,omitempty" enum:"static,smart" doc:"static when absent; it never changes"`
	Filter  *string   `json:"filter,omitempty" doc:"the rule of a smart list, in text or JSON form, or view:ID, list:ID"`
	IfMatch *int64    `json:"-"`

	Once Idempotency `json:"-"` // of AddList
}

// ContactListAnswer is a list as answers show it.
type ContactListAnswer struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Kind        ListKind          `json:"kind"`
	Filter      string            `json:"filter" doc:"the rule, text form; empty of a static list"`
	Members     int64             `json:"members" doc:"of a smart list: as of evaluated_at"`
	CreatedAt   lifecycle.Millis  `json:"created_at"`
	EvaluatedAt *lifecycle.Millis `json:"evaluated_at" doc:"when the rule was last evaluated for the history; null of a static list, and before"`
	Followed    bool              `json:"followed" doc:"its history is kept; false of a smart list that grew too large for that"`
	Valid       bool              `json:"valid" doc:"false when the rule names what is not there any more"`
	Errors      []segment.Fault   `json:"errors"`
	Edit        int64             `json:"-"`
}

// listBody is a list as it is stored.
type listBody struct {
	Name      string           `json:"name"`
	Kind      ListKind         `json:"kind"`
	Filter    string           `json:"filter,omitempty"`
	Evaluated lifecycle.Millis `json:"evaluated,omitzero"` // the latest evaluation of the rule
	Seq       int64            `json:"seq,omitempty"`      // how far the log was then
	Rule      string           `json:"rule,omitempty"`     // as it was then
	Large     bool             `json:"large,omitempty"`    // too many members to follow
}

func lists() Shelf[listBody] { return Shelf[listBody]{SavedList, "list", maxLists} }

// listNumber names a list in the log and in resolved filters.
func listNumber(number int64) string { return strconv.FormatInt(number, 10) }

func (l *ledger) listAnswer(k Kept[listBody]) (ContactListAnswer, error) {
	body := k.Body
	out := ContactListAnswer{
		ID: k.ID, Name: body.Name, Kind: body.Kind, Filter: body.Filter, Members: k.stored.Members,
		CreatedAt: k.Created, Followed: !body.Large, Valid: true, Errors: []segment.Fault{}, Edit: k.Edit,
	}
	if body.Evaluated != 0 {
		out.EvaluatedAt = &body.Evaluated
	}
	if body.Kind != ListSmart {
		return out, nil
	}
	view, err := l.show(body.Filter)
	out.Valid, out.Errors = view.Valid, view.Errors
	return out, err
}

// ListLists lists all lists, in order of creation.
func (s *Service) ListLists(ctx context.Context, w journal.WorkspaceID) ([]ContactListAnswer, error) {
	out := []ContactListAnswer{}
	err := s.ledger(ctx, w, func(l *ledger) error {
		for _, k := range l.lists {
			answer, err := l.listAnswer(k)
			if err != nil {
				return err
			}
			out = append(out, answer)
		}
		return nil
	})
	return out, err
}

// GetList returns one list.
func (s *Service) GetList(ctx context.Context, w journal.WorkspaceID, id string) (out ContactListAnswer, err error) {
	err = s.ledger(ctx, w, func(l *ledger) error {
		k, err := lists().Get(l.reader, w, id, nil)
		if err != nil {
			return err
		}
		out, err = l.listAnswer(k)
		return err
	})
	return out, err
}

// AddList makes a list.
func (s *Service) AddList(ctx context.Context, w journal.WorkspaceID, in ContactListInput) (ContactListAnswer, error) {
	return saveOnce(ctx, s, w, in.Once, func(l *ledger, tx SavedWriter) (out ContactListAnswer, err error) {
		body := listBody{Kind: ListStatic}
		set(&body.Kind, in.Kind)
		if body.Kind != ListStatic && body.Kind != ListSmart {
			return out, fault.At("body.kind", "is not static or smart")
		}
		body, err = l.changedList(body, in, 0)
		if err != nil {
			return out, err
		}
		k, err := lists().Add(tx, w, body, s.now())
		if err != nil {
			return out, err
		}
		return l.listAnswer(k)
	})
}

// EditList renames a list or changes its rule. Filters that name it by its old
// name get the new one.
func (s *Service) EditList(ctx context.Context, w journal.WorkspaceID, id string, in ContactListInput) (out ContactListAnswer, err error) {
	err = s.save(ctx, w, func(l *ledger, tx SavedWriter) error {
		k, err := lists().Get(tx, w, id, in.IfMatch)
		if err != nil {
			return err
		}
		if in.Kind != nil && *in.Kind != k.Body.Kind {
			return fault.At("body.kind", "of a list never changes: make another list")
		}
		before := k.Body.Name
		if k.Body, err = l.changedList(k.Body, in, k.stored.Number); err != nil {
			return err
		}
		if err := k.Save(tx); err != nil {
			return err
		}
		if err := l.renamed(tx, before, k.Body.Name); err != nil {
			return err
		}
		if err := l.readLists(); err != nil {
			return err
		}
		out, err = l.listAnswer(k)
		return err
	})
	return out, err
}

// changedList applies an input to a list and checks what comes out.
func (l *ledger) changedList(body listBody, in ContactListInput, self int64) (listBody, error) {
	trimInto(&body.Name, in.Name)
	var k checker
	k.Refuse("body.name", badLabel(body.Name))
	if err := k.Err(); err != nil {
		return body, err
	}
	if err := l.nameFree(SavedList, body.Name, self); err != nil {
		return body, err
	}
	switch {
	case body.Kind == ListStatic && in.Filter != nil && *in.Filter != "":
		return body, fault.At("body.filter", "is the rule of a smart list; a static list has members")
	case body.Kind == ListSmart && in.Filter != nil:
		var err error
		if body.Filter, err = l.rule(*in.Filter, self); err != nil {
			return body, err
		}
	}
	if body.Kind == ListSmart && body.Filter == "" {
		return body, fault.At("body.filter", "is missing: who belongs to a smart list?").Coded("missing")
	}
	return body, nil
}

// rule checks the rule of a smart list, which must not lead back to it.
func (l *ledger) rule(written string, self int64) (string, error) {
	e, faults, err := l.parse(written)
	if err == nil {
		err = located("body.filter", faults)
	}
	if err != nil {
		return "", relocated(err, "body.filter")
	}
	name := "it"
	if i := slices.IndexFunc(l.lists, func(k Kept[listBody]) bool { return k.stored.Number == self }); i >= 0 {
		name = l.catalogue.Lists[i]
	}
	r := resolver{ledger: l, out: segment.Resolved{Rules: map[string]segment.Expr{}}, under: []string{name}}
	r.expr(e)
	return e.String(), relocated(r.err, "body.filter")
}

// RemoveList forgets a list. One that a filter names stays: what should the
// filter mean without it?
func (s *Service) RemoveList(ctx context.Context, w journal.WorkspaceID, id string) error {
	return s.save(ctx, w, func(l *ledger, tx SavedWriter) error {
		k, err := lists().Get(tx, w, id, nil)
		if err != nil {
			return err
		}
		users, err := l.users(tx, k.Body.Name)
		if err != nil {
			return err
		}
		if len(users) > 0 {
			return fault.New(fault.Conflict, "list_in_use", "The list is named by the filters of %s.", fault.Named("by", users))
		}
		return k.Remove(tx)
	})
}

// users are the views and lists whose filter names a list.
func (l *ledger) users(tx SavedReader, name string) (users []string, err error) {
	err = l.eachFilter(tx, func(_ *StoredSaved, user string, e segment.Expr) error {
		found := false
		mapLists(e, func(item string) string {
			found = found || strings.EqualFold(item, name)
			return item
		})
		if found {
			users = append(users, quote(user))
		}
		return nil
	})
	return users, err
}

// renamed gives filters that name a list its new name.
func (l *ledger) renamed(tx SavedWriter, before, after string) error {
	if before == after {
		return nil
	}
	return l.eachFilter(tx, func(s *StoredSaved, _ string, e segment.Expr) error {
		next := mapLists(e, func(item string) string {
			if strings.EqualFold(item, before) {
				return after
			}
			return item
		})
		if next.String() == e.String() {
			return nil
		}
		body := map[string]json.RawMessage{}
		if err := json.Unmarshal(s.Body, &body); err != nil {
			return fmt.Errorf("decode what was saved: %w", err)
		}
		body["filter"] = toJSON(next.String())
		s.Body = toJSON(body)
		return tx.Save(s)
	})
}

// eachFilter visits the filters of all views and smart lists, with their names.
func (l *ledger) eachFilter(tx SavedReader, visit func(s *StoredSaved, name string, e segment.Expr) error) error {
	for _, kind := range [...]SavedKind{SavedView, SavedList} {
		all, err := tx.All(l.w, kind)
		if err != nil {
			return err
		}
		for i := range all {
			var body struct{ Name, Filter string }
			if err := json.Unmarshal(all[i].Body, &body); err != nil {
				return fmt.Errorf("decode what was saved: %w", err)
			}
			e, err := segment.Parse(body.Filter)
			if body.Filter == "" || err != nil {
				continue
			}
			if err := visit(&all[i], body.Name, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// mapLists replaces the names of lists in a filter.
func mapLists(e segment.Expr, name func(string) string) segment.Expr {
	switch e := e.(type) {
	case segment.All:
		return segment.All(mapParts(e, name))
	case segment.Any:
		return segment.Any(mapParts(e, name))
	case segment.Not:
		return segment.Not{Expr: mapLists(e.Expr, name)}
	case segment.Term:
		if e.Field != segment.Plain(segment.FieldList) || e.Op != segment.In {
			return e
		}
		items := segment.List()
		for _, item := range e.Value.List {
			items.List = append(items.List, segment.Text(name(item.Text)))
		}
		e.Value = items
		return e
	}
	return e
}

func mapParts(parts []segment.Expr, name func(string) string) []segment.Expr {
	out := make([]segment.Expr, len(parts))
	for i, part := range parts {
		out[i] = mapLists(part, name)
	}
	return out
}
