package api

import (
	_ "embed"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// The page at /docs is ours, small and readable: it fetches /openapi.json and
// writes it out, and loads nothing from anywhere else.
var (
	//go:embed docs/index.html
	docsPage []byte
	//go:embed docs/docs.js
	docsScript []byte
	//go:embed docs/docs.css
	docsStyle []byte
)

func (s *Server) addDescriptionRoutes() {
	const tag = "Health"
	addRaw[struct{}](s, operation{
		ID: "get-openapi", Method: http.MethodGet, Path: "/openapi.json", Tag: tag,
		Summary: "This description, as OpenAPI 3.1",
	}, func(op *huma.Operation) {
		op.Responses["200"] = &huma.Response{
			Description: "The description",
			Content:     map[string]*huma.MediaType{"application/openapi+json": {Schema: &huma.Schema{Type: huma.TypeObject}}},
		}
	},
		func(w http.ResponseWriter, _ *http.Request) error {
			body, err := s.description.render()
			if err != nil {
				return err
			}
			w.Header().Set("Content-Type", "application/openapi+json")
			_, _ = w.Write(body)
			return nil
		})
	addRaw[struct{}](s, operation{
		ID: "get-docs", Method: http.MethodGet, Path: "/docs", Tag: tag,
		Summary: "This description, as a page",
	}, describeText("text/html", "The page"), serves(assetOf("/docs.html", docsPage)))
	s.mount(operation{Method: http.MethodGet, Path: "/docs/docs.js"}, serves(assetOf("/docs.js", docsScript)))
	s.mount(operation{Method: http.MethodGet, Path: "/docs/docs.css"}, serves(assetOf("/docs.css", docsStyle)))
}

func serves(a asset) rawHandler { return a.serve }
