// Package api is the HTTP edge: it turns requests into the inputs of use
// cases, and their outputs and faults into answers.
//
// The main types are Server, which holds everything a request meets on its
// way (identity, limits, headers, log, metrics), and Problem, the one form of
// every error. Operations are grouped in one file per noun and all mounted in
// routes.go; openapi.yaml at the root of the repository is generated from
// them and kept golden by a test.
//
// Each noun declares the few methods it needs as an interface. No rule of
// counting, no decision of a use case and no SQL belongs here, and no other
// package touches the HTTP framework.
package api
