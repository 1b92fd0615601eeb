// Package lifecycle is the constitution of Tidemark: what a stage, a change
// and a journey are, and the one pure function that turns the first two into
// the third.
//
//	journeys = Fold(changes of one contact, configuration)
//
// The rules are those of docs/semantics.md; comments name them by number. The
// same log and configuration give the same journeys, whatever the order in
// which changes of different times arrived. State is the fold held open
// between two changes, so that news at the end of a log costs no rereading.
//
// Nothing here counts journeys (package funnel), knows a contact's name or
// source, or touches a clock, a database or a socket. Positions are computed
// from the configuration and never stored: journeys name stages by id, so a
// stage can be added or renamed without recomputing anything.
package lifecycle
