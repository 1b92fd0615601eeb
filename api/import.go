package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

// Imports is what the operations on imports need.
type Imports interface {
	StartImport(ctx context.Context, w journal.WorkspaceID, in workspace.StartImportInput) (workspace.Import, error)
	GetImport(ctx context.Context, w journal.WorkspaceID, id string) (workspace.Import, error)
	ListImports(ctx context.Context, w journal.WorkspaceID, cursor string, limit int) (workspace.ImportPage, error)
	CancelImport(ctx context.Context, w journal.WorkspaceID, id string, once workspace.Idempotency) (workspace.Import, error)
	RejectedRows(ctx context.Context, w journal.WorkspaceID, id string, to io.Writer) error
	ImportUndo
}

// Limits of an import.
const (
	maxImport       = 4 << 30 // bytes of the whole form
	importInMemory  = 4 << 20 // of it in memory; the rest waits on disk
	importFieldSize = 1 << 20 // of each field but the file
)

// importForm documents the form of an import.
type importForm struct {
	File    string `json:"file" format:"binary" doc:"CSV, plain or gzipped; comma, semicolon or tab; UTF-8"`
	Mapping string `json:"mapping" contentMediaType:"application/json" doc:"{column: {field, format?, values?: {cell: stage key or null}, at_column?}}; field is external_id, email, phone, name, owner, value, source, sub_source, medium, campaign, ad_group, ad, keyword, landing_page, property.NAME, stage or at; as a value of the form, or as a file"`
	Mode    string `json:"mode,omitempty" enum:"correction,move,history" doc:"correction: where contacts are, silently; move: real moves, made now; history: moves with their dates (default if a date is mapped, else correction)"`
	Stage   string `json:"stage,omitempty" doc:"id or key, for all rows"`
	DryRun  bool   `json:"dry_run,omitempty" doc:"count what would happen, and change nothing"`
}

// startImport takes a form with a file. It reads the body itself because the
// file may be large.
func (s *Server) startImport(w http.ResponseWriter, r *http.Request) error {
	if err := readForm(w, r); err != nil {
		return formFault(err)
	}
	// What waits on disk is only ours until the import has its own copy.
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	if err := mappingFile(r); err != nil {
		return err
	}
	in, err := importInput(r)
	if err != nil {
		return err
	}
	file, header, err := r.FormFile("file")
	if err != nil {
		return fault.At("body.file", "is missing: a CSV file")
	}
	defer file.Close()
	in.File, in.Name = file, header.Filename
	out, err := s.Imports.StartImport(r.Context(), workspaceOf(r.Context()), in)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, out)
}

func readForm(w http.ResponseWriter, r *http.Request) error {
	defer patience(w, longLimit)()
	body := r.Body
	r.Body = http.MaxBytesReader(w, body, maxImport)
	err := r.ParseMultipartForm(importInMemory)
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return tooLarge(body, maxImport)
	}
	return err
}

func formFault(err error) error {
	if _, ok := errors.AsType[*fault.Error](err); ok {
		return err
	}
	if errors.Is(err, http.ErrNotMultipart) {
		return fault.New(fault.Invalid, codeMediaType, "Send the file as multipart/form-data, with the fields file and mapping.")
	}
	return &fault.Error{Kind: fault.Invalid, Code: codeMalformed, Message: "The form could not be read to its end.", Err: err}
}

// importInput reads the fields beside the file.
func importInput(r *http.Request) (workspace.StartImportInput, error) {
	form := r.MultipartForm.Value
	var details fault.Details
	for _, name := range slices.Sorted(maps.Keys(form)) {
		values := form[name]
		switch {
		case name != "mapping" && name != "mode" && name != "stage" && name != "dry_run":
			details.Add("body."+name, "is not a field of an import")
		case len(values) != 1 || len(values[0]) > importFieldSize:
			details.Add("body."+name, "must be given once, with at most 1 MiB")
		}
	}
	dry, err := strconv.ParseBool(first(form["dry_run"], "false"))
	if err != nil {
		details.Add("body.dry_run", "must be true or false")
	}
	if err := details.Err(); err != nil {
		return workspace.StartImportInput{}, err
	}
	once := workspace.Idempotency{Key: r.Header.Get("Idempotency-Key")} // the use case hashes file and mapping
	return workspace.StartImportInput{
		Mapping: json.RawMessage(first(form["mapping"], "")), Mode: workspace.ImportMode(first(form["mode"], "")),
		Stage: first(form["stage"], ""), DryRun: dry, Actor: actorOf(r.Context()), Once: once,
	}, nil
}

func first(values []string, otherwise string) string {
	if len(values) == 0 || values[0] == "" {
		return otherwise
	}
	return values[0]
}

// ImportPath names an import in an address.
type ImportPath struct {
	ID string `path:"id" maxLength:"100"`
}

type importOutput struct{ Body workspace.Import }

func (s *Server) getImport(ctx context.Context, in *struct{ ImportPath }) (*importOutput, error) {
	out, err := s.Imports.GetImport(ctx, workspaceOf(ctx), in.ID)
	return &importOutput{out}, err
}

// endImportInput cancels an import or undoes it.
type endImportInput struct {
	ImportPath
	Once
}

func (s *Server) cancelImport(ctx context.Context, in *endImportInput) (*importOutput, error) {
	out, err := s.Imports.CancelImport(ctx, workspaceOf(ctx), in.ID, in.idempotency(ctx))
	return &importOutput{out}, err
}

type listImportsInput struct {
	Cursor string `query:"cursor" maxLength:"100"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

func (s *Server) listImports(ctx context.Context, in *listImportsInput) (*listOutput[workspace.Import], error) {
	page, err := s.Imports.ListImports(ctx, workspaceOf(ctx), in.Cursor, in.Limit)
	return list(page.Items, page.Next, err)
}

func (s *Server) rejectedRows(w http.ResponseWriter, r *http.Request) error {
	out := &startingWriter{w: w, start: func() {
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="rejected.csv"`)
	}}
	err := s.Imports.RejectedRows(r.Context(), workspaceOf(r.Context()), r.PathValue("id"), out)
	if err != nil && out.started {
		panic(http.ErrAbortHandler) // half a file must not look whole
	}
	return err
}

// startingWriter does something before the first byte, so that an error
// before it can still be answered as one.
type startingWriter struct {
	w       io.Writer
	start   func()
	started bool
}

func (s *startingWriter) Write(b []byte) (int, error) {
	if !s.started {
		s.started = true
		s.start()
	}
	return s.w.Write(b)
}

func (s *Server) addImportRoutes() {
	const tag = "Imports"
	addRaw[struct{ Once }](s, operation{
		ID: "start-import", Method: http.MethodPost, Path: "/v1/imports", Tag: tag, Scope: workspace.ScopeWrite, Limit: longLimit,
		Summary: "Import a CSV file",
		About:   "The answer comes at once, the rows follow: ask for the import's progress. Rows that cannot be taken come back in rejected.csv with line, column and reason; the rest lands.",
	}, func(op *huma.Operation) {
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
			"multipart/form-data": {Schema: s.description.schema(importForm{})},
		}}
		op.Responses["200"] = s.description.answers(workspace.Import{})
	}, s.startImport)
	add(s, operation{
		ID: "list-imports", Method: http.MethodGet, Path: "/v1/imports", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "List imports, newest first",
	}, s.listImports)
	add(s, operation{
		ID: "get-import", Method: http.MethodGet, Path: "/v1/imports/{id}", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "Get an import: progress, counts, and what no report will show",
	}, s.getImport)
	add(s, operation{
		ID: "cancel-import", Method: http.MethodPost, Path: "/v1/imports/{id}/cancel", Tag: tag, Scope: workspace.ScopeWrite,
		Summary: "Stop an import; what it wrote stays",
	}, s.cancelImport)
	s.addImportUndoRoutes()
	addRaw[struct{ ImportPath }](s, operation{
		ID: "list-rejected-rows", Method: http.MethodGet, Path: "/v1/imports/{id}/rejected.csv",
		Tag: tag, Scope: workspace.ScopeRead, Limit: longLimit, Summary: "The rows that were not taken, as CSV with line, column and reason",
	},
		describeText("text/csv", "The rows"), s.rejectedRows)
}
