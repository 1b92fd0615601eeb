package mcp

import (
	"context"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// addTools adds what may be asked of a workspace.
func (s *Server) addTools(to *sdk.Server, w journal.WorkspaceID) {
	tool(s, to, "list_stages", "List the stages",
		"The stages of the lifecycle in order, with their keys, kinds and how many contacts are in each now.",
		func(ctx context.Context, _ struct{}) (any, error) {
			stages, err := s.workspace.ListStages(ctx, w, false)
			return items[workspace.StageView]{stages}, err
		})
	tool(s, to, "lifecycle_report", "The lifecycle report",
		"How well contacts convert, where and why they drop off, and how long it takes, for the journeys that were entered in a range, "+
			"compared with the range before; by group if asked.",
		func(ctx context.Context, in reportInput) (any, error) {
			q, err := queryOf(in)
			if err != nil {
				return nil, err
			}
			return s.reports.Lifecycle(ctx, w, q)
		})
	tool(s, to, "lifecycle_table", "One table of the lifecycle report",
		"One table of the report: trend over time, cumulative incidence, histogram of times, flow between stages, "+
			"lost stages, origins of losses, or the open journeys that wait unusually long (stuck).",
		func(ctx context.Context, in tableInput) (any, error) {
			return s.table(ctx, w, report.TableName(in.Table), in)
		})
	tool(s, to, "explain_number", "The journeys behind a number",
		"The journeys that make up a number of the report, with their contacts, page by page. "+
			"Give the arguments of the report and at least one selection, for example outcome lost and origin hot_lead.",
		func(ctx context.Context, in explainInput) (any, error) {
			return s.table(ctx, w, report.TableJourneys, in)
		})
	tool(s, to, "contact_journeys", "The journeys of a contact",
		"Every journey of one contact: when it entered and ended, its outcome, and each stay in a stage.",
		func(ctx context.Context, in contactInput) (any, error) {
			ref, err := workspace.ParseContactRef(in.Contact)
			if err != nil {
				return nil, err
			}
			journeys, err := s.workspace.Journeys(ctx, w, ref)
			return items[workspace.Journey]{journeys}, err
		})
}

// items is a list as the API answers one.
type items[T any] struct {
	Items []T `json:"items"`
}

// tool adds one use case under a name. All of them only read.
func tool[In any](s *Server, to *sdk.Server, name, title, about string, use func(context.Context, In) (any, error)) {
	t := &sdk.Tool{Name: name, Title: title, Description: about, Annotations: &sdk.ToolAnnotations{
		Title: title, ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: new(bool),
	}}
	sdk.AddTool(to, t, func(ctx context.Context, _ *sdk.CallToolRequest, in In) (*sdk.CallToolResult, any, error) {
		out, err := use(ctx, in)
		if err != nil {
			return nil, nil, s.shown(ctx, name, err)
		}
		return nil, out, nil
	})
}

// table answers one table as the API does: a row is named cells.
func (s *Server) table(ctx context.Context, w journal.WorkspaceID, name report.TableName, in any) (any, error) {
	if _, ok := report.ParseTableName(string(name)); !ok {
		return nil, fault.At("query.table", "is not a table of the report")
	}
	q, err := queryOf(in)
	if err != nil {
		return nil, err
	}
	t, err := s.reports.Table(ctx, w, name, q)
	if err != nil {
		return nil, err
	}
	return tableOutput{t.Range, t.Seq, t.Columns, t.Cells(), t.Next, t.Notices, t.Tests}, nil
}

type tableOutput struct {
	Range   report.Range     `json:"range"`
	Seq     int64            `json:"seq"`
	Columns []report.Column  `json:"columns"`
	Items   []map[string]any `json:"items"`
	Next    string           `json:"next,omitempty"`
	Notices []report.Notice  `json:"notices"`
	Tests   []report.Test    `json:"tests,omitempty"`
}
