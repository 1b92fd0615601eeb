package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// contactsAtOnce is how many contacts one reading of the record checks.
const contactsAtOnce = 1000

// checkChains lets the record check what only it can see: the chains of its
// log, and what points into them.
func (a *App) checkChains(ctx context.Context, out *lineWriter) error {
	var lost error // the one who asked is gone
	findings, err := a.record.Check(ctx, func(done, total int64) {
		if lost == nil {
			lost = out.write(line{What: "checking the log", Done: done, Total: total})
		}
	})
	for _, finding := range findings {
		lost = errors.Join(lost, out.write(line{Finding: finding}))
	}
	return errors.Join(err, lost)
}

// checkRecord reads every contact's log and compares what it tells with the
// caches of the record.
func (a *App) checkRecord(ctx context.Context, out *lineWriter, w workspace.WorkspaceName) error {
	done, after := int64(0), workspace.ContactKey{Order: workspace.OrderOldest}
	for {
		page := &checkedPage{workspace: w.ID, named: map[workspace.ContactRef]journal.ContactID{}}
		err := a.record.Store().Read(ctx, func(r workspace.Reader) error { return page.read(r, after) })
		if err != nil {
			return err
		}
		if err := a.checkNamed(ctx, page); err != nil {
			return err
		}
		for _, finding := range page.findings {
			if err := out.write(line{Finding: w.Name + ": " + finding}); err != nil {
				return err
			}
		}
		if len(page.keys) == 0 {
			return nil
		}
		after, done = page.keys[len(page.keys)-1], done+int64(len(page.keys))
		if err := out.write(line{What: "checking the contacts of " + w.Name, Done: done, Total: done}); err != nil {
			return err
		}
	}
}

// checkedPage is some contacts and what is wrong with them.
type checkedPage struct {
	workspace journal.WorkspaceID
	keys      []workspace.ContactKey
	named     map[workspace.ContactRef]journal.ContactID // who must be found by a name
	findings  []string
}

func (p *checkedPage) add(id journal.ContactID, format string, args ...any) {
	p.findings = append(p.findings, workspace.ShowContactID(id)+": "+fmt.Sprintf(format, args...))
}

// read checks the contacts after a key, at one moment of the record.
func (p *checkedPage) read(r workspace.Reader, after workspace.ContactKey) (err error) {
	if p.keys, err = r.ListContacts(p.workspace, after, contactsAtOnce); err != nil {
		return err
	}
	configured, err := r.Configuration(p.workspace)
	if err != nil {
		return err
	}
	for _, key := range p.keys {
		if err := p.contact(r, configured, key.ID); err != nil {
			return err
		}
	}
	return nil
}

// checkNamed finds contacts by each of their names.
func (a *App) checkNamed(ctx context.Context, p *checkedPage) error {
	for ref, id := range p.named {
		found, err := a.workspace.GetContact(ctx, p.workspace, ref)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		if found.Contact.ID != workspace.ShowContactID(id) {
			p.add(id, "it is not found by %s", ref)
		}
	}
	return nil
}

// contact compares the caches of one contact with its log.
func (p *checkedPage) contact(r workspace.Reader, c *workspace.Configured, id journal.ContactID) error {
	held, err := r.Load(p.workspace, id)
	if err != nil {
		return err
	}
	if held == nil {
		p.add(id, "it is listed but not there")
		return nil
	}
	if err := r.LoadProfile(p.workspace, held); err != nil {
		return err
	}
	entries, err := r.Chain(held.Head.Last)
	if err != nil {
		return err
	}
	person := journal.Read(entries)
	p.head(held, c, person.Changes, person.LastChange)
	p.profile(id, held.Profile, person)
	return nil
}

func (p *checkedPage) head(held *workspace.Held, c *workspace.Configured, changes []lifecycle.Change, latest lifecycle.Millis) {
	if held.Head.Changes != len(changes) {
		p.add(held.ID, "%d changes are counted, %d are in the log", held.Head.Changes, len(changes))
	}
	if len(changes) > 0 && held.Head.Latest != latest {
		p.add(held.ID, "its latest change is noted at another time than in the log")
	}
	fresh := held.Head.Folded && held.Head.Folds == c.Folds
	if fresh && !reflect.DeepEqual(held.Head.State, c.Folder.Replay(changes)) {
		p.add(held.ID, "its stage or journeys are not those of the log")
	}
}

func (p *checkedPage) profile(id journal.ContactID, cached *workspace.Profile, person journal.Person) {
	for field, text := range map[string]string{
		journal.FieldExternalID: cached.ExternalID, journal.FieldEmail: cached.Email, journal.FieldPhone: cached.Phone,
		journal.FieldName: cached.Name, journal.FieldOwner: cached.Owner,
	} {
		if logged := journal.Label(person.Fields[field]); logged != text {
			p.add(id, "%s is %q, in the log %q", field, text, logged)
		}
	}
	properties := 0
	for field, logged := range person.Fields {
		property, ok := strings.CutPrefix(field, journal.PropertyPrefix)
		if !ok {
			continue
		}
		properties++
		if journal.Label(cached.Properties[property]) != journal.Label(logged) {
			p.add(id, "the property %s is not that of the log", property)
		}
	}
	if properties != len(cached.Properties) || cached.Source != person.Source {
		p.add(id, "its properties or source are not those of the log")
	}
	for _, ref := range []workspace.ContactRef{{ExternalID: cached.ExternalID}, {Email: cached.Email}, {Phone: cached.Phone}} {
		if ref != (workspace.ContactRef{}) {
			p.named[ref] = id
		}
	}
}
