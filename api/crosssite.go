package api

import (
	"net/http"
	"strings"
)

const phonePath = "/v1/phone"

// isForSites reports whether an operation is there for the pages of other
// sites: it takes a public key, never a cookie, and tells nothing of anybody.
func isForSites(path string) bool {
	return collects(path) || path == phonePath || strings.HasPrefix(path, "/v1/forms/") && strings.HasSuffix(path, "/submissions")
}

// crossSite lets browsers ask these operations from any page: where a key may be
// used from is checked when something is sent.
func crossSite(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isForSites(r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		if r.Method != http.MethodOptions {
			next.ServeHTTP(w, r)
			return
		}
		h.Set("Access-Control-Allow-Methods", "GET, POST")
		h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key")
		h.Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
	})
}
