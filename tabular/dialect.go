package tabular

import (
	"bytes"
	"fmt"
	"strings"
)

// commas are the delimiters that are looked for, likeliest first.
var commas = [...]byte{',', ';', '\t', '|'}

// guessRows is how many rows the guess compares.
const guessRows = 30

// guessComma finds the delimiter that cuts the first rows into the most cells
// of the same number. A file of one column has a comma, as good as any.
func guessComma(sample []byte, whole bool) byte {
	best, most := commas[0], 0
	for _, c := range commas {
		if score := scoreOf(sample, c, whole); score > most {
			best, most = c, score
		}
	}
	return best
}

// scoreOf is the number of cells in the header times the number of rows that
// have as many; 0 where nothing is cut.
func scoreOf(sample []byte, comma byte, whole bool) int {
	t := &Reader{src: bytes.NewReader(nil), buf: sample, ended: true, comma: comma, line: 1}
	width, same := 0, 0
	for range guessRows {
		row, err := t.Next()
		if err != nil || (!whole && t.at >= len(sample)) {
			break // also the last row of a sample, which may be cut
		}
		if width == 0 {
			width = len(row.Cells)
		}
		if len(row.Cells) == width {
			same++
		}
	}
	if width < 2 {
		return 0
	}
	return width * same
}

// checkHeader trims the names and finds those that are missing or doubled.
func checkHeader(row Row) ([]string, error) {
	seen := map[string]int{}
	names := make([]string, len(row.Cells))
	for i, cell := range row.Cells {
		name := strings.TrimSpace(cell)
		if name == "" {
			return nil, headerError(row, i, "the header has no name for this column")
		}
		if first, twice := seen[name]; twice {
			return nil, headerError(row, i, "the header has %q twice, in columns %d and %d", name, first+1, i+1)
		}
		seen[name] = i
		names[i] = name
	}
	return names, nil
}

func headerError(row Row, index int, format string, args ...any) error {
	return &RowError{Line: row.Line, Column: index + 1, Reason: fmt.Sprintf(format, args...), Span: row.Span}
}

// Defuse makes a cell harmless to spreadsheets, which take text that begins
// with one of = + - @ tab or CR for a formula: it gets a quote before it.
// Plain numbers stay as they are.
func Defuse(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) || plainNumber(cell) {
		return cell
	}
	return "'" + cell
}

// plainNumber reports whether the cell is a sign, digits and one point.
func plainNumber(cell string) bool {
	digits := strings.TrimLeft(cell, "+-")
	if len(cell)-len(digits) > 1 || strings.Count(digits, ".") > 1 {
		return false
	}
	return digits != "" && digits != "." && strings.Trim(digits, "0123456789.") == ""
}
