package workspace

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// PageView is a page that somebody saw.
type PageView struct {
	At   lifecycle.Millis `json:"at"`
	Page string           `json:"page"`
}

// withVisitors adds to the entries of a contact those of the visitors that it
// was, in order of arrival.
func withVisitors(r Reader, w journal.WorkspaceID, entries []journal.Entry) ([]journal.Entry, error) {
	wide := slices.Clone(entries)
	for _, number := range journal.Visitors(entries) {
		v, err := r.Visitors().Numbered(w, number)
		if err != nil {
			return nil, err
		}
		if v == nil {
			continue
		}
		chain, err := r.Chain(v.Last)
		if err != nil {
			return nil, err
		}
		wide = append(wide, chain...)
	}
	slices.SortFunc(wide, func(a, b journal.Entry) int { return cmp.Compare(a.Seq, b.Seq) })
	return wide, nil
}

// visitItems are the visits of a contact and what it did in them.
func visitItems(id journal.ContactID, wide []journal.Entry) (out []TimelineItem) {
	for _, v := range journal.ReadOf(id, wide).Visits {
		item := TimelineItem{
			Kind: "visit", At: lifecycle.Millis(v.At), ArrivedAt: lifecycle.Millis(v.At), Visitor: journal.OrNil(v.Visitor), Fields: []string{},
			Touch: (&journal.Touch{Kind: "visit", Source: v.Arrival.Source, UTM: v.Arrival.UTM}).View(),
		}
		for _, view := range v.Views {
			item.Pages = append(item.Pages, PageView{lifecycle.Millis(view.At), view.Page})
		}
		out = append(out, item)
	}
	for _, e := range journal.VisitorEvents(id, wide) {
		out = append(out, TimelineItem{
			Seq: e.Seq, Kind: "event", At: e.At, ArrivedAt: e.Arrived, Actor: new(e.Actor.View()), Event: e.Event.View(), Fields: []string{},
			Visitor: journal.OrNil(strconv.FormatInt(int64(e.Contact), 10)),
		})
	}
	return out
}

// ofVisitors returns the entries of visitors that tell of a contact.
func ofVisitors(entries, wide []journal.Entry) (out []journal.Entry) {
	var people []journal.ContactID
	for i := range entries {
		people = append(people, entries[i].Contact)
	}
	for _, number := range journal.Visitors(entries) {
		chain := slices.DeleteFunc(slices.Clone(wide), func(e journal.Entry) bool { return e.Contact != number })
		seqs, _ := journal.Theirs(chain, people)
		for _, e := range chain {
			if slices.Contains(seqs, e.Seq) {
				out = append(out, e)
			}
		}
	}
	return out
}
