package main

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/tidemark/tidemark/fault"
)

// backupFormat is the version of what a backup is made of.
const backupFormat = 1

// manifest is the first thing in a backup.
type manifest struct {
	Format  int       `json:"format"`
	Program string    `json:"program"`
	Made    time.Time `json:"made"`
}

// Names in a backup; files of imports are below the folder.
const (
	manifestName = "manifest.json"
	recordName   = "record.sqlite"
	importsName  = "imports"
)

// backup writes everything that cannot be made anew to one file.
func (a *App) backup(out *lineWriter, r *http.Request) error {
	to := r.URL.Query().Get("to")
	if !filepath.IsAbs(to) {
		return fault.At("query.to", "is not an absolute path")
	}
	if _, err := os.Lstat(to); err == nil {
		return fault.New(fault.Conflict, "file_exists", "%s is there already. Choose another file.", to)
	}
	if err := out.write(line{What: "copying the record"}); err != nil {
		return err
	}
	snapshot := a.folder.file("backup.partial.sqlite")
	if err := removeIfThere(snapshot); err != nil {
		return err
	}
	defer func() { _ = removeIfThere(snapshot) }()
	if err := a.record.Backup(r.Context(), snapshot); err != nil {
		return fmt.Errorf("copy the record: %w", err)
	}
	partial := to + ".partial"
	if err := a.pack(out, snapshot, partial); err != nil {
		return errors.Join(err, removeIfThere(partial))
	}
	if err := os.Rename(partial, to); err != nil {
		return err
	}
	return out.write(line{What: "backed up", Done: 1, Total: 1})
}

// pack writes the archive; it is durable when pack returns.
func (a *App) pack(out *lineWriter, snapshot, to string) error {
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fault.New(fault.Invalid, "cannot_write", "The backup cannot be written: %s.", err)
	}
	z, _ := gzip.NewWriterLevel(file, gzip.BestSpeed) // fails for unknown levels only
	p := packer{tar: tar.NewWriter(z), out: out}
	err = p.all(a.folder, snapshot)
	return errors.Join(err, p.tar.Close(), z.Close(), file.Sync(), file.Close())
}

// packer adds files to an archive and tells how it goes.
type packer struct {
	tar *tar.Writer
	out *lineWriter
}

func (p *packer) all(f *folder, snapshot string) error {
	text, err := json.Marshal(manifest{backupFormat, version, time.Now().UTC()})
	if err != nil {
		return err
	}
	header := &tar.Header{Name: manifestName, Mode: 0o600, Size: int64(len(text)), ModTime: time.Now()}
	if err := p.tar.WriteHeader(header); err != nil {
		return err
	}
	if _, err := p.tar.Write(text); err != nil {
		return err
	}
	if err := p.file(recordName, snapshot); err != nil {
		return err
	}
	if err := p.file(tombstoneFile, f.file(tombstoneFile)); err != nil {
		return err
	}
	entries, err := os.ReadDir(f.file(importsName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for i, e := range entries {
		if err := p.out.write(line{What: "packing", Done: int64(i), Total: int64(len(entries))}); err != nil {
			return err
		}
		if err := p.file(importsName+"/"+e.Name(), filepath.Join(f.file(importsName), e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// file adds one file, if it is there.
func (p *packer) file(name, path string) error {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	header := &tar.Header{Name: name, Mode: 0o600, Size: info.Size(), ModTime: info.ModTime()}
	if err := p.tar.WriteHeader(header); err != nil {
		return err
	}
	// A file that grows meanwhile is taken as it was.
	_, err = io.CopyN(p.tar, file, info.Size())
	return err
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
