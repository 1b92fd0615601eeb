package duckdb

import (
	"context"
	"fmt"
	"sync"
)

// originTexts are the texts behind numbers of sources and tags, as far as they
// were asked for: a number always says the same. They go with the generation,
// and when the file is written anew, as it is for whoever was erased.
type originTexts struct {
	mu    sync.Mutex
	known map[int64][8]string
}

// maxOrigins is how many are remembered: addresses of pages can be many.
const maxOrigins = 50_000

// of tells what is known of numbers, and which are not, once each.
func (o *originTexts) of(numbers []int64) (texts map[int64][8]string, missing []int64) {
	o.mu.Lock()
	defer o.mu.Unlock()
	texts = make(map[int64][8]string, len(numbers))
	for _, n := range numbers {
		if _, seen := texts[n]; seen {
			continue
		}
		of, known := o.known[n]
		if texts[n] = of; !known {
			missing = append(missing, n)
		}
	}
	return texts, missing
}

// add remembers what a number says.
func (o *originTexts) add(number int64, texts [8]string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.known == nil || len(o.known) >= maxOrigins {
		o.known = map[int64][8]string{}
	}
	o.known[number] = texts
}

// Origins implements report.OriginReading.
func (r *reading) Origins(ctx context.Context, numbers []int64) ([][8]string, error) {
	texts, missing := r.g.texts.of(numbers)
	if len(missing) > 0 {
		looked, err := r.lookUp(ctx, missing)
		if err != nil {
			return nil, err
		}
		for i, n := range missing {
			texts[n] = looked[i]
			r.g.texts.add(n, looked[i])
		}
	}
	out := make([][8]string, len(numbers))
	for i, n := range numbers {
		out[i] = texts[n]
	}
	return out, nil
}

// lookUp asks the record.
func (r *reading) lookUp(ctx context.Context, numbers []int64) ([][8]string, error) {
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
