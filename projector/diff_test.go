package projector

import (
	"testing"

	"pgregory.net/rapid"
)

type signed struct{ sign, value int }

// The difference, added to the old rows, leaves the new ones, and never takes
// back and adds the same row.
func TestDiffTurnsOldIntoNew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) signed {
			return signed{1, rapid.IntRange(0, 5).Draw(t, "value")}
		}), 0, 2*few)
		old, now := rows.Draw(t, "old"), rows.Draw(t, "now")
		net := map[int]int{}
		for _, r := range old {
			net[r.value]++
		}
		signs := map[int]int{}
		for _, r := range diff(nil, old, now, func(r signed) signed { return signed{-r.sign, r.value} }) {
			if signs[r.value] != 0 && signs[r.value] != r.sign {
				t.Fatalf("%d is both taken back and added", r.value)
			}
			signs[r.value] = r.sign
			net[r.value] += r.sign
		}
		for _, r := range now {
			net[r.value]--
		}
		for value, n := range net {
			if n != 0 {
				t.Fatalf("%d is off by %d", value, n)
			}
		}
	})
}
