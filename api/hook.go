package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
	"github.com/tidemark/tidemark/workspace"
)

// Touches is what the operations on touches need.
type Touches interface {
	AddTouch(ctx context.Context, w journal.WorkspaceID, in workspace.AddTouchInput) (workspace.AddTouchOutput, error)
}

// Ad is the ad that opened a chat.
type Ad struct {
	Network    string `json:"network" example:"Meta" maxLength:"200"`
	CampaignID string `json:"campaign_id,omitempty" maxLength:"500"`
	AdGroupID  string `json:"ad_group_id,omitempty" maxLength:"500"`
	AdID       string `json:"ad_id,omitempty" maxLength:"500"`
	Headline   string `json:"headline,omitempty" maxLength:"500"`
	ClickID    string `json:"click_id,omitempty" maxLength:"500"`
}

func (a *Ad) ad() *touch.Ad {
	if a == nil {
		return nil
	}
	return &touch.Ad{
		Network: a.Network, CampaignID: a.CampaignID, AdGroupID: a.AdGroupID, AdID: a.AdID, Headline: a.Headline, ClickID: a.ClickID,
	}
}

// GenericHook is a touch as any program can tell it.
type GenericHook struct {
	Kind     string                  `json:"kind" enum:"visit,ad,call,chat,form"`
	Contact  workspace.ContactFields `json:"contact" doc:"at least one of external_id, email and phone; made if it is new, and then created_by is the kind"`
	At       *lifecycle.Millis       `json:"at,omitempty" doc:"now when absent; at most five minutes ahead"`
	ID       string                  `json:"id,omitempty" maxLength:"500" doc:"the same one for the same contact counts once"`
	Source   *touch.Source           `json:"source,omitempty" doc:"where it came from; when absent the ad says, else page, referrer and utm"`
	Ad       *Ad                     `json:"ad,omitempty" doc:"the ad that opened the chat"`
	UTM      touch.UTM               `json:"utm,omitzero"`
	Page     string                  `json:"page,omitempty" maxLength:"4096" doc:"the address where it began, with its parameters"`
	Referrer string                  `json:"referrer,omitempty" maxLength:"4096"`
	Called   string                  `json:"called,omitempty" maxLength:"512" doc:"the number that was called: its source is that of the call"`
	Stage    *string                 `json:"stage,omitempty" doc:"id or key: moves the contact at that time"`
	Note     string                  `json:"note,omitempty" maxLength:"2000" doc:"of the move"`
}

// TouchAnswer is the contact after a touch.
type TouchAnswer struct {
	ContactAnswer
	Touch     journal.Touch `json:"touch" doc:"as it was understood"`
	Duplicate bool          `json:"duplicate" doc:"the id was there: nothing was done"`
}

type genericHookInput struct {
	Once
	Body GenericHook
}

type touchOutput struct{ Body TouchAnswer }

func (s *Server) genericHook(ctx context.Context, in *genericHookInput) (*touchOutput, error) {
	b := &in.Body
	out, err := s.Contacts.AddTouch(ctx, workspaceOf(ctx), workspace.AddTouchInput{
		Kind: touch.Kind(b.Kind), Contact: b.Contact, At: b.At, ID: b.ID, Source: b.Source, Ad: b.Ad.ad(), UTM: b.UTM,
		Page: b.Page, Referrer: b.Referrer, Called: b.Called, Stage: b.Stage, Note: b.Note, Actor: actorOf(ctx), Once: in.idempotency(ctx),
	})
	if err != nil {
		return nil, err
	}
	answer := ContactAnswer{Contact: out.Contact, Journey: out.Journey, Created: out.Created, Seq: out.Seq}
	return &touchOutput{TouchAnswer{answer, out.Touch, out.Duplicate}}, nil
}

func (s *Server) addTouchRoutes() {
	add(s, operation{
		ID: "add-touch", Method: http.MethodPost, Path: genericPath, Tag: "Touches", Scope: workspace.ScopeWrite,
		Summary: "Tell of a call, a chat, an ad click, a form or a visit of a contact",
		About: "Makes the contact if it is new. The touch counts in the lifecycle report's source fields by `model=entry|first|last`; " +
			"where it came from is what `source` says, else the ad, else page, referrer and utm by the rules of docs/attribution.md.",
	}, s.genericHook)
}
