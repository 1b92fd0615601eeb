package duckdb

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
)

// View implements report.Engine.
func (e *Engine) View(ctx context.Context, w journal.WorkspaceID, read func(report.Reading) error) error {
	s, err := e.places.enter(ctx)
	if err != nil {
		return err
	}
	defer e.places.leave(s)
	e.lock.RLock()
	defer e.lock.RUnlock()
	if e.db == nil {
		return errClosed()
	}
	if err := s.open(ctx, e.db); err != nil {
		return e.judge(w, err)
	}
	err = inTransaction(ctx, s.conn, func() error { return e.view(ctx, s, w, read) })
	if err != nil && ctx.Err() == nil && corrupt(err) {
		_ = s.close() // it may be of no further use
	}
	return e.judge(w, err)
}

func (e *Engine) view(ctx context.Context, s *session, w journal.WorkspaceID, read func(report.Reading) error) error {
	query := fmt.Sprintf("SELECT %s FROM generation WHERE workspace = ? AND state = %d", generationColumns, inForce)
	rows, err := collect(ctx, kept{s}, query, scanGeneration, int64(w))
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return &fault.Error{
			Kind: fault.Unavailable, Code: "recomputing", RetryAfter: time.Second,
			Message: "The reports of this workspace are being computed. Try again in a moment.",
		}
	}
	g, err := e.generation(ctx, s, generationKey{w, rows[0].number})
	if err != nil {
		return err
	}
	configuration, err := g.configure(rows[0].configuration)
	if err != nil {
		return err
	}
	return read(&reading{
		q: s, g: g, covered: rows[0].covered, places: e.places, trim: e.trim, bounds: e.bounds, journeyCells: g.journeys.all(), stayCells: g.stays.all(), dict: e.dict, latest: lifecycle.Millis(rows[0].latest),
		cursor: report.Cursor{Seq: rows[0].seq, Generation: rows[0].number, Configuration: configuration},
	})
}

// reading is one view of a workspace.
type reading struct {
	q      *session
	g      *generation
	dict   dictionary
	latest lifecycle.Millis
	cursor report.Cursor

	journeyCells []funnel.JourneyCell // by number
	stayCells    []funnel.StayCell

	places  *places
	covered covered
	trim    func(*generation)
	bounds  bounds
	summed  *sums           // of the view, once asked for
	walked  *paths          // the same
	taken   map[string]bool // tables with rows that were taken back, as far as asked
}

// dictionary is what a reading looks up.
type dictionary interface {
	Numbers(ctx context.Context, w journal.WorkspaceID, texts []string) ([]int64, error)
	Texts(ctx context.Context, w journal.WorkspaceID, numbers []int64) ([]string, error)
	SourceFields(ctx context.Context, w journal.WorkspaceID, numbers []int64) ([][8]int64, error)
}

// Cursor implements report.Reading.
func (r *reading) Cursor() report.Cursor { return r.cursor }

// table names a table of the generation.
func (r *reading) table(name string) string { return r.g.schema + "." + name }

// numbers looks up texts, leaving out unknown ones and the empty one.
func (r *reading) numbers(ctx context.Context, texts []string) ([]int64, error) {
	all, err := r.dict.Numbers(ctx, r.g.key.workspace, texts)
	if err != nil {
		return nil, fmt.Errorf("duckdb: look up texts: %w", err)
	}
	known := all[:0:0]
	for _, n := range all {
		if n > 0 {
			known = append(known, n)
		}
	}
	return known, nil
}

// integers writes a list for IN. An empty one would be no SQL: it gets a
// number that nothing has.
func integers(list []int64) string {
	if len(list) == 0 {
		return "-1"
	}
	var b strings.Builder
	for i, n := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(n, 10))
	}
	return b.String()
}

// within lists the numbers of cells that pass a test.
func within[C comparable](c *cells[C], test func(C) bool) string {
	var list []int64
	for i, cell := range c.all() {
		if test(cell) {
			list = append(list, int64(i))
		}
	}
	return integers(list)
}
