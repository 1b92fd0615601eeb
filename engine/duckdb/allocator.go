package duckdb

/*
#include <stddef.h>
#include <stdio.h>
#include <sys/types.h>

// Of the jemalloc inside DuckDB; null where DuckDB is built without one.
__attribute__((weak)) int duckdb_je_mallctl(const char *name, void *old, size_t *old_size, void *new, size_t new_size);

static void keep_freed(ssize_t milliseconds) {
	if (!duckdb_je_mallctl)
		return;
	unsigned arenas = 0;
	size_t size = sizeof arenas;
	duckdb_je_mallctl("arenas.dirty_decay_ms", NULL, NULL, &milliseconds, sizeof milliseconds);
	duckdb_je_mallctl("arenas.narenas", &arenas, &size, NULL, 0);
	for (unsigned i = 0; i < arenas; i++) {
		char name[40];
		snprintf(name, sizeof name, "arena.%u.dirty_decay_ms", i);
		// Fails for those that are not used yet, which will take the default.
		duckdb_je_mallctl(name, NULL, NULL, &milliseconds, sizeof milliseconds);
	}
}
*/
import "C"

import (
	"sync"
	"time"
)

// freedKept is how long memory that a query has freed is kept for the next
// one: the default of jemalloc. After DuckDB's own second a server that is
// asked now and then fetches it from the system anew for every question: a
// quarter of the processor time of many small ones, a fifth of that of a
// grouped report.
const freedKept = 10 * time.Second

// keepFreed makes DuckDB keep memory so long, once per process.
var keepFreed = sync.OnceFunc(func() { C.keep_freed(C.ssize_t(freedKept.Milliseconds())) })
