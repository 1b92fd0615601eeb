package touch

// Number is a phone number that a business shows to visitors of one source, so
// that a call tells where the caller came from.
type Number struct {
	Number string `json:"number"`
	Source Source `json:"source"` // an empty field is any
}

// Numbers are those of a workspace.
type Numbers []Number

// For returns the number to show to whoever comes from a source: the one that
// says most about it, the first of several; "" = none fits.
func (n Numbers) For(s Source) string {
	best, most := "", 0
	for _, number := range n {
		if said, ok := number.Source.holds(s); ok && said > most {
			best, most = number.Number, said
		}
	}
	return best
}

// Of returns the source of calls to a number.
func (n Numbers) Of(called string) (Source, bool) {
	for _, number := range n {
		if digits := onlyDigits(number.Number); digits != "" && digits == onlyDigits(called) {
			return number.Source, true
		}
	}
	return Source{}, false
}

// holds reports whether all fields that one source names are those of another,
// and how many it names.
func (s Source) holds(of Source) (said int, ok bool) {
	named, values := s.Values(), of.Values()
	for i, value := range named {
		switch {
		case value == "":
		case value != values[i]:
			return 0, false
		default:
			said++
		}
	}
	return said, true
}

// onlyDigits leaves out what people write between them, and the two ways to
// begin a number with its country.
func onlyDigits(number string) string {
	digits := make([]byte, 0, len(number))
	for i := range len(number) {
		if number[i] >= '0' && number[i] <= '9' {
			digits = append(digits, number[i])
		}
	}
	if len(digits) > 2 && digits[0] == '0' && digits[1] == '0' {
		digits = digits[2:]
	}
	return string(digits)
}
