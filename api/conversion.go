package api

import (
	"io"
	"net/http"

	"github.com/tidemark/tidemark/workspace"
)

// conversionsPath is where Google fetches offline conversions. The id of the
// destination and its password prove who asks, so it comes without a key.
const conversionsPath = "/v1/conversions/"

// fetchConversions answers with the file of a destination.
func (s *Server) fetchConversions(w http.ResponseWriter, r *http.Request) error {
	name, password, _ := r.BasicAuth()
	id := r.PathValue("id")
	if name != id {
		password = ""
	}
	file, err := s.Destinations.FetchConversions(r.Context(), id, password)
	if err != nil {
		w.Header().Set("WWW-Authenticate", `Basic realm="conversions", charset="UTF-8"`)
		return err
	}
	return writeConversions(w, file)
}

// downloadConversions answers with it to whoever may see destinations.
func (s *Server) downloadConversions(w http.ResponseWriter, r *http.Request) error {
	file, err := s.Destinations.ConversionFile(r.Context(), workspaceOf(r.Context()), r.PathValue("id"))
	if err != nil {
		return err
	}
	return writeConversions(w, file)
}

func writeConversions(w http.ResponseWriter, file string) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="conversions.csv"`)
	w.Header().Set("Cache-Control", "no-store")
	_, err := io.WriteString(w, file)
	return err
}

func (s *Server) addConversionRoutes() {
	const tag = "Destinations"
	describe := describeText("text/csv", "The file, in the form that Google Ads documents")
	addRaw[DestinationPath](s, operation{
		ID: "download-conversions", Method: http.MethodGet, Path: "/v1/destinations/{id}/conversions.csv", Tag: tag, Scope: workspace.ScopeAdmin, Strict: true,
		Summary: "The offline conversions of the last 30 days, to upload to Google Ads by hand",
	}, describe, s.downloadConversions)
	addRaw[DestinationPath](s, operation{
		ID: "fetch-conversions", Method: http.MethodGet, Path: conversionsPath + "{id}", Tag: tag, Strict: true,
		Summary: "The same for Google Ads, which fetches it", About: "By HTTP Basic authentication: the id of the destination as user name, and its password.",
	}, describe, s.fetchConversions)
}
