package destination

import (
	"strings"
	"testing"

	"github.com/tidemark/tidemark/tabular"
)

// FuzzAmounts reads what is written again.
func FuzzAmounts(f *testing.F) {
	f.Add(int64(12_345), uint8(0))
	f.Add(int64(-5), uint8(1))
	f.Add(int64(0), uint8(2))
	f.Add(int64(-1<<63), uint8(0))
	f.Fuzz(func(t *testing.T, minor int64, which uint8) {
		currency := []string{"EUR", "JPY", "KWD"}[which%3]
		written := string(major(minor, currency))
		if minor == -1<<63 {
			return // no amount of a contact
		}
		format, err := tabular.ParseAmounts(tabular.AmountPoint)
		if err != nil {
			t.Fatal(err)
		}
		amount, err := format.Parse(written)
		if err != nil {
			t.Fatalf("%q: %v", written, err)
		}
		if got, err := amount.Minor(currency); err != nil || got != minor {
			t.Errorf("%d %s is written %q, which is %d, %v", minor, currency, written, got, err)
		}
	})
}

// FuzzNormalised hashes the same person the same way, however it is written.
func FuzzNormalised(f *testing.F) {
	f.Add("Ada.Lovelace@Gmail.com", "+33 6 12 34 56 78")
	f.Add("a@b", "0033 6")
	f.Add("@", "06")
	f.Fuzz(func(t *testing.T, email, phone string) {
		if again := googleEmail(googleEmail(email)); again != googleEmail(email) {
			t.Errorf("%q becomes %q, then %q", email, googleEmail(email), again)
		}
		if p := googlePhone(phone); p != googlePhone(p) || strings.Trim(p, "+0123456789") != "" {
			t.Errorf("%q becomes %q, then %q", phone, p, googlePhone(p))
		}
	})
}
