package duckdb

import (
	"context"
	"fmt"
)

// Origins implements report.OriginReading.
func (r *reading) Origins(ctx context.Context, numbers []int64) ([][8]string, error) {
	fields, err := r.dict.SourceFields(ctx, r.g.key.workspace, numbers)
	if err != nil {
		return nil, fmt.Errorf("duckdb: look up sources: %w", err)
	}
	var texts []int64
	for _, of := range fields {
		for _, n := range of {
			if n != 0 {
				texts = append(texts, n)
			}
		}
	}
	words, err := r.dict.Texts(ctx, r.g.key.workspace, texts)
	if err != nil {
		return nil, fmt.Errorf("duckdb: look up texts: %w", err)
	}
	out := make([][8]string, len(fields))
	for i, of := range fields {
		for j, n := range of {
			if n != 0 {
				out[i][j], words = words[0], words[1:]
			}
		}
	}
	return out, nil
}
