package workspace

import (
	"cmp"
	"context"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/segment"
)

// findOrder is an order as the finder has it. The longer in the stage, the
// earlier since when.
func findOrder(sort string) (o FindOrder, ok bool) {
	switch sort {
	case "", "-created_at":
		return FindNewest, true
	case "created_at":
		return FindOldest, true
	case "stage_since", "-days_in_stage":
		return FindLongestStage, true
	case "-stage_since", "days_in_stage":
		return FindLatestStage, true
	}
	return 0, false
}

// filtered reports whether the finder must say who is on the page.
func (in *ListContactsInput) filtered() bool {
	return strings.TrimSpace(in.Filter) != "" || strings.Contains(in.Sort, "stage")
}

// foundCursor is a place in a list of found contacts.
type foundCursor struct {
	Order FindOrder
	Found Found
}

// listFiltered returns a page of the contacts that a filter means: the finder
// says which, the record who they are. A contact that is gone meanwhile makes
// the page shorter; Next says whether there are more.
func (s *Service) listFiltered(ctx context.Context, w journal.WorkspaceID, in ListContactsInput) (ContactPage, error) {
	find, err := s.findInput(ctx, w, &in)
	if err != nil {
		return ContactPage{}, err
	}
	return s.foundPage(ctx, w, find)
}

// findInput makes a question to the finder of one for a list.
func (s *Service) findInput(ctx context.Context, w journal.WorkspaceID, in *ListContactsInput) (FindInput, error) {
	var k checker
	order, ok := findOrder(in.Sort)
	if !ok {
		k.Add("query.sort", "is not possible with a filter: created_at, stage_since, days_in_stage and their reverse are")
	}
	k.Refuse("query.q", badText(in.Query, maxName))
	out := FindInput{Order: order, Limit: k.limit(in.Limit), MinSeq: in.MinSeq}
	if in.Cursor != "" {
		var c foundCursor
		if !decodeCursor(in.Cursor, &c) || c.Order != order {
			k.Add("query.cursor", "is not a cursor of this list")
		}
		out.After = &c.Found
	}
	if err := k.Err(); err != nil {
		return out, err
	}
	var err error
	if out.InStage, err = s.stageAsked(ctx, w, in.Stage); err != nil {
		return out, err
	}
	out.Segment, err = s.ResolveSegment(ctx, w, in.Filter, "query.filter")
	out.Segment = beginning(out.Segment, in.Query)
	return out, err
}

func (s *Service) stageAsked(ctx context.Context, w journal.WorkspaceID, named string) (id *lifecycle.StageID, err error) {
	if named == "" {
		return nil, nil
	}
	err = s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		stage, ok := c.FindStage(named)
		if !ok {
			return unknownStage(c, "query.stage", named)
		}
		end := c.end(stage.ID)
		id = &end
		return nil
	})
	return id, err
}

// beginning also asks for a name or an identifier that begins so.
func beginning(r segment.Resolved, query string) segment.Resolved {
	query = strings.TrimSpace(query)
	if query == "" {
		return r
	}
	any := segment.Any{}
	add := func(field, text string) {
		any = append(any, segment.Term{Field: segment.Plain(field), Op: segment.Starts, Value: segment.Text(text)})
	}
	add(segment.FieldName, query)
	add(segment.FieldEmail, query)
	add(segment.FieldExternalID, query)
	add(segment.FieldPhone, cmp.Or(prefixOf(query).Phone, query))
	if r.Where == nil {
		r.Where = any
		return r
	}
	r.Where = segment.All{r.Where, any}
	return r
}

// foundPage asks for one contact more, to know whether there is a next page.
func (s *Service) foundPage(ctx context.Context, w journal.WorkspaceID, in FindInput) (ContactPage, error) {
	f, err := s.find()
	if err != nil {
		return ContactPage{}, err
	}
	limit := in.Limit
	in.Limit++
	found, err := f.FindContacts(ctx, w, in)
	if err != nil {
		return ContactPage{}, err
	}
	page := ContactPage{Items: []Contact{}}
	if len(found) > limit {
		found = found[:limit]
		page.Next = encodeCursor(foundCursor{in.Order, found[limit-1]})
	}
	err = s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		l := lister{r: r, w: w, c: c, page: &page}
		for _, one := range found {
			if err := l.add(one.Contact); err != nil {
				return err
			}
		}
		return nil
	})
	return page, err
}

// BoardInput asks for the board of the contacts that a filter means.
type BoardInput struct {
	Filter string
	Query  string
	Sort   string // as of a list
	Limit  int    // contacts of each column at first; 1..50, default 20
	MinSeq int64
}

// Board is contacts by stage.
type Board struct {
	Columns []BoardColumn `json:"columns" doc:"stages of the funnel, then lost and aside, then those without a stage"`
	Total   int64         `json:"total"`
}

// BoardColumn is the contacts of one stage: how many, and the first of them.
type BoardColumn struct {
	Stage *StageRef `json:"stage" doc:"null: without a stage"`
	Count int64     `json:"count"`
	Items []Contact `json:"items"`
	Next  *string   `json:"next" doc:"the cursor of the next page of GET /v1/contacts with the same filter, sort and this stage"`
}

// Limits of a board: further columns say only how many.
const (
	boardPage    = 20
	maxBoardPage = 50
	maxFilled    = 30
)

// GetBoard returns the board of the contacts that a filter means.
func (s *Service) GetBoard(ctx context.Context, w journal.WorkspaceID, in BoardInput) (Board, error) {
	if in.Limit < 0 || in.Limit > maxBoardPage {
		var k checker
		k.Add("query.limit", "must be 1 to %d", maxBoardPage)
		return Board{}, k.Err()
	}
	find, err := s.findInput(ctx, w, &ListContactsInput{
		Query: in.Query, Filter: in.Filter, Sort: cmp.Or(in.Sort, "-stage_since"), Limit: cmp.Or(in.Limit, boardPage), MinSeq: in.MinSeq,
	})
	if err != nil {
		return Board{}, err
	}
	f, err := s.find()
	if err != nil {
		return Board{}, err
	}
	counts, err := f.CountContacts(ctx, w, find)
	if err != nil {
		return Board{}, err
	}
	board, err := s.emptyBoard(ctx, w, counts)
	if err != nil {
		return Board{}, err
	}
	return board.Board, s.fill(ctx, w, board, find)
}

// emptyBoard has the columns with their counts.
func (s *Service) emptyBoard(ctx context.Context, w journal.WorkspaceID, counts map[lifecycle.StageID]int64) (*filledBoard, error) {
	b := &filledBoard{}
	err := s.store.Read(ctx, func(r Reader) error {
		c, err := r.Configuration(w)
		if err != nil {
			return err
		}
		for _, stage := range c.Lifecycle.Ordered(lifecycle.Progress, lifecycle.Won, lifecycle.Beyond, lifecycle.Lost, lifecycle.Aside) {
			if n := counts[stage.ID]; n > 0 || stage.ArchivedAt == 0 {
				b.add(c.stageRef(stage.ID), stage.ID, n)
			}
		}
		b.add(nil, lifecycle.NoStage, counts[lifecycle.NoStage])
		return nil
	})
	return b, err
}

// filledBoard is a board on its way.
type filledBoard struct {
	Board
	stages []lifecycle.StageID // of the columns
}

func (b *filledBoard) add(ref *StageRef, id lifecycle.StageID, n int64) {
	b.Columns = append(b.Columns, BoardColumn{Stage: ref, Count: n, Items: []Contact{}})
	b.stages = append(b.stages, id)
	b.Total += n
}

// fill adds the first contacts of the columns that have any.
func (s *Service) fill(ctx context.Context, w journal.WorkspaceID, b *filledBoard, in FindInput) error {
	filled := 0
	for i := range b.Columns {
		column := &b.Columns[i]
		if column.Count == 0 || filled == maxFilled {
			continue
		}
		filled++
		in.InStage = &b.stages[i]
		page, err := s.foundPage(ctx, w, in)
		if err != nil {
			return err
		}
		column.Items = page.Items
		if page.Next != "" {
			column.Next = &page.Next
		}
	}
	return nil
}
