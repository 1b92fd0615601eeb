package bench

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRecomputationsAgree checks that the shapes that the report is compared
// with compute the funnel, and not something cheaper.
func TestRecomputationsAgree(t *testing.T) {
	t.Parallel()
	r := &run{Options: Options{Dir: t.TempDir()}, business: newBusiness("c", 5, 3000)}
	var err error
	if r.ground, err = openGround(t.Context(), r.Dir, 10); err != nil {
		t.Fatal(err)
	}
	defer r.ground.close()
	if err := r.rawChanges(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := reachedInOrder(r.business)
	if len(want) != len(stageKeys) {
		t.Fatalf("the business reaches %d steps, want all %d", len(want), len(stageKeys))
	}
	for name, query := range map[string]string{"nested windows": nestedWindows(), "ordered fold": orderedFold()} {
		if diff := cmp.Diff(want, funnelOf(t.Context(), t, r.ground, query)); diff != "" {
			t.Errorf("%s differ from a plain loop:\n%s", name, diff)
		}
	}
}

// reachedInOrder counts contacts by the last step that they reached, all steps
// before it in order.
func reachedInOrder(b *business) map[int]int {
	reached := map[int32]int{}
	for e := range b.events() {
		if int(e.stage) == reached[e.contact]+1 && int(e.stage) <= len(stageKeys) {
			reached[e.contact]++
		}
	}
	counts := map[int]int{}
	for _, step := range reached {
		counts[step]++
	}
	return counts
}

func funnelOf(ctx context.Context, t *testing.T, g *ground, query string) map[int]int {
	t.Helper()
	rows, err := g.db.QueryContext(ctx, query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	counts := map[int]int{}
	for rows.Next() {
		var step, n int
		if err := rows.Scan(&step, &n); err != nil {
			t.Fatal(err)
		}
		counts[step] = n
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return counts
}
