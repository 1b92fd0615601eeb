package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"

	"github.com/tidemark/tidemark/fault"
)

// folderFlags say which data folder, and which workspace in it.
type folderFlags struct {
	Data      string `help:"The data folder." required:"" placeholder:"DIR" type:"path"`
	Workspace string `help:"Id or name of the workspace; not needed where there is only one." placeholder:"W"`
}

// mustBeThere refuses a folder without a record, for commands that would only
// make an empty one and find nothing wrong with it.
func (f *folderFlags) mustBeThere() error {
	if _, err := os.Stat(filepath.Join(f.Data, "record.sqlite")); err != nil {
		return hinted(fmt.Errorf("%s is no data folder: %w", f.Data, err), "say with --data DIR where the server keeps its data")
	}
	return nil
}

type rebuildCommand struct{ folderFlags }

// Run makes all reports anew.
func (c *rebuildCommand) Run(ctx context.Context, con *console) error {
	if err := c.mustBeThere(); err != nil {
		return err
	}
	return withOwner(ctx, con, c.Data, c.Workspace, func(owner *client) error {
		if _, err := owner.work(ctx, con, "/local/rebuild", io.Discard); err != nil {
			return err
		}
		_, err := fmt.Fprintln(con.stdout, "The reports were made anew from the log.")
		return err
	})
}

type checkCommand struct{ folderFlags }

// errFindings says that a check found something.
var errFindings = errors.New("something is wrong, see above")

// Run checks record and reports.
func (c *checkCommand) Run(ctx context.Context, con *console) error {
	if err := c.mustBeThere(); err != nil {
		return err
	}
	return withOwner(ctx, con, c.Data, c.Workspace, func(owner *client) error {
		findings, err := owner.work(ctx, con, "/local/check", io.Discard)
		if err != nil {
			return err
		}
		for _, finding := range findings {
			fmt.Fprintln(con.stdout, finding)
		}
		if len(findings) > 0 {
			return errFindings
		}
		_, err = fmt.Fprintln(con.stdout, "The record is consistent, and the reports are those of the record.")
		return err
	})
}

// work asks the owner for long work, shows its progress, writes what it sends
// and returns its findings.
func (c *client) work(ctx context.Context, con *console, path string, data io.Writer) (findings []string, err error) {
	var bar *progress
	var last line
	finished := false
	end := func() {
		if bar != nil {
			bar.end(last.Done, last.Total)
		}
	}
	err = c.send(ctx, http.MethodPost, path, "application/json", nil, func(r io.Reader) error {
		return lines(r, func(l line) error {
			switch {
			case l.Problem != nil:
				return &fault.Error{Kind: fault.Internal, Code: l.Problem.Code, Message: l.Problem.Detail}
			case l.Finding != "":
				findings = append(findings, l.Finding)
				return nil
			case len(l.Data) > 0:
				_, err := data.Write(l.Data)
				return err
			case bar == nil || bar.what != l.What:
				end()
				bar = newProgress(con.stderr, l.What)
			}
			finished = slices.Contains([]string{"checked", "rebuilt", "backed up"}, l.What)
			last = l
			bar.at(l.Done, l.Total)
			return nil
		})
	})
	end()
	if (err == nil || errors.Is(err, io.ErrUnexpectedEOF)) && !finished {
		err = errors.New("the owner of the data folder stopped before the work was done")
	}
	return findings, err
}
