package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// folder is a data folder that this process owns.
type folder struct {
	path string
	lock *os.File
}

// errOwned says that another process owns the folder.
var errOwned = errors.New("another process owns the data folder")

// openFolder makes the folder if need be and takes its lock.
func openFolder(path string) (*folder, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, hinted(fmt.Errorf("the data folder cannot be made: %w", err), "choose another with --data DIR")
	}
	lock, err := os.OpenFile(filepath.Join(path, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, hinted(fmt.Errorf("the data folder is not writable: %w", err), "check who owns it: ls -ld "+path)
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = lock.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, hinted(fmt.Errorf("%w %s", errOwned, path),
				"import, check, rebuild, backup, key, user, workspace and mcp work beside a running server; a second server needs another --data DIR")
		}
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	f := &folder{path: path, lock: lock}
	for _, name := range leftovers {
		if err := os.RemoveAll(f.file(name)); err != nil {
			return nil, errors.Join(err, f.close())
		}
	}
	return f, nil
}

// Names of what is only there while a backup or a restore is made.
const (
	snapshotName = "backup.partial.sqlite"
	preparedName = "restore.partial"
)

// leftovers are of owners that were killed at it. They hold people, whom no
// erasure would find there.
var leftovers = []string{snapshotName, snapshotName + "-journal", preparedName}

// close gives the folder up.
func (f *folder) close() error { return f.lock.Close() }

func (f *folder) file(name string) string { return filepath.Join(f.path, name) }

// maxSocketPath is a little below what the kernel takes.
const maxSocketPath = 100

// socketPath is where the owner of a folder listens: in it, or where that
// path is too long for a socket, in a private folder of this user.
func socketPath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if socket := filepath.Join(path, "tidemark.sock"); len(socket) <= maxSocketPath {
		return socket, nil
	}
	sum := sha256.Sum256([]byte(path))
	private := filepath.Join(os.TempDir(), fmt.Sprintf("tidemark-%d", os.Getuid()))
	if err := os.Mkdir(private, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return "", err
	}
	if err := mine(private); err != nil {
		return "", err
	}
	return filepath.Join(private, hex.EncodeToString(sum[:8])+".sock"), nil
}

// mine refuses a folder that somebody else could have put there for us.
func mine(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !info.IsDir() || int(stat.Uid) != os.Getuid() || info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("%s is not a private folder of this user", path)
	}
	return nil
}
