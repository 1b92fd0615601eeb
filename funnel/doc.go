// Package funnel turns counts and sums into the numbers of the lifecycle
// report: rates, breakdowns, flow, groups and their comparison.
//
// Engines count journeys and stays by their cell: the whole categorical shape
// of one, in stage ids. Everything that needs an order of stages, a rate or a
// label is computed here, under the configuration of the report, so that two
// engines cannot disagree and a renamed or added stage recomputes nothing.
//
// It imports lifecycle and stats, and knows nothing of time zones, SQL or JSON.
package funnel
