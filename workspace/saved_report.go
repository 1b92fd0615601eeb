package workspace

import (
	"context"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// Visibility says who sees something saved.
type Visibility string

// The visibilities.
const (
	VisibleToAll Visibility = "all"
	VisibleToMe  Visibility = "me"
)

// SavedReportInput saves or changes a report; nil is left as it is.
type SavedReportInput struct {
	Name        *string     `json:"name,omitempty"`
	Description *string     `json:"description,omitempty"`
	Query       *string     `json:"query,omitempty" doc:"of the report page's address, without the question mark"`
	Visible     *Visibility `json:"visible,omitempty" enum:"all,me" doc:"to all of the workspace, or only to its owner"`
	IfMatch     *int64      `json:"-"`

	Once Idempotency `json:"-"` // of AddReport
}

// SavedReportAnswer is a report that somebody kept.
type SavedReportAnswer struct {
	ID          string           `json:"id"`
	Name        string           `json:"name"`
	Description string           `json:"description"`
	Query       string           `json:"query"`
	Visible     Visibility       `json:"visible" enum:"all,me"`
	Owner       string           `json:"owner" doc:"the name of who saved it"`
	Mine        bool             `json:"mine" doc:"the caller saved it"`
	CreatedAt   lifecycle.Millis `json:"created_at"`
	Edit        int64            `json:"-"`
}

type savedReportBody struct {
	Name, Description, Query string
	Visible                  Visibility
	OwnerID, Owner           string
}

const (
	maxReports = 500
	maxQuery   = 8192 // of a page's address
)

func savedReports() Shelf[savedReportBody] {
	return Shelf[savedReportBody]{SavedReport, "report", maxReports}
}

func ownerOf(who Principal) string { return string(who.Kind) + ":" + who.ID }

func savedReportAnswer(k Kept[savedReportBody], who Principal) SavedReportAnswer {
	b := k.Body
	return SavedReportAnswer{k.ID, b.Name, b.Description, b.Query, b.Visible, b.Owner, b.OwnerID == ownerOf(who), k.Created, k.Edit}
}

func (b *savedReportBody) change(in SavedReportInput) error {
	trimInto(&b.Name, in.Name)
	trimInto(&b.Description, in.Description)
	trimInto(&b.Query, in.Query)
	set(&b.Visible, in.Visible)
	b.Query = strings.TrimPrefix(b.Query, "?")
	var k checker
	k.Refuse("body.name", badLabel(b.Name))
	k.Refuse("body.description", badText(b.Description, maxDescription))
	k.Refuse("body.query", badText(b.Query, maxQuery))
	if b.Visible != VisibleToAll && b.Visible != VisibleToMe {
		k.Add("body.visible", "is not one of all and me")
	}
	return k.Err()
}

// trimInto takes a text over, trimmed, unless it is absent.
func trimInto(to *string, from *string) {
	if from != nil {
		*to = strings.TrimSpace(*from)
	}
}

// ListReports lists the saved reports that somebody may see.
func (s *Service) ListReports(ctx context.Context, w journal.WorkspaceID, who Principal) (out []SavedReportAnswer, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		all, err := savedReports().All(r.Saved(), w)
		for _, k := range all {
			if k.Body.seenBy(who) {
				out = append(out, savedReportAnswer(k, who))
			}
		}
		return err
	})
	return out, err
}

func (b *savedReportBody) seenBy(who Principal) bool {
	return b.Visible == VisibleToAll || b.OwnerID == ownerOf(who)
}

// GetReport returns one that somebody may see: to others it is not there.
func (s *Service) GetReport(ctx context.Context, w journal.WorkspaceID, who Principal, id string) (out SavedReportAnswer, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		k, err := savedReports().Get(r.Saved(), w, id, nil)
		if err == nil && !k.Body.seenBy(who) {
			err = savedReports().NotFound(id)
		}
		out = savedReportAnswer(k, who)
		return err
	})
	return out, err
}

// AddReport keeps a report.
func (s *Service) AddReport(ctx context.Context, w journal.WorkspaceID, who Principal, in SavedReportInput) (out SavedReportAnswer, err error) {
	body := savedReportBody{Visible: VisibleToAll, OwnerID: ownerOf(who), Owner: who.Name}
	if err := body.change(in); err != nil {
		return out, err
	}
	return writeOnce(ctx, s, w, in.Once, func(tx Tx) (SavedReportAnswer, error) {
		k, err := savedReports().Add(tx.Saved(), w, body, s.now())
		return savedReportAnswer(k, who), err
	})
}

// EditReport changes one. Only its owner and administrators may.
func (s *Service) EditReport(ctx context.Context, w journal.WorkspaceID, who Principal, id string, in SavedReportInput) (out SavedReportAnswer, err error) {
	err = s.store.Write(ctx, func(tx Tx) error {
		k, err := ownReport(tx, w, who, id, in.IfMatch)
		if err != nil {
			return err
		}
		if err := k.Body.change(in); err != nil {
			return err
		}
		err = k.Save(tx.Saved())
		out = savedReportAnswer(k, who)
		return err
	})
	return out, err
}

// RemoveReport forgets one. Only its owner and administrators may.
func (s *Service) RemoveReport(ctx context.Context, w journal.WorkspaceID, who Principal, id string) error {
	return s.store.Write(ctx, func(tx Tx) error {
		k, err := ownReport(tx, w, who, id, nil)
		if err != nil {
			return err
		}
		return k.Remove(tx.Saved())
	})
}

func ownReport(tx Tx, w journal.WorkspaceID, who Principal, id string, ifMatch *int64) (Kept[savedReportBody], error) {
	k, err := savedReports().Get(tx.Saved(), w, id, ifMatch)
	switch {
	case err != nil:
		return k, err
	case !k.Body.seenBy(who):
		return k, savedReports().NotFound(id)
	case k.Body.OwnerID != ownerOf(who) && !who.Allows(ScopeAdmin):
		return k, fault.New(fault.Forbidden, "not_the_owner", "Only %s or an administrator may change this. Save a copy of it.", fault.Named("owner", k.Body.Owner))
	}
	return k, nil
}
