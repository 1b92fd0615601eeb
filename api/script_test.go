package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/tidemark/tidemark/api"
)

func TestSiteScript(t *testing.T) {
	t.Parallel()
	o := newOffice(t, func(s *api.Settings) { s.Tracker = []byte("(function(){})()" + strings.Repeat(" ", 500)) })
	o.play(t,
		scenario{
			name: "any site may have it", path: "/t.js", key: nobody, status: 200,
			has: []string{"(function(){})", "text/javascript", "Cross-Origin-Resource-Policy: cross-origin", "Cache-Control: public, max-age=3600", "Vary: Accept-Encoding"},
		},
		scenario{
			name: "packed", path: "/t.js", key: nobody, header: map[string]string{"Accept-Encoding": "br, gzip"}, status: 200,
			has: []string{"Content-Encoding: gzip", "-gzip\""}, lacks: []string{"(function(){})"},
		},
	)
	tag := o.do(t, scenario{path: "/t.js", key: nobody}).header.Get("ETag")
	o.play(t,
		scenario{name: "it is asked about", path: "/t.js", key: nobody, header: map[string]string{"If-None-Match": tag}, status: http.StatusNotModified},
		scenario{name: "another one is there", path: "/t.js", key: nobody, header: map[string]string{"If-None-Match": `"old"`}, status: 200},
	)
}

func TestSiteScriptThatWasNotBuilt(t *testing.T) {
	t.Parallel()
	newOffice(t).play(t, scenario{path: "/t.js", key: nobody, status: 404, has: []string{"script_not_built"}})
}
