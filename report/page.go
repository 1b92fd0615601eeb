package report

import (
	"net/url"
	"slices"

	"github.com/tidemark/tidemark/fault"
)

// ParsePage reads the query of the report page's address, as people save and
// share it. What only the page knows, such as which list is open beside it, is
// passed over; the rest is read as ParseQuery does. Faults are at the location
// that is given.
func ParsePage(query, location string) (Query, error) {
	values, err := url.ParseQuery(query)
	if err != nil {
		return Query{}, fault.At(location, "is not the query of an address")
	}
	for name := range values {
		if !isDimension(Dimension(name)) && !slices.Contains(pageParameters[:], name) {
			values.Del(name)
		}
	}
	q, err := ParseQuery(values)
	if err != nil {
		reason, _ := fault.Reason(err)
		return Query{}, fault.At(location, "has something that the report refuses: %s", reason)
	}
	return q, nil
}

// pageParameters say what the report is of, besides filters.
var pageParameters = [...]string{
	"preset", "from", "to", "compare", "compare_from", "compare_to", "around", "days",
	"segment", "group_by", "top", "min_age", "window", "model", "stuck_below", "stuck_min",
}
