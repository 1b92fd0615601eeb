package api

import (
	"context"

	"github.com/tidemark/tidemark/journal"
)

// Actor is who a request says made a change.
type Actor struct {
	Kind string `json:"kind,omitempty" enum:"user,api,workflow,form,import,bulk" doc:"api when absent, user from the dashboard; import and bulk are no transitions"`
	ID   string `json:"id,omitempty" maxLength:"200"`
	Name string `json:"name,omitempty" maxLength:"200"`
}

// actor returns who makes the change: whom the request names, else the caller.
func (a *Actor) actor(ctx context.Context) journal.Actor {
	if a == nil || *a == (Actor{}) {
		return actorOf(ctx)
	}
	kind := journal.ActorKind(a.Kind)
	if kind == "" {
		kind = actorOf(ctx).Kind
	}
	return journal.Actor{Kind: kind, ID: a.ID, Name: a.Name}
}
