package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKilledImportGoesOn kills the real process in the middle of an import,
// again and again: each start goes on, and in the end every row was applied
// once.
func TestKilledImportGoesOn(t *testing.T) {
	t.Parallel()
	const rows = 6_000
	data, key := newData(t)
	p := startServer(t, data, key)
	id := p.startImport(t, rows)
	kills := 0
	for last := -1; ; {
		state, done := p.importState(t, id)
		if state != "running" {
			break
		}
		if done <= last {
			time.Sleep(5 * time.Millisecond)
			continue
		}
		last = done
		if err := p.command.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.command.Wait()
		if kills++; kills == 4 {
			last = rows // enough
		}
		p = startServer(t, data, key)
	}
	if kills < 2 {
		t.Errorf("only %d kills: the test stopped nothing", kills)
	}
	var out struct {
		Created, Moved, Rejected int
		RowsDone                 int `json:"rows_done"`
	}
	if _, err := p.call(http.MethodGet, "/v1/imports/"+id, nil, &out); err != nil {
		t.Fatal(err)
	}
	if out.RowsDone != rows || out.Created != rows || out.Moved != rows || out.Rejected != 0 {
		t.Errorf("%+v after %d kills", out, kills)
	}
	if out := must(t, "check", "--data", data); !strings.Contains(out, "The record is consistent, and the reports are those of the record.") {
		t.Error(out)
	}
}

// startImport starts an import of so many contacts and returns its id.
func (p *program) startImport(t *testing.T, rows int) string {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	mapping := `{"id":{"field":"external_id"},"stage":{"field":"stage"},"day":{"field":"at"}}`
	if err := form.WriteField("mapping", mapping); err != nil {
		t.Fatal(err)
	}
	file, err := form.CreateFormFile("file", "people.csv")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(file, "id,stage,day")
	for i := range rows {
		fmt.Fprintf(file, "c%d,new_lead,2026-0%d-1%d\n", i, 1+i%9, i%10)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodPost, p.url+"/v1/imports", &body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+p.key)
	r.Header.Set("Content-Type", form.FormDataContentType())
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%d %s %v", response.StatusCode, text, err)
	}
	id := string(bytes.Split(bytes.SplitN(text, []byte(`"id":"`), 2)[1], []byte(`"`))[0])
	return id
}

func (p *program) importState(t *testing.T, id string) (state string, done int) {
	t.Helper()
	var out struct {
		State    string
		RowsDone int `json:"rows_done"`
	}
	if _, err := p.call(http.MethodGet, "/v1/imports/"+id, nil, &out); err != nil {
		t.Fatal(err)
	}
	return out.State, out.RowsDone
}

// TestInterruptedImportIsStopped interrupts an import that has no server
// beside it: it does not go on at the next start.
func TestInterruptedImportIsStopped(t *testing.T) {
	t.Parallel()
	data, key := newData(t)
	var rows strings.Builder
	rows.WriteString("id,stage,day\n")
	for i := range 20_000 {
		fmt.Fprintf(&rows, "c%d,new_lead,2026-01-01\n", i)
	}
	file := filepath.Join(t.TempDir(), "people.csv")
	if err := os.WriteFile(file, []byte(rows.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	c := programCommand(t, "import", file, "--data", data, "--mapping",
		`{"id":{"field":"external_id"},"stage":{"field":"stage"},"day":{"field":"at"}}`)
	errs, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewReader(errs)
	if line, err := said.ReadString('\n'); err != nil || !strings.HasPrefix(line, "importing") {
		t.Fatalf("%q %v", line, err)
	}
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(said)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err == nil || c.ProcessState.ExitCode() != exitFailed || !strings.Contains(string(rest), "The import was stopped after") {
		t.Errorf("%v %s", err, rest)
	}
	if state, done := startServer(t, data, key).importState(t, "imp_1"); state != "cancelled" {
		t.Errorf("it is %s at row %d", state, done)
	}
}
