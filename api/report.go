package api

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
)

// formatOf reads how an answer is wanted.
func formatOf(values url.Values) (string, error) {
	format := cmp.Or(values.Get("format"), formatJSON)
	if !slices.Contains([]string{formatJSON, formatCSV, formatParquet}, format) {
		return "", fault.At("query.format", "is not one of json, csv and parquet")
	}
	return format, nil
}

// valuesOf reads the query of an address.
func valuesOf(r *http.Request) (url.Values, error) {
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, fault.New(fault.Invalid, codeMalformed, "The query of the address could not be read.")
	}
	return values, nil
}

// queryOf reads the parameters of a report.
func queryOf(r *http.Request) (report.Query, url.Values, error) {
	values, err := valuesOf(r)
	if err != nil {
		return report.Query{}, nil, err
	}
	q, err := report.ParseQuery(values)
	return q, values, err
}

// answerReport reads a query and the format that is wanted, asks, and writes the
// answer.
func answerReport[Q, A any](
	parse func(url.Values) (Q, error), ask func(context.Context, journal.WorkspaceID, Q) (A, error), write func(http.ResponseWriter, A, string) error,
) rawHandler {
	return func(w http.ResponseWriter, r *http.Request) error {
		values, err := valuesOf(r)
		if err != nil {
			return err
		}
		format, err := formatOf(values)
		if err != nil {
			return err
		}
		q, err := parse(values)
		if err != nil {
			return err
		}
		answer, err := ask(r.Context(), workspaceOf(r.Context()), q)
		if err != nil {
			return err
		}
		w.Header().Set("Cache-Control", "no-store")
		return write(w, answer, format)
	}
}

// about makes a handler of an answer to the report's query.
func about[A any](ask func(context.Context, journal.WorkspaceID, report.Query) (A, error)) rawHandler {
	return func(w http.ResponseWriter, r *http.Request) error {
		q, values, err := queryOf(r)
		if err != nil {
			return err
		}
		if values.Has("format") && values.Get("format") != formatJSON {
			return fault.At("query.format", "can only be json here; each table of the report has csv and parquet")
		}
		answer, err := ask(r.Context(), workspaceOf(r.Context()), q)
		if err != nil {
			return err
		}
		w.Header().Set("Cache-Control", "no-store")
		return writeJSON(w, http.StatusOK, answer)
	}
}
