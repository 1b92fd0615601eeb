package tabular

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strings"
	"unicode"
)

// Amounts reads the amounts of money of one column.
type Amounts struct {
	point byte // '.' or ',', whichever divides the decimals
}

// Names of amount formats: how one thousand two hundred and thirty-four and a
// half is written in the column.
const (
	AmountPoint = "1,234.50"
	AmountComma = "1.234,50"
)

// Amount is a decimal number as it was written, and the currency that was
// written with it, if any.
type Amount struct {
	value    *big.Rat
	Currency string // ISO 4217; "" = none written; "$" = one of the dollars
}

// ParseAmounts prepares a format by its name.
func ParseAmounts(format string) (*Amounts, error) {
	switch format {
	case AmountPoint, "1234.50":
		return &Amounts{'.'}, nil
	case AmountComma, "1234,50":
		return &Amounts{','}, nil
	}
	return nil, fmt.Errorf("the amount format %q is not known: use %q or %q", short(format), AmountPoint, AmountComma)
}

// GuessAmounts finds the decimal sign of a column from some of its cells. It
// refuses where every cell could be read both ways.
func GuessAmounts(sample []string) (*Amounts, error) {
	doubtful := ""
	for _, cell := range sample {
		_, number := splitCurrency(cell)
		point, sure := decimalSign(number)
		if sure {
			return &Amounts{point}, nil
		}
		if doubtful == "" && strings.ContainsAny(number, ".,") {
			doubtful = cell
		}
	}
	if doubtful != "" {
		return nil, fmt.Errorf("%q may have a decimal sign or a thousands sign: say \"format\": %q or %q", short(doubtful), AmountPoint, AmountComma)
	}
	return &Amounts{'.'}, nil
}

// decimalSign tells the decimal sign of one number, if it cannot be mistaken.
func decimalSign(number string) (sign byte, sure bool) {
	i := strings.LastIndexAny(number, ".,")
	if i < 0 {
		return '.', false
	}
	sign = number[i]
	other := byte('.' + ',' - sign)
	switch {
	case strings.IndexByte(number, other) >= 0 && strings.Count(number, string(sign)) == 1:
		return sign, true
	case strings.Count(number, string(sign)) > 1:
		return other, true // groups of thousands only
	case len(number)-i-1 != 3:
		return sign, true
	}
	return sign, strings.Trim(number[:i], "-0") == ""
}

// Parse reads one cell. The error is safe to show.
func (a *Amounts) Parse(cell string) (Amount, error) {
	currency, number := splitCurrency(cell)
	whole, decimals, _ := strings.Cut(number, string(a.point))
	grouping := byte('.' + ',' - a.point)
	digits, ok := ungroup(whole, grouping)
	if !ok || strings.Trim(decimals, "0123456789") != "" || digits+decimals == "" || digits == "-" && decimals == "" || len(number) > 40 {
		return Amount{}, fmt.Errorf("%q is not an amount such as %s", short(cell), a.format())
	}
	value, ok := new(big.Rat).SetString(digits + "." + decimals + "0")
	if !ok {
		return Amount{}, fmt.Errorf("%q is not an amount such as %s", short(cell), a.format())
	}
	return Amount{value, currency}, nil
}

func (a *Amounts) format() string {
	if a.point == ',' {
		return AmountComma
	}
	return AmountPoint
}

// ungroup removes the signs of thousands, which stand before three digits.
func ungroup(whole string, grouping byte) (string, bool) {
	groups := strings.Split(whole, string(grouping))
	for i, g := range groups {
		if i == 0 {
			g = strings.TrimPrefix(g, "-")
		}
		if strings.Trim(g, "0123456789") != "" || (len(groups) > 1 && (g == "" || i > 0 && len(g) != 3 && len(g) != 2)) {
			return "", false
		}
	}
	if len(groups) > 1 && len(groups[len(groups)-1]) != 3 {
		return "", false
	}
	return strings.Join(groups, ""), true
}

// splitCurrency separates the number, without spaces, from what is written
// around it. Brackets and a minus at either end make it negative.
func splitCurrency(cell string) (currency, number string) {
	var n, c strings.Builder
	negative := false
	for _, r := range cell {
		switch {
		case r >= '0' && r <= '9', r == '.' && (n.Len() > 0 || c.Len() == 0), r == ',':
			n.WriteRune(r)
		case r == '-', r == '−', r == '(':
			negative = true
		case r == '+', r == ')', r == '\'', r == '’', unicode.IsSpace(r):
		default:
			c.WriteRune(r)
		}
	}
	number = strings.TrimRight(n.String(), ".")
	if negative {
		number = "-" + number
	}
	return currencyOf(c.String()), number
}

// errRange says that an amount has no place in 64 bits.
var errRange = errors.New("the amount is too large")

// Minor returns the amount in minor units of a currency, rounded half away
// from zero where it is finer.
func (a Amount) Minor(currency string) (int64, error) {
	scaled := new(big.Rat).Mul(a.value, big.NewRat(pow10(MinorDigits(currency)), 1))
	half := big.NewRat(int64(scaled.Sign()), 2)
	scaled.Add(scaled, half)
	whole := new(big.Int).Quo(scaled.Num(), scaled.Denom())
	if !whole.IsInt64() || whole.Int64() == math.MinInt64 {
		return 0, errRange
	}
	return whole.Int64(), nil
}

func pow10(n int) int64 {
	out := int64(1)
	for range n {
		out *= 10
	}
	return out
}
