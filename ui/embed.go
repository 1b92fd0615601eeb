// Package ui holds the dashboard as it was built into web/dist and the site
// script as it was built into tracker/dist, which are empty but for .gitkeep
// where they were not.
//
// It only embeds files: how they are served is up to package api, what they
// are to the sources in web and tracker.
package ui

import (
	"embed"
	"errors"
	"io/fs"
)

//go:embed all:web/dist
var dist embed.FS

//go:embed all:tracker/dist
var tracker embed.FS

// Dist returns the built files, index.html at its root.
func Dist() (fs.FS, error) { return fs.Sub(dist, "web/dist") }

// Tracker returns the site script, nil where it was not built.
func Tracker() ([]byte, error) {
	script, err := tracker.ReadFile("tracker/dist/t.js")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return script, err
}
