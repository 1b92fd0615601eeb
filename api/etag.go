package api

import (
	"strconv"
	"strings"
)

// etag writes the edit number of a row as an ETag.
func etag(edit int64) string { return `"` + strconv.FormatInt(edit, 10) + `"` }

// noEdit is the number that no row has.
const noEdit = -1

// parseETag is the reverse of etag. Proxies that compress make tags weak. A tag
// that another server gave is one that nothing matches.
func parseETag(tag string) (int64, error) {
	tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
	inner := strings.Trim(tag, `"`)
	n, err := strconv.ParseInt(inner, 10, 64)
	if err != nil && tag == `"`+inner+`"` && !strings.Contains(inner, `"`) {
		return noEdit, nil
	}
	return n, err
}
