package projector

// few is how many rows are compared one by one rather than by a map.
const few = 16

// diff appends the rows that turn the old into the new ones: old rows that no
// longer hold with their sign turned, and new rows that did not hold.
func diff[R comparable](out, old, now []R, turned func(R) R) []R {
	for len(old) > 0 && len(now) > 0 && old[0] == now[0] {
		old, now = old[1:], now[1:]
	}
	switch {
	case len(old) == 0:
		return append(out, now...)
	case len(old) <= few && len(now) <= few:
		return diffFew(out, old, now, turned)
	}
	kept := make(map[R]int, len(now))
	for _, r := range now {
		kept[r]++
	}
	for _, r := range old {
		if kept[r] > 0 {
			kept[r]--
			continue
		}
		out = append(out, turned(r))
	}
	for _, r := range now {
		if kept[r] > 0 {
			kept[r]--
			out = append(out, r)
		}
	}
	return out
}

// diffFew is diff of few rows.
func diffFew[R comparable](out, old, now []R, turned func(R) R) []R {
	var holds [few]bool // of the new rows: an old one is the same
	for _, r := range old {
		i := 0
		for i < len(now) && (holds[i] || now[i] != r) {
			i++
		}
		if i == len(now) {
			out = append(out, turned(r))
			continue
		}
		holds[i] = true
	}
	for i, r := range now {
		if !holds[i] {
			out = append(out, r)
		}
	}
	return out
}

// add appends to the batch what differs between two states of a contact.
func (b *Batch) add(old, now ContactRows) {
	b.Journeys = diff(b.Journeys, old.Journeys, now.Journeys, JourneyRow.turned)
	b.Stays = diff(b.Stays, old.Stays, now.Stays, StayRow.turned)
	b.Attributes = diff(b.Attributes, old.Attributes, now.Attributes, AttributeRow.turned)
	b.Contacts = diff(b.Contacts, old.Contacts, now.Contacts, ContactRow.turned)
	b.Facts = diff(b.Facts, old.Facts, now.Facts, FactRow.turned)
	b.Visits = diff(b.Visits, old.Visits, now.Visits, VisitRow.turned)
	b.Sights = diff(b.Sights, old.Sights, now.Sights, SightRow.turned)
	b.Touches = diff(b.Touches, old.Touches, now.Touches, TouchRow.turned)
	b.Conversions = diff(b.Conversions, old.Conversions, now.Conversions, ConversionRow.turned)
}

func (r JourneyRow) turned() JourneyRow { r.Sign = -r.Sign; return r }

func (r StayRow) turned() StayRow { r.Sign = -r.Sign; return r }

func (r AttributeRow) turned() AttributeRow { r.Sign = -r.Sign; return r }

func (r ContactRow) turned() ContactRow { r.Sign = -r.Sign; return r }

func (r FactRow) turned() FactRow { r.Sign = -r.Sign; return r }

func (r VisitRow) turned() VisitRow { r.Sign = -r.Sign; return r }

func (r SightRow) turned() SightRow { r.Sign = -r.Sign; return r }

func (r TouchRow) turned() TouchRow { r.Sign = -r.Sign; return r }

func (r ConversionRow) turned() ConversionRow { r.Sign = -r.Sign; return r }
