package storetest

import (
	"slices"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// pages lists all contacts two by two.
func (b *bundle) pages(order workspace.ContactOrder) (ids []journal.ContactID) {
	b.Helper()
	b.read(func(r workspace.Reader) error {
		after := workspace.ContactKey{Order: order}
		for {
			keys, err := r.ListContacts(b.w, after, 2)
			if err != nil || len(keys) == 0 {
				return err
			}
			for _, after = range keys {
				ids = append(ids, after.ID)
			}
		}
	})
	return ids
}

func testList(b *bundle) {
	zoe := b.add(b.w, workspace.Profile{Name: "zoé"})
	none := b.add(b.w, workspace.Profile{})
	ann := b.add(b.w, workspace.Profile{Name: "Ann"})
	again := b.add(b.w, workspace.Profile{Name: "ANN"})
	nobody := b.add(b.w, workspace.Profile{})
	for order, want := range map[workspace.ContactOrder][]journal.ContactID{
		workspace.OrderNewest: {nobody, again, ann, none, zoe},
		workspace.OrderOldest: {zoe, none, ann, again, nobody},
		workspace.OrderName:   {ann, again, zoe, none, nobody},
	} {
		if got := b.pages(order); !slices.Equal(got, want) {
			b.Errorf("order %d: %v, want %v", order, got, want)
		}
	}
}

func testSearch(b *bundle) {
	ann := b.add(b.w, workspace.Profile{Name: "Ann Lee", Email: "lee@example.com", ExternalID: "CRM-1"})
	lea := b.add(b.w, workspace.Profile{Name: "Léa", Email: "lea@example.com", Phone: "+33123"})
	percent := b.add(b.w, workspace.Profile{Name: "100% sure"})
	for text, want := range map[string][]journal.ContactID{
		"ann": {ann}, "le": {ann, lea}, "lé": {lea}, "crm-": {ann}, "nn": nil, "100%": {percent}, "%": nil, "_": nil, "lea@example.com": {lea},
	} {
		b.read(func(r workspace.Reader) error {
			found, complete, err := r.SearchContacts(b.w, workspace.Prefix{Text: text}, 10)
			slices.Sort(found)
			if !slices.Equal(found, want) || !complete {
				b.Errorf("%q: %v (complete: %v), want %v", text, found, complete, want)
			}
			return err
		})
	}
	b.read(func(r workspace.Reader) error {
		found, _, err := r.SearchContacts(b.w, workspace.Prefix{Text: "+331", Phone: "+331"}, 10)
		if !slices.Equal(found, []journal.ContactID{lea}) {
			b.Errorf("by phone: %v", found)
		}
		if _, complete, _ := r.SearchContacts(b.w, workspace.Prefix{Text: "le"}, 1); complete {
			b.Error("a search that was cut off is called complete")
		}
		return err
	})
}

func testChanges(b *bundle) {
	b.add(b.w, workspace.Profile{}, 1, 2)
	b.add(b.w, workspace.Profile{}, 3)
	var seqs []int64
	b.read(func(r workspace.Reader) error {
		next := int64(1 << 62)
		for next > 0 {
			var err error
			next, err = r.ListChanges(b.w, next, 2, func(e journal.Entry) bool {
				if e.Kind != journal.KindChange {
					b.Errorf("an entry of kind %d", e.Kind)
				}
				seqs = append(seqs, e.Seq)
				return len(seqs)%2 == 1
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if want := []int64{6, 4, 3}; !slices.Equal(seqs, want) {
		b.Errorf("changes %v, want %v", seqs, want)
	}
}
