package main

import (
	"archive/tar"
	"bufio"
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

// backup sends everything that cannot be made anew as one archive. The caller
// writes it: the owner of the folder may not be allowed to where it should be.
func (a *App) backup(out *lineWriter, r *http.Request) error {
	a.backing.Lock() // one copy of the record at a time
	defer a.backing.Unlock()
	if err := out.write(line{What: "copying the record"}); err != nil {
		return err
	}
	snapshot := a.folder.file(snapshotName)
	if err := removeIfThere(snapshot); err != nil {
		return err
	}
	defer func() { _ = removeIfThere(snapshot) }()
	if err := a.record.Backup(r.Context(), snapshot); err != nil {
		return fmt.Errorf("copy the record: %w", err)
	}
	if err := a.pack(out, snapshot); err != nil {
		return err
	}
	return out.write(line{What: "backed up", Done: 1, Total: 1})
}

// chunk is how much of an archive is sent in one line.
const chunk = 256 << 10

func (a *App) pack(out *lineWriter, snapshot string) error {
	chunks := bufio.NewWriterSize(lineData{out}, chunk)
	z, _ := gzip.NewWriterLevel(chunks, gzip.BestSpeed) // fails for unknown levels only
	p := packer{tar: tar.NewWriter(z), out: out}
	if err := p.all(a.folder, snapshot); err != nil {
		return err
	}
	return errors.Join(p.tar.Close(), z.Close(), chunks.Flush())
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
