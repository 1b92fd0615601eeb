// Package scenario reads and runs the text scenarios of testdata/semantics:
// stages, changes and edits, then the journeys and the report numbers that
// must come of them. The same files run against the fold and against every
// engine. The language is described in testdata/semantics/README.md.
//
// A Scenario is a file's section turned into a log (Entries) and what is
// expected of it. CheckFold compares the fold; CheckEngine compares an engine
// that a Load function filled with the log. Draw functions make random logs
// for property tests out of the same parts.
//
// It is for tests only, and knows no store: how a log gets into one is the
// business of the Load function of that store's tests.
package scenario
