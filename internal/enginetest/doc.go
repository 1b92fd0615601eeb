// Package enginetest is the conformance suite of report engines: random logs
// and configurations, read through a real engine and through an oracle, must
// give the same answers to random plans.
//
//	Journal  a whole projector.Journal in memory, that tests write to
//	Run      the suite
//
// It holds no expected numbers: those of the rules are pinned as text in
// testdata/semantics.
package enginetest
