package bench

import (
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
	r.add(Row{Name: "tracking script", Target: "< 2 kB compressed", Verdict: NotBuilt})
	return nil
}

// firstLoad sums the scripts that index.html names, compressed, in kilobytes.
func firstLoad(site fs.FS) (kilobytes float64, names []string, err error) {
	index, err := fs.ReadFile(site, "index.html")
	if err != nil {
		return 0, nil, err
	}
	total := int64(0)
	for _, match := range regexp.MustCompile(`(?:src|href)="/?([^"]+\.js)"`).FindAllStringSubmatch(string(index), -1) {
		size, err := compressed(site, match[1])
		if err != nil {
			return 0, nil, err
		}
		total += size
		names = append(names, match[1])
	}
	return float64(total) / 1000, names, nil
}

func compressed(site fs.FS, name string) (int64, error) {
	file, err := site.Open(name)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	var size counter
	w := gzip.NewWriter(&size)
	if _, err := io.Copy(w, file); err != nil {
		return 0, err
	}
	err = w.Close()
	return int64(size), err
}

// counter counts what is written to it.
type counter int64

// Write counts.
func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}
