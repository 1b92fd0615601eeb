// Package projector keeps engines current: it reads the log, folds the
// contacts that the news touch, and gives an engine's tables the rows that
// differ, together with how far it has read.
//
// A generation is one set of tables under one configuration. Everything that
// changes what rows mean (an edit of the stages or the time zone, a restored
// record, a broken file, a rebuild) makes a new generation from the whole log
// while the one in force goes on answering; then one step switches.
//
//	Rows       what engines store of one folded contact: the one function that makes rows
//	Tables     what an engine gives the projector to write to
//	Journal    what the record gives the projector to read from
//	Projector  the loops: one line per workspace
//
// Nothing here counts journeys, knows SQL, or writes to the record beyond the
// dictionary of texts.
package projector
