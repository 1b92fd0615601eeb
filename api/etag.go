package api

import (
	"strconv"
	"strings"
)

// etag writes the edit number of a row as an ETag.
func etag(edit int64) string { return `"` + strconv.FormatInt(edit, 10) + `"` }

// parseETag is the reverse of etag. Proxies that compress make tags weak.
func parseETag(tag string) (int64, error) {
	tag = strings.TrimPrefix(strings.TrimSpace(tag), "W/")
	return strconv.ParseInt(strings.Trim(tag, `"`), 10, 64)
}
