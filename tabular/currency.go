package tabular

import "strings"

// MinorDigits is how many decimals a currency has (ISO 4217).
func MinorDigits(currency string) int {
	switch currency {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	case "CLF", "UYW":
		return 4
	}
	return 2
}

// Dollar stands for a sign that several currencies share.
const Dollar = "$"

// IsDollar reports whether a currency is written with the sign $.
func IsDollar(currency string) bool {
	return strings.Contains(" USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP ", " "+currency+" ")
}

// currencyOf reads what is written around a number: a code of three letters
// or a sign that stands for one currency. Text that says nothing is ignored
// only if it is empty.
func currencyOf(text string) string {
	switch text {
	case "":
		return ""
	case "€":
		return "EUR"
	case "£":
		return "GBP"
	case "₹":
		return "INR"
	case "₽":
		return "RUB"
	case "₩":
		return "KRW"
	case "₺":
		return "TRY"
	case "₴":
		return "UAH"
	case "₪":
		return "ILS"
	case "R$":
		return "BRL"
	case "US$":
		return "USD"
	}
	return strings.ToUpper(text)
}

// IsCurrency reports whether the text has the form of an ISO 4217 code.
func IsCurrency(text string) bool {
	if len(text) != 3 {
		return false
	}
	for i := range 3 {
		if text[i] < 'A' || text[i] > 'Z' {
			return false
		}
	}
	return true
}
