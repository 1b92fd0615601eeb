package report_test

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/report"
)

// locations lists the parameters that an error names.
func locations(err error) []string {
	var e *fault.Error
	if !errors.As(err, &e) {
		return nil
	}
	var out []string
	for _, d := range e.Details {
		out = append(out, strings.TrimPrefix(d.Location, "query."))
	}
	slices.Sort(out)
	return out
}

func TestParseQueryNamesEveryFault(t *testing.T) {
	t.Parallel()
	for query, want := range map[string][]string{
		"":                                    nil,
		"format=csv&min_seq=7":                nil,
		"from=2026-01-01":                     {"to"},
		"to=2026-01-01":                       {"from"},
		"from=2026-13-01&to=yesterday":        {"from", "to"},
		"from=2026-02-01&to=2026-01-01":       {"to"},
		"from=1900-01-01&to=2026-01-01":       {"to"},
		"from=2026-01-01&to=2026-01-01":       nil,
		"from=2026-1-1&to=2026-01-02":         {"from"},
		"preset=last_14_days":                 nil,
		"preset=someday":                      {"preset"},
		"preset=today&from=2026-01-01":        {"preset", "to"},
		"compare=never":                       {"compare"},
		"compare_from=2026-01-01":             {"compare_to"},
		"compare=year&compare_from=x":         {"compare_from"},
		"nonsense=1&top=0":                    {"nonsense", "top"},
		"top=50":                              nil,
		"top=51":                              {"top"},
		"window=0":                            {"window"},
		"window=-3&min_age=x":                 {"min_age", "window"},
		"stuck_below=NaN&stuck_min=1.5":       {"stuck_below", "stuck_min"},
		"stuck_below=0.5":                     nil,
		"model=markov":                        {"model"},
		"parts=summary,stages":                nil,
		"parts=summary,everything":            {"parts"},
		"parts=":                              {"parts"},
		"group_by=campaign":                   nil,
		"group_by=property.":                  {"group_by"},
		"group_by=shoe_size":                  {"group_by"},
		"property.=x":                         {"property."},
		"journey=third":                       {"journey"},
		"created_by=import&created_by=carrot": {"created_by"},
		"from=2026-01-01&from=2026-01-01&to=2026-01-02": {"from"},
		"flow=new:sideways":                             {"flow"},
		"flow=new:forward&outcome=won,open":             nil,
		"outcome=maybe":                                 {"outcome"},
		"reached=":                                      {"reached"},
		"group=other":                                   {"group"},
		"group=mine&group_by=source":                    nil,
		"group=value:&group_by=source":                  nil,
		"campaign=%ff":                                  {"campaign"},
		"campaign=a%00":                                 {"campaign"},
		"interval=year":                                 {"interval"},
		"min_seq=-1":                                    {"min_seq"},
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		_, err = report.ParseQuery(values)
		if got := locations(err); !slices.Equal(got, want) {
			t.Errorf("%q: faults at %v, want %v (%v)", query, got, want, err)
		}
	}
}

func TestParseQueryFilters(t *testing.T) {
	t.Parallel()
	values, _ := url.ParseQuery("campaign=Spring&campaign=&campaign=Autumn&campaign=Spring&property.plan=&owner=Ann")
	q, err := report.ParseQuery(values)
	if err != nil {
		t.Fatal(err)
	}
	want := []report.Filter{
		{Dimension: "campaign", Values: []string{"Autumn", "Spring"}, None: true},
		{Dimension: "owner", Values: []string{"Ann"}},
		{Dimension: "property.plan", None: true},
	}
	if d := cmp.Diff(want, q.Filters); d != "" {
		t.Error(d)
	}
}

func FuzzParseQuery(f *testing.F) {
	f.Add("from=2026-01-01&to=2026-02-01&campaign=a&campaign=&group_by=property.x&top=3&flow=a:back")
	f.Add("compare_from=2025-01-01&compare_to=2025-02-01&parts=summary,lost&window=30&group=value:x&nonsense")
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		q, err := report.ParseQuery(values)
		if err == nil {
			if err := q.Validate(); err != nil {
				t.Fatalf("a parsed query is not valid: %v", err)
			}
			return
		}
		var e *fault.Error
		if !errors.As(err, &e) || e.Kind != fault.Invalid || len(e.Details) == 0 {
			t.Fatalf("not a fault with details: %v", err)
		}
		for _, d := range e.Details {
			if !strings.HasPrefix(d.Location, "query.") || d.Message == "" {
				t.Fatalf("a detail without parameter or message: %+v", d)
			}
		}
	})
}
