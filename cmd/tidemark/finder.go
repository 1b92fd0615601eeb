package main

import (
	"context"
	"time"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/projector"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/workspace"
)

// finder finds contacts for package workspace in the report engine.
type finder struct {
	engine    report.Engine
	projector *projector.Projector
}

var _ workspace.Finder = finder{}

// orderOf is an order of package workspace as engines have it.
func orderOf(o workspace.FindOrder) report.ContactOrder {
	switch o {
	case workspace.FindOldest:
		return report.OrderOldest
	case workspace.FindLongestStage:
		return report.OrderLongestStage
	case workspace.FindLatestStage:
		return report.OrderLatestStage
	}
	return report.OrderNewest
}

// FindContacts implements workspace.Finder.
func (f finder) FindContacts(ctx context.Context, w journal.WorkspaceID, in workspace.FindInput) (out []workspace.Found, err error) {
	err = f.read(ctx, w, in, func(r report.Reading, q report.ContactQuery) error {
		keys, err := r.Contacts(ctx, q)
		for _, k := range keys {
			out = append(out, workspace.Found{Place: k.Place, Contact: k.Contact})
		}
		return err
	})
	return out, err
}

// CountContacts implements workspace.Finder.
func (f finder) CountContacts(ctx context.Context, w journal.WorkspaceID, in workspace.FindInput) (out map[lifecycle.StageID]int64, err error) {
	err = f.read(ctx, w, in, func(r report.Reading, q report.ContactQuery) error {
		out, err = r.CountContacts(ctx, q)
		return err
	})
	return out, err
}

// Seq implements workspace.Finder.
func (f finder) Seq(w journal.WorkspaceID) int64 {
	position, _ := f.projector.Look(w)
	return position.Seq
}

func (f finder) read(ctx context.Context, w journal.WorkspaceID, in workspace.FindInput, read func(report.Reading, report.ContactQuery) error) error {
	if in.MinSeq > 0 {
		if err := f.projector.Wait(ctx, w, in.MinSeq); err != nil {
			return err
		}
	}
	q := report.ContactQuery{
		Segment: &in.Segment, AsOf: lifecycle.MillisOf(time.Now().Truncate(time.Second)), InStage: in.InStage,
		Order: orderOf(in.Order), Limit: in.Limit,
	}
	if in.After != nil {
		q.After = &report.ContactKey{Place: in.After.Place, Contact: in.After.Contact}
	}
	return f.engine.View(ctx, w, func(r report.Reading) error { return read(r, q) })
}
