package workspace

import (
	"strings"
	"testing"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

func TestCellStages(t *testing.T) {
	t.Parallel()
	c := cellStages{exact: map[string]lifecycle.StageID{}}
	for i, key := range []string{"Won", "Closed*", "closed lost*", "*approved*", "*approved by boss", "lost, approved", "*"} {
		c.add(key, lifecycle.StageID(i+1))
	}
	for cell, want := range map[string]lifecycle.StageID{
		" won ": 1, "CLOSED": 2, "closed won": 2, "Closed lost (price)": 3, "pre-approved": 4, "not approved by you": 4,
		"is Approved by Boss": 5, "lost, approved": 6, "wonder": 7, "": 7,
	} {
		if got, ok := c.find(cell); !ok || got != want {
			t.Errorf("%q: got %d, want %d", cell, got, want)
		}
	}
	few := cellStages{exact: map[string]lifecycle.StageID{}}
	few.add("a", 1)
	if got, ok := few.find("b"); ok {
		t.Errorf("an unknown cell has stage %d", got)
	}
}

// configuredForTests has stages that fuzzed mappings can hit.
func configuredForTests() *Configured {
	return Configure(journal.Configuration{TimeZone: "Europe/Paris", Currency: "EUR", Lifecycle: lifecycle.Configuration{Stages: []lifecycle.Stage{
		{ID: 1, Key: "new", Name: "New", Kind: lifecycle.Progress}, {ID: 2, Key: "won", Name: "Won", Kind: lifecycle.Won},
	}}}, 1, nil)
}

// FuzzImport: whatever file and mapping come, opening them ends with an error
// that is safe to show or with a reader that reads every row or says why not.
func FuzzImport(f *testing.F) {
	f.Add("a,b,c\n1,new,2026-01-02\n", `{"a": {"field": "external_id"}, "b": {"field": "stage"}, "c": {"field": "at"}}`)
	f.Add("a;b\n1;1.234,5\n", `{"a": {"field": "email"}, "b": [{"field": "value"}, {"field": "property.x", "format": "number"}]}`)
	f.Add("a,b\n1,x\n", `{"a": {"field": "phone"}, "b": {"field": "stage", "values": {"*": "won", "x": null}, "at_column": "a", "format": "YYYYMMDD"}}`)
	f.Add("a,b\n1,2\n", `{"a": {"field": "external_id"}, "b": {"field": "at", "stage": "new", "format": "unix"}}`)
	c := configuredForTests()
	f.Fuzz(func(t *testing.T, file, mapping string) {
		opened, err := openImport(strings.NewReader(file), []byte(mapping), "", c)
		if err != nil {
			if _, own := reasonOf(err); !own {
				t.Fatalf("not an error of the input: %v", err)
			}
			return
		}
		sample := strings.Split(file, "\n")
		for _, text := range sample[:min(20, len(sample))] {
			cells := make([]string, len(opened.header))
			for i, cell := range strings.SplitN(text, ",", len(cells)) {
				cells[i] = cell
			}
			row, err := opened.reader.read(cells)
			if err != nil && err.Error() == "" {
				t.Fatal("an error without a reason")
			}
			for i := 1; i < len(row.moves) && err == nil; i++ {
				if orNever(row.moves[i-1].at) > orNever(row.moves[i].at) {
					t.Fatalf("moves out of order: %v", row.moves)
				}
			}
		}
	})
}
