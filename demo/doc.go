// Package demo makes up a believable business and writes it through the use
// cases, as a customer's own program would: a software company with a year of
// leads from several channels, losses with reasons, returns, imports and bulk
// edits.
//
// Business is the whole of it: the same seed and the same now give the same
// contacts. Nothing here is read by the product, and no rule of counting
// belongs here: the stories are told as stage changes, and what led to them as
// what a site sees, messengers tell and ads cost.
package demo
