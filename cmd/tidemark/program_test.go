package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

// program is the real process, serving a data folder.
type program struct {
	command *exec.Cmd
	url     string
	key     string
}

// programCommand makes a command of the real program.
func programCommand(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, args...)
	c.Env = append(os.Environ(), runEnv+"=1")
	return c
}

// startServer starts `serve` and waits until it answers.
func startServer(t *testing.T, data, key string, more ...string) *program {
	t.Helper()
	c := programCommand(t, append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0", "--log-level", "error"}, more...)...)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = testWriter{t}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	p := &program{command: c, key: key}
	t.Cleanup(func() {
		if c.ProcessState == nil {
			_ = c.Process.Kill()
			_ = c.Wait()
		}
	})
	address := regexp.MustCompile(` at (http://\S+)`)
	for lines := bufio.NewScanner(out); p.url == "" && lines.Scan(); {
		if found := address.FindStringSubmatch(lines.Text()); found != nil {
			p.url = found[1]
		}
	}
	go io.Copy(io.Discard, out)
	p.await(t, "/readyz")
	return p
}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(b []byte) (int, error) {
	if text := strings.TrimSpace(string(b)); text != "" {
		w.t.Log(text)
	}
	return len(b), nil
}

func (p *program) await(t *testing.T, path string) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		response, err := http.Get(p.url + path)
		if err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s is not there after a minute: %v", path, err)
		}
	}
}

// call asks and decodes the answer; the status is 0 where none came.
func (p *program) call(method, path string, in, out any) (status int, err error) {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return 0, err
		}
		body = bytes.NewReader(b)
	}
	r, err := http.NewRequest(method, p.url+path, body)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Authorization", "Bearer "+p.key)
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, err
	}
	if response.StatusCode >= 300 {
		return response.StatusCode, fmt.Errorf("%s %s: %d %s", method, path, response.StatusCode, text)
	}
	return response.StatusCode, json.Unmarshal(text, out)
}

// must runs the program to its end and returns its standard output.
func must(t *testing.T, args ...string) string {
	t.Helper()
	c := programCommand(t, args...)
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	if err := c.Run(); err != nil {
		t.Fatalf("tidemark %s: %v\n%s%s", strings.Join(args, " "), err, out.String(), errs.String())
	}
	return out.String()
}

// newData makes a data folder with a key: a copy of one that the program made.
func newData(t *testing.T) (data, key string) {
	t.Helper()
	data = filepath.Join(t.TempDir(), "data")
	return data, copyData(t, data)
}

// copyData makes what newData makes, in a place of one's own.
func copyData(t *testing.T, to string) (key string) {
	t.Helper()
	made.Do(func() {
		from := filepath.Join(t.TempDir(), "data")
		made.key = strings.TrimSpace(must(t, "key", "create", "--data", from, "--name", "test", "--scope", "admin"))
		made.files = fstest.MapFS{}
		for _, name := range []string{"record.sqlite", "engine.duckdb"} {
			content, err := os.ReadFile(filepath.Join(from, name))
			if err != nil {
				t.Fatal(err)
			}
			made.files[name] = &fstest.MapFile{Data: content, Mode: 0o600}
		}
	})
	if err := os.CopyFS(to, made.files); err != nil {
		t.Fatal(err)
	}
	return made.key
}

// made is the folder that copyData copies.
var made struct {
	sync.Once
	key   string
	files fstest.MapFS
}

// browser is a user agent that is no bot's.
const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Gecko/20100101 Firefox/121.0"

// tell posts a text as a page does, and returns the status.
func (p *program) tell(t *testing.T, path string, body []byte) (status int) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, p.url+path, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("User-Agent", browser)
	r.Header.Set("Content-Type", "text/plain")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	return response.StatusCode
}
