package record

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

//go:embed queries/*.sql
var queryFiles embed.FS

// placeholder is a numbered parameter. The texts use PostgreSQL's $1;
// SQLite takes $1 for a name and numbers names by appearance, so it gets ?1.
const placeholder = `\$([0-9]+)`

// loadQueries reads every statement of the embedded files by its name.
func loadQueries() (map[string]string, error) {
	names, err := fs.Glob(queryFiles, "queries/*.sql")
	if err != nil {
		return nil, err
	}
	queries := map[string]string{}
	for _, name := range names {
		text, err := queryFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := splitQueries(string(text), queries); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return queries, nil
}

// splitQueries takes a file apart at its "-- name:" lines. Comments before
// the first name, or right above a name, are for readers only.
func splitQueries(text string, into map[string]string) error {
	parameters := regexp.MustCompile(placeholder)
	name := ""
	for line := range strings.Lines(text) {
		if after, ok := strings.CutPrefix(line, "-- name:"); ok {
			name = strings.TrimSpace(after)
			if _, twice := into[name]; twice {
				return fmt.Errorf("query %q is there twice", name)
			}
			into[name] = ""
			continue
		}
		if name != "" && !strings.HasPrefix(line, "--") {
			into[name] += parameters.ReplaceAllString(line, "?$1")
		}
	}
	return nil
}
