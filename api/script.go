package api

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/tidemark/tidemark/fault"
)

// script answers with the site script. Every page of every site asks for it,
// so it is kept for an hour and then only asked about: the tag is of its
// content.
func (s *Server) script(w http.ResponseWriter, r *http.Request) error {
	if len(s.Tracker) == 0 {
		return fault.New(fault.NotFound, "script_not_built", "The site script was not built into this program: build it with make build.")
	}
	h := w.Header()
	h.Set("Content-Type", "text/javascript; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=3600")
	h.Set("Vary", "Accept-Encoding")
	// Other sites are what it is for.
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	body, tag := s.Tracker, s.trackerTag
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body, tag = s.trackerPacked, s.trackerTag+"-gzip"
	}
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
	return nil
}

// packTracker makes ready what every request for the script is answered with.
func (s *Server) packTracker() {
	s.trackerPacked = compressed(s.Tracker)
	s.trackerTag = fmt.Sprintf("%x", sha256.Sum256(s.Tracker))[:16]
}

func (s *Server) addScriptRoutes() {
	s.packTracker()
	addRaw[struct{}](s, operation{
		ID: "get-script", Method: http.MethodGet, Path: "/t.js", Tag: "Tracking",
		Summary: "The site script", About: "Goes into the pages of a site as `<script async src=\"https://HOST/t.js\" data-key=\"tmk_...\"></script>`. docs/tracking.md says what it does.",
	},
		func(op *huma.Operation) {
			describeText("text/javascript", "The script")(op)
			op.Responses["304"] = &huma.Response{Description: "It is as the tag in If-None-Match says"}
		}, s.script)
}
