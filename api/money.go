package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// Money is what the operations on revenue and costs need.
type Money interface {
	AddRevenue(ctx context.Context, w journal.WorkspaceID, in workspace.AddRevenueInput) (workspace.RecordChangesOutput, error)
	ListRevenue(ctx context.Context, w journal.WorkspaceID, cursor string, limit int) ([]workspace.RevenueView, string, error)
	SaveCosts(ctx context.Context, w journal.WorkspaceID, in workspace.SaveCostsInput) (workspace.RecordChangesOutput, error)
	ListCosts(ctx context.Context, w journal.WorkspaceID, from, to, cursor string, limit int) ([]workspace.CostItem, string, error)
	SetRates(ctx context.Context, w journal.WorkspaceID, in workspace.SetRatesInput) ([]workspace.RateItem, error)
	Rates(ctx context.Context, w journal.WorkspaceID) ([]workspace.RateItem, error)
}

// RevenueRecord is a sale or a refund as it is told.
type RevenueRecord struct {
	ID       string            `json:"id" maxLength:"500" doc:"counts once in the workspace"`
	Contact  someContact       `json:"contact" doc:"at least one of external_id, email and phone, made if it is new; or a text that names one that is there, as paths do"`
	At       *lifecycle.Millis `json:"at,omitempty" doc:"now when absent"`
	Amount   int64             `json:"amount" doc:"minor units; a negative one is a refund"`
	Currency string            `json:"currency,omitempty" doc:"ISO 4217; the workspace's own when absent"`
	Kind     string            `json:"kind,omitempty" enum:"sale,refund" doc:"sale when absent"`
	RefundOf string            `json:"refund_of,omitempty" maxLength:"500" doc:"the id of the sale: the refund is credited to the same touches"`
}

// someContact is a contact by what is told of it, or named as paths name it.
type someContact struct {
	name   *string
	fields workspace.ContactFields
}

// Schema documents both.
func (someContact) Schema(r huma.Registry) *huma.Schema {
	return &huma.Schema{OneOf: []*huma.Schema{
		r.Schema(reflect.TypeFor[workspace.ContactFields](), true, ""),
		{Type: huma.TypeString, Examples: []any{"email:ann@example.org"}},
	}}
}

// UnmarshalJSON reads either.
func (c *someContact) UnmarshalJSON(data []byte) error {
	var name string
	if json.Unmarshal(data, &name) != nil {
		return json.Unmarshal(data, &c.fields)
	}
	c.name = &name
	return nil
}

// ref is the contact that is named, nil if it is told of.
func (c *someContact) ref(where string) (*workspace.ContactRef, error) {
	if c.name == nil {
		return nil, nil
	}
	ref, err := refAt(where, *c.name)
	return &ref, err
}

type batchOutput struct {
	Body workspace.RecordChangesOutput
}

func (s *Server) addRevenue(ctx context.Context, in *struct {
	Once
	Body []RevenueRecord `maxItems:"100000"`
},
) (*batchOutput, error) {
	input := workspace.AddRevenueInput{Actor: actorOf(ctx), Once: in.idempotency(ctx)}
	for i := range in.Body {
		b := &in.Body[i]
		ref, err := b.Contact.ref(fmt.Sprintf("body[%d].contact", i))
		if err != nil {
			return nil, err
		}
		input.Items = append(input.Items, workspace.RevenueItem{
			ID: b.ID, Ref: ref, Contact: b.Contact.fields, At: b.At, Money: workspace.Money{Amount: b.Amount, Currency: b.Currency},
			Refund: b.Kind == "refund", RefundOf: b.RefundOf,
		})
	}
	out, err := s.Money.AddRevenue(ctx, workspaceOf(ctx), input)
	return &batchOutput{out}, err
}

func (s *Server) listRevenue(ctx context.Context, in *struct {
	Cursor string `query:"cursor" maxLength:"500"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
},
) (*listOutput[workspace.RevenueView], error) {
	return list(s.Money.ListRevenue(ctx, workspaceOf(ctx), in.Cursor, in.Limit))
}

type costsInput struct {
	Once
	Body []workspace.CostItem `maxItems:"100000"`
}

func (s *Server) saveCosts(ctx context.Context, in *costsInput) (*batchOutput, error) {
	out, err := s.Money.SaveCosts(ctx, workspaceOf(ctx), workspace.SaveCostsInput{Items: in.Body, Actor: actorOf(ctx), Once: in.idempotency(ctx)})
	return &batchOutput{out}, err
}

func (s *Server) removeCost(ctx context.Context, in *struct {
	Day       string `query:"day" required:"true" example:"2026-11-14"`
	Source    string `query:"source"`
	SubSource string `query:"sub_source"`
	Medium    string `query:"medium"`
	Campaign  string `query:"campaign"`
	AdGroup   string `query:"ad_group"`
	Ad        string `query:"ad"`
	Keyword   string `query:"keyword"`
},
) (*batchOutput, error) {
	item := workspace.CostItem{
		Day: in.Day, Source: in.Source, SubSource: in.SubSource, Medium: in.Medium, Campaign: in.Campaign,
		AdGroup: in.AdGroup, Ad: in.Ad, Keyword: in.Keyword,
	}
	out, err := s.Money.SaveCosts(ctx, workspaceOf(ctx), workspace.SaveCostsInput{Items: []workspace.CostItem{item}, Remove: true, Actor: actorOf(ctx)})
	return &batchOutput{out}, err
}

func (s *Server) listCosts(ctx context.Context, in *struct {
	From   string `query:"from" doc:"a day" maxLength:"10"`
	To     string `query:"to" doc:"a day, included" maxLength:"10"`
	Cursor string `query:"cursor" maxLength:"5000"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
},
) (*listOutput[workspace.CostItem], error) {
	return list(s.Money.ListCosts(ctx, workspaceOf(ctx), in.From, in.To, in.Cursor, in.Limit))
}

func (s *Server) listRates(ctx context.Context, _ *struct{}) (*listOutput[workspace.RateItem], error) {
	rates, err := s.Money.Rates(ctx, workspaceOf(ctx))
	return list(rates, "", err)
}

func (s *Server) setRates(ctx context.Context, in *struct {
	Body []workspace.RateItem `maxItems:"5000"`
},
) (*listOutput[workspace.RateItem], error) {
	rates, err := s.Money.SetRates(ctx, workspaceOf(ctx), workspace.SetRatesInput{Rates: in.Body, Actor: actorOf(ctx)})
	return list(rates, "", err)
}

func (s *Server) addMoneyRoutes() {
	const tag = "Money"
	add(s, operation{
		ID: "add-revenue", Method: http.MethodPost, Path: "/v1/revenue", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Tell of sales and refunds", About: "Each id counts once. What cannot be taken is rejected one by one. Revenue of a journey takes the place of its won value.",
	}, s.addRevenue)
	add(s, operation{
		ID: "list-revenue", Method: http.MethodGet, Path: "/v1/revenue", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List sales and refunds, the latest told first",
	}, s.listRevenue)
	costs := operation{
		ID: "save-costs", Method: http.MethodPost, Path: costsPath, Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Tell what days of sources cost", About: "Each replaces what was said of the same day and fields. A table (`Content-Type: text/csv`) has these names in its first row.",
	}
	add(s, costs, s.saveCosts)
	operationAt(s.description.api.OpenAPI(), costs).RequestBody.Content["text/csv"] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	add(s, operation{
		ID: "list-costs", Method: http.MethodGet, Path: costsPath, Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List costs by day",
	}, s.listCosts)
	add(s, operation{
		ID: "remove-cost", Method: http.MethodDelete, Path: costsPath, Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Take back what was said of a day and source fields",
	}, s.removeCost)
	add(s, operation{
		ID: "list-rates", Method: http.MethodGet, Path: "/v1/rates", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List what other currencies are worth",
	}, s.listRates)
	add(s, operation{
		ID: "set-rates", Method: http.MethodPut, Path: "/v1/rates", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Replace what other currencies are worth", About: "Reports are made anew. Money of a currency without a rate is left out of sums, and reports say so.",
	}, s.setRates)
}
