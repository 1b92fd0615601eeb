package api

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tidemark/tidemark/fault"
)

// Limits of request bodies.
const (
	maxBody  = 1 << 20  // of one JSON document
	maxBatch = 64 << 20 // of POST /v1/changes, once decompressed
	maxDepth = 32       // of nested objects and arrays

	maxDrain = 256 << 20 // read and thrown away of a body that is refused for its size
)

// readBody reads a JSON body whole and refuses what no operation takes: too
// large, not UTF-8, with NUL, nested too deeply, or not JSON at all.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	body, err := readAll(w, r, maxBody, usualLimit)
	if err != nil || len(body) == 0 {
		return nil, err
	}
	return body, checkJSON(body)
}

// readAll reads a body of at most limit bytes, decompressed where it says so,
// which the client has to send within a time.
func readAll(w http.ResponseWriter, r *http.Request, limit int64, within time.Duration) ([]byte, error) {
	defer patience(w, within)()
	if r.ContentLength > limit {
		return nil, tooLarge(r.Body, limit) // without holding any of it
	}
	reader, err := decompressed(http.MaxBytesReader(w, r.Body, limit), r.Header.Get("Content-Encoding"))
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(reader, limit+1))
	if err != nil {
		return nil, bodyFault(r.Body, err, limit)
	}
	if int64(len(body)) > limit {
		return nil, tooLarge(r.Body, limit)
	}
	return body, nil
}

func decompressed(body io.Reader, encoding string) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "identity":
		return body, nil
	case "gzip":
		reader, err := gzip.NewReader(body)
		if err != nil {
			return nil, malformed("The body is not gzip, although Content-Encoding says so.")
		}
		return reader, nil
	}
	return nil, fault.New(fault.Invalid, codeMediaType, "Content-Encoding %q is not known; gzip is.", encoding)
}

// patience bounds how long the client may take to send its body. The bound
// must be lifted after it: the server takes a deadline that passes during the
// work for a client that left.
func patience(w http.ResponseWriter, limit time.Duration) (lift func()) {
	c := http.NewResponseController(w)
	// Connections that know no deadlines are those of tests.
	_ = c.SetReadDeadline(time.Now().Add(limit))
	return func() { _ = c.SetReadDeadline(time.Time{}) }
}

// bodyFault says why a body could not be read.
func bodyFault(rest io.Reader, err error, limit int64) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return tooLarge(rest, limit)
	}
	return &fault.Error{Kind: fault.Invalid, Code: codeMalformed, Message: "The request body could not be read to its end.", Err: err}
}

// tooLarge refuses a body. The rest of it is read first, within reason: many
// clients send all before they read, and would see a broken connection instead
// of the answer.
func tooLarge(rest io.Reader, limit int64) error {
	_, _ = io.CopyN(io.Discard, rest, maxDrain)
	if limit < 1<<20 {
		return fault.New(fault.TooLarge, "body_too_large", "The request body is larger than %d KiB.", limit>>10)
	}
	return fault.New(fault.TooLarge, "body_too_large", "The request body is larger than %d MiB.", fault.Named("max", limit>>20))
}

func malformed(format string, args ...any) error {
	return fault.New(fault.Invalid, codeMalformed, format, args...)
}

// checkJSON refuses bytes that are not one well-formed JSON document.
func checkJSON(body []byte) error {
	if err := checkText(body, 0); err != nil {
		return err
	}
	if err := checkDepth(body); err != nil {
		return err
	}
	if !json.Valid(body) {
		return syntaxFault(body)
	}
	return nil
}

// checkText refuses bytes that are not UTF-8 text, naming the first offset.
func checkText(text []byte, base int64) error {
	if i := bytes.IndexByte(text, 0); i >= 0 {
		return malformed("The body has a NUL byte at offset %d.", base+int64(i))
	}
	if utf8.Valid(text) {
		return nil
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return malformed("The body is not UTF-8 at offset %d.", base+int64(i))
		}
		i += n
	}
	return nil
}

// checkDepth refuses deep nesting, and NUL written as an escape, before any
// parser meets them.
func checkDepth(body []byte) error {
	var d depth
	for i, b := range body {
		if d.escaped && bytes.HasPrefix(body[i:], []byte("u0000")) {
			return malformed("The body has a NUL character at offset %d.", i)
		}
		if d.next(b); d.level > maxDepth {
			return malformed("The body is nested more than %d levels deep at offset %d.", maxDepth, i)
		}
	}
	return nil
}

// depth follows the nesting of JSON byte by byte.
type depth struct {
	level           int
	quoted, escaped bool
}

func (d *depth) next(b byte) {
	switch {
	case d.escaped:
		d.escaped = false
	case d.quoted:
		d.escaped = b == '\\'
		d.quoted = b != '"'
	case b == '"':
		d.quoted = true
	case b == '{' || b == '[':
		d.level++
	case b == '}' || b == ']':
		d.level--
	}
}

// syntaxFault names the offset of the first syntax error.
func syntaxFault(body []byte) error {
	var value json.RawMessage
	err := json.Unmarshal(body, &value)
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return malformed("The body is not JSON at offset %d: %s.", syntax.Offset, syntax.Error())
	}
	return malformed("The body is not JSON.")
}

// newBody makes a body of bytes that were read already.
func newBody(body []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(body)) }
