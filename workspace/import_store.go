package workspace

import (
	"encoding/json"
	"io"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/tabular"
)

// ImportReader reads imports.
type ImportReader interface {
	// Import returns an import, nil if there is none.
	Import(w journal.WorkspaceID, number int64) (*StoredImport, error)
	// Imports lists up to limit imports with a number below one, newest first.
	Imports(w journal.WorkspaceID, before int64, limit int) ([]StoredImport, error)
	// RunningImports lists the imports of all workspaces that are under way.
	RunningImports() ([]StoredImport, error)
	// Rejections lists up to limit rejected rows after a line, in order.
	Rejections(number int64, after, limit int) ([]Rejection, error)
	// Touched lists up to limit contacts after one that Touch noted, in order.
	Touched(number int64, after journal.ContactID, limit int) ([]journal.ContactID, error)
	WrittenReader
}

// WrittenReader knows the contacts that imports wrote to.
type WrittenReader interface {
	// Written lists up to limit of them after one, in order.
	Written(number int64, after journal.ContactID, limit int) ([]journal.ContactID, error)
	// CountWritten counts them.
	CountWritten(number int64) (int64, error)
	// IsWritten reports whether an import wrote to a contact and that was not
	// withdrawn.
	IsWritten(number int64, c journal.ContactID) (bool, error)
}

// ImportWriter writes imports.
type ImportWriter interface {
	ImportReader
	// AddImport numbers a new import.
	AddImport(i StoredImport) (int64, error)
	// SaveImport writes state and progress.
	SaveImport(i *StoredImport) error
	// Reject notes a rejected row.
	Reject(number int64, r Rejection) error
	// Touch notes a contact that a row named; Forget drops all notes.
	Touch(number int64, c journal.ContactID) error
	Forget(number int64) error
	// Wrote notes that an import wrote to a contact, Withdrew that this was
	// taken back.
	Wrote(number int64, c journal.ContactID) error
	Withdrew(number int64, c journal.ContactID) error
}

// ImportFiles keeps the files of imports in the data folder.
type ImportFiles interface {
	// Create makes a new file of this name; what was written is durable once
	// its Close has returned without an error.
	Create(name string) (io.WriteCloser, error)
	// Open opens a file for reading.
	Open(name string) (io.ReadSeekCloser, error)
	// Blank overwrites parts of a file so that nothing of them can be read.
	Blank(name string, spans []tabular.Span) error
	// Remove deletes a file, if it is there.
	Remove(name string) error
	// Names lists the files.
	Names() ([]string, error)
}

// StoredImport is an import as the record keeps it.
type StoredImport struct {
	Number    int64
	Workspace journal.WorkspaceID
	Created   lifecycle.Millis
	State     ImportState
	Plan      ImportPlan
	Progress  ImportProgress
}

// ImportPlan is what was asked for. It never changes.
type ImportPlan struct {
	Name    string          `json:"name"`
	Mode    ImportMode      `json:"mode"`
	Mapping json.RawMessage `json:"mapping"`
	Stage   string          `json:"stage,omitempty"` // for all rows
	DryRun  bool            `json:"dry_run,omitempty"`
	Actor   journal.Actor   `json:"actor"`
	File    string          `json:"file"` // name in ImportFiles
	Size    int64           `json:"size"`
	Layout  tabular.Layout  `json:"layout"`
}

// ImportProgress is how far an import is. It is written in the same commit as
// the rows that it counts, so that an import goes on exactly where it was.
type ImportProgress struct {
	Position     tabular.Position `json:"position"`
	RowsTotal    *int64           `json:"rows_total"` // nil until they were counted
	RowsDone     int64            `json:"rows_done"`
	Counts       ImportCounts     `json:"counts"`
	NotInReports []ImportNotice   `json:"not_in_reports"`
	Seq          int64            `json:"seq"` // the last entry that a row wrote
	Error        string           `json:"error,omitempty"`
	Finished     lifecycle.Millis `json:"finished,omitzero"`
	Undo         *ImportUndo      `json:"undo,omitempty"`

	UndoneTo journal.ContactID `json:"undone_to,omitempty"` // the last contact that an undo took care of
}

// ImportCounts are what became of the rows.
type ImportCounts struct {
	Created         int64 `json:"created"`           // contacts
	Updated         int64 `json:"updated"`           // rows that changed fields of a contact
	Moved           int64 `json:"moved"`             // stage changes
	Duplicate       int64 `json:"duplicate"`         // stage changes that an import wrote before
	KeptForwardOnly int64 `json:"kept_forward_only"` // stage changes that would have gone back
	Rejected        int64 `json:"rejected"`          // rows
	Skipped         int64 `json:"skipped"`           // cells without a value in "values"
}

// Rejection is a row that was not taken.
type Rejection struct {
	Line   int
	Column int // number of the cell, from 1; 0 = the whole row
	Reason string
	Span   tabular.Span // in the stored file
}
