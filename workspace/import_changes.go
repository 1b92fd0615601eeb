package workspace

import (
	"context"

	"github.com/tidemark/tidemark/journal"
)

// ImportChangesInput asks for a page of what came after an import.
type ImportChangesInput struct {
	Import string
	Cursor string
	Limit  int // 1..200, 0 = 50
}

// importPlace is a place in the list: after a change of a contact.
type importPlace struct {
	Contact journal.ContactID
	Seq     int64
}

// ImportChanges lists the stage changes that arrived after an import had
// written to their contacts, contact by contact, and whether they count.
func (s *Service) ImportChanges(ctx context.Context, w journal.WorkspaceID, in ImportChangesInput) (ChangePage, error) {
	var k checker
	var after importPlace
	if in.Cursor != "" && !decodeCursor(in.Cursor, &after) {
		k.Add("query.cursor", "is not a cursor of this list")
	}
	limit := k.limit(in.Limit)
	if err := k.Err(); err != nil {
		return ChangePage{}, err
	}
	page := ChangePage{Items: []LoggedChange{}}
	err := s.store.Read(ctx, func(r Reader) error {
		stored, err := r.Imports().Import(w, importNumber(in.Import))
		if err != nil {
			return err
		}
		if stored == nil {
			return importNotFound(in.Import)
		}
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		l := changeLister{r: r, w: w, filter: &changeFilter{c: c}, limit: limit, page: &page, seen: map[journal.ContactID]*seen{}}
		return l.after(stored.Number, after)
	})
	return page, err
}

// after lists the changes after those of an import, from a place on.
func (l *changeLister) after(number int64, place importPlace) error {
	const chunk = 500
	for visited := 0; visited < maxVisited; {
		contacts, err := l.r.Imports().Written(number, place.Contact-1, chunk)
		if err != nil {
			return err
		}
		for _, id := range contacts {
			if id != place.Contact {
				place = importPlace{Contact: id}
			}
			full, err := l.ofImported(number, place)
			if err != nil || full {
				return err
			}
			visited++
		}
		if len(contacts) < chunk {
			return nil
		}
		place = importPlace{Contact: place.Contact + 1}
	}
	l.page.Next = encodeCursor(place)
	return nil
}

// ofImported lists those of one contact; full is true when the page ended.
func (l *changeLister) ofImported(number int64, place importPlace) (full bool, err error) {
	h, err := l.r.Load(l.w, place.Contact)
	if err != nil || h == nil {
		return false, err
	}
	entries, err := l.r.Chain(h.Head.Last)
	if err != nil {
		return false, err
	}
	from := place.Seq
	for i := range entries {
		if e := &entries[i]; e.Import == number && e.Contact == place.Contact && e.Kind <= journal.KindContact {
			from = max(from, e.Seq)
		}
	}
	for i := range entries {
		e := &entries[i]
		if e.Seq <= from || e.Kind != journal.KindChange {
			continue
		}
		if len(l.page.Items) == l.limit {
			l.page.Next = encodeCursor(importPlace{place.Contact, e.Seq - 1})
			return true, nil
		}
		if err := l.add(e); err != nil {
			return false, err
		}
	}
	return false, nil
}
