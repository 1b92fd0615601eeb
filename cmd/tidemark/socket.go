package main

import (
	"errors"
	"net"
	"os"
	"syscall"
)

// listenSocket listens on a socket that only this user may open. What an
// owner that was killed left there is removed: the lock is ours.
func listenSocket(path string) (net.Listener, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	// The socket must never be open to others, not even before a chmod.
	before := syscall.Umask(0o177)
	l, err := net.Listen("unix", path)
	syscall.Umask(before)
	return l, err
}
