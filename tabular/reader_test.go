package tabular

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// readAll reads a whole file: its header, its rows, and its faults as text.
func readAll(t *testing.T, r io.Reader) (header []string, rows [][]string, faults []string) {
	t.Helper()
	reader, err := NewReader(r)
	if err != nil {
		return nil, nil, []string{err.Error()}
	}
	for {
		row, err := reader.Next()
		var fault *RowError
		switch {
		case err == io.EOF:
			return reader.Header(), rows, faults
		case errors.As(err, &fault):
			faults = append(faults, fault.Error())
		case err != nil:
			t.Fatal(err)
		default:
			rows = append(rows, row.Cells)
		}
	}
}

func TestReader(t *testing.T) {
	t.Parallel()
	type row = []string
	long := strings.Repeat("x", 10<<20)
	tests := map[string]struct {
		file   string
		header []string
		rows   []row
		faults []string
	}{
		"plain":             {"a,b\n1,2\n3,4\n", row{"a", "b"}, []row{{"1", "2"}, {"3", "4"}}, nil},
		"mark and CRLF":     {"\xef\xbb\xbfa,b\r\n1,2\r\n", row{"a", "b"}, []row{{"1", "2"}}, nil},
		"CR alone":          {"a,b\r1,2\r3,4", row{"a", "b"}, []row{{"1", "2"}, {"3", "4"}}, nil},
		"semicolons":        {"a;b\n1,5;2\n", row{"a", "b"}, []row{{"1,5", "2"}}, nil},
		"tabs":              {"a\tb\n1,5\t2;0\n", row{"a", "b"}, []row{{"1,5", "2;0"}}, nil},
		"bars":              {"a|b\n1|2\n", row{"a", "b"}, []row{{"1", "2"}}, nil},
		"one column":        {"a\n1\n\n2\n", row{"a"}, []row{{"1"}, {"2"}}, nil},
		"quoted newline":    {"a,b\n\"1\n2\",\"x \"\"y\"\"\"\n3,4\n", row{"a", "b"}, []row{{"1\n2", `x "y"`}, {"3", "4"}}, nil},
		"quotes as text":    {"a,b\n5\" pipe,it's \"so\"\n", row{"a", "b"}, []row{{`5" pipe`, `it's "so"`}}, nil},
		"empty lines":       {"a,b\n\n1,2\n,\n   ,\n", row{"a", "b"}, []row{{"1", "2"}, {"   ", ""}}, nil},
		"cells too many":    {"a,b\n1,2,,\n1,2,3\n4,5\n", row{"a", "b"}, []row{{"1", "2"}, {"4", "5"}}, []string{"line 3, column 3: the row has 3 cells, the header has 2"}},
		"cut last line":     {"a,b,c\n1,2,3\n4,5", row{"a", "b", "c"}, []row{{"1", "2", "3"}}, []string{"line 3, column 3: the row has 2 cells, the header has 3"}},
		"cut in quotes":     {"a,b\n1,2\n3,\"x\ny", row{"a", "b"}, []row{{"1", "2"}}, []string{"line 3, column 2: the quote that opens this cell is never closed", "line 4, column 2: the row has 1 cells, the header has 2"}},
		"stray quote":       {"a,b\n\"1,2\n3,4\n5,\"six\"\n", row{"a", "b"}, []row{{"3", "4"}, {"5", "six"}}, []string{"line 2, column 1: text follows the closing quote; a quote inside a quoted cell is written twice"}},
		"NUL":               {"a,b\n1,2\n3,\x00\n5,6\n", row{"a", "b"}, []row{{"1", "2"}, {"5", "6"}}, []string{"line 3, column 2: the cell has a NUL byte"}},
		"not UTF-8":         {"a,b\n1,caf\xe9\n5,6\n", row{"a", "b"}, []row{{"5", "6"}}, []string{"line 2, column 2: the cell is not UTF-8"}},
		"long cell":         {"a,b\n1," + long + "\n5,6\n", row{"a", "b"}, []row{{"5", "6"}}, []string{"line 2, column 2: the cell has 10485760 bytes, more than 1048576"}},
		"long quoted cell":  {"a,b\n1,\"" + long + "\n\"\n5,6\n", row{"a", "b"}, []row{{"5", "6"}}, []string{"line 2, column 2: the cell has 10485761 bytes, more than 1048576"}},
		"longer than a row": {"a,b\n1," + long + long + long + long + "\n5,6\n", row{"a", "b"}, []row{{"5", "6"}}, []string{"line 2, column 2: the row is longer than 16 MiB"}},
		"swallowed line":    {"a,b,c\n1,\"2\n3\",4\n5,6,7\n1,\"2\n3,4\n5\"\n", row{"a", "b", "c"}, []row{{"1", "2\n3", "4"}, {"5", "6", "7"}}, []string{"line 5, column 3: the row has 2 cells, the header has 3 (a quoted cell reaches from line 5 to line 7)"}},
		"missing header":    {"a,,c\n1,2,3\n", nil, nil, []string{"line 1, column 2: the header has no name for this column"}},
		"doubled header":    {"a,b, a\n1,2,3\n", nil, nil, []string{`line 1, column 3: the header has "a" twice, in columns 1 and 3`}},
		"empty":             {"", nil, nil, []string{"EOF"}},
		"only blank lines":  {"\n\r\n", nil, nil, []string{"EOF"}},
		"UTF-16":            {"\xff\xfea\x00", nil, nil, []string{"line 1: the file is UTF-16: save it as UTF-8"}},
		"a spreadsheet":     {"PK\x03\x04....", nil, nil, []string{"line 1: this is a spreadsheet or zip file: save it as CSV"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			header, rows, faults := readAll(t, strings.NewReader(test.file))
			if diff := cmp.Diff([]any{test.header, test.rows, test.faults}, []any{header, rows, faults}); diff != "" {
				t.Error(diff)
			}
			if len(test.file) > 1000 {
				return
			}
			_, slow, faults := readAll(t, iotest.OneByteReader(strings.NewReader(test.file)))
			if diff := cmp.Diff([]any{test.rows, test.faults}, []any{slow, faults}); diff != "" {
				t.Error("byte by byte:", diff)
			}
		})
	}
}

func TestReaderColumns(t *testing.T) {
	t.Parallel()
	line := func(n int) string { return strings.Repeat(",x", n)[1:] }
	header := make([]string, 1001)
	for i := range header {
		header[i] = strings.Repeat("c", i+1)
	}
	if _, rows, faults := readAll(t, strings.NewReader(strings.Join(header[:200], ",")+"\n"+line(200))); len(rows) != 1 || len(rows[0]) != 200 || faults != nil {
		t.Errorf("200 columns: %d rows, %q", len(rows), faults)
	}
	_, _, faults := readAll(t, strings.NewReader(strings.Join(header, ",")+"\n"))
	if diff := cmp.Diff([]string{"line 1, column 1001: more than 1000 columns"}, faults); diff != "" {
		t.Error(diff)
	}
}

func TestReaderFailingSource(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken disk")
	r, err := NewReader(io.MultiReader(strings.NewReader("a,b\n"+strings.Repeat("1,2\n", 40_000)), iotest.ErrReader(broken)))
	for err == nil {
		_, err = r.Next()
	}
	if err != broken {
		t.Errorf("got %v, want the error of the source", err)
	}
}

// FuzzReader: any bytes end; every byte belongs to at most one row; reading
// on from any position gives the same rest; and what the standard library
// reads strictly, we read alike.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "a;b\r\n\"1\r\n\";2\r\n", "a\n\"", "a,b\n\"x\"y,2\n3,4", "a,b\n\x00,\xff\n1,2,3\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := NewReader(bytes.NewReader(data))
		if err != nil {
			return
		}
		var rows [][]string
		var starts []Position
		faulty := false
		for {
			at := r.Position()
			row, err := r.Next()
			if err == io.EOF {
				break
			}
			starts = append(starts, at)
			if r.Position().Offset <= at.Offset || r.Position().Line <= at.Line {
				t.Fatalf("no progress at %v", at)
			}
			faulty = faulty || err != nil
			rows = append(rows, row.Cells)
		}
		for i, at := range starts {
			again := Resume(bytes.NewReader(data[at.Offset:]), r.Layout(), at)
			row, _ := again.Next()
			if diff := cmp.Diff(rows[i], row.Cells); diff != "" {
				t.Fatalf("row %d read again: %s", i, diff)
			}
		}
		if !faulty && !bytes.ContainsRune(data, '\r') {
			compareWithStandard(t, data, r, rows)
		}
	})
}

func compareWithStandard(t *testing.T, data []byte, r *Reader, rows [][]string) {
	t.Helper()
	standard := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	standard.Comma, standard.FieldsPerRecord = rune(r.Layout().Comma), -1
	all, err := standard.ReadAll()
	if err != nil || len(all) == 0 {
		return
	}
	var want [][]string
	for i, cells := range all {
		if blank(cells) {
			continue
		}
		if i > 0 {
			cells, _ = fit(cells, len(r.Header()), 0, 0)
		}
		want = append(want, cells)
	}
	if diff := cmp.Diff(want[1:], append([][]string{}, rows...)); diff != "" {
		t.Fatal(diff)
	}
}

func BenchmarkReader(b *testing.B) {
	file := []byte("a,b,c,d\n" + strings.Repeat("some text,2021-03-04T05:06:07Z,\"quoted, text\",12345.67\n", 20_000))
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		r, err := NewReader(bytes.NewReader(file))
		for err == nil {
			_, err = r.Next()
		}
		if err != io.EOF {
			b.Fatal(err)
		}
	}
}
