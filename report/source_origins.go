package report

import (
	"context"
	"fmt"
	"slices"

	"github.com/tidemark/tidemark/touch"
)

// origins are what dictionary numbers say, as far as looked up. Millions are
// asked for: they are found by their place.
type origins struct {
	place []int32 // by number: of its texts, from 1; 0 = not looked up
	texts [][8]string
}

// knows reports whether a number was looked up.
func (o *origins) knows(number int64) bool {
	return number < int64(len(o.place)) && o.place[number] > 0
}

// of is what a number says; it must have been learned.
func (o *origins) of(number int64) [8]string {
	if !o.knows(number) {
		return [8]string{}
	}
	return o.texts[o.place[number]-1]
}

func (o *origins) add(number int64, texts [8]string) {
	for int64(len(o.place)) <= number {
		o.place = append(o.place, 0)
	}
	o.texts = append(o.texts, texts)
	o.place[number] = int32(len(o.texts))
}

func (o *origins) clone() origins { return origins{slices.Clone(o.place), slices.Clone(o.texts)} }

// learn looks up what dictionary numbers say.
func (v *sourceView) learn(ctx context.Context, numbers []int64) error {
	var missing []int64
	for _, n := range numbers {
		if !v.origins.knows(n) {
			v.origins.add(n, [8]string{})
			missing = append(missing, n)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	texts, err := v.reading.Origins(ctx, missing)
	if err != nil {
		return fmt.Errorf("report: look up sources: %w", err)
	}
	for i, n := range missing {
		v.origins.add(n, texts[i])
	}
	return nil
}

// origin is what two dictionary numbers say.
func (v *sourceView) origin(source, utm int64) touch.Origin {
	return touch.Origin{Source: touch.SourceOf(v.origins.of(source)), UTM: touch.UTMOf(v.origins.of(utm))}
}
