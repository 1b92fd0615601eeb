package main

import (
	"context"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// names tells reports what contacts are called.
type names struct{ store workspace.Store }

// Names implements report.People.
func (n names) Names(ctx context.Context, w journal.WorkspaceID, contacts []journal.ContactID) ([]report.Name, error) {
	out := make([]report.Name, len(contacts))
	err := n.store.Read(ctx, func(r workspace.Reader) error {
		for i, id := range contacts {
			held, err := r.Load(w, id)
			if err != nil {
				return err
			}
			if held == nil {
				continue
			}
			if err := r.LoadProfile(w, held); err != nil {
				return err
			}
			p := held.Profile
			out[i] = report.Name{ID: workspace.ShowContactID(id), ExternalID: p.ExternalID, Name: p.Called()}
		}
		return nil
	})
	return out, err
}
