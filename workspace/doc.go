// Package workspace holds the use cases that write: contacts and their stage
// changes, the stages themselves, settings, imports, keys and people. It
// checks input, decides what becomes an entry of the log, and answers with
// what the caller will find there.
//
// The main types are Service, one method for each use case with an input
// struct named for it, and Store, the part of the record that it needs. It
// computes no report (package report), knows no HTTP (package api) and no SQL
// (package record).
package workspace
