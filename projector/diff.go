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
	b.Journeys = append(b.Journeys, diff(old.Journeys, now.Journeys, func(r JourneyRow) JourneyRow {
		r.Sign = -r.Sign
		return r
	})...)
	b.Stays = append(b.Stays, diff(old.Stays, now.Stays, func(r StayRow) StayRow {
		r.Sign = -r.Sign
		return r
	})...)
	b.Attributes = append(b.Attributes, diff(old.Attributes, now.Attributes, func(r AttributeRow) AttributeRow {
		r.Sign = -r.Sign
		return r
	})...)
	b.Contacts = append(b.Contacts, diff(old.Contacts, now.Contacts, func(r ContactRow) ContactRow {
		r.Sign = -r.Sign
		return r
	})...)
	b.Facts = append(b.Facts, diff(old.Facts, now.Facts, func(r FactRow) FactRow {
		r.Sign = -r.Sign
		return r
	})...)
	b.Visits = append(b.Visits, diff(old.Visits, now.Visits, func(r VisitRow) VisitRow {
		r.Sign = -r.Sign
		return r
	})...)
	b.Touches = append(b.Touches, diff(old.Touches, now.Touches, func(r TouchRow) TouchRow {
		r.Sign = -r.Sign
		return r
	})...)
	b.Conversions = append(b.Conversions, diff(old.Conversions, now.Conversions, func(r ConversionRow) ConversionRow {
		r.Sign = -r.Sign
		return r
	})...)
}
