package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/tidemark/tidemark/api"
	"github.com/tidemark/tidemark/fault"
)

// client speaks HTTP to the owner of a data folder, over its socket.
type client struct {
	http      *http.Client
	workspace string // id or name; "" = the only one
}

func newClient(socket, workspace string) *client {
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socket)
	}}
	return &client{http: &http.Client{Transport: transport}, workspace: workspace}
}

// call sends a JSON document, or none, and reads the answer into out.
func (c *client) call(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	return c.send(ctx, method, path, "application/json", body, func(r io.Reader) error {
		if out == nil {
			return nil
		}
		return json.NewDecoder(r).Decode(out)
	})
}

// send sends a body and gives the answer to read. A problem document comes
// back as the fault that it was.
func (c *client) send(ctx context.Context, method, path, contentType string, body io.Reader, read func(io.Reader) error) error {
	request, err := http.NewRequestWithContext(ctx, method, "http://tidemark"+path, body)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", contentType)
	if c.workspace != "" {
		request.Header.Set(api.WorkspaceHeader, c.workspace)
	}
	response, err := c.http.Do(request)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("talk to the owner of the data folder: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode >= http.StatusBadRequest {
		return faultOf(response.Body)
	}
	return read(response.Body)
}

// faultOf is the fault that a problem document tells of.
func faultOf(body io.Reader) error {
	var p api.Problem
	if err := json.NewDecoder(body).Decode(&p); err != nil {
		return fmt.Errorf("the owner of the data folder answered something unreadable: %w", err)
	}
	f := fault.New(fault.Invalid, p.Code, "%s", p.Detail)
	for _, d := range p.Errors {
		f.Details = append(f.Details, fault.Detail{Location: d.Location, Message: d.Message})
	}
	return f
}

// lines reads an answer of many JSON documents.
func lines[T any](r io.Reader, visit func(T) error) error {
	d := json.NewDecoder(r)
	for {
		var v T
		err := d.Decode(&v)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = visit(v)
		}
		if err != nil {
			return err
		}
	}
}

// ownerPatience is how long a command waits for an owner that is starting or
// ending.
const ownerPatience = 15 * time.Second

// withOwner runs work with a client of the folder's owner. Without an owner
// this process becomes it for the while, without a port.
func withOwner(ctx context.Context, con *console, data, workspace string, work func(*client) error) error {
	socket, err := socketPath(data)
	if err != nil {
		return err
	}
	for deadline := time.Now().Add(ownerPatience); ; {
		app, err := New(ctx, Config{Data: data, Log: con.log})
		if err == nil {
			return asOwner(ctx, app, workspace, work)
		}
		if !errors.Is(err, errOwned) {
			return err
		}
		conn, err := net.Dial("unix", socket)
		if err == nil {
			_ = conn.Close()
			return work(newClient(socket, workspace))
		}
		if time.Now().After(deadline) {
			return hinted(fmt.Errorf("another process owns the data folder but does not answer: %w", err),
				"wait until it has started, or stop it")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// asOwner runs work with a client of an App of this process.
func asOwner(ctx context.Context, app *App, workspace string, work func(*client) error) error {
	// The App outlives ctx: work that is asked to end tells it so, as an import does.
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan error, 1)
	go func() { done <- app.Run(running) }()
	err := work(newClient(app.socket, workspace))
	stop()
	return errors.Join(err, <-done, app.Close())
}
