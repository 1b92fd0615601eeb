// Package duckdb keeps projected rows in one DuckDB file and answers report
// plans from them with counts and sums.
//
//	Engine   the file: implements projector.Tables and report.Engine
//	session  one connection of the bounded pool that views read through
//	reading  one view: a transaction on one session
//
// Each generation of a workspace is a schema (w1g3). Rows are signed and only
// ever appended: what holds is what remains when equal rows of opposite sign
// cancel, so every GROUP BY drops groups whose signs sum to 0, and nothing
// here asks for min, max, quantiles or distinct counts of rows not yet netted.
// Sums by local day are held in memory and others kept in rollups (rollup.go),
// which answer what asks for nothing else. The SQL holds integers only; texts stay in the record's dictionary.
//
// The file is a cache of the log: a broken one is set aside and the projector
// fills a new one. No rate, label or rounding is made here (package funnel),
// and no row is thought up here (package projector).
package duckdb
