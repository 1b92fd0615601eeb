// Package mcp offers the reports as tools of the Model Context Protocol, so
// that an assistant answers questions by the same numbers that people see. A
// tool is one use case: its arguments are those of the API, its answer is the
// API's answer. There is no logic here.
package mcp
