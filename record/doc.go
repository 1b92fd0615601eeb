// Package record keeps the one log and its caches in SQLite.
//
// The main types are Record, the open database; Tx, one request inside the
// group-committing writer; and Reader, one moment of the record for reading.
// Record serves package projector as its Journal and Dictionary, and package
// workspace as its Store.
//
// All writes go through one goroutine, so commit order is seq order and the
// caches can be checked and changed without races. It decides nothing about
// contacts, stages or journeys (package workspace does), folds only to verify
// (Check), and never filters by segment (the engine does).
package record
