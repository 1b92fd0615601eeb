package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/tabular"
	"github.com/tidemark/tidemark/workspace"
)

// imports reads imports; importWriter writes them too.
type imports struct{ rows rows }

type importWriter struct {
	imports
	tx *Tx
}

// Imports reads imports.
func (r *Reader) Imports() workspace.ImportReader { return imports{r} }

// Imports writes imports.
func (t *Tx) Imports() workspace.ImportWriter { return importWriter{imports{t}, t} }

func storedImport(row Row) (workspace.StoredImport, error) {
	i := workspace.StoredImport{
		Number: row.Int(0), Workspace: journal.WorkspaceID(row.Int(1)), Created: lifecycle.Millis(row.Int(2)),
		State: workspace.ImportState(row.Text(3)),
	}
	if err := json.Unmarshal([]byte(row.Text(4)), &i.Plan); err != nil {
		return i, fmt.Errorf("plan of import %d: %w", i.Number, err)
	}
	if err := json.Unmarshal([]byte(row.Text(5)), &i.Progress); err != nil {
		return i, fmt.Errorf("progress of import %d: %w", i.Number, err)
	}
	return i, nil
}

func (i imports) list(query string, args ...any) (list []workspace.StoredImport, err error) {
	err = i.rows.Each(query, func(row Row) error {
		stored, err := storedImport(row)
		list = append(list, stored)
		return err
	}, args...)
	return list, err
}

func (i imports) Import(w journal.WorkspaceID, number int64) (*workspace.StoredImport, error) {
	list, err := i.list("import.get", int64(w), number)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func (i imports) Imports(w journal.WorkspaceID, before int64, limit int) ([]workspace.StoredImport, error) {
	return i.list("import.list", int64(w), before, limit)
}

func (i imports) RunningImports() ([]workspace.StoredImport, error) { return i.list("import.running") }

func (i imports) Rejections(number int64, after, limit int) (list []workspace.Rejection, err error) {
	err = i.rows.Each("import.rejections", func(row Row) error {
		list = append(list, workspace.Rejection{
			Line: int(row.Int(0)), Column: int(row.Int(1)), Reason: row.Text(2),
			Span: tabular.Span{Start: row.Int(3), End: row.Int(4)},
		})
		return nil
	}, number, after, limit)
	return list, err
}

func (i imports) Touched(number int64, after journal.ContactID, limit int) (list []journal.ContactID, err error) {
	err = i.rows.Each("import.touched", func(row Row) error {
		list = append(list, journal.ContactID(row.Int(0)))
		return nil
	}, number, int64(after), limit)
	return list, err
}

func (i imports) Written(number int64, after journal.ContactID, limit int) (list []journal.ContactID, err error) {
	err = i.rows.Each("written.list", func(row Row) error {
		list = append(list, journal.ContactID(row.Int(0)))
		return nil
	}, number, int64(after), limit)
	return list, err
}

func (i imports) CountWritten(number int64) (int64, error) {
	row, _, err := i.rows.One("written.count", number)
	if err != nil {
		return 0, err
	}
	return row.Int(0), nil
}

func (i imports) IsWritten(number int64, c journal.ContactID) (bool, error) {
	row, ok, err := i.rows.One("written.get", number, int64(c))
	return err == nil && ok && row.Int(0) == 0, err
}

func (w importWriter) Wrote(number int64, c journal.ContactID) error {
	return w.tx.Run("written.add", number, int64(c))
}

func (w importWriter) Withdrew(number int64, c journal.ContactID) error {
	return w.tx.Run("written.withdraw", number, int64(c))
}

func (w importWriter) AddImport(i workspace.StoredImport) (int64, error) {
	plan, err := json.Marshal(i.Plan)
	if err != nil {
		return 0, err
	}
	progress, err := json.Marshal(i.Progress)
	if err != nil {
		return 0, err
	}
	row, _, err := w.tx.RunOne("import.add", int64(i.Workspace), millis(i.Created), string(i.State), string(plan), string(progress))
	if err != nil {
		return 0, err
	}
	return row.Int(0), nil
}

func (w importWriter) SaveImport(i *workspace.StoredImport) error {
	progress, err := json.Marshal(i.Progress)
	if err != nil {
		return err
	}
	return w.tx.Run("import.save", int64(i.Workspace), i.Number, string(i.State), string(progress))
}

func (w importWriter) Reject(number int64, r workspace.Rejection) error {
	return w.tx.Run("import.reject", number, r.Line, r.Column, r.Reason, r.Span.Start, r.Span.End)
}

func (w importWriter) Touch(number int64, c journal.ContactID) error {
	return w.tx.Run("import.touch", number, int64(c))
}

func (w importWriter) Forget(number int64) error { return w.tx.Run("import.forget", number) }

// ImportFolder keeps the files of imports in a folder.
type ImportFolder struct{ dir string }

// OpenImportFolder makes the folder if it is not there.
func OpenImportFolder(dir string) (ImportFolder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return ImportFolder{}, fmt.Errorf("make import folder: %w", err)
	}
	return ImportFolder{dir}, nil
}

// importFile is durable once it is closed.
type importFile struct {
	*os.File
	dir string
}

// Close writes the file and its name to the disk.
func (f importFile) Close() error {
	if err := errors.Join(f.Sync(), f.File.Close()); err != nil {
		return err
	}
	dir, err := os.Open(f.dir)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Create makes a new file.
func (f ImportFolder) Create(name string) (io.WriteCloser, error) {
	file, err := os.OpenFile(f.path(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return importFile{file, f.dir}, nil
}

// Open opens a file for reading.
func (f ImportFolder) Open(name string) (io.ReadSeekCloser, error) { return os.Open(f.path(name)) }

// Remove deletes a file, if it is there.
func (f ImportFolder) Remove(name string) error {
	if err := os.Remove(f.path(name)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// Names lists the files.
func (f ImportFolder) Names() ([]string, error) {
	entries, err := os.ReadDir(f.dir)
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names, err
}

// path keeps a name inside the folder.
func (f ImportFolder) path(name string) string { return filepath.Join(f.dir, filepath.Base(name)) }
