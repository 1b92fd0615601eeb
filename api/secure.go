package api

import (
	"maps"
	"net/http"
)

// contentPolicy allows nothing from outside and no script in a page. Styles
// may be inline because charts and the component library set them so.
const contentPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"

// secure sets the headers that every answer carries. Those that bind pages are
// left out where answers are none: beacons come by the thousand, and each would
// be answered with two and a half times as much.
func secure(next http.Handler) http.Handler {
	// All answers share these values: who sets one puts another in its place.
	always := http.Header{
		"X-Content-Type-Options":       {"nosniff"},
		"Cross-Origin-Resource-Policy": {"same-origin"},
	}
	ofPages := http.Header{
		"Content-Security-Policy":    {contentPolicy},
		"Referrer-Policy":            {"same-origin"},
		"Cross-Origin-Opener-Policy": {"same-origin"},
		"Permissions-Policy":         {"camera=(), geolocation=(), microphone=()"},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		maps.Copy(h, always)
		if !collects(r.URL.Path) {
			maps.Copy(h, ofPages)
		}
		if isShared(r.URL.Path) {
			// Whoever has the address may read: it must not travel further.
			h.Set("X-Robots-Tag", "noindex, nofollow")
			h.Set("Referrer-Policy", "no-referrer")
		}
		next.ServeHTTP(w, r)
	})
}
