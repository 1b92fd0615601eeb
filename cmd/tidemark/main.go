package main

import (
	"context"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"
)

// version is set by the linker.
var version = "dev"

func main() { os.Exit(realMain()) }

// realMain is main with deferred calls. The first Ctrl-C asks for an end, the
// second one takes it.
func realMain() int {
	spare()
	loosen()
	syscall.Umask(0o077) // what is written is for this user alone, also in a folder that is open to others
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return run(ctx, os.Args[1:], os.Stdout, os.Stderr)
}

// spare lets one goroutine more run than there are processors, unless GOMAXPROCS
// is set. The record's writer waits for the disk inside SQLite, where the
// runtime takes it for one that computes: on two processors half of all there
// is.
func spare() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1)
	}
}

// loosen lets the heap grow to three times what is in use before garbage is
// collected, unless GOGC is set. What Go holds is little beside the engine, some
// thirty megabytes at a million and a half journeys: at twice of it garbage is
// collected six times a second while sites send visits.
func loosen() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
}
