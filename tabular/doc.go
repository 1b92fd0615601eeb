// Package tabular reads the files that people bring: CSV of any of the usual
// dialects, and in its cells dates and amounts of money as spreadsheets and
// CRMs write them.
//
// Reader gives one Row after the other, each with its line; a row that cannot
// be read is a *RowError with line and column, and reading goes on with the
// next one. Dates and Amounts turn the cells of one column into instants and
// minor units; Guess functions find the notation from a sample and refuse to
// guess where two readings are possible.
//
// The package is pure: it knows no contacts, no stages and no files on disk.
// What a column means is decided by package workspace.
package tabular
