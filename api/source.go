package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// Sources is what the source report needs.
type Sources interface {
	Sources(ctx context.Context, w journal.WorkspaceID, q report.SourceQuery) (report.Sources, error)
	SourceTrend(ctx context.Context, w journal.WorkspaceID, q report.SourceQuery) (report.Table, error)
	SourceContacts(ctx context.Context, w journal.WorkspaceID, q report.SourceQuery) (report.SourceContacts, error)
	SitePages(ctx context.Context, w journal.WorkspaceID, q report.SitePageQuery) (report.SitePages, error)
	SitePageContacts(ctx context.Context, w journal.WorkspaceID, q report.SitePageQuery) (report.SitePageContacts, error)
}

// RangeParameters document which days a report is of. Those of this file are
// exported because what is embedded is only described then.
type RangeParameters struct {
	From        string `query:"from" doc:"first day, in the workspace's time zone"`
	To          string `query:"to" doc:"last day, inclusive"`
	Preset      string `query:"preset" enum:"today,yesterday,last_7_days,last_14_days,last_30_days,last_90_days,this_week,last_week,this_month,last_month,this_quarter,last_quarter,this_year,last_year" default:"last_14_days"`
	Compare     string `query:"compare" enum:"previous,year,none" default:"previous"`
	CompareFrom string `query:"compare_from"`
	CompareTo   string `query:"compare_to"`
	Around      string `query:"around" doc:"a date instead of a range: the days from it on, compared with as many right before"`
	Days        int    `query:"days" minimum:"1" default:"14" doc:"of around: how many"`
}

// OriginParameters document what a report of sources is narrowed to.
type OriginParameters struct {
	By       string `query:"by" enum:"activity,cohort" default:"activity" doc:"what happened in the range, or what became until now of the contacts first seen in it"`
	LookBack int    `query:"lookback" minimum:"1" doc:"days; what is older than this does not count"`

	Source      []string `query:"source,explode" doc:"rows within these values; repeat for several; empty = has none; the same for every level"`
	SubSource   []string `query:"sub_source,explode"`
	Medium      []string `query:"medium,explode"`
	Campaign    []string `query:"campaign,explode"`
	AdGroup     []string `query:"ad_group,explode"`
	Ad          []string `query:"ad,explode"`
	Keyword     []string `query:"keyword,explode"`
	LandingPage []string `query:"landing_page,explode"`
	UTMSource   []string `query:"utm_source,explode"`
	UTMMedium   []string `query:"utm_medium,explode"`
	UTMCampaign []string `query:"utm_campaign,explode"`
	UTMTerm     []string `query:"utm_term,explode"`
	UTMContent  []string `query:"utm_content,explode"`

	Owner     []string `query:"owner,explode" doc:"only contacts with this owner, and their visits"`
	CreatedBy []string `query:"created_by,explode" enum:"import,api,manual,form,call,chat,ad"`
	Property  []string `query:"property.NAME,explode"`
	Segment   string   `query:"segment" doc:"only contacts that are in this segment now, and their visits: text or JSON form, or view:ID, list:ID"`
	MinSeq    int64    `query:"min_seq" minimum:"0" doc:"wait up to 5 s until the report includes this write"`
}

// SourceParameters documents the parameters of the source report, which
// report.ParseSources reads.
type SourceParameters struct {
	RangeParameters
	OriginParameters
	Model  string `query:"model" enum:"first,last,linear,position,time_decay,markov,shapley" default:"first"`
	Also   string `query:"also" doc:"more models, separated by commas: each row has their figures beside its own" example:"last,linear"`
	Direct string `query:"direct" enum:"pass_over,keep" default:"pass_over" doc:"whether Direct counts where another touch is in the path"`
	Level  string `query:"level" enum:"source,sub_source,medium,campaign,ad_group,ad,keyword,landing_page,utm_source,utm_medium,utm_campaign,utm_term,utm_content" default:"source" doc:"what the rows are by; a filter by another level is what they are within"`
}

type sourceReportParameters struct {
	SourceParameters
	Format string `query:"format" enum:"json,csv,parquet" default:"json"`
}

type sourceTrendParameters struct {
	SourceParameters
	Format   string `query:"format" enum:"json,csv,parquet" default:"json"`
	Interval string `query:"interval" enum:"day,week,month" default:"day"`
}

type sourceContactsParameters struct {
	SourceParameters
	Column string `query:"column" required:"true" enum:"leads,lead_form,lead_call,lead_chat,lead_other,submissions,contacts,customers,new_customers,opportunities,sales,revenue"`
	Row    string `query:"row" required:"true" doc:"a VALUE of the level (value:VALUE where it could be mistaken), none or total"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"50"`
}

func writeSources(w http.ResponseWriter, out report.Sources, format string) error {
	if format == formatJSON {
		return writeJSON(w, http.StatusOK, out)
	}
	return writeSourceTable(w, out.Table(), format)
}

func writeSourceTable(w http.ResponseWriter, t report.Table, format string) error {
	file := string(t.Name) + "-" + t.Range.From.String() + "-" + t.Range.To.String()
	return (&tableReader{first: t, file: file}).write(w, format)
}

func (s *Server) addSourceRoutes() {
	const tag = "Reports"
	addRaw[sourceReportParameters](s, operation{
		ID: "get-source-report", Method: http.MethodGet, Path: "/v1/reports/sources", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "Where contacts come from, and what of it pays",
		About: "Visits, leads, opportunities, sales, revenue and costs by source, credited to the touches that led to them by a model. " +
			"Rows add up to the totals in every model, and what a row opens into adds up to the row. docs/attribution.md defines every number. " +
			"With `format=csv` or `parquet` the answer is a file.",
	}, s.description.files(report.Sources{}),
		answerReport(report.ParseSources, func(ctx context.Context, w journal.WorkspaceID, q report.SourceQuery) (report.Sources, error) {
			return s.Sources.Sources(ctx, w, q)
		}, writeSources))
	addRaw[sourceTrendParameters](s, operation{
		ID: "get-source-trend", Method: http.MethodGet, Path: "/v1/reports/sources/trend", Tag: tag, Scope: workspace.ScopeRead, Limit: longLimit,
		Summary: "The totals of the source report by day, week or month",
	}, s.description.files(TableAnswer{}),
		answerReport(report.ParseSources, func(ctx context.Context, w journal.WorkspaceID, q report.SourceQuery) (report.Table, error) {
			return s.Sources.SourceTrend(ctx, w, q)
		}, writeSourceTable))
	addRaw[sourceContactsParameters](s, operation{
		ID: "list-source-contacts", Method: http.MethodGet, Path: "/v1/reports/sources/contacts", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "The contacts behind a number of the source report, with their touches",
	}, s.description.answering(report.SourceContacts{}),
		answerReport(report.ParseSources, func(ctx context.Context, w journal.WorkspaceID, q report.SourceQuery) (report.SourceContacts, error) {
			return s.Sources.SourceContacts(ctx, w, q)
		}, func(w http.ResponseWriter, out report.SourceContacts, _ string) error {
			return writeJSON(w, http.StatusOK, out)
		}))
}
