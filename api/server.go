package api

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/tidemark/tidemark/fault"
)

// Uses are the use cases behind the operations, by noun.
type Uses struct {
	Identity      Identity
	People        People
	Workspaces    Workspaces
	Contacts      Contacts
	Stages        Stages
	Segments      Segments
	Views         Views
	Lists         Lists
	Changes       Changes
	Imports       Imports
	Lifecycle     Lifecycle
	Insight       Insight
	LogReport     LogReport
	Sources       Sources
	Opportunities Opportunities
	Live          Live
	Health        Health
	Keys          Keys
	Assistants    Assistants
	Notes         Notes
	Reports       Reports
	Shares        Shares
	Digests       Digests
	Alerts        Alerts
	Destinations  Destinations
	Tracking      Tracking
	Forms         Forms
	Providers     Providers
	Capture       Capture
	Money         Money
}

// Settings are what the operator decides.
type Settings struct {
	Version    string
	Demo       Demo // nil unless this is the demo
	TrustProxy bool // believe X-Forwarded-For and X-Forwarded-Proto, not only from this machine
	// CountryHeader names the header in which the proxy says from what country a
	// request comes; "" = none does. It is believed where other headers of
	// proxies are.
	CountryHeader string
	CallerRate    float64 // requests a second for each key or person; 0 = no limit
	Site          fs.FS   // the built dashboard
	Tracker       []byte  // the built site script; nil = it was not
	Registry      *prometheus.Registry
	Log           *slog.Logger
}

// Server answers HTTP requests.
type Server struct {
	Uses
	Settings

	metrics       *metrics
	crossOrigin   *http.CrossOriginProtection
	callers       *limiter // of keys and people
	strangers     *limiter // of addresses that fail to prove who they are
	passwords     *limiter // of addresses that try passwords and set-up links
	guests        *limiter // of addresses that open shared reports
	services      *limiter // of addresses that providers call from
	senders       *limiter // of addresses that send forms
	pages         *limiter // of addresses that send what is collected
	collectors    *limiter // of keys that do
	mux           *http.ServeMux
	routes        []string // as mounted, for the test that finds them all described
	description   *description
	site          *site
	batches       gate
	closing       chan struct{} // closed when streams must end
	trackerPacked []byte
	trackerTag    string // of its content
	close         sync.Once
	handler       http.Handler
}

// New makes a server.
func New(uses Uses, settings Settings) (*Server, error) {
	s := &Server{
		Uses: uses, Settings: settings,
		metrics:     newMetrics(settings.Registry),
		crossOrigin: http.NewCrossOriginProtection(),
		callers:     newLimiter(settings.CallerRate, int(settings.CallerRate)+1),
		strangers:   newLimiter(20, 200),
		passwords:   newLimiter(0.2, 10),
		guests:      newLimiter(1, 60),
		senders:     newLimiter(1, 30),
		services:    newLimiter(50, 500),
		pages:       newLimiter(50, 500),
		collectors:  newLimiter(2000, 10_000),
		mux:         http.NewServeMux(),
		batches:     make(gate, 8),
		closing:     make(chan struct{}),
	}
	s.description = newDescription(s, settings.Version)
	site, err := newSite(settings.Site)
	if err != nil {
		return nil, err
	}
	s.site = site
	s.addRoutes()
	s.description.finish()
	s.handler = s.observe(secure(crossSite(s.identify(s.mux))))
	return s, nil
}

// ServeHTTP answers a request from outside.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// OpenAPI returns the description of the API as YAML.
func (s *Server) OpenAPI() ([]byte, error) { return s.description.api.OpenAPI().YAML() }

// Close ends the streams that would go on for ever. Register it with
// http.Server.RegisterOnShutdown.
func (s *Server) Close() { s.close.Do(func() { close(s.closing) }) }

type localKey struct{}

// Local answers requests of whoever may open the socket in the data folder:
// they are administrators of every workspace and say by a header which one.
func (s *Server) Local() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.handler.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), localKey{}, true)))
	})
}

// unmatched answers /v1 paths that nothing is mounted at.
func (s *Server) unmatched(w http.ResponseWriter, r *http.Request) error {
	if allowed := s.allowed(r); allowed != "" {
		return wrongMethod(w, r, allowed)
	}
	return fault.New(fault.NotFound, "path_not_found", "There is nothing at this address. /docs lists what there is.")
}

func wrongMethod(w http.ResponseWriter, r *http.Request, allowed string) error {
	w.Header().Set("Allow", allowed)
	return fault.New(fault.Invalid, codeMethod, "%s is not possible here, only %s.", r.Method, allowed)
}

// allowed lists the methods that are mounted at the request's path.
func (s *Server) allowed(r *http.Request) string {
	out := ""
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		probe := r.Clone(r.Context())
		probe.Method = method
		if _, pattern := s.mux.Handler(probe); strings.HasPrefix(pattern, method+" ") {
			if out != "" {
				out += ", "
			}
			out += method
		}
	}
	return out
}
