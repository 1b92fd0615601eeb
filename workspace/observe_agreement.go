package workspace

import (
	"encoding/json"

	"github.com/tidemark/tidemark/journal"
)

// agree logs what a visitor agreed to and what other services call it, if that
// is news. Its contact takes on what was answered anew.
func (o *observing) agree(v *Visitor, p *observed) error {
	next := p.agreement.After(v.Agreement)
	if v.Last == 0 && next.Ads != journal.Yes && next.Analytics != journal.Yes {
		return nil // of somebody who is not known nothing is kept, not even the no
	}
	if next == v.Agreement && p.at < v.Agreed+repeatedWithin && v.Identified <= v.Agreed {
		return nil
	}
	answered := next.Answers() != v.Agreement.Answers()
	if err := o.log(v, p, journal.Entry{Kind: journal.KindAgreement, Agreement: &next}); err != nil {
		return err
	}
	v.Agreement, v.Agreed = next, p.at
	known, err := o.knownAs(v)
	if err != nil || known == nil || !answered {
		return err
	}
	return o.note(known, next.Properties(), p.actor)
}

// inherit makes what a visitor agreed to that of the contact it turned out to
// be: a no always, a yes where the contact has said nothing.
func (o *observing) inherit(v *Visitor, sub *subject, actor journal.Actor) error {
	said := v.Agreement.Properties()
	if len(said) == 0 {
		return nil
	}
	if err := o.tx.LoadProfile(o.w, sub.Held); err != nil {
		return err
	}
	for name, value := range said {
		if _, known := sub.Profile.Properties[name]; known && string(value) == "true" {
			delete(said, name)
		}
	}
	return o.note(sub, said, actor)
}

// note sets properties of a contact.
func (o *observing) note(sub *subject, properties map[string]json.RawMessage, actor journal.Actor) error {
	if len(properties) == 0 {
		return nil
	}
	_, err := o.land(&item{ref: &ContactRef{ID: sub.ID}, fields: ContactFields{Properties: properties}, actor: actor})
	return err
}
