// Package bench measures Tidemark against floors that are measured in the same
// run, and says of every target whether it is reached.
//
//	Run        makes the journeys, measures, returns a Report
//	Report     the machine, the floors and a Row for each target
//	Sample     the runs of one measurement: median and spread
//	business   makes up the log: the same seed gives the same changes
//	house      the rooms of the program, wired as cmd/tidemark wires them
//
// Times differ between machines and hours, ratios hardly: a Row is a ratio
// wherever a floor exists. What is measured is the real thing: changes are
// recorded by the use cases or over HTTP, reports are asked of the service that
// the API asks. A clock that ticks a second at every question keeps the
// service's answers of the last second out of it.
//
// It judges and never tunes: what it finds slow is mended elsewhere. Nothing of
// the program imports it but the command line.
package bench
