package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// Opportunities is what the opportunity report needs.
type Opportunities interface {
	Opportunities(ctx context.Context, w journal.WorkspaceID, q report.OpportunityQuery) (report.Opportunities, error)
}

// opportunityParameters documents the parameters of the opportunity report.
type opportunityParameters struct {
	At          string `query:"at" doc:"the day at whose end the journeys were open; now when absent"`
	CompareAt   string `query:"compare_at" doc:"another day beside it"`
	Compare     string `query:"compare" enum:"previous,year,none" default:"none" doc:"without compare_at: the last day of as many days before, or of the same days a year earlier"`
	CompareFrom string `query:"compare_from"`
	CompareTo   string `query:"compare_to" doc:"without compare_at: the other day"`
	From        string `query:"from"`
	To          string `query:"to" doc:"without at: the day"`
	Preset      string `query:"preset" doc:"without at: its last day" enum:"today,yesterday,last_7_days,last_14_days,last_30_days,last_90_days,this_week,last_week,this_month,last_month,this_quarter,last_quarter,this_year,last_year"`

	Source      []string `query:"source,explode" doc:"repeat for several values; empty = has none; the same for every filter"`
	SubSource   []string `query:"sub_source,explode"`
	Medium      []string `query:"medium,explode"`
	Campaign    []string `query:"campaign,explode"`
	AdGroup     []string `query:"ad_group,explode"`
	Ad          []string `query:"ad,explode"`
	Keyword     []string `query:"keyword,explode"`
	LandingPage []string `query:"landing_page,explode"`
	Owner       []string `query:"owner,explode"`
	CreatedBy   []string `query:"created_by,explode" enum:"import,api,manual,form,call,chat,ad"`
	Journey     []string `query:"journey,explode" enum:"first,return"`
	Property    []string `query:"property.NAME,explode"`

	Segment string `query:"segment" doc:"only journeys of contacts that are in this segment now: text or JSON form, or view:ID, list:ID"`
	GroupBy string `query:"group_by" doc:"any filter's name"`
	Top     int    `query:"top" minimum:"1" maximum:"50" default:"10" doc:"largest groups shown"`
	Model   string `query:"model" enum:"entry,first,last" default:"entry" doc:"which touch is the source of a journey"`
	MinSeq  int64  `query:"min_seq" minimum:"0"`
	Format  string `query:"format" enum:"json,csv,parquet" default:"json"`
}

func writeOpportunities(w http.ResponseWriter, out report.Opportunities, format string) error {
	if format == formatJSON {
		return writeJSON(w, http.StatusOK, out)
	}
	return (&tableReader{first: out.Table(), file: "opportunities-" + out.At.String()}).write(w, format)
}

func (s *Server) addOpportunityRoutes() {
	addRaw[opportunityParameters](s, operation{
		ID: "get-opportunity-report", Method: http.MethodGet, Path: "/v1/reports/opportunities", Tag: "Reports", Scope: workspace.ScopeRead,
		Summary: "The open journeys by stage, with what they are worth",
		About: "As of now, or of the end of any past day: the stages are those of that day, values and properties those of now. " +
			"A value is weighted by what share of the journeys was won that reached the stage, entered in the year before and ended. " +
			"With `format=csv` or `parquet` the answer is a file.",
	}, s.description.files(report.Opportunities{}),
		answerReport(report.ParseOpportunities, func(ctx context.Context, w journal.WorkspaceID, q report.OpportunityQuery) (report.Opportunities, error) {
			return s.Opportunities.Opportunities(ctx, w, q)
		}, writeOpportunities))
}
