package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tidemark/tidemark/demo"
	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/workspace"
)

type demoCommand struct {
	serverFlags
	Data   string `help:"Keep the demo in this folder instead of a temporary one." placeholder:"DIR" type:"path"`
	Listen string `help:"Address to listen on." default:"127.0.0.1:8080" placeholder:"ADDR"`
	APIKey string `name:"api-key" help:"Use this API key instead of a new one." placeholder:"KEY"`
	Empty  bool   `help:"No sample data."`

	Contacts int `help:"How many contacts the business has had." default:"6200"`
}

// demoMark is a file that says a folder is a demo: everybody who opens its
// page is its owner.
const demoMark = "demo"

// Run serves the demo until Ctrl-C.
func (c *demoCommand) Run(ctx context.Context, con *console) error {
	if strings.ContainsFunc(c.APIKey, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return &usageError{errors.New("--api-key must be of letters, digits and signs that a header can carry, without spaces")}
	}
	data, remove, err := c.folder()
	if err != nil {
		return err
	}
	defer remove()
	app, err := New(ctx, Config{
		Data: data, Listen: c.Listen, TrustProxy: c.TrustProxy, CountryHeader: c.Country, CallerRate: c.CallerRate,
		MemoryMB: c.MemoryMB, Threads: c.Threads, Post: c.postFlags, Demo: true, Log: con.log,
	})
	if err != nil {
		return err
	}
	err = c.prepare(ctx, con, app)
	if err == nil {
		err = c.serve(ctx, con, app)
	}
	return errors.Join(err, app.Close())
}

// folder is where the demo is, and how it is removed.
func (c *demoCommand) folder() (path string, remove func(), err error) {
	if c.Data == "" {
		path, err = os.MkdirTemp("", "tidemark-demo-")
		return path, func() { _ = os.RemoveAll(path) }, err
	}
	mark := filepath.Join(c.Data, demoMark)
	_, noRecord := os.Stat(filepath.Join(c.Data, "record.sqlite"))
	_, noMark := os.Stat(mark)
	if noRecord == nil && noMark != nil {
		return "", nil, hinted(fmt.Errorf("%s is a real data folder: a demo would let everybody in", c.Data),
			"choose an empty folder, or tidemark serve --data "+c.Data)
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return "", nil, fmt.Errorf("the data folder cannot be made: %w", err)
	}
	return c.Data, func() {}, os.WriteFile(mark, []byte("This folder is a demo.\n"), 0o600)
}

// prepare writes the sample business into a new folder, and the key.
func (c *demoCommand) prepare(ctx context.Context, con *console, app *App) error {
	all, err := app.workspace.ListWorkspaces(ctx)
	if err != nil {
		return err
	}
	w := all[0].ID
	page, err := app.workspace.ListContacts(ctx, w, workspace.ListContactsInput{Limit: 1})
	if err != nil {
		return err
	}
	if !c.Empty && len(page.Items) == 0 {
		bar := newProgress(con.stderr, "making up a business")
		last := 0
		business := demo.Sample(time.Now())
		business.Contacts = c.Contacts
		err := business.Write(ctx, app.workspace, w, func(done, total int) {
			last = done
			bar.at(int64(done), int64(total))
		})
		if err != nil {
			return err
		}
		bar.end(int64(last), int64(last))
	}
	return c.key(ctx, con, app, w)
}

func (c *demoCommand) key(ctx context.Context, con *console, app *App, w journal.WorkspaceID) error {
	made, err := app.workspace.CreateKey(ctx, workspace.CreateKeyInput{
		Workspace: w, Name: "Demo", Scope: workspace.ScopeAdmin, Secret: c.APIKey,
	})
	if fault.CodeOf(err) == "key_taken" { // by the demo that was in this folder before
		made.Secret, err = c.APIKey, nil
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(con.stdout, "api key: %s\n", made.Secret)
	return err
}

// serve runs the App and prints the address once there is something to see.
func (c *demoCommand) serve(ctx context.Context, con *console, app *App) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- app.Run(ctx) }()
	for app.Ready(ctx) != nil {
		select {
		case err := <-done:
			return err
		case <-time.After(20 * time.Millisecond):
		}
	}
	fmt.Fprintf(con.stdout, "Tidemark demo, with made-up data, at %s (Ctrl-C ends it)\n", app.URL())
	return <-done
}

// demoVisitors lets everybody in who opens a page of the demo.
type demoVisitors struct{ uses *workspace.Service }

// OpenDemoSession opens a session of the one person that the demo has.
func (d *demoVisitors) OpenDemoSession(ctx context.Context) (workspace.SessionOutput, error) {
	all, err := d.uses.ListWorkspaces(ctx)
	if err != nil {
		return workspace.SessionOutput{}, err
	}
	visitor := workspace.AddUserInput{Workspace: all[0].ID, Name: "Demo visitor", Email: "visitor@demo.example", Role: workspace.RoleOwner}
	user, err := d.uses.AddUser(ctx, visitor)
	if fault.KindOf(err) == fault.Invalid { // nobody has the address yet: a new person needs a password
		visitor.Password = rand.Text()
		user, err = d.uses.AddUser(ctx, visitor)
	}
	if err != nil {
		return workspace.SessionOutput{}, err
	}
	return d.uses.OpenSession(ctx, user.ID)
}
