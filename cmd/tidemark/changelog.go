package main

import (
	"context"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// changeLog counts the log for reports.
type changeLog struct{ uses *workspace.Service }

// CountedChanges implements report.ChangeLog.
func (c changeLog) CountedChanges(ctx context.Context, w journal.WorkspaceID, from, to lifecycle.Millis, visit func(report.ChangeCount)) (int64, error) {
	settings, err := c.uses.GetSettings(ctx, w)
	if err != nil {
		return 0, err
	}
	return c.uses.CountChanges(ctx, w, from, to, func(n workspace.ChangeCount) {
		visit(report.ChangeCount{At: n.At, Actor: n.Actor, Counted: !n.Silent || settings.CountBulk, Changes: n.Changes})
	})
}

// TimeZone implements report.ChangeLog.
func (c changeLog) TimeZone(ctx context.Context, w journal.WorkspaceID) (string, error) {
	settings, err := c.uses.GetSettings(ctx, w)
	return settings.TimeZone, err
}
