// Package report answers questions about journeys. A Query is a plain value,
// the same from a URL, the command line or a tool; an ordered list of small
// passes makes Plans of it (absolute instants, nothing left to decide); an
// Engine answers plans with counts and sums; package funnel computes every
// rate from them; a Result or a Table is the answer.
//
// No engine lives here and no SQL; nothing here knows HTTP, and the journeys
// themselves are folded elsewhere. A report is one View of the engine, its
// comparison and groups included, so that its parts add up.
package report
