package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/tabular"
)

const (
	importChunk  = 1000 // rows of one write: some 50 ms of the writer's time
	importSample = 1000 // rows that show how dates and amounts are written
)

// importRun is an import under way.
type importRun struct {
	s      *Service
	files  ImportFiles
	stored StoredImport // as committed
	file   io.ReadSeekCloser
	rows   *tabular.Reader
	reader *importReader
	header []string
	dry    *dryRun
}

// line is a row that was read, or why it could not be.
type line struct {
	row   importRow
	span  tabular.Span
	fault *Rejection
}

// run carries an import on from where it is to its end. An error means that
// it could not go on; whether it may later is decided by the caller.
func (r *importRun) run(ctx context.Context) error {
	if err := r.open(ctx); err != nil {
		return err
	}
	defer r.file.Close()
	for {
		lines, err := r.readChunk()
		if err != nil {
			return fmt.Errorf("read import file: %w", err)
		}
		if len(lines) == 0 {
			return r.finish(ctx)
		}
		if err := r.write(ctx, lines); err != nil || r.stored.State != ImportRunning {
			return err
		}
	}
}

// open prepares the file, and counts its rows unless that was done.
func (r *importRun) open(ctx context.Context) error {
	source, err := r.files.Open(r.stored.Plan.File)
	if err != nil {
		return err
	}
	r.file = source
	if err := r.prepare(ctx); err != nil {
		return errors.Join(err, source.Close())
	}
	return nil
}

func (r *importRun) prepare(ctx context.Context) error {
	var c *Configured
	err := r.s.store.Read(ctx, func(read Reader) (err error) {
		c, err = read.Configuration(r.stored.Workspace)
		return err
	})
	if err != nil {
		return err
	}
	opened, err := openImport(r.file, r.stored.Plan.Mapping, r.stored.Plan.Stage, c)
	if err != nil {
		return err
	}
	r.header, r.reader = opened.header, opened.reader
	if r.stored.Progress.RowsTotal == nil {
		total, err := countRows(r.file, r.stored.Plan.Layout, opened.begin)
		if err != nil {
			return err
		}
		r.stored.Progress.RowsTotal = &total
	}
	at := r.stored.Progress.Position
	if at.Line == 0 {
		at = opened.begin
	}
	if _, err := r.file.Seek(at.Offset, io.SeekStart); err != nil {
		return err
	}
	r.rows = tabular.Resume(r.file, r.stored.Plan.Layout, at)
	return nil
}

// countRows counts the rows after the header.
func countRows(file io.ReadSeeker, layout tabular.Layout, begin tabular.Position) (n int64, err error) {
	if _, err := file.Seek(begin.Offset, io.SeekStart); err != nil {
		return 0, err
	}
	for t := tabular.Resume(file, layout, begin); ; n++ {
		_, err := t.Next()
		if err == io.EOF {
			return n, nil
		}
		if _, bad := errors.AsType[*tabular.RowError](err); err != nil && !bad {
			return 0, err
		}
	}
}

// openedImport is a file with a mapping that fits it.
type openedImport struct {
	header []string
	layout tabular.Layout
	begin  tabular.Position // of the first row after the header
	reader *importReader
}

// openImport reads header and sample, and plans the mapping.
func openImport(file io.Reader, mapping []byte, stage string, c *Configured) (*openedImport, error) {
	m, err := ParseImportMapping(mapping)
	if err != nil {
		return nil, err
	}
	t, err := tabular.NewReader(file)
	if err == io.EOF {
		return nil, fault.At("body.file", "is empty: line 1, column 1 should be the header").Coded("file_empty")
	}
	if bad, ok := errors.AsType[*tabular.RowError](err); ok {
		return nil, fault.At("body.file", "%s", bad)
	}
	if err != nil {
		return nil, err
	}
	out := &openedImport{header: t.Header(), layout: t.Layout(), begin: t.Position()}
	sample, err := readSample(t)
	if err != nil {
		return nil, err
	}
	if out.reader, err = planImport(m, out.header, sample, c); err != nil {
		return nil, err
	}
	if stage != "" {
		found, ok := findStage(c, stage)
		if !ok {
			return nil, unknownStage(c, "body.stage", stage)
		}
		out.reader.forAll = &found.ID
	}
	return out, nil
}

func readSample(t *tabular.Reader) (sample [][]string, err error) {
	for range importSample {
		row, err := t.Next()
		if _, bad := errors.AsType[*tabular.RowError](err); bad {
			continue
		}
		if err == io.EOF {
			return sample, nil
		}
		if err != nil {
			return nil, err
		}
		sample = append(sample, row.Cells)
	}
	return sample, nil
}

// readChunk reads the next rows; none at the end of the file.
func (r *importRun) readChunk() ([]line, error) {
	var lines []line
	for len(lines) < importChunk {
		row, err := r.rows.Next()
		bad, isBad := errors.AsType[*tabular.RowError](err)
		switch {
		case err == io.EOF:
			return lines, nil
		case isBad:
			lines = append(lines, line{fault: &Rejection{Line: bad.Line, Column: bad.Column, Reason: bad.Reason, Span: bad.Span}})
		case err != nil:
			return nil, err
		default:
			lines = append(lines, r.readLine(row))
		}
	}
	return lines, nil
}

func (r *importRun) readLine(row tabular.Row) line {
	read, err := r.reader.read(row.Cells)
	if err == nil {
		read.fields, err = r.clean(read.fields)
	}
	l := line{row: read, span: row.Span}
	if err != nil {
		l.fault = r.rejection(err)
	} else {
		l.fault = &Rejection{}
	}
	l.fault.Line, l.fault.Span = row.Line, row.Span
	return l
}

// retryAfter is how long a write that found no room is left waiting.
const retryAfter = time.Second

// write commits a chunk with the progress that it makes. A full queue or disk
// is waited for.
func (r *importRun) write(ctx context.Context, lines []line) error {
	return patiently(ctx, func() error {
		next, err := r.commit(ctx, lines)
		if err == nil {
			r.stored = next
		}
		return err
	})
}

// patiently repeats a write for which there is no room yet.
func patiently(ctx context.Context, write func() error) error {
	for {
		err := write()
		if fault.KindOf(err) != fault.Unavailable {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(retryAfter):
		}
	}
}

// errDry takes back what a dry run wrote.
var errDry = errors.New("workspace: dry run")

func (r *importRun) commit(ctx context.Context, lines []line) (StoredImport, error) {
	var a *applying
	err := r.s.land(ctx, r.stored.Workspace, func(l *landing) error {
		a = &applying{run: r, l: l, next: r.stored, at: r.rows.Position()}
		if err := a.all(lines); err != nil {
			return err
		}
		if r.dry != nil {
			return errDry
		}
		return a.save(l.tx)
	})
	if errors.Is(err, errDry) {
		r.dry.keep(a.seen)
		err = r.s.store.Write(ctx, a.save)
	}
	if err != nil {
		return StoredImport{}, err
	}
	return a.next, nil
}

// finish looks at what the import left behind and ends it.
func (r *importRun) finish(ctx context.Context) error {
	tally, err := r.tally(ctx)
	if err != nil {
		return err
	}
	return r.s.store.Write(ctx, func(tx Tx) error {
		stored, err := tx.Imports().Import(r.stored.Workspace, r.stored.Number)
		if err != nil || stored == nil || stored.State != ImportRunning {
			return err
		}
		stored.Progress.RowsTotal = r.stored.Progress.RowsTotal
		stored.Progress.NotInReports = tally.notices(stored.Plan.Mode)
		return errors.Join(r.s.end(tx, stored, ImportDone, ""), tx.Imports().Forget(stored.Number))
	})
}

func (s *Service) end(tx Tx, i *StoredImport, state ImportState, reason string) error {
	i.State, i.Progress.Error, i.Progress.Finished = state, reason, s.now()
	return tx.Imports().SaveImport(i)
}

// failImport ends an import that cannot go on.
func (s *Service) failImport(ctx context.Context, i StoredImport, cause error) error {
	reason := "Something went wrong on our side; the server's log says what."
	if known, ok := fault.Reason(cause); ok {
		reason = known
	}
	if errors.Is(cause, fs.ErrNotExist) {
		reason = "The file of the import is not in the data folder any more."
	}
	return s.store.Write(ctx, func(tx Tx) error {
		stored, err := tx.Imports().Import(i.Workspace, i.Number)
		if err != nil || stored == nil || stored.State != ImportRunning {
			return err
		}
		return s.end(tx, stored, ImportFailed, reason)
	})
}
