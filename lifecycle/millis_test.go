package lifecycle_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tidemark/tidemark/lifecycle"
)

// TestMillisText writes instants as the time package does with the layout that
// answers are documented with, and reads them back.
func TestMillisText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		// From the year 0 to 9999: RFC 3339 has no others.
		m := lifecycle.Millis(rapid.Int64Range(-62_167_219_200_000, 253_402_300_799_999).Draw(t, "millis"))
		text, err := m.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		if want := m.Time().Format("2006-01-02T15:04:05.000Z"); string(text) != want {
			t.Fatalf("%d is %s, want %s", m, text, want)
		}
		var back lifecycle.Millis
		if err := back.UnmarshalText(text); err != nil || back != m {
			t.Fatalf("%s reads as %d (%v), want %d", text, back, err, m)
		}
	})
}
