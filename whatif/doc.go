// Package whatif says what an edit of the stages does to the numbers, before
// it is made: it folds a log under two configurations and counts what differs.
//
//	Compare(before, after, log) -> Effect
//
// It is pure: the log comes from the caller, entry by entry, and is held in
// memory in a compact form, in parts if it is long. Contacts that an edit
// cannot touch are folded once.
//
// It knows no names, writes no sentences (package workspace) and reads no
// engine: the effect is that of the log as it was read, under exactly the two
// configurations given, whatever reports show at the moment.
package whatif
