package workspace

import (
	"bytes"
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// effect is what a logged change did in its place.
type effect struct {
	from, to lifecycle.StageID
	recorded bool
}

// effects folds changes and returns, by arrival, what those did that had an
// effect in view, and the changes that belong to erasures. Changes without an
// effect are shown nowhere, nor are those to and from an erased stage.
func effects(c *Configured, changes []lifecycle.Change) (map[int64]effect, []lifecycle.Settlement) {
	lifecycle.SortChanges(changes)
	out := make(map[int64]effect, len(changes))
	var erased []lifecycle.Settlement
	var s lifecycle.State
	settle := func(before lifecycle.Millis) {
		for done, more := c.Folder.SettleNext(&s, before); more; done, more = c.Folder.SettleNext(&s, before) {
			erased = append(erased, done)
		}
	}
	for _, change := range changes {
		settle(change.At)
		from := s.Present
		if c.Folder.Apply(&s, change) && c.Folder.InView(from, change.To) {
			out[change.Arrival] = effect{from, change.To, c.Folder.Recorded(change)}
		}
	}
	settle(math.MaxInt64)
	return out, erased
}

// Timeline returns everything that happened to a contact, in order of time.
func (s *Service) Timeline(ctx context.Context, w journal.WorkspaceID, ref ContactRef) ([]TimelineItem, error) {
	out := []TimelineItem{}
	err := s.store.Read(ctx, func(r Reader) error {
		c, h, entries, err := openLog(r, w, ref)
		if err != nil {
			return err
		}
		wide, err := withVisitors(r, w, entries)
		out = timeline(c, h.ID, entries, wide)
		return err
	})
	return out, err
}

// timeline is what the entries of a contact tell, wide with those of visitors.
func timeline(c *Configured, id journal.ContactID, entries, wide []journal.Entry) []TimelineItem {
	out := append([]TimelineItem{}, visitItems(id, wide)...)
	h := newHistory(entries)
	done, erased := effects(c, h.changes)
	events := map[string]bool{}
	for i := range h.told {
		e := &h.told[i]
		if e.Event != nil && e.Event.ID != "" {
			if events[e.Event.ID] {
				continue // a sender that got no answer told it again
			}
			events[e.Event.ID] = true
		}
		item := TimelineItem{Seq: e.Seq, At: e.At, ArrivedAt: e.Arrived, Actor: new(e.Actor.View()), Note: journal.OrNil(e.Note), Fields: []string{}, Import: importOf(e)}
		if e.Kind != journal.KindChange {
			if item.tells(e) {
				out = append(out, item)
			}
			continue
		}
		if did, ok := done[e.Seq]; ok {
			item.Kind, item.From, item.To, item.Recorded = "change", c.stageRef(did.from), c.stageRef(did.to), &did.recorded
			out = append(out, item)
		}
	}
	for _, e := range erased {
		recorded := false
		out = append(out, TimelineItem{
			Kind: "erasure", At: e.At, ArrivedAt: e.At, From: c.stageRef(e.From), To: c.stageRef(e.To), Recorded: &recorded, Fields: []string{},
		})
	}
	slices.SortStableFunc(out, func(a, b TimelineItem) int { return int(max(-1, min(1, a.At-b.At))) })
	return out
}

// tells fills in what an entry that is no change tells; false if that is
// nothing.
func (t *TimelineItem) tells(e *journal.Entry) bool {
	switch e.Kind {
	case journal.KindMerge:
		t.Kind, t.Contact = "merge", journal.OrNil(ShowContactID(e.Merge.With))
		return e.Merge.Last != 0
	case journal.KindTouch:
		t.Kind, t.Touch = "touch", e.Touch.View()
		return true
	case journal.KindIdentify:
		t.Kind, t.Visitor = "identified", journal.OrNil(strconv.FormatInt(int64(e.Identify.Visitor), 10))
		return true
	case journal.KindRevenue:
		t.Kind, t.Revenue = "revenue", e.Revenue.View()
		return true
	case journal.KindEvent:
		t.Kind, t.Event = "event", e.Event.View()
		return true
	case journal.KindWithdrawal:
		t.Kind = "withdrawal"
		return true
	case journal.KindContact:
		t.Kind, t.Fields = "edited", editedFields(e.Edit)
		if e.Edit.CreatedBy != "" {
			t.Kind, t.At = "created", t.ArrivedAt // whatever its fields are as of
		}
		return t.Kind == "created" || len(t.Fields) > 0
	}
	return false
}

// importOf names the import that brought an entry, nil for none.
func importOf(e *journal.Entry) *string {
	if e.Import == 0 {
		return nil
	}
	id := showImportID(e.Import)
	return &id
}

// editedFields names the fields that an edit changed, not those it confirmed.
func editedFields(e *journal.ContactEdit) []string {
	fields := []string{}
	for name, f := range e.Fields {
		if !bytes.Equal(f.From, f.To) {
			fields = append(fields, name)
		}
	}
	slices.Sort(fields)
	if e.Source != nil {
		fields = append(fields, "source")
	}
	return fields
}

// changeFilter is what changes of a list must match.
type changeFilter struct {
	from, to *lifecycle.Millis
	actor    string
	stage    lifecycle.StageID // NoStage = any
	imported int64             // 0 = any
	counted  *bool
	query    string // folded; "" = any
	c        *Configured
}

func (f *changeFilter) matches(e *journal.Entry) bool {
	return e.Kind == journal.KindChange &&
		(f.from == nil || e.At >= *f.from) && (f.to == nil || e.At < *f.to) &&
		(f.actor == "" || string(e.Actor.Kind) == f.actor) &&
		(f.imported == 0 || e.Import == f.imported) &&
		(f.stage == lifecycle.NoStage || f.c.end(e.Stage) == f.stage)
}

// ListChanges returns a page of the log, newest arrival first. A page may be
// short, or empty, although there are more: Next says so.
func (s *Service) ListChanges(ctx context.Context, w journal.WorkspaceID, in ListChangesInput) (ChangePage, error) {
	before, limit, err := in.validate()
	if err != nil {
		return ChangePage{}, err
	}
	page := ChangePage{Items: []LoggedChange{}}
	err = s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		f := changeFilter{from: in.From, to: in.To, actor: in.Actor, counted: in.Counted, query: Fold(in.Query), c: c}
		if in.Import != "" {
			if f.imported = importNumber(in.Import); f.imported == 0 {
				return importNotFound(in.Import)
			}
		}
		if in.Stage != "" {
			stage, ok := c.FindStage(in.Stage)
			if !ok {
				return unknownStage(c, "query.stage", in.Stage)
			}
			f.stage = c.end(stage.ID)
		}
		l := changeLister{r: r, w: w, filter: &f, limit: limit, page: &page, seen: map[journal.ContactID]*seen{}}
		if in.Contact != nil {
			return l.ofContact(*in.Contact, before)
		}
		return l.ofAll(before)
	})
	return page, err
}

func (in *ListChangesInput) validate() (before int64, limit int, err error) {
	var k checker
	before = 1 << 62
	if in.Cursor != "" && (!decodeCursor(in.Cursor, &before) || before < 1) {
		k.Add("query.cursor", "is not a cursor of this list")
	}
	if in.Actor != "" && !slices.Contains(journal.ActorKinds[:], journal.ActorKind(in.Actor)) {
		k.Add("query.actor", "is not one of user, api, workflow, form, import, bulk")
	}
	k.Refuse("query.q", badText(in.Query, maxName))
	if limit = in.Limit; limit != MaxExportPage {
		limit = k.limit(in.Limit)
	}
	return before, limit, k.Err()
}

// changeLister fills one page of the log.
type changeLister struct {
	r      Reader
	w      journal.WorkspaceID
	filter *changeFilter
	limit  int
	page   *ChangePage
	seen   map[journal.ContactID]*seen
}

// seen is what a page shows of a contact with its changes.
type seen struct {
	id      journal.ContactID // as it is now
	last    int64
	profile *Profile         // nil of who is gone
	told    string           // what a search looks into, folded
	done    map[int64]effect // nil until it is needed
}

// ofContact lists the changes of one contact along its chain.
func (l *changeLister) ofContact(ref ContactRef, before int64) error {
	h, err := findContact(l.r, l.w, ref)
	if err != nil {
		return err
	}
	entries, err := l.r.Chain(h.Head.Last)
	if err != nil {
		return err
	}
	for i := range slices.Backward(entries) {
		e := &entries[i]
		if e.Seq >= before || !l.filter.matches(e) {
			continue
		}
		if len(l.page.Items) == l.limit {
			l.page.Next = encodeCursor(entries[i].Seq + 1)
			return nil
		}
		if err := l.add(e); err != nil {
			return err
		}
	}
	return nil
}

// ofAll lists the changes of all contacts from the end of the log.
func (l *changeLister) ofAll(before int64) error {
	var matching []journal.Entry
	next := before
	most := int64(maxScanned)
	if l.filter.query != "" {
		most = maxSearched
	}
	for scanned := int64(0); scanned < most && next > 0 && len(l.page.Items) < l.limit; scanned += scanSpan {
		matching = matching[:0]
		var err error
		next, err = l.r.ListChanges(l.w, next, scanSpan, func(e journal.Entry) bool {
			if l.filter.matches(&e) {
				matching = append(matching, e)
			}
			return len(matching)+len(l.page.Items) < l.limit
		})
		if err != nil {
			return err
		}
		for i := range matching {
			if err := l.add(&matching[i]); err != nil {
				return err
			}
		}
	}
	if next > 0 {
		l.page.Next = encodeCursor(next)
	}
	return nil
}

// scanSpan is how many entries of the log are looked at in one go, and
// maxSearched how many on one page when each contact must be looked at.
const (
	scanSpan    = 20_000
	maxSearched = 100_000
)

// add shows a change on the page if it had an effect.
func (l *changeLister) add(e *journal.Entry) error {
	contact, err := l.contact(e.Contact)
	if err != nil || contact.profile == nil || !l.filter.tells(e, contact) {
		return err
	}
	if err := l.fold(contact); err != nil {
		return err
	}
	did, ok := contact.done[e.Seq]
	if !ok || l.filter.counted != nil && *l.filter.counted != did.recorded {
		return nil
	}
	c := l.filter.c
	l.page.Items = append(l.page.Items, LoggedChange{
		Seq: e.Seq, ContactID: ShowContactID(contact.id), ExternalID: journal.OrNil(contact.profile.ExternalID), Name: journal.OrNil(contact.profile.Called()), ID: journal.OrNil(e.ChangeID), At: e.At, ArrivedAt: e.Arrived,
		From: c.stageRef(did.from), To: c.stageRef(did.to), Recorded: did.recorded, Actor: e.Actor.View(), Note: journal.OrNil(e.Note), Import: importOf(e),
	})
	return nil
}

func (l *changeLister) contact(id journal.ContactID) (*seen, error) {
	if known := l.seen[id]; known != nil {
		return known, nil
	}
	h, err := l.r.Load(l.w, id)
	if err != nil {
		return nil, err
	}
	if h == nil { // gone: nothing of it is shown
		l.seen[id] = &seen{}
		return l.seen[id], nil
	}
	if err := l.r.LoadProfile(l.w, h); err != nil {
		return nil, err
	}
	p := h.Profile
	known := &seen{id: h.ID, last: h.Head.Last, profile: p}
	known.told = Fold(strings.Join([]string{p.Name, p.ExternalID, p.Email, p.Phone}, "\n"))
	l.seen[id] = known
	return known, nil
}

// fold finds what the changes of a contact did.
func (l *changeLister) fold(contact *seen) error {
	if contact.done != nil {
		return nil
	}
	entries, err := l.r.Chain(contact.last)
	if err != nil {
		return err
	}
	contact.done, _ = effects(l.filter.c, newHistory(entries).changes)
	return nil
}

// tells reports whether a change has the text that is searched for.
func (f *changeFilter) tells(e *journal.Entry, contact *seen) bool {
	return f.query == "" || strings.Contains(contact.told, f.query) ||
		strings.Contains(Fold(e.Note), f.query) || strings.Contains(Fold(e.Actor.Name), f.query)
}
