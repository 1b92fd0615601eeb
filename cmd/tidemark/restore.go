package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/record"
	"github.com/tidemark/tidemark/workspace"
)

// restoring puts a backup into a data folder.
type restoring struct {
	con    *console
	from   string   // the backup
	stones []string // more files of tombstones
	target *folder
	place  string // where it is prepared: a data folder in the data folder
	erased int    // people who were erased since the backup
}

// errNoBackup says that a file is no backup of ours.
var errNoBackup = errors.New("this is not a whole backup")

// prepare unpacks the backup and makes it a record of its own, without those
// who were erased since.
func (r *restoring) prepare(ctx context.Context) error {
	if err := os.MkdirAll(filepath.Join(r.place, importsName), 0o700); err != nil {
		return err
	}
	if err := r.unpack(); err != nil {
		return err
	}
	stones, err := r.tombstones()
	if err != nil {
		return err
	}
	least, err := r.least(ctx, stones)
	if err != nil {
		return err
	}
	lineage, err := record.Renew(ctx, filepath.Join(r.place, recordName), least)
	if err != nil {
		return fmt.Errorf("open the restored record: %w", err)
	}
	return r.obey(ctx, lineage, stones)
}

func (r *restoring) unpack() error {
	file, err := os.Open(r.from)
	if err != nil {
		return err
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("%w: %w", errNoBackup, err)
	}
	archive := tar.NewReader(z)
	seen := map[string]bool{}
	for {
		header, err := archive.Next()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = r.put(header.Name, archive)
		}
		if err != nil {
			return fmt.Errorf("%w: %w", errNoBackup, err)
		}
		seen[header.Name] = true
	}
	if !seen[manifestName] || !seen[recordName] {
		return errNoBackup
	}
	return nil
}

// put writes one file of the backup. Only names that backups have are taken.
func (r *restoring) put(name string, from io.Reader) error {
	switch {
	case name == manifestName:
		var m manifest
		if err := json.NewDecoder(from).Decode(&m); err != nil || m.Format != backupFormat {
			return fmt.Errorf("its format is %d, this program reads %d", m.Format, backupFormat)
		}
		return nil
	case name == recordName, name == tombstoneFile:
	case path.Dir(name) == importsName && path.Base(name) != "." && !strings.Contains(path.Base(name), ".."):
	default:
		return fmt.Errorf("it has a file %q", name)
	}
	file, err := os.OpenFile(filepath.Join(r.place, filepath.FromSlash(name)), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, from)
	return errors.Join(err, file.Sync(), file.Close())
}

// tombstones are those of the backup, of the folder and of the files named,
// and writes them together to the new folder.
func (r *restoring) tombstones() ([]record.Tombstone, error) {
	var all []record.Tombstone
	seen := map[record.Tombstone]bool{}
	for i, file := range append(slices.Clone(r.stones), filepath.Join(r.place, tombstoneFile), r.target.file(tombstoneFile)) {
		list, err := record.ReadTombstones(file)
		if err != nil {
			return nil, err
		}
		if info, err := os.Stat(file); i < len(r.stones) && len(list) == 0 && err == nil && info.Size() > 0 {
			return nil, fmt.Errorf("%s does not name who was erased", file)
		}
		for _, stone := range list {
			if !seen[stone] {
				seen[stone] = true
				all = append(all, stone)
			}
		}
	}
	return all, record.WriteTombstones(filepath.Join(r.place, tombstoneFile), all)
}

// least is where numbers go on: no number that a tombstone or the replaced
// record has is given again.
func (r *restoring) least(ctx context.Context, stones []record.Tombstone) (record.Numbers, error) {
	var least record.Numbers
	for _, stone := range stones {
		least.Contact = max(least.Contact, int64(stone.Contact))
	}
	replaced := r.target.file(recordName)
	if _, err := os.Stat(replaced); errors.Is(err, fs.ErrNotExist) {
		return least, nil
	}
	last, err := record.LastNumbers(ctx, replaced)
	if err != nil {
		// It is replaced because it is broken: it can say nothing.
		r.con.log.Warn("the record that is replaced cannot be read", "error", err)
		return least, nil
	}
	return record.Numbers{Seq: last.Seq, Contact: max(least.Contact, last.Contact)}, nil
}

// obey erases again who was erased since the backup.
func (r *restoring) obey(ctx context.Context, lineage string, stones []record.Tombstone) error {
	ours := stones[:0:0]
	for _, stone := range stones {
		if stone.Record == lineage {
			ours = append(ours, stone)
		}
	}
	if len(ours) == 0 {
		return nil
	}
	app, err := New(ctx, Config{Data: r.place, Log: r.con.log})
	if err != nil {
		return err
	}
	running, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- app.Run(running) }()
	err = r.erase(ctx, app, ours)
	stop()
	return errors.Join(err, <-done, app.Close())
}

func (r *restoring) erase(ctx context.Context, app *App, stones []record.Tombstone) error {
	for _, stone := range stones {
		actor := workspace.Local(stone.Workspace).Actor()
		_, err := app.workspace.EraseContact(ctx, stone.Workspace, workspace.EraseContactInput{
			Ref: workspace.ContactRef{ID: stone.Contact}, Actor: actor,
		})
		if fault.KindOf(err) == fault.NotFound { // contacts and visitors are numbered in one row
			err = app.workspace.EraseVisitor(ctx, stone.Workspace, stone.Contact, actor)
		}
		switch {
		case err == nil:
			r.erased++
		case fault.KindOf(err) != fault.NotFound:
			return err
		}
	}
	return awaitErasures(ctx, app)
}

// awaitErasures waits until nothing is left of who was erased.
func awaitErasures(ctx context.Context, app *App) error {
	for {
		wait, err := app.workspace.ErasuresWait(ctx)
		if err != nil || !wait {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// replace puts what was prepared in the place of what is there.
func (r *restoring) replace() error {
	for _, name := range []string{
		recordName + "-wal", recordName + "-shm", recordName, "engine.duckdb", "engine.duckdb.wal", "engine.duckdb.broken",
		"engine.duckdb.broken.wal", importsName,
	} {
		if err := os.RemoveAll(r.target.file(name)); err != nil {
			return err
		}
	}
	// The record comes last: without it the folder is plainly not restored yet.
	for _, name := range []string{importsName, tombstoneFile, "engine.duckdb", "engine.duckdb.wal", recordName + "-wal", recordName} {
		err := os.Rename(filepath.Join(r.place, name), r.target.file(name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.RemoveAll(r.place)
}
