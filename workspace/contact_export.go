package workspace

import (
	"context"
	"encoding/json"
	"maps"
	"slices"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// ContactExport is everything that is known of one person.
type ContactExport struct {
	ExportedAt lifecycle.Millis             `json:"exported_at"`
	Contact    Contact                      `json:"contact"`
	Also       map[string][]json.RawMessage `json:"also" doc:"other external ids, e-mails and phones, of contacts that were merged into this one"`
	Journeys   []Journey                    `json:"journeys"`
	Timeline   []TimelineItem               `json:"timeline"`
	Log        []ExportedEntry              `json:"log" doc:"as it is stored, with what was withdrawn since"`
	Lists      []ListName                   `json:"lists" doc:"those that the contact is on"`
	Imports    []string                     `json:"imports" doc:"those that brought something of it"`
	Told       []ExportedDelivery           `json:"told" doc:"what destinations were told of it, as far as that is kept"`
}

// ExportedDelivery is what a destination was told of a person.
type ExportedDelivery struct {
	Destination string           `json:"destination"`
	Event       string           `json:"event"`
	State       DeliveryState    `json:"state" enum:"waiting,sent,failed,skipped"`
	At          lifecycle.Millis `json:"at"`
	Request     json.RawMessage  `json:"request" doc:"what was sent, secrets masked; null if nothing was"`
}

// ListName names a list.
type ListName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ExportedEntry is an entry of the log as it is stored.
type ExportedEntry struct {
	Seq       int64                `json:"seq"`
	Kind      string               `json:"kind" enum:"change,edit,merge,withdrawal,touch,view,identify,revenue,event,agreement"`
	Contact   string               `json:"contact" doc:"the one that it was written of, before a merge"`
	At        lifecycle.Millis     `json:"at"`
	ArrivedAt lifecycle.Millis     `json:"arrived_at"`
	Actor     journal.ActorView    `json:"actor"`
	Import    *string              `json:"import"`
	Stage     *StageRef            `json:"stage"`
	Silent    bool                 `json:"silent"`
	Note      *string              `json:"note"`
	ID        *string              `json:"id"`
	Edit      *journal.ContactEdit `json:"edit"`
	Touch     *journal.Touch       `json:"touch"`
	View      *journal.View        `json:"view"`
	Identify  *journal.Identify    `json:"identify"`
	Revenue   *journal.Revenue     `json:"revenue"`
	Event     *journal.Event       `json:"event"`
	Agreement *journal.Agreement   `json:"agreement" doc:"what a browser of the contact agreed to, and what other services call it"`
	With      *string              `json:"with" doc:"of a merge: the other contact"`
}

// ExportContact returns everything that is known of a person.
func (s *Service) ExportContact(ctx context.Context, w journal.WorkspaceID, ref ContactRef) (ContactExport, error) {
	out := ContactExport{ExportedAt: s.now(), Also: map[string][]json.RawMessage{}, Log: []ExportedEntry{}, Lists: []ListName{}, Imports: []string{}}
	err := s.store.Read(ctx, func(r Reader) error {
		c, h, entries, err := openLog(r, w, ref)
		if err != nil {
			return err
		}
		if err := freshen(r, c, h, true); err != nil {
			return err
		}
		if err := r.LoadProfile(w, h); err != nil {
			return err
		}
		out.Contact = contactView(c, h)
		wide, err := withVisitors(r, w, entries)
		if err != nil {
			return err
		}
		out.tell(c, h.ID, entries, wide)
		if out.Lists, err = listsOf(r, w, h.ID); err != nil {
			return err
		}
		out.Told, err = toldOf(r.Deliveries(), w, entries)
		return err
	})
	return out, err
}

// tell fills in what the log tells.
func (x *ContactExport) tell(c *Configured, id journal.ContactID, entries, wide []journal.Entry) {
	maps.Copy(x.Also, journal.ReadOf(id, entries).Also)
	x.Timeline = timeline(c, id, entries, wide)
	x.Journeys = c.journeys(entries)
	imports := map[int64]bool{}
	for i := range entries {
		e := &entries[i]
		x.Log = append(x.Log, exportedEntry(c, e))
		if e.Import != 0 {
			imports[e.Import] = true
		}
	}
	for _, e := range ofVisitors(entries, wide) {
		x.Log = append(x.Log, exportedEntry(c, &e))
	}
	for _, number := range slices.Sorted(maps.Keys(imports)) {
		x.Imports = append(x.Imports, showImportID(number))
	}
}

func exportedEntry(c *Configured, e *journal.Entry) ExportedEntry {
	out := ExportedEntry{
		Seq: e.Seq, Contact: ShowContactID(e.Contact), At: e.At, ArrivedAt: e.Arrived, Actor: e.Actor.View(),
		Import: importOf(e), Silent: e.Silent, Note: journal.OrNil(e.Note), ID: journal.OrNil(e.ChangeID), Edit: e.Edit, Touch: e.Touch,
		View: e.View, Identify: e.Identify, Revenue: e.Revenue, Event: e.Event, Agreement: e.Agreement,
		Kind: map[journal.Kind]string{
			journal.KindChange: "change", journal.KindContact: "edit", journal.KindMerge: "merge", journal.KindWithdrawal: "withdrawal",
			journal.KindTouch: "touch", journal.KindView: "view", journal.KindIdentify: "identify",
			journal.KindRevenue: "revenue", journal.KindEvent: "event", journal.KindAgreement: "agreement",
		}[e.Kind],
	}
	if e.Kind == journal.KindChange {
		out.Stage = c.stageRef(e.Stage)
	}
	if e.Merge != nil {
		out.With = journal.OrNil(ShowContactID(e.Merge.With))
	}
	return out
}

// toldOf is what destinations were told of the people whose entries these are.
func toldOf(r DeliveryReader, w journal.WorkspaceID, entries []journal.Entry) ([]ExportedDelivery, error) {
	out := []ExportedDelivery{}
	people := map[journal.ContactID]bool{}
	for i := range entries {
		people[entries[i].Contact] = true
	}
	for _, c := range slices.Sorted(maps.Keys(people)) {
		list, err := r.OfContact(w, c)
		if err != nil {
			return nil, err
		}
		for _, d := range list {
			told := ExportedDelivery{Destination: d.Of, Event: d.Event, State: d.State, At: d.Created}
			if len(d.Request) > 0 {
				told.Request = d.Request
			}
			out = append(out, told)
		}
	}
	return out, nil
}

// listsOf names the lists that a contact is on.
func listsOf(r Reader, w journal.WorkspaceID, id journal.ContactID) ([]ListName, error) {
	out := []ListName{}
	all, err := lists().All(r.Saved(), w)
	if err != nil {
		return nil, err
	}
	for _, k := range all {
		member, err := r.Saved().Members(k.stored.Number, id-1, 1)
		if err != nil {
			return nil, err
		}
		if len(member) > 0 && member[0] == id {
			out = append(out, ListName{k.ID, k.Body.Name})
		}
	}
	return out, nil
}
