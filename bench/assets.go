package bench

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"regexp"
	"strings"

	"github.com/tidemark/tidemark/ui"
)

// measureAssets weighs what a browser loads, as built into this program.
func measureAssets(_ context.Context, r *run) error {
	site, err := ui.Dist()
	if err != nil {
		return err
	}
	row := Row{Name: "dashboard: first load of JavaScript", Target: "< 250 kB compressed", Unit: "kB", Bound: 250}
	weight, files, err := firstLoad(site)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		row.Verdict, row.Note = Skipped, "the dashboard is not built into this program: make build"
	case err != nil:
		return err
	default:
		row.Value = sampleOf([]float64{weight})
		row.Note = "gzip of what index.html names: " + strings.Join(files, ", ") + "; chunks loaded later by the page are not in it"
	}
	r.add(row.judge())
	return r.weighScript()
}

// weighScript weighs the site script.
func (r *run) weighScript() error {
	script, err := ui.Tracker()
	if err != nil {
		return err
	}
	row := Row{Name: "tracking script", Target: "< 2 kB compressed", Unit: "kB", Bound: 2.048}
	if script == nil {
		row.Verdict, row.Note = Skipped, "the script is not built into this program: make build"
		r.add(row)
		return nil
	}
	size, err := compressed(bytes.NewReader(script))
	row.Value, row.Note = sampleOf([]float64{float64(size) / 1000}), "gzip; 2 kB are 2,048 bytes"
	r.add(row.judge())
	return err
}

// firstLoad sums the scripts that index.html names, compressed, in kilobytes.
func firstLoad(site fs.FS) (kilobytes float64, names []string, err error) {
	index, err := fs.ReadFile(site, "index.html")
	if err != nil {
		return 0, nil, err
	}
	total := int64(0)
	for _, match := range regexp.MustCompile(`(?:src|href)="/?([^"]+\.js)"`).FindAllStringSubmatch(string(index), -1) {
		file, err := site.Open(match[1])
		if err != nil {
			return 0, nil, err
		}
		size, err := compressed(file)
		_ = file.Close()
		if err != nil {
			return 0, nil, err
		}
		total += size
		names = append(names, match[1])
	}
	return float64(total) / 1000, names, nil
}

func compressed(file io.Reader) (int64, error) {
	var size counter
	w := gzip.NewWriter(&size)
	if _, err := io.Copy(w, file); err != nil {
		return 0, err
	}
	err := w.Close()
	return int64(size), err
}

// counter counts what is written to it.
type counter int64

// Write counts.
func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}
