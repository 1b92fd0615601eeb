// Package ui holds the dashboard as it was built into web/dist, which is empty
// but for .gitkeep where it was not.
//
// It only embeds files: how they are served is up to package api, what they
// are to the sources in web.
package ui

import (
	"embed"
	"io/fs"
)

//go:embed all:web/dist
var dist embed.FS

// Dist returns the built files, index.html at its root.
func Dist() (fs.FS, error) { return fs.Sub(dist, "web/dist") }
