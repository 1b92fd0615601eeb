package bench

import (
	"bytes"
	"fmt"
	"io"
	"net/http/httputil"
	"strconv"
)

// reply is the head of an answer, as far as callers look at it.
type reply struct {
	status     int
	length     int64 // of the body
	chunked    bool  // the body says its length itself
	retryAfter string
}

// read reads one answer, its body into the buffer. Clients share the processors
// with the server that is measured, so it reads of HTTP what this server says
// and no more.
func (c *caller) read() (reply, error) {
	a, err := c.readHead()
	c.buffer.Reset()
	switch {
	case err != nil:
	case a.chunked:
		if _, err = c.buffer.ReadFrom(httputil.NewChunkedReader(c.reader)); err == nil {
			_, err = c.reader.ReadSlice('\n') // the end of no trailers
		}
	case a.length > 0:
		_, err = io.CopyN(&c.buffer, c.reader, a.length)
	}
	return a, err
}

// readHead reads an answer up to its body.
func (c *caller) readHead() (a reply, err error) {
	line, err := c.line()
	if err != nil {
		return a, err
	}
	_, rest, _ := bytes.Cut(line, []byte(" "))
	code, _, _ := bytes.Cut(rest, []byte(" "))
	if a.status, err = strconv.Atoi(string(code)); err != nil {
		return a, fmt.Errorf("bench: not an answer: %q", line)
	}
	for {
		if line, err = c.line(); err != nil || len(line) == 0 {
			return a, err
		}
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch string(name) {
		case "Content-Length":
			a.length, err = strconv.ParseInt(string(value), 10, 64)
		case "Transfer-Encoding":
			a.chunked = true
		case "Retry-After":
			a.retryAfter = string(value)
		}
		if err != nil {
			return a, err
		}
	}
}

// line reads a line of the head; it is valid until the next.
func (c *caller) line() ([]byte, error) {
	line, err := c.reader.ReadSlice('\n')
	return bytes.TrimRight(line, "\r\n"), err
}
