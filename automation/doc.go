// Package automation holds the use cases that react: digests of a report on a
// schedule, alerts when one of its numbers jumps, and the delivery of what
// they say by mail or webhook, with retries and a log.
//
// It asks the reports as everybody does and computes no number of its own;
// whether a number is unusual is decided in judge.go, which knows only counts.
package automation
