package workspace

import (
	"context"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// ImportMode says what the stages of a file mean.
type ImportMode string

// The modes.
const (
	ImportCorrection ImportMode = "correction" // where contacts are: silent, no transitions
	ImportMove       ImportMode = "move"       // real moves, made now
	ImportHistory    ImportMode = "history"    // moves that were made on the dates given
)

// ImportState is how an import stands.
type ImportState string

// The states.
const (
	ImportRunning   ImportState = "running"
	ImportDone      ImportState = "done"
	ImportFailed    ImportState = "failed"
	ImportCancelled ImportState = "cancelled"
	ImportUndoing   ImportState = "undoing"
	ImportUndone    ImportState = "undone"
)

// StartImportInput starts an import of a CSV file, plain or gzipped.
type StartImportInput struct {
	File    io.Reader
	Name    string          // of the file, for people
	Mapping json.RawMessage // see ParseImportMapping
	Mode    ImportMode      // "" = history if a date is mapped, else correction
	Stage   string          // id or key: where all rows are; "" = as mapped
	DryRun  bool            // count what would happen, and change nothing
	Actor   journal.Actor
	Once    Idempotency // a zero Hash is filled in from file and mapping
}

// Import is an import as answers show it.
type Import struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Mode       ImportMode        `json:"mode" enum:"correction,move,history"`
	State      ImportState       `json:"state" enum:"running,done,failed,cancelled,undoing,undone"`
	DryRun     bool              `json:"dry_run"`
	CreatedAt  lifecycle.Millis  `json:"created_at"`
	FinishedAt *lifecycle.Millis `json:"finished_at"`
	RowsTotal  *int64            `json:"rows_total" doc:"null until the rows were counted"`
	RowsDone   int64             `json:"rows_done"`
	ImportCounts
	NotInReports []ImportNotice `json:"not_in_reports" doc:"contacts of this import that no report counts, and why; known when it is done"`
	Error        *string        `json:"error"`
	Undo         *ImportUndo    `json:"undo" doc:"how far its undo is; null if it was not undone"`
	CanUndo      bool           `json:"can_undo"`
	Seq          int64          `json:"seq" doc:"the last log entry of the import: min_seq of a report that shall include it"`
}

// ImportNotice says how many contacts of an import no report counts, and why.
type ImportNotice struct {
	Reason string       `json:"reason" enum:"no_stage,unrecorded,outside"`
	Count  int64        `json:"count"`
	Text   string       `json:"text"`
	Offers []ImportMode `json:"offers" doc:"modes in which they would show"`
}

const importPrefix = "imp_"

func showImportID(number int64) string { return importPrefix + strconv.FormatInt(number, 10) }

func importNumber(id string) int64 {
	digits, ok := strings.CutPrefix(id, importPrefix)
	n, err := strconv.ParseInt(digits, 10, 64)
	if !ok || err != nil {
		return 0
	}
	return n
}

func importNotFound(id string) error {
	return fault.New(fault.NotFound, "import_not_found", "There is no import %s.", quote(id))
}

func showImport(i *StoredImport) Import {
	out := Import{
		ID: showImportID(i.Number), Name: i.Plan.Name, Mode: i.Plan.Mode, State: i.State, DryRun: i.Plan.DryRun,
		CreatedAt: i.Created, RowsTotal: i.Progress.RowsTotal, RowsDone: i.Progress.RowsDone,
		ImportCounts: i.Progress.Counts, NotInReports: i.Progress.NotInReports, Seq: i.Progress.Seq,
	}
	if out.NotInReports == nil {
		out.NotInReports = []ImportNotice{}
	}
	if i.Progress.Finished != 0 {
		out.FinishedAt = &i.Progress.Finished
	}
	out.Undo, out.CanUndo = i.Progress.Undo, i.undoable() == nil
	if i.Progress.Error != "" {
		out.Error = &i.Progress.Error
	}
	return out
}

// GetImport returns an import with its progress.
func (s *Service) GetImport(ctx context.Context, w journal.WorkspaceID, id string) (Import, error) {
	i, err := s.storedImport(ctx, w, id)
	if err != nil {
		return Import{}, err
	}
	return showImport(i), nil
}

func (s *Service) storedImport(ctx context.Context, w journal.WorkspaceID, id string) (found *StoredImport, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		found, err = r.Imports().Import(w, importNumber(id))
		if err == nil && found == nil {
			return importNotFound(id)
		}
		return err
	})
	return found, err
}

// ImportPage is a page of imports; Next is "" at the end.
type ImportPage struct {
	Items []Import
	Next  string
}

// ListImports returns a page of imports, newest first. Limit is 1..200, 0 = 50.
func (s *Service) ListImports(ctx context.Context, w journal.WorkspaceID, cursor string, limit int) (ImportPage, error) {
	before := int64(1) << 62
	if cursor != "" {
		if before = importNumber(cursor); before == 0 {
			return ImportPage{}, fault.At("query.cursor", "is not a cursor of this list")
		}
	}
	if limit == 0 {
		limit = 50
	}
	if limit < 1 || limit > 200 {
		return ImportPage{}, fault.At("query.limit", "must be 1 to 200")
	}
	page := ImportPage{Items: []Import{}}
	err := s.store.Read(ctx, func(r Reader) error {
		stored, err := r.Imports().Imports(w, before, limit+1)
		for i := range stored {
			if i == limit {
				page.Next = page.Items[limit-1].ID
				break
			}
			page.Items = append(page.Items, showImport(&stored[i]))
		}
		return err
	})
	return page, err
}

// CancelImport stops an import after the rows under way. What it wrote stays.
func (s *Service) CancelImport(ctx context.Context, w journal.WorkspaceID, id string, once Idempotency) (Import, error) {
	return writeOnce(ctx, s, w, once, func(tx Tx) (Import, error) {
		i, err := tx.Imports().Import(w, importNumber(id))
		if err != nil {
			return Import{}, err
		}
		if i == nil {
			return Import{}, importNotFound(id)
		}
		if i.State == ImportRunning {
			i.State, i.Progress.Finished = ImportCancelled, s.now()
			err = tx.Imports().SaveImport(i)
		}
		return showImport(i), err
	})
}

// WaitImport waits until an import is not running any more.
func (s *Service) WaitImport(ctx context.Context, w journal.WorkspaceID, id string) (Import, error) {
	select {
	case <-s.imports.ended(importNumber(id)):
	case <-ctx.Done():
		return Import{}, ctx.Err()
	}
	return s.GetImport(ctx, w, id)
}
