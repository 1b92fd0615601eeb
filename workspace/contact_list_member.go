package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// EditMembersInput puts contacts on a static list and takes them off.
type EditMembersInput struct {
	Add, Remove []string // ids, or external_id:X, email:X, phone:X
	CSV         string   // more to add: the first cell of each line names one, by any of its identifiers
	Actor       journal.Actor
	Once        Idempotency
}

// EditMembersOutput is its answer. Rejected are by their place: first those
// to add, then those of the CSV, then those to remove.
type EditMembersOutput struct {
	Added     int        `json:"added"`
	Removed   int        `json:"removed"`
	Unchanged int        `json:"unchanged"`
	Rejected  []Rejected `json:"rejected"`
	Seq       int64      `json:"seq"`
}

// maxMembers is how many contacts one edit of members names at most.
const maxMembers = 10_000

// membership is one contact to put on a list or take off.
type membership struct {
	named  string
	member bool
}

func (in *EditMembersInput) all() []membership {
	var out []membership
	for _, named := range in.Add {
		out = append(out, membership{named, true})
	}
	for line := range strings.Lines(in.CSV) {
		cell, _, _ := strings.Cut(strings.TrimSpace(line), ",")
		cell = strings.Trim(strings.TrimSpace(cell), `"`)
		if cell != "" {
			out = append(out, membership{guessed(cell), true})
		}
	}
	for _, named := range in.Remove {
		out = append(out, membership{named, false})
	}
	return out
}

// guessed makes a reference of an identifier of any kind.
func guessed(cell string) string {
	switch {
	case strings.HasPrefix(cell, contactPrefix), strings.HasPrefix(cell, "external_id:"), strings.HasPrefix(cell, "email:"), strings.HasPrefix(cell, "phone:"):
		return cell
	case isEmail(cell):
		return "email:" + cell
	case strings.HasPrefix(cell, "+") && isPhone(cell):
		return "phone:" + cell
	}
	return "external_id:" + cell
}

// EditMembers changes who is on a static list. Each change is an entry of the
// log, so that reports see it like every other edit of a contact.
func (s *Service) EditMembers(ctx context.Context, w journal.WorkspaceID, id string, in EditMembersInput) (EditMembersOutput, error) {
	all := in.all()
	if len(all) > maxMembers {
		return EditMembersOutput{}, fault.New(fault.TooLarge, "batch_too_large", "At most %d contacts change at once; these are %d.", fault.Named("max", maxMembers), len(all))
	}
	var k checker
	actor := k.actor(in.Actor)
	if err := k.Err(); err != nil {
		return EditMembersOutput{}, err
	}
	var out EditMembersOutput
	return landOnce(ctx, s, w, in.Once, func(l *landing) error {
		out = EditMembersOutput{Rejected: []Rejected{}}
		list, err := l.staticList(id)
		if err != nil {
			return err
		}
		for i, m := range all {
			if err := l.setMember(list, m, actor, i, &out); err != nil {
				return err
			}
		}
		return nil
	}, func(l *landing) (EditMembersOutput, error) {
		out.Seq = l.seq()
		return out, nil
	})
}

func (l *landing) staticList(id string) (int64, error) {
	k, err := lists().Get(l.tx.Saved(), l.w, id, nil)
	if err == nil && k.Body.Kind != ListStatic {
		err = fault.New(fault.Conflict, "smart_list", "The members of a smart list follow from its rule.")
	}
	return k.stored.Number, err
}

// setMember changes one membership and logs it. It returns only errors that
// are not about the contact.
func (l *landing) setMember(list int64, m membership, actor journal.Actor, index int, out *EditMembersOutput) error {
	sub, err := l.member(m.named)
	if err != nil {
		reason, own := reasonOf(err)
		if !own {
			return err
		}
		out.Rejected = append(out.Rejected, Rejected{Index: index, Error: reason})
		return nil
	}
	changed, err := l.tx.Saved().SetMember(list, sub.ID, m.member, l.now)
	if err != nil {
		return err
	}
	if !changed {
		out.Unchanged++
		return nil
	}
	is, edit := json.RawMessage("true"), journal.FieldEdit{}
	if m.member {
		out.Added++
		edit.To = is
	} else {
		out.Removed++
		edit.From = is
	}
	return l.append(sub, &journal.Entry{Kind: journal.KindContact, At: l.now, Actor: actor, Edit: &journal.ContactEdit{
		Fields: map[string]journal.FieldEdit{journal.ListPrefix + listNumber(list): edit},
	}})
}

func (l *landing) member(named string) (*subject, error) {
	ref, err := ParseContactRef(named)
	if err != nil {
		return nil, err
	}
	return l.named(ref)
}

// MembershipItem is a contact coming to a list, or leaving it.
type MembershipItem struct {
	ContactID string           `json:"contact_id"`
	Name      *string          `json:"name" doc:"what the contact is called: its name, or else its e-mail address, telephone number or external_id"`
	Entered   bool             `json:"entered" doc:"false: left"`
	At        lifecycle.Millis `json:"at" doc:"of a smart list: when it was noticed, at most a minute later"`
}

// MembershipPage is a page of them; Next is "" at the end.
type MembershipPage struct {
	Items []MembershipItem
	Next  string
}

// ListMemberships lists who came to a list and left it, newest first.
func (s *Service) ListMemberships(ctx context.Context, w journal.WorkspaceID, id, cursor string, limit int) (MembershipPage, error) {
	var k checker
	limit = k.limit(limit)
	before := int64(1<<63 - 1)
	if cursor != "" && !decodeCursor(cursor, &before) {
		k.Add("query.cursor", "is not a cursor of this list")
	}
	if err := k.Err(); err != nil {
		return MembershipPage{}, err
	}
	page := MembershipPage{Items: []MembershipItem{}}
	err := s.store.Read(ctx, func(r Reader) error {
		k, err := lists().Get(r.Saved(), w, id, nil)
		if err != nil {
			return err
		}
		events, err := r.Saved().Events(k.stored.Number, before, limit+1)
		if err != nil {
			return err
		}
		if len(events) > limit {
			events = events[:limit]
			page.Next = encodeCursor(events[limit-1].Number)
		}
		for _, e := range events {
			item, err := membershipItem(r, w, e)
			if err != nil {
				return err
			}
			page.Items = append(page.Items, item)
		}
		return nil
	})
	return page, err
}

func membershipItem(r Reader, w journal.WorkspaceID, e StoredMembership) (MembershipItem, error) {
	item := MembershipItem{ContactID: ShowContactID(e.Contact), Entered: e.Entered, At: e.At}
	h, err := r.Load(w, e.Contact)
	if err != nil || h == nil {
		return item, err
	}
	if err := r.LoadProfile(w, h); err != nil {
		return item, fmt.Errorf("load member: %w", err)
	}
	item.Name = journal.OrNil(h.Profile.Called())
	return item, nil
}
