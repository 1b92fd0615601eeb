package api

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// Changes is what the operations on the log of changes need.
type Changes interface {
	RecordChanges(ctx context.Context, w journal.WorkspaceID, in workspace.RecordChangesInput) (workspace.RecordChangesOutput, error)
	ListChanges(ctx context.Context, w journal.WorkspaceID, in workspace.ListChangesInput) (workspace.ChangePage, error)
}

// recordChanges takes a batch. It reads the body itself because a batch may
// be large, compressed, and one JSON document or many.
func (s *Server) recordChanges(w http.ResponseWriter, r *http.Request) error {
	release, err := s.batches.enter(r.Context())
	if err != nil {
		return err
	}
	defer release()
	body, err := readBatch(w, r)
	if err != nil {
		return err
	}
	items, err := decodeChanges(body)
	if err != nil {
		return err
	}
	var once workspace.Idempotency
	if key := r.Header.Get("Idempotency-Key"); key != "" {
		once = idempotencyOf(key, requestOf(r.Context()), sha256.Sum256(body))
	}
	out, err := s.Changes.RecordChanges(r.Context(), workspaceOf(r.Context()), workspace.RecordChangesInput{Items: items, Once: once})
	if err != nil {
		return err
	}
	if out.Rejected == nil {
		out.Rejected = []workspace.Rejected{}
	}
	return writeJSON(w, http.StatusOK, out)
}

func writeJSON(w http.ResponseWriter, status int, v any) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// The client may be gone; there is nobody left to tell.
	_ = json.NewEncoder(w).Encode(v)
	return nil
}

type listChangesInput struct {
	From    string `query:"from" doc:"a time, or a day in the workspace's time zone"`
	To      string `query:"to" doc:"before this time, or to the end of this day"`
	Actor   string `query:"actor" enum:"user,api,workflow,form,import,bulk"`
	Stage   string `query:"stage" doc:"id or key of the stage moved to"`
	Contact string `query:"contact" maxLength:"600" doc:"id, or external_id:X, email:X, phone:X"`
	Cursor  string `query:"cursor" maxLength:"500"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (s *Server) listChanges(ctx context.Context, in *listChangesInput) (*listOutput[workspace.LoggedChange], error) {
	query := workspace.ListChangesInput{Actor: in.Actor, Stage: in.Stage, Cursor: in.Cursor, Limit: in.Limit}
	if err := s.changeRange(ctx, in, &query); err != nil {
		return nil, err
	}
	if in.Contact != "" {
		ref, err := workspace.ParseContactRef(in.Contact)
		if err != nil {
			return nil, fault.At("query.contact", "is neither an id nor external_id:X, email:X or phone:X")
		}
		query.Contact = &ref
	}
	page, err := s.Changes.ListChanges(ctx, workspaceOf(ctx), query)
	return list(page.Items, page.Next, err)
}

// changeRange reads from and to: days need the time zone of the workspace.
func (s *Server) changeRange(ctx context.Context, in *listChangesInput, query *workspace.ListChangesInput) error {
	if in.From == "" && in.To == "" {
		return nil
	}
	settings, err := s.Workspaces.GetSettings(ctx, workspaceOf(ctx))
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(settings.TimeZone)
	if err != nil {
		return err
	}
	if query.From, err = instant("query.from", in.From, zone, 0); err != nil {
		return err
	}
	query.To, err = instant("query.to", in.To, zone, 1)
	return err
}

// instant reads a time, or the midnight that begins a day, some days later.
func instant(location, text string, zone *time.Location, days int) (*lifecycle.Millis, error) {
	if text == "" {
		return nil, nil
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t, err = time.ParseInLocation(time.DateOnly, text, zone)
		t = t.AddDate(0, 0, days)
	}
	if err != nil {
		return nil, fault.At(location, "is neither a time (RFC 3339) nor a day (2026-11-22)")
	}
	m := lifecycle.MillisOf(t)
	return &m, nil
}

func (s *Server) addChangeRoutes() {
	const tag = "Changes"
	addRaw[struct{ Once }](s, operation{
		ID: "record-changes", Method: http.MethodPost, Path: "/v1/changes", Tag: tag, Scope: workspace.ScopeWrite, Limit: longLimit,
		Summary: "Record a batch of stage changes with their dates",
		About: "A JSON array, or one JSON object a line (NDJSON); gzip is accepted; at most 64 MiB once decompressed. " +
			"Good items land, bad ones come back in `rejected` with their index and reason. The same `id` twice for one contact counts once. " +
			"An actor of kind `import` or `bulk` makes a change an unrecorded one; all others are transitions, whatever their date.",
	}, s.describeRecordChanges, s.recordChanges)
	add(s, operation{ID: "list-changes", Method: http.MethodGet, Path: "/v1/changes", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List the log of changes, newest first"}, s.listChanges)
}

func (s *Server) describeRecordChanges(op *huma.Operation) {
	item := s.description.schema(changeItem{})
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/json":     {Schema: &huma.Schema{Type: huma.TypeArray, Items: item}},
		"application/x-ndjson": {Schema: item},
	}}
	op.Responses["200"] = s.description.answers(workspace.RecordChangesOutput{})
}
