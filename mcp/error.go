package mcp

import (
	"context"
	"errors"
	"log/slog"
	"strings"

	"github.com/tidemark/tidemark/fault"
)

// shown is an error as an assistant may read it, to ask better: what is
// internal is logged and not shown.
func (s *Server) shown(ctx context.Context, tool string, err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind == fault.Internal {
		if ctx.Err() == nil {
			s.log.LogAttrs(ctx, slog.LevelError, "tool failed", slog.String("tool", tool), slog.Any("error", err))
		}
		return errors.New("something went wrong on our side; the server's log has the details")
	}
	var b strings.Builder
	b.WriteString(f.Message)
	for _, d := range f.Details {
		b.WriteString(" " + strings.TrimPrefix(d.Location, "query.") + " " + d.Message + ".")
	}
	return errors.New(b.String())
}
