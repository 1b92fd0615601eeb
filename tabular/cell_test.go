package tabular

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestParseDates(t *testing.T) {
	t.Parallel()
	tests := []struct{ format, zone, cell, want string }{
		{"iso", "UTC", "2021-03-04", "2021-03-04T00:00:00Z"},
		{"rfc3339", "UTC", "2021-03-04T05:06:07.89+01:00", "2021-03-04T04:06:07.89Z"},
		{"iso", "Europe/Paris", " 2021-03-04 05:06 ", "2021-03-04T04:06:00Z"},
		{"iso", "UTC", "2011-10-11 13:45:40.276000+02:00", "2011-10-11T11:45:40.276Z"},
		{"iso", "UTC", "2011-10-11 13:45:40+0200", "2011-10-11T11:45:40Z"},
		{"iso", "Europe/Paris", "2011-10-11 13:45:40 UTC", "2011-10-11T13:45:40Z"},
		{"day_first", "UTC", "3/4/2021", "2021-04-03T00:00:00Z"},
		{"day_first", "UTC", "03.04.21 15:04", "2021-04-03T15:04:00Z"},
		{"month_first", "UTC", "03/04/2021 3:04 PM", "2021-03-04T15:04:00Z"},
		{"unix", "UTC", "1614834367.5", "2021-03-04T05:06:07.5Z"},
		{"unix_ms", "UTC", "1614834367500", "2021-03-04T05:06:07.5Z"},
		{"DD MMM, YYYY HH:mm:ss", "Asia/Tokyo", "04 Mar, 2021 05:06:07", "2021-03-03T20:06:07Z"},
		{"M/D/YY h:mm A", "UTC", "3/4/21 5:06 PM", "2021-03-04T17:06:00Z"},
		{"YYYYMMDD", "UTC", "20210304", "2021-03-04T00:00:00Z"},
		// A midnight that the clock change skips: the day begins at 01:00.
		{"iso", "America/Sao_Paulo", "2017-10-15", "2017-10-15T03:00:00Z"},
		{"iso", "Africa/Cairo", "2023-04-28", "2023-04-27T22:00:00Z"},
	}
	for _, test := range tests {
		d, err := ParseDates(test.format, zone(t, test.zone))
		if err != nil {
			t.Errorf("%s: %v", test.format, err)
			continue
		}
		got, err := d.Parse(test.cell)
		if err != nil || got.UTC().Format(time.RFC3339Nano) != test.want {
			t.Errorf("%s of %q in %s: got %v, %v; want %s", test.format, test.cell, test.zone, got.UTC(), err, test.want)
		}
	}
}

func TestParseDatesRefused(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"", "MM/DD", "YYYY-MM-DD-MM", "whenever", "2006-01-02"} {
		if _, err := ParseDates(format, time.UTC); err == nil {
			t.Errorf("format %q was taken", format)
		}
	}
	for _, pair := range [][2]string{
		{"iso", "2021-02-30"},
		{"iso", "04.03.2021"},
		{"iso", ""},
		{"iso", "0021-01-01"},
		{"unix", "1614834367500"},
		{"unix", "NaN"},
		{"unix", "soon"},
		{"day_first", "4/13/2021"},
		{"iso", "2021-03-04 25:00"},
	} {
		d, err := ParseDates(pair[0], time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := d.Parse(pair[1]); err == nil {
			t.Errorf("%s read %q as %v", pair[0], pair[1], got)
		}
	}
}

func TestGuessDates(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		cells      []string
		want, fail string // of the last cell
	}{
		"iso":             {cells: []string{"", "2021-03-04"}, want: "2021-03-04"},
		"a day over 12":   {cells: []string{"03/04/2021", "13/04/2021", "05/04/2021"}, want: "2021-04-05"},
		"a month first":   {cells: []string{"03/04/2021", "04/13/2021", "05/04/2021"}, want: "2021-05-04"},
		"both the same":   {cells: []string{"03/03/2021"}, want: "2021-03-03"},
		"ambiguous":       {cells: []string{"03/04/2021", "05/06/2021"}, fail: `"03/04/2021" may be day first or month first: say "format": "day_first" or "month_first"`},
		"ambiguous dots":  {cells: []string{"03.04.2021"}, fail: `"03.04.2021" may be day first or month first: say "format": "day_first" or "month_first"`},
		"a month's name":  {cells: []string{"4 Mar 2021"}, want: "2021-03-04"},
		"a name in front": {cells: []string{"March 4, 2021 15:00"}, want: "2021-03-04"},
		"one bad cell":    {cells: []string{"soon", "2021-03-04"}, want: "2021-03-04"},
		"no date":         {cells: []string{"soon"}, fail: `"soon" is no date that can be guessed: say its "format"`},
		"a number":        {cells: []string{"1614834367"}, fail: `"1614834367" is no date that can be guessed: say its "format"`},
		"nothing":         {cells: []string{"", " "}},
	}
	for name, test := range tests {
		d, err := GuessDates(test.cells, time.UTC)
		if test.fail != "" {
			if err == nil || err.Error() != test.fail {
				t.Errorf("%s: got %v, want %s", name, err, test.fail)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, err := d.Parse(test.cells[len(test.cells)-1]); test.want != "" && (err != nil || got.Format(time.DateOnly) != test.want) {
			t.Errorf("%s: got %v, %v; want %s", name, got, err, test.want)
		}
	}
}

func TestAmounts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		column   []string // the first is parsed
		in       string   // minor units of
		want     int64
		currency string
	}{
		{[]string{"1054"}, "EUR", 105400, ""},
		{[]string{"1,054.50"}, "EUR", 105450, ""},
		{[]string{"$22,700.00"}, "USD", 2270000, "$"},
		{[]string{"22.700,00 €"}, "EUR", 2270000, "EUR"},
		{[]string{"1 054,5"}, "EUR", 105450, ""},
		{[]string{"1'054.50 CHF"}, "CHF", 105450, "CHF"},
		{[]string{"(12.30)"}, "EUR", -1230, ""},
		{[]string{"-0.015"}, "EUR", -2, ""},
		{[]string{"26.85120450862128"}, "EUR", 2685, ""},
		{[]string{"22,700.00", "1.5"}, "JPY", 22700, ""},
		{[]string{"1.234", "1.5"}, "KWD", 1234, ""},
		{[]string{"1.234", "1,5"}, "EUR", 123400, ""},
		{[]string{"1,234", "1.234,50"}, "EUR", 123, ""},
		{[]string{"1,234,567"}, "EUR", 123456700, ""},
		{[]string{"12,34,567.00"}, "INR", 123456700, ""},
		{[]string{"usd 5"}, "USD", 500, "USD"},
		{[]string{".5"}, "EUR", 50, ""},
	}
	for _, test := range tests {
		a, err := GuessAmounts(test.column)
		if err != nil {
			t.Errorf("%q: %v", test.column, err)
			continue
		}
		amount, err := a.Parse(test.column[0])
		if err != nil {
			t.Errorf("%q: %v", test.column, err)
			continue
		}
		got, err := amount.Minor(test.in)
		if err != nil || got != test.want || amount.Currency != test.currency {
			t.Errorf("%q: got %d %s, %v; want %d %s", test.column, got, amount.Currency, err, test.want, test.currency)
		}
	}
}

func TestAmountsRefused(t *testing.T) {
	t.Parallel()
	if _, err := GuessAmounts([]string{"1", "1.234"}); err == nil || !strings.Contains(err.Error(), `"1.234" may have`) {
		t.Errorf("an ambiguous column: %v", err)
	}
	if _, err := ParseAmounts("2 decimals"); err == nil {
		t.Error("an unknown format was taken")
	}
	a, err := ParseAmounts(AmountPoint)
	if err != nil {
		t.Fatal(err)
	}
	for _, cell := range []string{"", "none", "1,2", "1.2.3", "1,23,4", "--", "€", ",", strings.Repeat("9", 50)} {
		if got, err := a.Parse(cell); err == nil {
			t.Errorf("%q was read as %v", cell, got.value)
		}
	}
	amount, err := a.Parse(strings.Repeat("9", 30))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := amount.Minor("EUR"); err == nil {
		t.Error("an amount beyond 64 bits was taken")
	}
}

func TestDefuse(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"": "", "a=b": "a=b", "=1+1": "'=1+1", "@x": "'@x", "+cmd": "'+cmd", "-2": "-2", "+4.5": "+4.5", "-2+3": "'-2+3", "--2": "'--2", "\tx": "'\tx", "-": "'-",
	} {
		if got := Defuse(cell); got != want {
			t.Errorf("Defuse(%q) = %q, want %q", cell, got, want)
		}
	}
}

// FuzzAmounts: an amount in minor units survives being written with groups of
// thousands, in both notations, whatever stands around it.
func FuzzAmounts(f *testing.F) {
	f.Add(int64(105450), "EUR")
	f.Add(int64(-5), "JPY")
	f.Add(int64(1<<62), "KWD")
	f.Fuzz(func(t *testing.T, minor int64, currency string) {
		if !IsCurrency(currency) || minor == -1<<63 {
			return
		}
		for _, format := range []string{AmountPoint, AmountComma} {
			a, err := ParseAmounts(format)
			if err != nil {
				t.Fatal(err)
			}
			written := write(minor, MinorDigits(currency), a.point) + " " + currency
			amount, err := a.Parse(written)
			if err != nil {
				t.Fatalf("%q: %v", written, err)
			}
			if got, err := amount.Minor(currency); err != nil || got != minor || amount.Currency != currency {
				t.Fatalf("%q: got %d %s, %v; want %d %s", written, got, amount.Currency, err, minor, currency)
			}
		}
	})
}

// write writes minor units with groups of thousands.
func write(minor int64, decimals int, point byte) string {
	digits := strconv.FormatInt(max(minor, -minor), 10)
	digits = strings.Repeat("0", max(0, decimals+1-len(digits))) + digits
	whole, rest := digits[:len(digits)-decimals], digits[len(digits)-decimals:]
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + string('.'+','-point) + whole[i:]
	}
	if rest != "" {
		whole += string(point) + rest
	}
	if minor < 0 {
		return "-" + whole
	}
	return whole
}

// FuzzDates: no format and no cell breaks anything, and a date that a guessed
// notation reads is one that its sample is read with too.
func FuzzDates(f *testing.F) {
	f.Add("DD MMM, YYYY HH:mm:ss", "04 Mar, 2021 05:06:07")
	f.Add("unix", "1614834367.5")
	f.Add("h:mm A YYYYMMDD", "2021-03-04T05:06:07Z")
	f.Fuzz(func(t *testing.T, format, cell string) {
		if d, err := ParseDates(format, time.UTC); err == nil {
			if at, err := d.Parse(cell); err == nil && (at.UTC().Year() < 1900 || at.UTC().Year() > 2200) {
				t.Fatalf("%q read %q as %v", format, cell, at)
			}
		}
		d, err := GuessDates([]string{cell}, time.UTC)
		if err != nil || strings.TrimSpace(cell) == "" {
			return
		}
		if _, err := d.Parse(cell); err != nil {
			t.Fatalf("the guess from %q does not read it: %v", cell, err)
		}
	})
}
