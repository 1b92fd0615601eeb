package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/automation"
	"github.com/tidemark/tidemark/destination"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Destinations is what the operations on destinations need.
type Destinations interface {
	ListDestinations(ctx context.Context, w journal.WorkspaceID) ([]automation.DestinationAnswer, error)
	GetDestination(ctx context.Context, w journal.WorkspaceID, id string) (automation.DestinationAnswer, error)
	AddDestination(ctx context.Context, w journal.WorkspaceID, in automation.DestinationInput) (automation.DestinationAnswer, error)
	EditDestination(ctx context.Context, w journal.WorkspaceID, id string, in automation.DestinationInput) (automation.DestinationAnswer, error)
	RemoveDestination(ctx context.Context, w journal.WorkspaceID, id string) error
	PreviewDestination(ctx context.Context, w journal.WorkspaceID, id string, in automation.TrialInput) (automation.TrialAnswer, error)
	TestDestination(ctx context.Context, w journal.WorkspaceID, id string, in automation.TrialInput) (automation.TrialAnswer, error)
	ListEventDeliveries(ctx context.Context, w journal.WorkspaceID, id, state, cursor string, limit int) (items []automation.EventDelivery, next string, err error)
	GetEventDelivery(ctx context.Context, w journal.WorkspaceID, id string) (automation.EventDeliveryDetail, error)
	ReplayDelivery(ctx context.Context, w journal.WorkspaceID, id string, once workspace.Idempotency) (automation.EventDelivery, error)
	ReplayDestination(ctx context.Context, w journal.WorkspaceID, id string, once workspace.Idempotency) (automation.ReplayedAnswer, error)
	ConversionFile(ctx context.Context, w journal.WorkspaceID, id string) (string, error)
	FetchConversions(ctx context.Context, id, password string) (string, error)
}

// DestinationPath names a destination in an address.
type DestinationPath struct {
	ID string `path:"id" maxLength:"100" example:"destination_1"`
}

// DeliveryPath names a delivery in an address.
type DeliveryPath struct {
	ID string `path:"id" maxLength:"100" example:"delivery_1"`
}

// DestinationKind is what can be set of a service.
type DestinationKind struct {
	Kind       destination.Kind    `json:"kind" enum:"webhook,ga4,meta,google_ads,hubspot,salesforce"`
	Use        destination.Use     `json:"use" enum:"analytics,ads," doc:"nothing of a contact goes there that said no to it, by its property consent_analytics or consent_ads; empty = the business's own"`
	Pulls      bool                `json:"pulls" doc:"it fetches a file instead of being called"`
	Maps       bool                `json:"maps" doc:"it has fields that a mapping fills"`
	MaxAgeDays int64               `json:"max_age_days" doc:"what happened longer ago is not told"`
	Fields     []destination.Field `json:"fields" doc:"settings and secrets"`
	Events     []DestinationEvent  `json:"events" doc:"what can be told"`
	Mapping    []destination.Pair  `json:"mapping" doc:"of a new one"`
}

// DestinationEvent is something that a service can be told.
type DestinationEvent struct {
	Event destination.What `json:"event" enum:"lead,stage,opportunity,won,lost,sale,refund"`
	Name  string           `json:"name" doc:"what it is usually called there; empty = the key of the stage"`
}

// DestinationKinds is what destinations can be.
type DestinationKinds struct {
	Items   []DestinationKind `json:"items"`
	Sources []string          `json:"sources" doc:"what a mapping can fill fields with, besides property.NAME"`
}

type destinationKindsOutput struct{ Body DestinationKinds }

func (s *Server) destinationKinds(context.Context, *struct{}) (*destinationKindsOutput, error) {
	out := DestinationKinds{Sources: destination.Sources()}
	for _, service := range destination.Services() {
		k := DestinationKind{
			Kind: service.Kind, Use: service.Use, Pulls: service.Pulls, Maps: service.Maps(), MaxAgeDays: service.MaxAgeDays(),
			Fields: service.Fields, Mapping: append([]destination.Pair{}, service.Mapping...),
		}
		for _, what := range service.Whats() {
			k.Events = append(k.Events, DestinationEvent{what, service.Names[what]})
		}
		out.Items = append(out.Items, k)
	}
	return &destinationKindsOutput{out}, nil
}

type destinationOutput struct {
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Body         automation.DestinationAnswer
}

func destinationAnswer(out automation.DestinationAnswer, err error) (*destinationOutput, error) {
	if err != nil {
		return nil, err
	}
	return &destinationOutput{etag(out.Edit), "no-store", out}, nil
}

func (s *Server) listDestinations(ctx context.Context, _ *struct{}) (*listOutput[automation.DestinationAnswer], error) {
	items, err := s.Destinations.ListDestinations(ctx, workspaceOf(ctx))
	return list(items, "", err)
}

func (s *Server) getDestination(ctx context.Context, in *struct{ DestinationPath }) (*destinationOutput, error) {
	return destinationAnswer(s.Destinations.GetDestination(ctx, workspaceOf(ctx), in.ID))
}

func (s *Server) addDestination(ctx context.Context, in *struct {
	Once
	Body automation.DestinationInput
},
) (*destinationOutput, error) {
	in.Body.Once = in.idempotency(ctx)
	return destinationAnswer(s.Destinations.AddDestination(ctx, workspaceOf(ctx), in.Body))
}

func (s *Server) editDestination(ctx context.Context, in *struct {
	DestinationPath
	IfMatch
	Body automation.DestinationInput
},
) (*destinationOutput, error) {
	edit, err := in.edit()
	if err != nil {
		return nil, err
	}
	in.Body.IfMatch = edit
	return destinationAnswer(s.Destinations.EditDestination(ctx, workspaceOf(ctx), in.ID, in.Body))
}

func (s *Server) removeDestination(ctx context.Context, in *struct{ DestinationPath }) (*struct{}, error) {
	return nil, s.Destinations.RemoveDestination(ctx, workspaceOf(ctx), in.ID)
}

type trialOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         automation.TrialAnswer
}

func trial(out automation.TrialAnswer, err error) (*trialOutput, error) {
	if err != nil {
		return nil, err
	}
	return &trialOutput{"no-store", out}, nil
}

func (s *Server) previewNewDestination(ctx context.Context, in *struct{ Body automation.TrialInput }) (*trialOutput, error) {
	return trial(s.Destinations.PreviewDestination(ctx, workspaceOf(ctx), "", in.Body))
}

func (s *Server) previewDestination(ctx context.Context, in *struct {
	DestinationPath
	Body automation.TrialInput
},
) (*trialOutput, error) {
	return trial(s.Destinations.PreviewDestination(ctx, workspaceOf(ctx), in.ID, in.Body))
}

func (s *Server) testDestination(ctx context.Context, in *struct {
	DestinationPath
	Once
	Body automation.TrialInput
},
) (*trialOutput, error) {
	in.Body.Once = in.idempotency(ctx)
	return trial(s.Destinations.TestDestination(ctx, workspaceOf(ctx), in.ID, in.Body))
}

func (s *Server) listEventDeliveries(ctx context.Context, in *struct {
	DestinationPath
	State  string `query:"state" enum:"waiting,sent,failed,skipped," doc:"any if absent"`
	Cursor string `query:"cursor" maxLength:"100"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
},
) (*listOutput[automation.EventDelivery], error) {
	items, next, err := s.Destinations.ListEventDeliveries(ctx, workspaceOf(ctx), in.ID, in.State, in.Cursor, in.Limit)
	return list(items, next, err)
}

type eventDeliveryOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         automation.EventDeliveryDetail
}

func (s *Server) getEventDelivery(ctx context.Context, in *struct{ DeliveryPath }) (*eventDeliveryOutput, error) {
	out, err := s.Destinations.GetEventDelivery(ctx, workspaceOf(ctx), in.ID)
	return &eventDeliveryOutput{"no-store", out}, err
}

type replayedDeliveryOutput struct{ Body automation.EventDelivery }

func (s *Server) replayDelivery(ctx context.Context, in *struct {
	DeliveryPath
	Once
},
) (*replayedDeliveryOutput, error) {
	out, err := s.Destinations.ReplayDelivery(ctx, workspaceOf(ctx), in.ID, in.idempotency(ctx))
	return &replayedDeliveryOutput{out}, err
}

type replayedOutput struct{ Body automation.ReplayedAnswer }

func (s *Server) replayDestination(ctx context.Context, in *struct {
	DestinationPath
	Once
},
) (*replayedOutput, error) {
	out, err := s.Destinations.ReplayDestination(ctx, workspaceOf(ctx), in.ID, in.idempotency(ctx))
	return &replayedOutput{out}, err
}

func (s *Server) addDestinationRoutes() {
	const tag = "Destinations"
	add(s, operation{
		ID: "list-destination-kinds", Method: http.MethodGet, Path: "/v1/destinations/kinds", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "What destinations can be, and what can be set of each",
	}, s.destinationKinds)
	add(s, operation{
		ID: "list-destinations", Method: http.MethodGet, Path: "/v1/destinations", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "List the services that are told what contacts do",
	}, s.listDestinations)
	add(s, operation{
		ID: "get-destination", Method: http.MethodGet, Path: "/v1/destinations/{id}", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "One destination",
	}, s.getDestination)
	add(s, operation{
		ID: "add-destination", Method: http.MethodPost, Path: "/v1/destinations", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Tell a service what contacts do from now on",
		About: "Each event once, by an id that stays the same at every attempt, tried for three days. Imports, bulk edits and history are not told. " +
			"The answer is the only place where a secret is shown that the server made. docs/destinations.md says how each service is set up.",
	}, s.addDestination)
	add(s, operation{
		ID: "edit-destination", Method: http.MethodPatch, Path: "/v1/destinations/{id}", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Change a destination, or switch it on and off", About: "What waits is sent as it is set then.",
	}, s.editDestination)
	add(s, operation{
		ID: "remove-destination", Method: http.MethodDelete, Path: "/v1/destinations/{id}", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Forget a destination, with what waits and what was sent",
	}, s.removeDestination)
	add(s, operation{
		ID: "preview-new-destination", Method: http.MethodPost, Path: "/v1/destinations/preview", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "What a destination that is not saved yet would be told", About: "Nothing is sent.",
	}, s.previewNewDestination)
	add(s, operation{
		ID: "preview-destination", Method: http.MethodPost, Path: "/v1/destinations/{id}/preview", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "What a destination would be told of a contact, or of a made-up one", About: "Nothing is sent. Changes that are not saved yet can be tried.",
	}, s.previewDestination)
	add(s, operation{
		ID: "test-destination", Method: http.MethodPost, Path: "/v1/destinations/{id}/test", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Send one test, and see exactly what was sent and answered",
	}, s.testDestination)
	add(s, operation{
		ID: "list-event-deliveries", Method: http.MethodGet, Path: "/v1/destinations/{id}/deliveries", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "List what a destination is told and what became of it, newest first", About: "The last five thousand in each state are kept.",
	}, s.listEventDeliveries)
	add(s, operation{
		ID: "replay-destination", Method: http.MethodPost, Path: "/v1/destinations/{id}/replay", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Tell everything again that failed",
	}, s.replayDestination)
	add(s, operation{
		ID: "get-delivery", Method: http.MethodGet, Path: "/v1/deliveries/{id}", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "One delivery to a destination, with exactly what was sent and answered last",
	}, s.getEventDelivery)
	add(s, operation{
		ID: "replay-delivery", Method: http.MethodPost, Path: "/v1/deliveries/{id}/replay", Tag: tag, Scope: workspace.ScopeAdmin,
		Summary: "Tell one event again, by the same id",
	}, s.replayDelivery)
	s.addConversionRoutes()
}
