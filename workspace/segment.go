package workspace

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
)

// How a filter names what was saved.
const (
	viewPrefix = "view:"
	listPrefix = "list:"
)

// maxResolved is how many terms a filter may have with the rules of all lists
// that it names.
const maxResolved = 2_000

// SegmentView is a filter as pages show it.
type SegmentView struct {
	Valid       bool             `json:"valid"`
	Text        string           `json:"text" doc:"the canonical text form; empty if it is not valid"`
	JSON        *segment.Filter  `json:"json" doc:"the JSON form, or null"`
	Explanation []segment.Phrase `json:"explanation" doc:"messages to translate"`
	English     string           `json:"english"`
	Errors      []segment.Fault  `json:"errors"`
}

// SegmentField is a field that filters can name.
type SegmentField struct {
	Field   string           `json:"field"`
	Type    string           `json:"type" enum:"any value,text,number,time,flag,choice"`
	Ops     []segment.Op     `json:"ops"`
	Choices []segment.Choice `json:"choices" doc:"the values that it can have, where they are known"`
}

// ledger is what filters of a workspace can name, at one moment.
type ledger struct {
	w         journal.WorkspaceID
	reader    SavedReader
	catalogue segment.Catalogue
	stages    []lifecycle.Stage // of the funnel, in order
	lists     []Kept[listBody]
}

func newLedger(r ConfigurationReader, saved SavedReader, w journal.WorkspaceID) (*ledger, error) {
	c, err := r.Configuration(w)
	if err != nil {
		return nil, err
	}
	l := &ledger{w: w, reader: saved, stages: c.Lifecycle.MainStages()}
	l.catalogue.Stages = []segment.Choice{}
	for _, s := range c.Lifecycle.Ordered(lifecycle.Progress, lifecycle.Won, lifecycle.Beyond, lifecycle.Lost, lifecycle.Aside) {
		l.catalogue.Stages = append(l.catalogue.Stages, segment.Choice{Key: s.Key, Label: s.Name})
	}
	return l, l.readLists()
}

// readLists reads what lists there are now.
func (l *ledger) readLists() (err error) {
	l.lists, err = lists().All(l.reader, l.w)
	l.catalogue.Lists = []string{}
	for _, k := range l.lists {
		l.catalogue.Lists = append(l.catalogue.Lists, k.Body.Name)
	}
	return err
}

// parse reads a filter in any of its forms. The second result is the faults of
// a text or JSON; the third any other error.
func (l *ledger) parse(written string) (segment.Expr, segment.Faults, error) {
	trimmed := strings.TrimSpace(written)
	switch {
	case strings.HasPrefix(trimmed, viewPrefix):
		return l.ofView(strings.TrimPrefix(trimmed, viewPrefix))
	case strings.HasPrefix(trimmed, listPrefix):
		return l.ofList(strings.TrimPrefix(trimmed, listPrefix))
	case strings.HasPrefix(trimmed, "{"):
		e, err := segment.ParseJSON([]byte(trimmed))
		if err == nil {
			err = orNone(segment.Check(e, l.catalogue))
		}
		return l.supported(e, err)
	}
	return l.supported(segment.ParseChecked(written, l.catalogue))
}

func orNone(f segment.Faults) error {
	if len(f) == 0 {
		return nil
	}
	return f
}

// supported refuses fields that contacts do not have yet.
func (l *ledger) supported(e segment.Expr, err error) (segment.Expr, segment.Faults, error) {
	if faults, ok := err.(segment.Faults); ok {
		return nil, faults, nil
	}
	if err != nil {
		return nil, nil, err
	}
	var faults segment.Faults
	segment.Walk(e, func(n segment.Node) bool {
		if t, ok := n.Expr.(segment.Term); ok && t.Field.Name == segment.FieldEvent {
			faults = append(faults, segment.Fault{
				Path: n.Path, Code: segment.CodeField,
				Message: fmt.Sprintf("%s cannot be asked yet: events are not recorded", t.Field),
			})
		}
		return true
	})
	if len(faults) > 0 {
		return nil, faults, nil
	}
	return e, nil, nil
}

func (l *ledger) ofView(id string) (segment.Expr, segment.Faults, error) {
	view, err := l.view(id)
	if err != nil {
		return nil, nil, err
	}
	return l.parse(view.Filter)
}

func (l *ledger) ofList(id string) (segment.Expr, segment.Faults, error) {
	i := slices.IndexFunc(l.lists, func(k Kept[listBody]) bool { return k.ID == id })
	if i < 0 {
		return nil, nil, lists().NotFound(id)
	}
	return segment.Term{Field: segment.Plain(segment.FieldList), Op: segment.In, Value: segment.Texts(l.catalogue.Lists[i])}, nil, nil
}

// resolve makes a filter ready for engines: lists by their number, with the
// rules of smart ones.
func (l *ledger) resolve(e segment.Expr) (segment.Resolved, error) {
	r := resolver{ledger: l, out: segment.Resolved{Rules: map[string]segment.Expr{}}}
	r.out.Where = r.expr(e)
	if r.terms > maxResolved && r.err == nil {
		r.err = fault.New(fault.TooLarge, "filter_too_large", "The filter and the rules of its lists have more than %d terms.", fault.Named("max", maxResolved))
	}
	return r.out, r.err
}

// resolver replaces names of lists. Under are the lists whose rules it is in.
type resolver struct {
	*ledger
	out   segment.Resolved
	under []string
	terms int
	err   error
}

func (r *resolver) expr(e segment.Expr) segment.Expr {
	switch e := e.(type) {
	case segment.All:
		return segment.All(r.parts(e))
	case segment.Any:
		return segment.Any(r.parts(e))
	case segment.Not:
		return segment.Not{Expr: r.expr(e.Expr)}
	case segment.Term:
		r.terms++
		if e.Field == segment.Plain(segment.FieldList) {
			return r.lists(e)
		}
	}
	return e
}

func (r *resolver) parts(parts []segment.Expr) []segment.Expr {
	out := make([]segment.Expr, len(parts))
	for i, part := range parts {
		out[i] = r.expr(part)
	}
	return out
}

// lists names lists by their number. To be on any list means all of them,
// which the rule of a list cannot ask.
func (r *resolver) lists(t segment.Term) segment.Expr {
	if t.Op == segment.Exists {
		if len(r.under) > 0 {
			r.fail("the list %s asks for being on any list, itself among them", quote(r.under[0]))
		}
		t.Op, t.Value = segment.In, segment.Texts(r.catalogue.Lists...)
		if len(t.Value.List) == 0 {
			return segment.Any{}
		}
	}
	ids := segment.List()
	for _, item := range t.Value.List {
		i := slices.IndexFunc(r.catalogue.Lists, func(name string) bool { return strings.EqualFold(name, item.Text) })
		if i < 0 {
			r.fail("there is no list %s", quote(item.Text))
			continue
		}
		r.rule(i)
		ids.List = append(ids.List, segment.Text(listNumber(r.ledger.lists[i].stored.Number)))
	}
	t.Value = ids
	return t
}

// rule adds the rule of a smart list, resolved itself.
func (r *resolver) rule(i int) {
	name := r.catalogue.Lists[i]
	if slices.Contains(r.under, name) {
		r.fail("the list %s names itself by way of %s", quote(name), strings.Join(r.under, ", "))
		return
	}
	body := r.ledger.lists[i].Body
	id := listNumber(r.ledger.lists[i].stored.Number)
	if r.err != nil || body.Kind != ListSmart || r.out.Rules[id] != nil || r.terms > maxResolved {
		return
	}
	if len(r.under) >= maxNesting {
		r.fail("lists are nested deeper than %d levels", maxNesting)
		return
	}
	e, faults, err := r.parse(body.Filter)
	if err != nil {
		r.err = err
		return
	}
	if len(faults) > 0 {
		r.fail("the rule of the list %s is not right any more: %s", quote(name), faults.Error())
		return
	}
	r.under = append(r.under, name)
	made := r.expr(e)
	r.under = r.under[:len(r.under)-1]
	if r.err == nil {
		r.out.Rules[id] = made
	}
}

// maxNesting is how many levels of smart lists may name one another.
const maxNesting = 10

func (r *resolver) fail(format string, args ...any) {
	if r.err == nil {
		r.err = &listFault{fmt.Sprintf(format, args...)}
	}
}

// listFault is what is wrong with the lists that a filter names.
type listFault struct{ message string }

// Error says it.
func (f *listFault) Error() string { return f.message }

// located makes faults of a filter those of an input.
func located(location string, faults segment.Faults) error {
	var k checker
	for _, f := range faults {
		k.Add(location, "%s", f.String())
	}
	return k.Err()
}

// read parses and resolves; its errors are at a location of the input.
func (l *ledger) read(written, location string) (segment.Resolved, error) {
	e, faults, err := l.parse(written)
	if err == nil {
		err = located(location, faults)
	}
	if err != nil {
		return segment.Resolved{}, relocated(err, location)
	}
	out, err := l.resolve(e)
	return out, relocated(err, location)
}

// relocated makes what is wrong with a name in a filter a fault of the input.
func relocated(err error, location string) error {
	if f, ok := err.(*listFault); ok {
		return fault.At(location, "%s", f.message)
	}
	if fault.KindOf(err) == fault.NotFound {
		reason, _ := fault.Reason(err)
		return fault.At(location, "%s", reason)
	}
	return err
}

// ledger reads what filters can name now.
func (s *Service) ledger(ctx context.Context, w journal.WorkspaceID, use func(*ledger) error) error {
	return s.store.Read(ctx, func(r Reader) error {
		l, err := newLedger(r, r.Saved(), w)
		if err != nil {
			return err
		}
		return use(l)
	})
}

// ResolveSegment reads a filter as it was written: text, JSON, view:ID or
// list:ID; the empty one means everybody. Faults are at the location.
func (s *Service) ResolveSegment(ctx context.Context, w journal.WorkspaceID, written, location string) (out segment.Resolved, err error) {
	if strings.TrimSpace(written) == "" {
		return segment.Resolved{}, nil
	}
	err = s.ledger(ctx, w, func(l *ledger) error {
		out, err = l.read(written, location)
		return err
	})
	return out, err
}

// CheckSegment says what a filter means, or what is wrong with it.
func (s *Service) CheckSegment(ctx context.Context, w journal.WorkspaceID, written string) (view SegmentView, err error) {
	err = s.ledger(ctx, w, func(l *ledger) error {
		view, err = l.show(written)
		return err
	})
	return view, err
}

func (l *ledger) show(written string) (SegmentView, error) {
	view := SegmentView{Explanation: []segment.Phrase{}, Errors: []segment.Fault{}}
	e, faults, err := l.parse(written)
	if err == nil && len(faults) == 0 {
		_, err = l.resolve(e)
	}
	if f, ok := relocated(err, "").(*fault.Error); ok && f.Kind == fault.Invalid && err != nil {
		faults, err = segment.Faults{{Code: segment.CodeValue, Message: messageOf(f)}}, nil
	}
	if err != nil {
		return view, err
	}
	if len(faults) > 0 {
		view.Errors = faults
		return view, nil
	}
	view.Valid, view.Text, view.JSON = true, e.String(), &segment.Filter{Expr: e}
	view.Explanation = segment.Explain(e)
	view.English = segment.English(view.Explanation, l.catalogue)
	return view, nil
}

func messageOf(f *fault.Error) string {
	if len(f.Details) > 0 {
		return f.Details[0].Message
	}
	return f.Message
}

// maxOffered is how many properties are offered to choose from.
const maxOffered = 500

// SegmentFields lists what filters can name.
func (s *Service) SegmentFields(ctx context.Context, w journal.WorkspaceID) ([]SegmentField, error) {
	out := []SegmentField{}
	err := s.ledger(ctx, w, func(l *ledger) error {
		names, err := l.reader.Properties(w, maxOffered)
		if err != nil {
			return err
		}
		for _, name := range names {
			l.catalogue.Properties = append(l.catalogue.Properties, segment.PropertyEntry{Name: name})
		}
		for _, e := range l.catalogue.Fields() {
			choices := e.Choices
			if choices == nil {
				choices = []segment.Choice{}
			}
			out = append(out, SegmentField{Field: e.Field.String(), Type: e.Type.String(), Ops: e.Ops, Choices: choices})
		}
		return nil
	})
	return out, err
}
