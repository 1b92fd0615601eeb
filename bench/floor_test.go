package bench

import "testing"

// TestFloorsAgree uses a size at which products no longer fit 32 bits: Go and
// DuckDB must still sum the same column.
func TestFloorsAgree(t *testing.T) {
	t.Parallel()
	g, err := openGround(t.Context(), t.TempDir(), 700_000)
	if err != nil {
		t.Fatal(err)
	}
	defer g.close()
	f, err := g.measure(t.Context(), 3)
	if err != nil {
		t.Fatal(err)
	}
	if f.f1.Runs != 3 || f.f2.Runs != 3 || f.f1.Min <= 0 || f.f2.Min <= 0 {
		t.Errorf("measured %+v", f)
	}
}
