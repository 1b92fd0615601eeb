package stats_test

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/stats"
)

// near reports a value that is further than precision from the one wanted.
func near(t *testing.T, what string, got, want, precision float64) {
	t.Helper()
	if !(math.Abs(got-want) <= precision) {
		t.Errorf("%s = %v, want %v within %v", what, got, want, precision)
	}
}

// cohort generates observations with many ties, the usual case of times cut to
// the hour.
func cohort(mostHours int64) *rapid.Generator[[]stats.Observation] {
	one := rapid.Custom(func(t *rapid.T) stats.Observation {
		return stats.Observation{
			Hours: rapid.Int64Range(0, mostHours).Draw(t, "hours"),
			Exit:  rapid.SampledFrom([]stats.Exit{stats.Censored, stats.Won, stats.Lost}).Draw(t, "exit"),
			Count: rapid.Int64Range(1, 20).Draw(t, "count"),
		}
	})
	return rapid.SliceOfN(one, 1, 40)
}

// published opens a file of the published survival data, which is not part of
// the repository: TIDEMARK_SHARED names its folder, else ../shared beside the
// module. Without it the test is skipped.
func published(t *testing.T, name string) *os.File {
	t.Helper()
	folder := os.Getenv("TIDEMARK_SHARED")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared")
	}
	file, err := os.Open(filepath.Join(folder, "data", "survival", name))
	if err != nil {
		t.Skipf("SKIPPED, published survival data not found (set TIDEMARK_SHARED to the folder with data/survival): %v", err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

// truth decodes one entry of the published numbers.
func truth(t *testing.T, name string, into any) {
	t.Helper()
	var all map[string]json.RawMessage
	if err := json.NewDecoder(published(t, "truth.json")).Decode(&all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(all[name], into); err != nil {
		t.Fatal(err)
	}
}

// subjects reads a published table with a header: per group, and in the group
// "" all, one observation a row.
func subjects(t *testing.T, name, group, time, event string) map[string][]stats.Observation {
	t.Helper()
	rows, err := csv.NewReader(published(t, name)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, title := range rows[0] {
		column[strings.TrimSpace(title)] = i
	}
	groups := map[string][]stats.Observation{}
	for _, row := range rows[1:] {
		at, err := strconv.ParseInt(row[column[time]], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		exited, err := strconv.ParseBool(row[column[event]])
		if err != nil {
			t.Fatal(err)
		}
		one := stats.Observation{Hours: at, Count: 1}
		if exited {
			one.Exit = stats.Won
		}
		groups[""] = append(groups[""], one)
		groups[row[column[group]]] = append(groups[row[column[group]]], one)
	}
	return groups
}
