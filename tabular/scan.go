package tabular

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// errEnd says that there is no further row.
var errEnd = errors.New("tabular: end of file")

// scan is the reading of one row. It only looks: what was read is consumed by
// its caller.
type scan struct {
	t      *Reader
	pos    int  // in the reader's buffer, from the beginning of the row
	line   int  // of pos
	broken bool // quotes are wrong: the row ends with its first line
}

// row returns the cells of the row and where the next one begins. A fault of
// a row with proper quotes leaves the row as a whole.
func (s *scan) row() (cells []string, end int, fault error) {
	if !s.need(1) {
		return nil, 0, errEnd
	}
	for {
		cell, err := s.cell()
		if s.broken {
			return nil, 0, at(len(cells)+1, err)
		}
		if err == nil {
			err = checkText(cell)
		}
		if len(cells) >= MaxColumns {
			err = fmt.Errorf("more than %d columns", MaxColumns)
		}
		if err != nil && fault == nil {
			fault = at(len(cells)+1, err)
		}
		if fault == nil {
			cells = append(cells, string(cell))
		}
		if !s.comma() {
			s.newline()
			return cells, s.t.at + s.pos, fault
		}
	}
}

func at(column int, err error) error { return &RowError{Column: column, Reason: err.Error()} }

// need reports whether n more bytes can be looked at.
func (s *scan) need(n int) bool {
	for len(s.t.buf)-s.t.at-s.pos < n {
		if !s.t.fill() {
			return false
		}
	}
	return true
}

// rest is what is in the buffer from pos on.
func (s *scan) rest() []byte { return s.t.buf[s.t.at+s.pos:] }

// comma passes over a delimiter; false is the end of the row.
func (s *scan) comma() bool {
	if s.need(1) && s.rest()[0] == s.t.comma {
		s.pos++
		return true
	}
	return false
}

// newline passes over the end of a line: LF, CR LF or CR.
func (s *scan) newline() {
	if s.need(1) && s.rest()[0] == '\r' {
		s.pos++
		if !s.need(1) || s.rest()[0] != '\n' {
			s.line++
			return
		}
	}
	if s.need(1) {
		s.pos++
	}
	s.line++
}

// cell reads one cell up to its delimiter. Its bytes are valid until the next
// call.
func (s *scan) cell() ([]byte, error) {
	if s.need(1) && s.rest()[0] == '"' {
		s.pos++
		return s.quoted()
	}
	return s.plain()
}

// plain reads a cell without quotes. A quote in its middle is text.
func (s *scan) plain() ([]byte, error) {
	stops := string([]byte{s.t.comma, '\r', '\n'})
	looked := 0
	for {
		i := bytes.IndexAny(s.rest()[looked:], stops)
		if i >= 0 {
			return s.take(looked + i)
		}
		looked = len(s.rest())
		if s.pos+looked > MaxRow {
			return s.breaks("the row is longer than %d MiB", MaxRow>>20)
		}
		if !s.need(looked + 1) {
			return s.take(looked)
		}
	}
}

// take passes over n bytes and returns them, if they are not too many.
func (s *scan) take(n int) ([]byte, error) {
	cell := s.rest()[:n]
	s.pos += n
	if n > MaxField {
		return nil, errLong(n)
	}
	return cell, nil
}

func errLong(n int) error {
	return fmt.Errorf("the cell has %d bytes, more than %d", n, MaxField)
}

// quoted reads a cell from after its opening quote.
func (s *scan) quoted() ([]byte, error) {
	var joined []byte
	size := 0
	for {
		part, ok := s.untilQuote()
		if !ok {
			return s.breaks("the quote that opens this cell is never closed")
		}
		size += len(part)
		again := s.need(1) && s.rest()[0] == '"'
		if !again && joined == nil {
			return s.closed(part, size)
		}
		if size <= MaxField {
			joined = append(joined, part...)
		}
		if !again {
			return s.closed(joined, size)
		}
		joined = append(joined, '"')
		s.pos++
		size++
	}
}

// untilQuote returns the text up to the next quote and passes over both.
func (s *scan) untilQuote() ([]byte, bool) {
	looked := 0
	for {
		if i := bytes.IndexByte(s.rest()[looked:], '"'); i >= 0 {
			part := s.rest()[:looked+i]
			s.pos += len(part) + 1
			s.line += lineEnds(part)
			return part, true
		}
		looked = len(s.rest())
		if s.pos+looked > MaxRow || !s.need(looked+1) {
			return nil, false
		}
	}
}

// lineEnds counts the ends of lines: LF, CR LF and CR.
func lineEnds(b []byte) int {
	return bytes.Count(b, []byte("\n")) + bytes.Count(b, []byte("\r")) - bytes.Count(b, []byte("\r\n"))
}

// closed ends a quoted cell: only a delimiter may follow.
func (s *scan) closed(cell []byte, size int) ([]byte, error) {
	if s.need(1) && !strings.ContainsRune(string([]byte{s.t.comma, '\r', '\n'}), rune(s.rest()[0])) {
		return s.breaks("text follows the closing quote; a quote inside a quoted cell is written twice")
	}
	if size > MaxField {
		return nil, errLong(size)
	}
	return cell, nil
}

func (s *scan) breaks(format string, args ...any) ([]byte, error) {
	s.broken = true
	return nil, fmt.Errorf(format, args...)
}

// checkText refuses what no text field takes.
func checkText(cell []byte) error {
	switch {
	case bytes.IndexByte(cell, 0) >= 0:
		return errors.New("the cell has a NUL byte")
	case !utf8.Valid(cell):
		return errors.New("the cell is not UTF-8")
	}
	return nil
}
