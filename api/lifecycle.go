package api

import (
	"context"
	"net/http"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// Lifecycle is what the lifecycle report and its tables need.
type Lifecycle interface {
	Lifecycle(ctx context.Context, w journal.WorkspaceID, q report.Query) (report.Result, error)
	Table(ctx context.Context, w journal.WorkspaceID, name report.TableName, q report.Query) (report.Table, error)
}

// LifecycleParameters documents the parameters of the report; it is exported
// because what is embedded is only described then. They are read
// by report.ParseQuery, because filters by property have names of their own.
type LifecycleParameters struct {
	From        string `query:"from" doc:"first day of entry, in the workspace's time zone"`
	To          string `query:"to" doc:"last day of entry, inclusive"`
	Preset      string `query:"preset" enum:"today,yesterday,last_7_days,last_14_days,last_30_days,last_90_days,this_week,last_week,this_month,last_month,this_quarter,last_quarter,this_year,last_year" default:"last_14_days"`
	Compare     string `query:"compare" enum:"previous,year,none" default:"previous"`
	CompareFrom string `query:"compare_from"`
	CompareTo   string `query:"compare_to"`
	Around      string `query:"around" doc:"a date instead of a range: the days from it on, compared with as many right before"`
	Days        int    `query:"days" minimum:"1" default:"14" doc:"of around: how many"`

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
	Property    []string `query:"property.NAME,explode" doc:"a property of the contact as it is now, NAME being its name"`

	Segment    string  `query:"segment" doc:"only journeys of contacts that are in this segment now: text or JSON form, or view:ID, list:ID"`
	GroupBy    string  `query:"group_by" doc:"any filter's name"`
	Top        int     `query:"top" minimum:"1" maximum:"50" default:"10" doc:"largest groups shown"`
	MinAge     int     `query:"min_age" minimum:"0" doc:"only journeys that entered at least so many days ago"`
	Window     int     `query:"window" minimum:"1" doc:"each journey as of so many days after its entry"`
	Model      string  `query:"model" enum:"entry,first,last" default:"entry" doc:"which touch is the source of a journey"`
	Parts      string  `query:"parts" doc:"of summary, stages, lost, flow, quantiles, contacts, groups, hand_off; all when absent" example:"summary,stages"`
	StuckBelow float64 `query:"stuck_below" minimum:"0" maximum:"1" default:"0.3"`
	StuckMin   int64   `query:"stuck_min" minimum:"1" default:"30"`
	MinSeq     int64   `query:"min_seq" minimum:"0" doc:"wait up to 5 s until the report includes this write"`
}

// tableParameters documents what tables take besides.
type tableParameters struct {
	LifecycleParameters
	Table      string `path:"table" enum:"stages,lost,origins,flow,trend,incidence,journeys,stuck,histogram" doc:"stuck: open journeys that are in their stage for longer than the p90 of the stays that ended there in the last 90 days, the longest wait first; histogram: times to conversion and to drop-off in buckets"`
	Format     string `query:"format" enum:"json,csv,parquet" default:"json"`
	Interval   string `query:"interval" enum:"day,week,month" default:"day" doc:"of trend"`
	Outcome    string `query:"outcome" doc:"of journeys: open, won, lost, left, separated by commas"`
	Reached    string `query:"reached" doc:"of journeys: id or key of a stage"`
	NotReached string `query:"not_reached" doc:"of journeys"`
	Visited    string `query:"visited" doc:"of journeys"`
	Flow       string `query:"flow" doc:"of journeys: STAGE:forward, back, lost, left or still_there"`
	Origin     string `query:"origin" doc:"of journeys: lost or left there"`
	LostStage  string `query:"lost_stage" doc:"of journeys"`
	InStage    string `query:"in_stage" doc:"of journeys: open and there now"`
	Group      string `query:"group" doc:"of journeys: a VALUE of group_by (value:VALUE where it could be mistaken), other or none"`
	Cursor     string `query:"cursor" doc:"of journeys and stuck"`
	Limit      int    `query:"limit" minimum:"1" maximum:"1000" default:"50" doc:"of journeys and stuck; CSV and Parquet hold all pages unless it is given"`
}

func (s *Server) lifecycleTable(w http.ResponseWriter, r *http.Request) error {
	q, values, err := queryOf(r)
	if err != nil {
		return err
	}
	name, ok := report.ParseTableName(r.PathValue("table"))
	if !ok {
		return fault.New(fault.NotFound, "table_not_found", "The lifecycle report has no table %q.", r.PathValue("table"))
	}
	format, err := formatOf(values)
	if err != nil {
		return err
	}
	all := format != formatJSON && !values.Has("limit") && !values.Has("cursor")
	table, err := s.openTable(r.Context(), q, name, all)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return table.write(w, format)
}

func (s *Server) addLifecycleRoutes() {
	const tag = "Reports"
	addRaw[LifecycleParameters](s, operation{
		ID: "get-lifecycle-report", Method: http.MethodGet, Path: "/v1/reports/lifecycle", Tag: tag, Scope: workspace.ScopeRead,
		Summary: "The lifecycle report",
		About: "How well contacts convert, where and why they drop off, and how long it takes, for the journeys that were entered in a range. " +
			"docs/semantics.md defines every number.",
	}, s.description.answering(report.Result{}),
		about(func(ctx context.Context, w journal.WorkspaceID, q report.Query) (report.Result, error) {
			return s.Lifecycle.Lifecycle(ctx, w, q)
		}))
	addRaw[tableParameters](s, operation{
		ID: "get-lifecycle-table", Method: http.MethodGet, Path: "/v1/reports/lifecycle/{table}", Tag: tag, Scope: workspace.ScopeRead, Limit: longLimit,
		Summary: "One table of the lifecycle report, as JSON, CSV or Parquet",
	}, s.description.files(TableAnswer{}), s.lifecycleTable)
}
