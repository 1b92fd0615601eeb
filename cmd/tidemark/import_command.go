package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/tidemark/tidemark/workspace"
)

type importCommand struct {
	folderFlags
	File     string `arg:"" help:"The CSV file, plain or gzipped." type:"existingfile"`
	Mapping  string `help:"What the columns are: JSON, or a file with it." required:"" placeholder:"FILE|JSON"`
	Mode     string `help:"correction: where contacts are, silently; move: real moves, made now; history: moves with their dates. History if a date is mapped, else correction." placeholder:"MODE"`
	Stage    string `help:"Id or key of the stage for all rows." placeholder:"STAGE"`
	DryRun   bool   `help:"Count what would happen, and change nothing."`
	Rejected string `help:"Where rows that are not taken are written. Without it, the first name that is free: rejected.csv, rejected-2.csv ..." placeholder:"FILE"`
}

// Run imports the file and tells what became of its rows.
func (c *importCommand) Run(ctx context.Context, con *console) error {
	switch c.Mode {
	case "", string(workspace.ImportCorrection), string(workspace.ImportMove), string(workspace.ImportHistory):
	default:
		return &usageError{fmt.Errorf("--mode must be correction, move or history, not %q", c.Mode)}
	}
	mapping, err := c.mapping()
	if err != nil {
		return err
	}
	return withOwner(ctx, con, c.Data, c.Workspace, func(owner *client) error {
		made, err := c.start(ctx, owner, mapping)
		if err != nil {
			return err
		}
		if made, err = follow(ctx, con, owner, made); err != nil {
			return err
		}
		return c.tell(ctx, con, owner, made)
	})
}

// mapping is the JSON itself, or what is in the file of that name.
func (c *importCommand) mapping() (string, error) {
	if strings.HasPrefix(strings.TrimSpace(c.Mapping), "{") {
		return c.Mapping, nil
	}
	content, err := os.ReadFile(c.Mapping)
	if err != nil {
		return "", &usageError{hinted(fmt.Errorf("--mapping is neither JSON nor a file: %w", err),
			`for example --mapping '{"Email": {"field": "email"}, "Stage": {"field": "stage", "values": {"Won": "customer"}}}'`)}
	}
	return string(content), nil
}

// start sends the form, the file as a stream.
func (c *importCommand) start(ctx context.Context, owner *client, mapping string) (made workspace.Import, err error) {
	file, err := os.Open(c.File)
	if err != nil {
		return made, err
	}
	defer file.Close()
	body, writer := io.Pipe()
	form := multipart.NewWriter(writer)
	go func() { writer.CloseWithError(c.write(form, file, mapping)) }()
	err = owner.send(ctx, http.MethodPost, "/v1/imports", form.FormDataContentType(), body, func(r io.Reader) error {
		return json.NewDecoder(r).Decode(&made)
	})
	// Ends the writing where the answer came before the file was read.
	_ = body.Close()
	return made, err
}

func (c *importCommand) write(form *multipart.Writer, file io.Reader, mapping string) error {
	fields := map[string]string{"mapping": mapping, "mode": c.Mode, "stage": c.Stage, "dry_run": strconv.FormatBool(c.DryRun)}
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			return err
		}
	}
	part, err := form.CreateFormFile("file", filepath.Base(c.File))
	if err != nil {
		return err
	}
	if _, err := io.Copy(part, file); err != nil {
		return err
	}
	return form.Close()
}

// follow shows the progress until the import has ended. Ctrl-C stops it.
func follow(ctx context.Context, con *console, owner *client, made workspace.Import) (workspace.Import, error) {
	bar := newProgress(con.stderr, "importing")
	for made.State == workspace.ImportRunning {
		if made.RowsTotal != nil {
			bar.at(made.RowsDone, *made.RowsTotal)
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			return made, cancelImport(ctx, con, owner, made.ID)
		}
		if err := owner.call(ctx, http.MethodGet, "/v1/imports/"+made.ID, nil, &made); err != nil {
			if ctx.Err() != nil {
				return made, cancelImport(ctx, con, owner, made.ID)
			}
			return made, hinted(err, "an import that is under way goes on when the server starts again; its page shows how far it is")
		}
	}
	bar.end(made.RowsDone, made.RowsDone)
	return made, nil
}

// cancelImport stops an import that its caller gave up.
func cancelImport(ctx context.Context, con *console, owner *client, id string) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	var made workspace.Import
	if err := owner.call(ctx, http.MethodPost, "/v1/imports/"+id+"/cancel", nil, &made); err != nil {
		return err
	}
	fmt.Fprintf(con.stderr, "The import was stopped after %d rows. What it wrote stays; the same file can be imported again.\n", made.RowsDone)
	return context.Canceled
}

// tell says what became of the rows, and what reports will not show.
func (c *importCommand) tell(ctx context.Context, con *console, owner *client, made workspace.Import) error {
	if made.State != workspace.ImportDone {
		reason := string(made.State)
		if made.Error != nil {
			reason = *made.Error
		}
		return fmt.Errorf("the import ended early: %s", reason)
	}
	head := "Imported"
	if made.DryRun {
		head = "Dry run, nothing was changed:"
	}
	fmt.Fprintf(con.stdout, "%s %d rows of %s (%s, %s)\n", head, made.RowsDone, made.Name, made.ID, made.Mode)
	for _, count := range []struct {
		what string
		n    int64
	}{
		{"contacts created", made.Created},
		{"rows that updated a contact", made.Updated},
		{"stage changes", made.Moved},
		{"stage changes known from an import before", made.Duplicate},
		{"backward moves kept out (forward only)", made.KeptForwardOnly},
		{"cells without a value in the mapping, skipped", made.Skipped},
		{"rows rejected", made.Rejected},
	} {
		fmt.Fprintf(con.stdout, "%9d  %s\n", count.n, count.what)
	}
	for _, n := range made.NotInReports {
		fmt.Fprintf(con.stdout, "note: %s\n", n.Text)
	}
	if made.Rejected == 0 {
		return nil
	}
	return c.saveRejected(ctx, con, owner, made.ID)
}

// rejectedFile makes the file for rejected rows. Nothing is ever overwritten.
func (c *importCommand) rejectedFile() (*os.File, error) {
	name := cmp.Or(c.Rejected, "rejected.csv")
	for i := 2; ; i++ {
		file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if c.Rejected != "" || !errors.Is(err, fs.ErrExist) {
			return file, err
		}
		name = fmt.Sprintf("rejected-%d.csv", i)
	}
}

// saveRejected writes the rejected rows to a file that was not there.
func (c *importCommand) saveRejected(ctx context.Context, con *console, owner *client, id string) error {
	file, err := c.rejectedFile()
	if err != nil {
		return hinted(fmt.Errorf("the rejected rows cannot be written: %w", err), "choose another file with --rejected FILE; the rest was imported")
	}
	defer file.Close()
	err = owner.send(ctx, http.MethodGet, "/v1/imports/"+id+"/rejected.csv", "", nil, func(r io.Reader) error {
		_, err := io.Copy(file, r)
		return err
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(con.stdout, "The rejected rows are in %s, with line, column and reason.\n", file.Name())
	return file.Close()
}
