package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

type backupCommand struct {
	To   string `arg:"" optional:"" help:"The file to write; tidemark-DATE.backup in this folder when absent." type:"path"`
	Data string `help:"The data folder." required:"" placeholder:"DIR" type:"path"`
}

// Run backs up a data folder, also while a server runs on it.
func (c *backupCommand) Run(ctx context.Context, con *console) error {
	if c.To == "" {
		c.To = time.Now().UTC().Format("tidemark-20060102-150405.backup")
	}
	to, err := filepath.Abs(c.To)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(c.Data, recordName)); errors.Is(err, fs.ErrNotExist) {
		return hinted(fmt.Errorf("there is nothing to back up in %s", c.Data), "name the data folder with --data DIR")
	}
	if _, err := os.Lstat(to); err == nil {
		return fmt.Errorf("%s is there already: choose another file", to)
	}
	file, err := os.OpenFile(to+".partial", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return hinted(fmt.Errorf("the backup cannot be written: %w", err), "name a file in a folder that is there and that you may write to")
	}
	if err := c.write(ctx, con, file); err != nil {
		return errors.Join(err, removeIfThere(file.Name()))
	}
	if err := os.Rename(file.Name(), to); err != nil {
		return err
	}
	info, err := os.Stat(to)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(con.stdout, "%s\n%d bytes. Restore it with: tidemark restore %s --data DIR\n", to, info.Size(), to)
	return err
}

// write writes the archive and closes the file; it is durable then.
func (c *backupCommand) write(ctx context.Context, con *console, file *os.File) error {
	err := withOwner(ctx, con, c.Data, "", func(owner *client) error {
		_, err := owner.work(ctx, con, "/local/backup", file)
		return err
	})
	return errors.Join(err, file.Sync(), file.Close())
}

type restoreCommand struct {
	From    string   `arg:"" help:"The backup."`
	Data    string   `help:"The data folder." required:"" placeholder:"DIR" type:"path"`
	Replace bool     `help:"Replace what is in the data folder."`
	Erased  []string `help:"More files that name who was erased: erased.jsonl of another data folder." placeholder:"FILE" type:"existingfile"`
}

// Run restores a backup. Whoever was erased since stays erased.
func (c *restoreCommand) Run(ctx context.Context, con *console) error {
	target, err := openFolder(c.Data)
	if errors.Is(err, errOwned) {
		return hinted(err, "stop the server first: a running record cannot be replaced")
	}
	if err != nil {
		return err
	}
	defer target.close()
	if _, err := os.Stat(target.file(recordName)); err == nil && !c.Replace {
		return hinted(fmt.Errorf("%s has a record already", c.Data), "choose an empty folder, or replace what is there with --replace")
	}
	r := &restoring{con: con, from: c.From, stones: c.Erased, target: target, place: target.file(preparedName)}
	if err := r.prepare(ctx); err != nil {
		return errors.Join(err, os.RemoveAll(r.place))
	}
	if err := r.replace(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(con.stdout, "Restored. %d people who were erased since were erased again. Reports are made anew at the next start.\n", r.erased)
	return err
}
