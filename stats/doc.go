// Package stats holds the statistics behind the reports: how sure a rate is
// (Wilson), where an order statistic lies (Position, Interpolate, Quantile),
// whether a group differs from the others (FisherExact, BenjaminiHochberg), how
// many journeys have ended by a given age (AalenJohansen, KaplanMeier),
// whether groups end alike (LogRank, GrayTest), and how many of those still
// open will be won (Forecast).
//
// The main types are Interval, a 95 % interval of a rate; Observation, some
// journeys of the same follow-up and exit; Estimate, a probability with its
// 95 % band; Curve, the cumulative incidence by day; Survival, a
// Kaplan-Meier curve; and Test, the result of a test of several groups.
//
// Everything here is a pure function of numbers and safe for concurrent use.
// What a journey, a rate or a group is, how small a group may be before
// anything is claimed of it, rounding and labels do not belong here: see
// lifecycle and funnel.
package stats

// z95 is the 97.5 % point of the standard normal distribution, to the six
// decimals that the definition of the reports names, so that every interval is
// reproducible by hand.
const z95 = 1.959964
