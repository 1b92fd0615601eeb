package workspace

import (
	"context"
	"errors"
	"io"
	"io/fs"

	"github.com/tidemark/tidemark/tabular"
)

// blankFiles overwrites the rows of import files that are about the people,
// and notes those that were rejected.
func (p *purging) blankFiles(ctx context.Context) error {
	if len(p.known) == 0 {
		return nil
	}
	files, err := p.s.imports.storage()
	if err != nil {
		return err
	}
	for before := int64(1) << 62; ; {
		var page []StoredImport
		err := p.s.store.Read(ctx, func(r Reader) (err error) {
			page, err = r.Imports().Imports(p.workspace, before, 50)
			return err
		})
		if err != nil || len(page) == 0 {
			return err
		}
		for i := range page {
			if err := p.blankFile(ctx, files, &page[i]); err != nil {
				return err
			}
			before = page[i].Number
		}
	}
}

func (p *purging) blankFile(ctx context.Context, files ImportFiles, i *StoredImport) error {
	spans, err := p.spansIn(ctx, files, i)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || len(spans) == 0 {
		return err
	}
	return files.Blank(i.Plan.File, spans)
}

// spansIn finds the rows of a file that are about the people: those whose
// identifiers are theirs, and those that have an e-mail of theirs anywhere.
func (p *purging) spansIn(ctx context.Context, files ImportFiles, i *StoredImport) ([]tabular.Span, error) {
	file, err := files.Open(i.Plan.File)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var c *Configured
	err = p.s.store.Read(ctx, func(r Reader) (err error) {
		c, err = r.Configuration(p.workspace)
		return err
	})
	if err != nil {
		return nil, err
	}
	// A mapping may name a stage that is gone by now; e-mails are found without it.
	opened, planned := openImport(file, i.Plan.Mapping, i.Plan.Stage, c)
	begin := tabular.Position{Line: 1}
	if planned == nil {
		begin = opened.begin
	}
	if _, err := file.Seek(begin.Offset, io.SeekStart); err != nil {
		return nil, err
	}
	raw, err := files.Open(i.Plan.File) // of rows that cannot be cut into cells
	if err != nil {
		return nil, err
	}
	defer raw.Close()
	rows := tabular.Resume(file, i.Plan.Layout, begin)
	var spans []tabular.Span
	for ctx.Err() == nil {
		row, err := rows.Next()
		if err == io.EOF {
			return spans, nil
		}
		bad, broken := errors.AsType[*tabular.RowError](err)
		if err != nil && !broken {
			return nil, err
		}
		if broken {
			row, err = brokenRow(raw, bad)
		}
		if err != nil {
			return nil, err
		}
		if p.isTheirs(row, broken, opened) {
			spans = append(spans, row.Span)
			p.what.Rejected = append(p.what.Rejected, RejectedAt{i.Number, row.Line})
		}
	}
	return nil, ctx.Err()
}

// brokenRow takes a row that cannot be cut into cells for one cell.
func brokenRow(raw io.ReadSeeker, bad *tabular.RowError) (tabular.Row, error) {
	row := tabular.Row{Line: bad.Line, Span: bad.Span}
	if _, err := raw.Seek(bad.Span.Start, io.SeekStart); err != nil {
		return row, err
	}
	text, err := io.ReadAll(io.LimitReader(raw, bad.Span.End-bad.Span.Start))
	row.Cells = []string{string(text)}
	return row, err
}

// isTheirs reports whether a row is about one of the people.
func (p *purging) isTheirs(row tabular.Row, broken bool, opened *openedImport) bool {
	for _, cell := range row.Cells {
		if p.known.says([]byte(cell)) {
			return true
		}
	}
	if broken || opened == nil {
		return false
	}
	// What the row says before its first fault is enough: the identifiers.
	said, _ := opened.reader.read(row.Cells)
	return p.known.hasAny(said.fields.identities())
}
