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

// Limits of what is saved in a workspace.
const (
	maxViews   = 500
	maxLists   = 500
	maxColumns = 50
)

// SavedViewInput makes or changes a view; nil is left as it is.
type SavedViewInput struct {
	Name    *string   `json:"name,omitempty"`
	Filter  *string   `json:"filter,omitempty" doc:"text or JSON form, or view:ID, list:ID for what those say now; empty = everybody"`
	Columns *[]string `json:"columns,omitempty" doc:"fields that the page shows, in order"`
	Sort    *string   `json:"sort,omitempty" enum:"created_at,-created_at,name,stage_since,-stage_since,days_in_stage,-days_in_stage"`
	IfMatch *int64    `json:"-"`

	Once Idempotency `json:"-"` // of AddView
}

// SavedViewAnswer is a view as answers show it.
type SavedViewAnswer struct {
	ID      string          `json:"id"`
	Name    string          `json:"name"`
	Ready   bool            `json:"ready" doc:"it comes with the workspace and cannot be changed"`
	Filter  string          `json:"filter" doc:"text form"`
	Columns []string        `json:"columns"`
	Sort    string          `json:"sort"`
	Valid   bool            `json:"valid" doc:"false when it names what is not there any more"`
	Errors  []segment.Fault `json:"errors"`
	Edit    int64           `json:"-"`
}

// viewBody is a view as it is stored.
type viewBody struct {
	Name    string   `json:"name"`
	Filter  string   `json:"filter"` // canonical text
	Columns []string `json:"columns"`
	Sort    string   `json:"sort"`
}

func views() Shelf[viewBody] { return Shelf[viewBody]{SavedView, "view", maxViews} }

// view finds a view by its id, ready-made or saved.
func (l *ledger) view(id string) (viewBody, error) {
	for _, ready := range l.ready() {
		if ready.ID == id {
			return viewBody{ready.Name, ready.Filter, ready.Columns, ready.Sort}, nil
		}
	}
	saved, err := views().Get(l.reader, l.w, id, nil)
	return saved.Body, err
}

func (l *ledger) viewAnswer(k Kept[viewBody]) (SavedViewAnswer, error) {
	b := k.Body
	out := SavedViewAnswer{ID: k.ID, Name: b.Name, Filter: b.Filter, Columns: b.Columns, Sort: b.Sort, Edit: k.Edit}
	return out, out.judge(l)
}

// judge says whether the filter is still right.
func (a *SavedViewAnswer) judge(l *ledger) error {
	a.Valid, a.Errors = true, []segment.Fault{}
	if a.Filter == "" {
		return nil
	}
	view, err := l.show(a.Filter)
	a.Valid, a.Errors = view.Valid, view.Errors
	return err
}

// ListViews lists the ready-made views, then the saved ones.
func (s *Service) ListViews(ctx context.Context, w journal.WorkspaceID) (out []SavedViewAnswer, err error) {
	err = s.ledger(ctx, w, func(l *ledger) error {
		out = l.ready()
		saved, err := views().All(l.reader, w)
		if err != nil {
			return err
		}
		for _, k := range saved {
			answer, err := l.viewAnswer(k)
			if err != nil {
				return err
			}
			out = append(out, answer)
		}
		return nil
	})
	return out, err
}

// GetView returns one view.
func (s *Service) GetView(ctx context.Context, w journal.WorkspaceID, id string) (out SavedViewAnswer, err error) {
	err = s.ledger(ctx, w, func(l *ledger) error {
		if i := slices.IndexFunc(l.ready(), func(a SavedViewAnswer) bool { return a.ID == id }); i >= 0 {
			out = l.ready()[i]
			return nil
		}
		k, err := views().Get(l.reader, w, id, nil)
		if err != nil {
			return err
		}
		out, err = l.viewAnswer(k)
		return err
	})
	return out, err
}

// AddView saves a view.
func (s *Service) AddView(ctx context.Context, w journal.WorkspaceID, in SavedViewInput) (SavedViewAnswer, error) {
	return saveOnce(ctx, s, w, in.Once, func(l *ledger, tx SavedWriter) (out SavedViewAnswer, err error) {
		body, err := l.changedView(viewBody{Columns: []string{}, Sort: "-created_at"}, in, 0)
		if err != nil {
			return out, err
		}
		k, err := views().Add(tx, w, body, s.now())
		if err != nil {
			return out, err
		}
		return l.viewAnswer(k)
	})
}

// EditView changes a view.
func (s *Service) EditView(ctx context.Context, w journal.WorkspaceID, id string, in SavedViewInput) (out SavedViewAnswer, err error) {
	err = s.save(ctx, w, func(l *ledger, tx SavedWriter) error {
		k, err := l.ownView(tx, id, in.IfMatch)
		if err != nil {
			return err
		}
		if k.Body, err = l.changedView(k.Body, in, k.stored.Number); err != nil {
			return err
		}
		if err := k.Save(tx); err != nil {
			return err
		}
		out, err = l.viewAnswer(k)
		return err
	})
	return out, err
}

// RemoveView forgets a view.
func (s *Service) RemoveView(ctx context.Context, w journal.WorkspaceID, id string) error {
	return s.save(ctx, w, func(l *ledger, tx SavedWriter) error {
		k, err := l.ownView(tx, id, nil)
		if err != nil {
			return err
		}
		return k.Remove(tx)
	})
}

// save runs work inside one write, with what filters can name.
func (s *Service) save(ctx context.Context, w journal.WorkspaceID, work func(*ledger, SavedWriter) error) error {
	return s.store.Write(ctx, func(tx Tx) error {
		l, err := newLedger(tx, tx.Saved(), w)
		if err != nil {
			return err
		}
		return work(l, tx.Saved())
	})
}

// saveOnce is save, unless the request was answered before.
func saveOnce[T any](ctx context.Context, s *Service, w journal.WorkspaceID, once Idempotency, work func(*ledger, SavedWriter) (T, error)) (T, error) {
	return writeOnce(ctx, s, w, once, func(tx Tx) (out T, err error) {
		l, err := newLedger(tx, tx.Saved(), w)
		if err != nil {
			return out, err
		}
		return work(l, tx.Saved())
	})
}

// ownView finds a view that is to be changed, as the caller saw it.
func (l *ledger) ownView(tx SavedReader, id string, ifMatch *int64) (Kept[viewBody], error) {
	if strings.HasPrefix(id, readyPrefix) {
		return Kept[viewBody]{}, fault.New(fault.Conflict, "ready_made", "This view comes with every workspace and cannot be changed. Save a copy of it.")
	}
	return views().Get(tx, l.w, id, ifMatch)
}

// sorts are the orders of lists of contacts.
var sorts = [...]string{"created_at", "-created_at", "name", "stage_since", "-stage_since", "days_in_stage", "-days_in_stage"}

// changedView applies an input to a view and checks what comes out.
func (l *ledger) changedView(body viewBody, in SavedViewInput, self int64) (viewBody, error) {
	var k checker
	trimInto(&body.Name, in.Name)
	k.Refuse("body.name", badLabel(body.Name))
	if in.Columns != nil {
		body.Columns = k.columns(*in.Columns)
	}
	set(&body.Sort, in.Sort)
	if !slices.Contains(sorts[:], body.Sort) {
		k.Add("body.sort", "is not one of %s", strings.Join(sorts[:], ", "))
	}
	if err := k.Err(); err != nil {
		return body, err
	}
	if err := l.nameFree(SavedView, body.Name, self); err != nil {
		return body, err
	}
	if in.Filter == nil {
		return body, nil
	}
	var err error
	body.Filter, err = l.canonical(*in.Filter, "body.filter")
	return body, err
}

func (k *checker) columns(columns []string) []string {
	if len(columns) > maxColumns {
		k.Add("body.columns", "are %d; a view has at most %d", len(columns), fault.Named("max", maxColumns)).Coded("beyond_limit")
		return nil
	}
	out := []string{}
	for i, c := range columns {
		if _, err := segment.ParseField(c); err != nil {
			k.Add(fmt.Sprintf("body.columns[%d]", i), "is not a field of contacts")
		}
		out = append(out, c)
	}
	return out
}

// canonical is the text form of a filter that is right and resolves now.
func (l *ledger) canonical(written, location string) (string, error) {
	if strings.TrimSpace(written) == "" {
		return "", nil
	}
	if _, err := l.read(written, location); err != nil {
		return "", err
	}
	e, _, err := l.parse(written)
	if err != nil {
		return "", err
	}
	return e.String(), nil
}

// nameFree refuses a name that another of the kind has, whatever its case.
func (l *ledger) nameFree(kind SavedKind, name string, self int64) error {
	all, err := l.reader.All(l.w, kind)
	if err != nil {
		return err
	}
	for i := range all {
		var named struct{ Name string }
		if err := json.Unmarshal(all[i].Body, &named); err != nil {
			return fmt.Errorf("decode what was saved: %w", err)
		}
		if all[i].Number != self && strings.EqualFold(named.Name, name) {
			return fault.New(fault.Conflict, "name_taken", "There is one named %s already.", quoted("name", name))
		}
	}
	return nil
}

// readyPrefix marks the ids of ready-made views.
const readyPrefix = "ready_"

// ready are the questions that everybody has, as views. Those about stages
// with a role need a stage that has it.
func (l *ledger) ready() []SavedViewAnswer {
	out := []SavedViewAnswer{}
	add := func(id, name, filter, sort string, columns ...string) {
		out = append(out, SavedViewAnswer{
			ID: readyPrefix + id, Name: name, Ready: true, Filter: filter, Sort: sort, Columns: columns, Valid: true, Errors: []segment.Fault{},
		})
	}
	add("no_marketing_contact", "No marketing contact", "not property.last_marketing_contact_at exists", "-created_at",
		"name", "email", "stage", "created_at", "source.source")
	add("nurtured", "Nurtured by whom", "property.marketing_owner exists", "-created_at",
		"name", "email", "property.marketing_owner", "stage", "days_in_stage")
	if keys := l.beforeHandOff(); keys != "" {
		add("hand_to_sales", "To hand to sales", "stage in ("+keys+")", "-days_in_stage", "name", "email", "stage", "days_in_stage", "owner")
	}
	if keys := l.withRole(lifecycle.RoleOpportunity); keys != "" {
		add("open_opportunities", "Open opportunities", "journey.outcome = open and stage in ("+keys+")", "-days_in_stage",
			"name", "stage", "value", "days_in_stage", "owner")
	}
	add("customers", "Customers", "stage.kind in (won, beyond)", "-stage_since", "name", "email", "stage", "value", "owner")
	add("others", "Other contacts", "not stage exists or not stage.kind in (won, beyond)", "-created_at",
		"name", "email", "stage", "created_at", "source.source")
	return out
}

// withRole lists the keys of the stages that have a role, as a filter does.
func (l *ledger) withRole(role lifecycle.Role) string {
	var keys []string
	for _, s := range l.stages {
		if s.Role == role {
			keys = append(keys, strconv.Quote(s.Key))
		}
	}
	return strings.Join(keys, ", ")
}

// beforeHandOff are the stages whose contacts sales should get: those that
// marketing has qualified, else the one before the stage of the hand-off.
func (l *ledger) beforeHandOff() string {
	if keys := l.withRole(lifecycle.RoleMQL); keys != "" {
		return keys
	}
	for i, s := range l.stages {
		if i > 0 && (s.Role == lifecycle.RoleHandOff || s.Role == lifecycle.RoleSQL) {
			return strconv.Quote(l.stages[i-1].Key)
		}
	}
	return ""
}
