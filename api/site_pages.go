package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// SitePageParameters document the parameters of the report on pages, which
// report.ParseSitePages reads.
type SitePageParameters struct {
	RangeParameters
	OriginParameters
	Role    string   `query:"role" enum:"landing,assisting" default:"landing" doc:"pages that visits begin on, or that are seen later in a visit"`
	Model   string   `query:"model" enum:"shapley,first,last,linear,position,time_decay" default:"shapley" doc:"how credit and revenue are shared among the pages that were met before; shapley: evenly"`
	Level   string   `query:"level" enum:"page,device,country" default:"page" doc:"what the rows are by"`
	Page    []string `query:"page,explode" doc:"only these; repeat for several; empty = not known; the same for device and country"`
	Device  []string `query:"device,explode"`
	Country []string `query:"country,explode"`
}

type sitePageReportParameters struct {
	SitePageParameters
	Format string `query:"format" enum:"json,csv,parquet" default:"json"`
}

type sitePageContactsParameters struct {
	SitePageParameters
	Column string `query:"column" required:"true" enum:"lead,lead_contacts,lead_customers,sale,sale_contacts,sale_customers,revenue"`
	Row    string `query:"row" required:"true" doc:"a VALUE of the level (value:VALUE where it could be mistaken), none or total"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"50"`
}

func writeSitePages(w http.ResponseWriter, out report.SitePages, format string) error {
	if format == formatJSON {
		return writeJSON(w, http.StatusOK, out.Cut())
	}
	return writeSourceTable(w, out.Table(), format)
}

func (s *Server) addSitePageRoutes() {
	const tag = "Reports"
	addRaw[sitePageReportParameters](s, operation{
		ID: "get-page-report", Method: http.MethodGet, Path: "/v1/reports/sources/pages", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "Which pages people met before a lead and before a sale",
		About: "Landing or assisting pages, devices or countries, with the visits that met them and who did before a first lead event and before a sale, " +
			"contacts and customers apart. Credit and revenue are shared and add up to the totals; people do not: who met three pages is at each of them. " +
			"docs/attribution.md defines every number. With `format=csv` or `parquet` the answer is a file.",
	}, s.description.files(report.SitePages{}),
		answerReport(report.ParseSitePages, func(ctx context.Context, w journal.WorkspaceID, q report.SitePageQuery) (report.SitePages, error) {
			return s.Sources.SitePages(ctx, w, q)
		}, writeSitePages))
	addRaw[sitePageContactsParameters](s, operation{
		ID: "list-page-contacts", Method: http.MethodGet, Path: "/v1/reports/sources/pages/contacts", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "The contacts behind a number of the report on pages, with the pages that they met",
	}, s.description.answering(report.SitePageContacts{}),
		answerReport(report.ParseSitePages, func(ctx context.Context, w journal.WorkspaceID, q report.SitePageQuery) (report.SitePageContacts, error) {
			return s.Sources.SitePageContacts(ctx, w, q)
		}, func(w http.ResponseWriter, out report.SitePageContacts, _ string) error {
			return writeJSON(w, http.StatusOK, out)
		}))
}
