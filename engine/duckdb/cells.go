package duckdb

import (
	"context"
	"database/sql"
	"encoding"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/tidemark/tidemark/funnel"
	"github.com/tidemark/tidemark/journal"
)

// cells is a dictionary of cells, numbered from 0, kept in a table and held
// in memory. Numbers are given once; a reader may know more than its view.
type cells[C comparable] struct {
	table    string
	mu       sync.RWMutex
	numbers  map[C]int32
	byNumber []C
}

// cellText is what a pointer to a cell can do.
type cellText[C any] interface {
	*C
	encoding.TextUnmarshaler
	encoding.TextMarshaler
}

func loadCells[C comparable, P cellText[C]](ctx context.Context, q querier, table string) (*cells[C], error) {
	c := &cells[C]{table: table, numbers: map[C]int32{}}
	texts, err := collect(ctx, q, "SELECT cell FROM "+table+" ORDER BY number", scanOne[string])
	if err != nil {
		return nil, err
	}
	for i, text := range texts {
		var cell C
		if err := P(&cell).UnmarshalText([]byte(text)); err != nil {
			return nil, err
		}
		c.numbers[cell] = int32(i)
		c.byNumber = append(c.byNumber, cell)
	}
	return c, nil
}

// all returns the cells in order of number. The slice must not be changed.
func (c *cells[C]) all() []C {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return slices.Clip(c.byNumber)
}

// number returns the numbers of cells. New ones are written, in a commit of
// their own: a number without rows does no harm.
func number[C comparable, P cellText[C]](ctx context.Context, conn *sql.Conn, c *cells[C], wanted []C) ([]int32, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var fresh []C
	numbers := make([]int32, len(wanted))
	added := map[C]int32{}
	for i, cell := range wanted {
		n, ok := c.numbers[cell]
		if !ok {
			n, ok = added[cell]
		}
		if !ok {
			n = int32(len(c.byNumber) + len(fresh))
			added[cell] = n
			fresh = append(fresh, cell)
		}
		numbers[i] = n
	}
	if len(fresh) == 0 {
		return numbers, nil
	}
	if err := insertCells[C, P](ctx, conn, c.table, len(c.byNumber), fresh); err != nil {
		return nil, err
	}
	for _, cell := range fresh {
		c.numbers[cell] = added[cell]
		c.byNumber = append(c.byNumber, cell)
	}
	return numbers, nil
}

func insertCells[C any, P cellText[C]](ctx context.Context, conn *sql.Conn, table string, from int, fresh []C) error {
	var b strings.Builder
	args := make([]any, 0, len(fresh))
	for i := range fresh {
		text, err := P(&fresh[i]).MarshalText()
		if err != nil {
			return err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "(%d,?)", from+i)
		args = append(args, string(text))
	}
	if _, err := conn.ExecContext(ctx, "INSERT INTO "+table+" VALUES "+b.String(), args...); err != nil {
		return fmt.Errorf("duckdb: number cells: %w", err)
	}
	return nil
}

// JourneyCells implements projector.Cells.
func (e *Engine) JourneyCells(ctx context.Context, w journal.WorkspaceID, n int64, wanted []funnel.JourneyCell) (out []int32, err error) {
	err = e.aside(ctx, func(conn *sql.Conn) error {
		g, err := e.generation(ctx, conn, generationKey{w, n})
		if err != nil {
			return err
		}
		out, err = number(ctx, conn, g.journeys, wanted)
		return err
	})
	return out, err
}

// StayCells implements projector.Cells.
func (e *Engine) StayCells(ctx context.Context, w journal.WorkspaceID, n int64, wanted []funnel.StayCell) (out []int32, err error) {
	err = e.aside(ctx, func(conn *sql.Conn) error {
		g, err := e.generation(ctx, conn, generationKey{w, n})
		if err != nil {
			return err
		}
		out, err = number(ctx, conn, g.stays, wanted)
		return err
	})
	return out, err
}
