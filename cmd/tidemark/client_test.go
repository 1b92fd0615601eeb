package main

import (
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestOwnerThatStops cuts an answer off, as a server that ends does.
func TestOwnerThatStops(t *testing.T) {
	t.Parallel()
	socket := filepath.Join(t.TempDir(), "socket")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	owner := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		out := &lineWriter{w: w, flush: http.NewResponseController(w)}
		_ = out.write(line{What: "comparing"})
		panic(http.ErrAbortHandler)
	})}
	go func() { _ = owner.Serve(l) }()
	defer owner.Close()
	_, err = newClient(socket, "").work(t.Context(), &console{stderr: testWriter{t}}, "/local/check", io.Discard)
	if err == nil || !strings.Contains(err.Error(), "stopped before the work was done") {
		t.Error(err)
	}
}

// TestOwnerThatEnds has a command begin while an owner ends.
func TestOwnerThatEnds(t *testing.T) {
	t.Parallel()
	data, _ := newData(t)
	owner, err := openFolder(data)
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(2*time.Second, func() { _ = owner.close() })
	must(t, "key", "create", "--data", data, "--name", "late")
}
