package segment

import "strconv"

// MarshalJSON writes {"all": [...]}.
func (a All) MarshalJSON() ([]byte, error) { return appendJSON(nil, a), nil }

// MarshalJSON writes {"any": [...]}.
func (a Any) MarshalJSON() ([]byte, error) { return appendJSON(nil, a), nil }

// MarshalJSON writes {"not": ...}.
func (n Not) MarshalJSON() ([]byte, error) { return appendJSON(nil, n), nil }

// MarshalJSON writes {"field", "op", "value"}; exists has no value.
func (t Term) MarshalJSON() ([]byte, error) { return appendJSON(nil, t), nil }

// MarshalJSON writes a scalar or an array of scalars.
func (v Value) MarshalJSON() ([]byte, error) { return appendValue(nil, v), nil }

func appendJSON(b []byte, e Expr) []byte {
	switch e := e.(type) {
	case All:
		return appendParts(b, `{"all":[`, e)
	case Any:
		return appendParts(b, `{"any":[`, e)
	case Not:
		b = append(b, `{"not":`...)
		return append(appendJSON(b, e.Expr), '}')
	case Term:
		b = appendQuoted(append(b, `{"field":`...), e.Field.String())
		b = appendQuoted(append(b, `,"op":`...), string(e.Op))
		if e.Op != Exists {
			b = appendValue(append(b, `,"value":`...), e.Value)
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

func appendParts(b []byte, open string, parts []Expr) []byte {
	b = append(b, open...)
	for i, part := range parts {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendJSON(b, part)
	}
	return append(b, "]}"...)
}

func appendValue(b []byte, v Value) []byte {
	switch v.Kind {
	case KindText:
		return appendQuoted(b, v.Text)
	case KindNumber:
		return append(b, formatNumber(v.Number)...)
	case KindFlag:
		return strconv.AppendBool(b, v.Flag)
	case KindList:
		b = append(b, '[')
		for i, item := range v.List {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, item)
		}
		return append(b, ']')
	}
	return append(b, "null"...)
}

// Filter holds an Expr where encoding/json needs a type to read into. Its zero
// value, null in JSON, is no filter.
type Filter struct{ Expr Expr }

// MarshalJSON writes the filter, or null.
func (f Filter) MarshalJSON() ([]byte, error) { return appendJSON(nil, f.Expr), nil }

// UnmarshalJSON is ParseJSON; null is no filter.
func (f *Filter) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		f.Expr = nil
		return nil
	}
	e, err := ParseJSON(data)
	if err == nil {
		f.Expr = e
	}
	return err
}
