package memory

import (
	"context"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/subject"
)

// OpenAt implements report.OpenReading: it folds each contact again without the
// changes after the instant.
func (r *reading) OpenAt(_ context.Context, p report.Plan, at lifecycle.Millis) ([]report.OpenCount, error) {
	counts := map[report.OpenCount]*report.OpenCount{}
	list, groups := r.of(&p)
	for i, j := range list {
		then := r.folder.FoldUntil(j.person.Changes, at)
		if j.Number > len(then) || then[j.Number-1].Outcome != lifecycle.Open {
			continue
		}
		key := report.OpenCount{Group: groups[i], Stage: then[j.Number-1].Present}
		amount, currency, _ := subject.Money(j.person.Fields[journal.FieldValue])
		key.Currency = currency
		c := entry(counts, key)
		c.N++
		c.Value += amount
		c.Age += max(0, min(at, p.AsOf)-j.EnteredAt)
	}
	return collect(counts), nil
}
