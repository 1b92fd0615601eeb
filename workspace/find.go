package workspace

import (
	"context"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
)

// Finder finds contacts by what they are now: the report engine.
type Finder interface {
	// FindContacts returns the contacts after a place in an order, at most
	// Limit, once it includes the log up to MinSeq.
	FindContacts(ctx context.Context, w journal.WorkspaceID, in FindInput) ([]Found, error)
	// CountContacts counts those meant by the stage where they are, NoStage of
	// those in none.
	CountContacts(ctx context.Context, w journal.WorkspaceID, in FindInput) (map[lifecycle.StageID]int64, error)
	// Seq is how far it includes the log now.
	Seq(w journal.WorkspaceID) int64
}

// FindInput says which contacts are meant.
type FindInput struct {
	Segment segment.Resolved
	InStage *lifecycle.StageID // only those there; NoStage = in none
	Order   FindOrder
	After   *Found // nil = from the beginning
	Limit   int
	MinSeq  int64
}

// Found is a contact and its place in the order.
type Found struct {
	Place   int64
	Contact journal.ContactID
}

// FindOrder is an order in which contacts are found.
type FindOrder uint8

// The orders; without a stage comes last.
const (
	FindNewest FindOrder = iota
	FindOldest
	FindLongestStage
	FindLatestStage
)

// UseFinder gives the service what finds contacts by filters. Until then
// filters of contacts fail as unavailable.
func (s *Service) UseFinder(f Finder) { s.finder = f }

func (s *Service) find() (Finder, error) {
	if s.finder == nil {
		return nil, fault.New(fault.Unavailable, "no_finder", "Contacts cannot be filtered here.")
	}
	return s.finder, nil
}

// findPage is how many contacts are found at once when all are wanted.
const findPage = 1_000

// eachFound calls visit with all contacts that are meant, in order of their
// numbers, some at a time. What visit changes does not move the pages.
func (s *Service) eachFound(ctx context.Context, w journal.WorkspaceID, in FindInput, visit func([]journal.ContactID) error) error {
	f, err := s.find()
	if err != nil {
		return err
	}
	in.Order, in.Limit = FindOldest, findPage
	for {
		found, err := f.FindContacts(ctx, w, in)
		if err != nil {
			return err
		}
		ids := make([]journal.ContactID, len(found))
		for i := range found {
			ids[i] = found[i].Contact
		}
		if len(ids) > 0 {
			if err := visit(ids); err != nil {
				return err
			}
		}
		if len(found) < findPage {
			return nil
		}
		in.After = &found[len(found)-1]
	}
}

// countFound counts all contacts that are meant.
func (s *Service) countFound(ctx context.Context, w journal.WorkspaceID, in FindInput) (n int64, err error) {
	f, err := s.find()
	if err != nil {
		return 0, err
	}
	counts, err := f.CountContacts(ctx, w, in)
	for _, of := range counts {
		n += of
	}
	return n, err
}
