package api

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// LogReport is what the report on the log needs.
type LogReport interface {
	LogByDay(ctx context.Context, w journal.WorkspaceID, q report.ChangesQuery) (report.Changes, error)
}

// changesReportParameters documents the parameters of the report on the log.
type changesReportParameters struct {
	From        string `query:"from" doc:"first day, in the workspace's time zone"`
	To          string `query:"to" doc:"last day, inclusive"`
	Preset      string `query:"preset" enum:"today,yesterday,last_7_days,last_14_days,last_30_days,last_90_days,this_week,last_week,this_month,last_month,this_quarter,last_quarter,this_year,last_year" default:"last_14_days"`
	Compare     string `query:"compare" enum:"previous,year,none" default:"previous"`
	CompareFrom string `query:"compare_from"`
	CompareTo   string `query:"compare_to"`
	Actor       string `query:"actor" enum:"user,api,workflow,form,import,bulk"`
	MinSeq      int64  `query:"min_seq" minimum:"0" doc:"the log includes every write at once"`
	Format      string `query:"format" enum:"json,csv,parquet" default:"json"`
}

func parseChangesReport(values url.Values) (q report.ChangesQuery, err error) {
	q.Actor = journal.ActorKind(values.Get("actor"))
	if q.Actor != "" && !slices.Contains(journal.ActorKinds[:], q.Actor) {
		return q, fault.At("query.actor", "is not one of user, api, workflow, form, import, bulk")
	}
	values.Del("actor")
	q.Query, err = report.ParseQuery(values)
	return q, err
}

func writeChangesReport(w http.ResponseWriter, out report.Changes, format string) error {
	if format == formatJSON {
		return writeJSON(w, http.StatusOK, out)
	}
	return (&tableReader{first: out.Table(), file: "changes-by-day"}).write(w, format)
}

func (s *Server) addChangesReportRoutes() {
	addRaw[changesReportParameters](s, operation{
		ID: "get-changes-report", Method: http.MethodGet, Path: "/v1/reports/changes", Tag: "Reports", Scope: workspace.ScopeRead,
		Summary: "How many stage changes there were by day, with spikes and sudden drops marked",
		About: "Every change of the log that was not taken back, by its time, also those that changed nothing. `method` says how days are marked. " +
			"The changes behind a day: `GET /v1/changes` with `from` and `to` that day. With `format=csv` or `parquet` the answer is a file.",
	}, s.description.files(report.Changes{}),
		answerReport(parseChangesReport, func(ctx context.Context, w journal.WorkspaceID, q report.ChangesQuery) (report.Changes, error) {
			return s.LogReport.LogByDay(ctx, w, q)
		}, writeChangesReport))
}
