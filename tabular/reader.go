package tabular

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Limits of what is read. They bound memory: a Reader never holds more than
// about twice MaxRow bytes of input, whatever the file.
const (
	MaxField   = 1 << 20  // bytes of one cell
	MaxRow     = 16 << 20 // bytes of one row, and how far a closing quote is looked for
	MaxColumns = 1000     // cells of one row
)

// Row is one record of the file, all of its cells valid UTF-8 without NUL.
type Row struct {
	Line  int      // of its first line, from 1
	Cells []string // as many as the header has
	Span  Span     // where it is in the file
}

// Span is a range of bytes of the file: Start <= byte < End.
type Span struct{ Start, End int64 }

// RowError says why a row cannot be read. The reader goes on after it.
type RowError struct {
	Line   int // from 1
	Column int // number of the cell, from 1; 0 = the whole row
	Reason string
	Span   Span
}

// Error renders place and reason.
func (e *RowError) Error() string {
	if e.Column == 0 {
		return fmt.Sprintf("line %d: %s", e.Line, e.Reason)
	}
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

// Layout is what has to be known to read rows from the middle of a file.
type Layout struct {
	Comma   byte
	Columns int
}

// Position is a place between two rows.
type Position struct {
	Offset int64 // bytes from the beginning of the file
	Line   int   // number of the line that begins there
}

// Reader reads the rows of one file.
type Reader struct {
	src    io.Reader
	comma  byte
	header []string
	width  int // cells of a row; 0 while the header is read

	buf   []byte // read and not yet consumed
	at    int    // where in buf the next row begins
	base  int64  // file offset of buf[0]
	line  int    // of the next row
	ended bool   // src is at its end
	err   error  // of src, other than its end
}

// NewReader reads the header. A leading byte order mark is passed over, the
// delimiter (comma, semicolon, tab or bar) is found by looking at the first
// rows. Errors are *RowError, io.EOF of a file without any row, or those of r.
func NewReader(r io.Reader) (*Reader, error) {
	t := &Reader{src: r, line: 1}
	if err := t.skipMark(); err != nil {
		return nil, err
	}
	t.comma = guessComma(t.buf[t.at:], t.ended)
	row, err := t.Next()
	if err != nil {
		return nil, err
	}
	header, err := checkHeader(row)
	if err != nil {
		return nil, err
	}
	t.header, t.width = header, len(header)
	return t, nil
}

// Resume reads on from a position that Position gave, in a file of the same
// layout. r must begin there.
func Resume(r io.Reader, layout Layout, p Position) *Reader {
	return &Reader{src: r, comma: layout.Comma, width: layout.Columns, base: p.Offset, line: p.Line}
}

// Header returns the names of the columns, trimmed, all distinct and not
// empty. It is nil after Resume.
func (t *Reader) Header() []string { return t.header }

// Layout returns what Resume needs.
func (t *Reader) Layout() Layout { return Layout{t.comma, t.width} }

// Position returns where the next row begins.
func (t *Reader) Position() Position { return Position{t.base + int64(t.at), t.line} }

// sampleSize is how much of a file the guess of the delimiter may look at.
const sampleSize = 64 << 10

// skipMark fills the buffer for the first time and passes over a UTF-8 mark.
func (t *Reader) skipMark() error {
	for len(t.buf) < sampleSize && t.fill() {
	}
	switch {
	case t.err != nil:
		return t.err
	case bytes.HasPrefix(t.buf, []byte("\xff\xfe")), bytes.HasPrefix(t.buf, []byte("\xfe\xff")):
		return &RowError{Line: 1, Reason: "the file is UTF-16: save it as UTF-8"}
	case bytes.HasPrefix(t.buf, []byte("PK\x03\x04")):
		return &RowError{Line: 1, Reason: "this is a spreadsheet or zip file: save it as CSV"}
	case bytes.HasPrefix(t.buf, []byte("\xef\xbb\xbf")):
		t.at = 3
	}
	return nil
}

// Next returns the next row that has any value. Errors are *RowError (read
// on), io.EOF at the end, or those of the source.
func (t *Reader) Next() (Row, error) {
	for {
		t.release()
		row, err := t.read()
		if err != nil || !blank(row.Cells) {
			return row, err
		}
	}
}

// read scans one row, empty or not.
func (t *Reader) read() (Row, error) {
	s := scan{t: t, line: t.line}
	cells, end, fault := s.row()
	switch {
	case t.err != nil:
		return Row{}, t.err
	case fault == errEnd:
		return Row{}, io.EOF
	case fault != nil && s.broken:
		return Row{}, t.skipLine(fault)
	}
	start, line := t.Position(), t.line
	t.at, t.line = end, s.line
	span := Span{start.Offset, t.Position().Offset}
	if fault == nil && t.width > 0 {
		cells, fault = fit(cells, t.width, line, s.line-1)
	}
	if fault != nil {
		return Row{}, located(fault, line, span)
	}
	return Row{Line: line, Cells: cells, Span: span}, nil
}

// located fills in where the fault is.
func located(fault error, line int, span Span) error {
	if e, ok := errors.AsType[*RowError](fault); ok {
		e.Line, e.Span = line, span
	}
	return fault
}

// skipLine passes over one physical line: how a row with broken quotes is
// left. A quote that nobody closes must not swallow the rows after it.
func (t *Reader) skipLine(fault error) error {
	start, line := t.Position(), t.line
	for {
		n, more := cutLine(t.buf[t.at:], t.ended)
		if n > 0 || !more {
			t.at += n
			break
		}
		t.base += int64(len(t.buf))
		t.buf, t.at = t.buf[:0], 0
		if !t.fill() {
			break
		}
	}
	t.line++
	return located(fault, line, Span{start.Offset, t.Position().Offset})
}

// cutLine returns the length of the first line with its end, or 0 and true
// when more input is needed to know.
func cutLine(b []byte, ended bool) (n int, more bool) {
	i := bytes.IndexAny(b, "\r\n")
	switch {
	case i < 0 && ended:
		return len(b), false
	case i < 0, b[i] == '\r' && i+1 == len(b) && !ended:
		return 0, true
	case b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n':
		return i + 2, false
	}
	return i + 1, false
}

// release forgets what was consumed once it is worth the copy.
func (t *Reader) release() {
	if t.at < sampleSize {
		return
	}
	t.base += int64(t.at)
	t.buf = t.buf[:copy(t.buf, t.buf[t.at:])]
	t.at = 0
}

// fill reads more of the source; it reports whether there was any.
func (t *Reader) fill() bool {
	if t.ended || t.err != nil {
		return false
	}
	if cap(t.buf)-len(t.buf) < sampleSize {
		grown := make([]byte, len(t.buf), 2*cap(t.buf)+2*sampleSize)
		copy(grown, t.buf)
		t.buf = grown
	}
	n, err := t.src.Read(t.buf[len(t.buf):cap(t.buf)])
	t.buf = t.buf[:len(t.buf)+n]
	switch {
	case err == io.EOF:
		t.ended = true
	case err != nil:
		t.err = err
	}
	return n > 0 || (err == nil)
}

// blank reports whether no cell has a value.
func blank(cells []string) bool {
	for _, c := range cells {
		if c != "" {
			return false
		}
	}
	return true
}

// fit makes a row as wide as the header: empty cells too many are dropped.
func fit(cells []string, width, first, last int) ([]string, error) {
	if len(cells) >= width && blank(cells[width:]) {
		return cells[:width:width], nil
	}
	if blank(cells) {
		return cells, nil
	}
	reason := fmt.Sprintf("the row has %d cells, the header has %d", len(cells), width)
	if last > first {
		reason += fmt.Sprintf(" (a quoted cell reaches from line %d to line %d)", first, last)
	}
	return nil, &RowError{Column: min(len(cells), width) + 1, Reason: reason}
}
