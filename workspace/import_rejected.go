package workspace

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/tabular"
)

const (
	rejectionPage = 1000
	shownCell     = 10_000 // bytes of a rejected cell that are shown
)

// RejectedRows writes the rows that an import did not take as CSV: line,
// column, reason, then the row as it was in the file. It is safe to open in a
// spreadsheet, where mended rows can be imported again.
func (s *Service) RejectedRows(ctx context.Context, w journal.WorkspaceID, id string, to io.Writer) error {
	i, err := s.storedImport(ctx, w, id)
	if err != nil {
		return err
	}
	file, err := s.openRejected(i)
	if err != nil {
		return err
	}
	if file.source != nil {
		defer file.source.Close()
	}
	out := csv.NewWriter(to)
	header := []string{"line", "column", "reason"}
	for _, name := range file.header {
		header = append(header, tabular.Defuse(name))
	}
	if err := out.Write(header); err != nil {
		return err
	}
	for after := 0; ; {
		page, err := s.rejections(ctx, i.Number, after)
		if err != nil || len(page) == 0 {
			out.Flush()
			return errors.Join(err, out.Error())
		}
		for _, r := range page {
			if err := out.Write(file.row(r)); err != nil {
				return err
			}
			after = r.Line
		}
	}
}

func (s *Service) rejections(ctx context.Context, number int64, after int) (page []Rejection, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		page, err = r.Imports().Rejections(number, after, rejectionPage)
		return err
	})
	return page, err
}

// rejectedFile shows rows of a stored file.
type rejectedFile struct {
	source io.ReadSeekCloser // nil = the file was deleted: reasons only
	header []string
	layout tabular.Layout
}

func (s *Service) openRejected(i *StoredImport) (*rejectedFile, error) {
	files, err := s.imports.storage()
	if err != nil {
		return nil, err
	}
	source, err := files.Open(i.Plan.File)
	if errors.Is(err, fs.ErrNotExist) {
		return &rejectedFile{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("open import file: %w", err)
	}
	r, err := tabular.NewReader(source)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read import file: %w", err), source.Close())
	}
	return &rejectedFile{source, r.Header(), r.Layout()}, nil
}

// row is the line of a rejected row. One that cannot be cut into cells is
// shown as a whole.
func (f *rejectedFile) row(r Rejection) []string {
	column := ""
	if r.Column > 0 {
		column = strconv.Itoa(r.Column)
		if r.Column <= len(f.header) {
			column = f.header[r.Column-1]
		}
	}
	line := []string{strconv.Itoa(r.Line), tabular.Defuse(column), r.Reason}
	for _, cell := range f.cells(r) {
		line = append(line, tabular.Defuse(cell))
	}
	return line
}

func (f *rejectedFile) cells(r Rejection) []string {
	if f.source == nil {
		return nil
	}
	if _, err := f.source.Seek(r.Span.Start, io.SeekStart); err != nil {
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(f.source, min(r.Span.End-r.Span.Start, tabular.MaxRow)))
	if err != nil {
		return nil
	}
	row, err := tabular.Resume(strings.NewReader(string(text)), f.layout, tabular.Position{Line: r.Line}).Next()
	if err == nil {
		return row.Cells
	}
	shown := strings.TrimRight(string(text), "\r\n")
	if len(shown) > shownCell {
		shown = shown[:shownCell] + "..."
	}
	return []string{strings.ReplaceAll(strings.ToValidUTF8(shown, "\uFFFD"), "\x00", "\uFFFD")}
}
