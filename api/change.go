package api

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
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
	Import  string `query:"import" doc:"the import that brought it"`
	Counted string `query:"counted" enum:"yes,no" doc:"yes: only what counts as a move; no: only what does not"`
	Query   string `query:"q" maxLength:"300" doc:"part of the contact's name or identifiers, of the note or of who made it, whatever the case"`
	Cursor  string `query:"cursor" maxLength:"500"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"of json; a file holds all pages"`
	Format  string `query:"format" enum:"json,csv,parquet" default:"json"`
}

// listChangesQuery reads the parameters of the log.
func (s *Server) listChangesQuery(ctx context.Context, in *listChangesInput) (workspace.ListChangesInput, error) {
	query := workspace.ListChangesInput{
		Actor: in.Actor, Stage: in.Stage, Import: in.Import, Query: in.Query, Cursor: in.Cursor, Limit: in.Limit,
	}
	if err := in.check(); err != nil {
		return query, err
	}
	if in.Counted != "" {
		counted := in.Counted == "yes"
		query.Counted = &counted
	}
	if err := s.changeRange(ctx, in, &query); err != nil {
		return query, err
	}
	if in.Contact != "" {
		ref, err := refAt("query.contact", in.Contact)
		if err != nil {
			return query, err
		}
		query.Contact = &ref
	}
	return query, nil
}

// check refuses parameters that are none.
func (in *listChangesInput) check() error {
	var faults fault.Details
	if in.Limit < 1 || in.Limit > 200 {
		faults.Add("query.limit", "must be from 1 to 200")
	}
	if in.Counted != "" && in.Counted != "yes" && in.Counted != "no" {
		faults.Add("query.counted", "is not one of yes and no")
	}
	if !slices.Contains([]string{formatJSON, formatCSV, formatParquet}, in.Format) {
		faults.Add("query.format", "is not one of json, csv and parquet")
	}
	return faults.Err()
}

// listChanges answers a page of the log, or all of it as a file. It reads the
// parameters itself because a file is streamed.
func (s *Server) listChanges(w http.ResponseWriter, r *http.Request) error {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return fault.New(fault.Invalid, codeMalformed, "The query of the address could not be read.")
	}
	in := &listChangesInput{
		From: values.Get("from"), To: values.Get("to"), Actor: values.Get("actor"), Stage: values.Get("stage"),
		Contact: values.Get("contact"), Import: values.Get("import"), Counted: values.Get("counted"), Query: values.Get("q"),
		Cursor: values.Get("cursor"), Format: cmp.Or(values.Get("format"), formatJSON),
	}
	if in.Limit, err = strconv.Atoi(cmp.Or(values.Get("limit"), "50")); err != nil {
		in.Limit = 0
	}
	query, err := s.listChangesQuery(r.Context(), in)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	if in.Format != formatJSON {
		return s.exportChanges(w, r, query, in.Format)
	}
	page, err := s.Changes.ListChanges(r.Context(), workspaceOf(r.Context()), query)
	if err != nil {
		return err
	}
	out, err := list(page.Items, page.Next, nil)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, out.Body)
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
	addRaw[listChangesInput](s, operation{
		ID: "list-changes", Method: http.MethodGet, Path: "/v1/changes", Tag: tag, Scope: workspace.ScopeRead, Limit: longLimit, Strict: true,
		Summary: "List the log of changes, newest first, or export it",
		About:   "A page may be short, or empty, although there are more: `next` says so. With `format=csv` or `parquet` the answer is a file of all pages.",
	}, s.description.files(List[workspace.LoggedChange]{}), s.listChanges)
}

func (s *Server) describeRecordChanges(op *huma.Operation) {
	item := s.description.schema(changeItem{})
	op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/json":     {Schema: &huma.Schema{Type: huma.TypeArray, Items: item}},
		"application/x-ndjson": {Schema: item},
	}}
	op.Responses["200"] = s.description.answers(workspace.RecordChangesOutput{})
}
