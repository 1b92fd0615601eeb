package projector

// diff returns the rows that turn the old into the new ones: old rows that no
// longer hold with their sign turned, then new rows that did not hold.
func diff[R comparable](old, now []R, turned func(R) R) []R {
	for len(old) > 0 && len(now) > 0 && old[0] == now[0] {
		old, now = old[1:], now[1:]
	}
	if len(old) == 0 {
		return now
	}
	kept := make(map[R]int, len(now))
	for _, r := range now {
		kept[r]++
	}
	var out []R
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

// add appends to the batch what differs between two states of a contact.
func (b *Batch) add(old, now ContactRows) {
	b.Journeys = append(b.Journeys, diff(old.Journeys, now.Journeys, JourneyRow.turned)...)
	b.Stays = append(b.Stays, diff(old.Stays, now.Stays, StayRow.turned)...)
	b.Attributes = append(b.Attributes, diff(old.Attributes, now.Attributes, AttributeRow.turned)...)
	b.Contacts = append(b.Contacts, diff(old.Contacts, now.Contacts, ContactRow.turned)...)
	b.Facts = append(b.Facts, diff(old.Facts, now.Facts, FactRow.turned)...)
	b.Visits = append(b.Visits, diff(old.Visits, now.Visits, VisitRow.turned)...)
	b.Sights = append(b.Sights, diff(old.Sights, now.Sights, SightRow.turned)...)
	b.Touches = append(b.Touches, diff(old.Touches, now.Touches, TouchRow.turned)...)
	b.Conversions = append(b.Conversions, diff(old.Conversions, now.Conversions, ConversionRow.turned)...)
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
