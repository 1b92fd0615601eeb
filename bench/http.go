package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http"
	"strconv"
)

// caller is one client of the API with one connection. It costs little, since
// it shares the processors with the server that it measures.
type caller struct {
	conn   net.Conn
	reader *bufio.Reader
	head   string // of every request
	buffer bytes.Buffer
}

func (s *server) caller() (*caller, error) {
	conn, err := net.Dial("tcp", s.address)
	if err != nil {
		return nil, err
	}
	head := fmt.Sprintf("Host: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n", s.address, s.key)
	return &caller{conn: conn, reader: bufio.NewReaderSize(conn, 16<<10), head: head}, nil
}

func (c *caller) close() error { return c.conn.Close() }

// post sends a body and returns the answer's, which is valid until the next.
// Any status but 200 is an error.
func (c *caller) post(path string, body []byte) ([]byte, error) {
	if err := c.send(path, body); err != nil {
		return nil, err
	}
	return c.answer()
}

func (c *caller) send(path string, body []byte) error {
	c.buffer.Reset()
	c.buffer.WriteString("POST " + path + " HTTP/1.1\r\n" + c.head + "Content-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n")
	c.buffer.Write(body)
	_, err := c.conn.Write(c.buffer.Bytes())
	return err
}

// offer is post where the server may turn the body away: with 429 or 503, and
// when to come again.
func (c *caller) offer(path string, body []byte) (taken bool, answer []byte, err error) {
	if err := c.send(path, body); err != nil {
		return false, nil, err
	}
	response, err := c.read()
	if err != nil {
		return false, nil, err
	}
	switch response.StatusCode {
	case http.StatusOK:
		return true, c.buffer.Bytes(), nil
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		if _, err := strconv.Atoi(response.Header.Get("Retry-After")); err != nil {
			return false, nil, fmt.Errorf("bench: turned away without Retry-After: %s: %s", response.Status, c.buffer.Bytes())
		}
		return false, nil, nil
	}
	return false, nil, fmt.Errorf("bench: %s: %s", response.Status, c.buffer.Bytes())
}

// get asks for an answer, which is valid until the next.
func (c *caller) get(path string) ([]byte, error) {
	if _, err := fmt.Fprintf(c.conn, "GET %s HTTP/1.1\r\n%s\r\n", path, c.head); err != nil {
		return nil, err
	}
	return c.answer()
}

// read reads one answer, its body into the buffer.
func (c *caller) read() (*http.Response, error) {
	response, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	c.buffer.Reset()
	_, err = c.buffer.ReadFrom(response.Body)
	return response, err
}

// accepted reads an answer that must be 204 and has no body: its status, and its
// headers only to know where they end.
func (c *caller) accepted() error {
	status, err := c.reader.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 204 ")) {
		return fmt.Errorf("bench: answered %q instead of 204", status)
	}
	for {
		line, err := c.reader.ReadSlice('\n')
		if err != nil || len(line) <= len("\r\n") {
			return err
		}
	}
}

// answer reads one answer.
func (c *caller) answer() ([]byte, error) {
	response, err := c.read()
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("bench: %s: %s", response.Status, c.buffer.Bytes())
	}
	return c.buffer.Bytes(), nil
}

// seqOf finds the seq in an answer of a write.
func seqOf(answer []byte) (int64, error) {
	_, rest, found := bytes.Cut(answer, []byte(`"seq":`))
	end := bytes.IndexAny(rest, ",}\n")
	if !found || end < 0 {
		return 0, fmt.Errorf("bench: no seq in %q", answer)
	}
	return strconv.ParseInt(string(bytes.TrimSpace(rest[:end])), 10, 64)
}
