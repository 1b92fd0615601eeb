package segment

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// String writes the parts joined by and.
func (a All) String() string { return joinParts("all", " and ", a) }

// String writes the parts joined by or.
func (a Any) String() string { return joinParts("any", " or ", a) }

// String writes not and the part.
func (n Not) String() string { return "not " + grouped(n.Expr) }

// String writes field, operator and value.
func (t Term) String() string {
	if t.Op == Exists {
		return t.Field.String() + " exists"
	}
	if t.Op == In && t.Field == Plain(FieldList) {
		return "in_list" + listNames(t.Value)
	}
	if _, relative := canonicalRelative(t.Value); relative && (t.Op.Ordered() || t.Op == Before || t.Op == After || t.Op == Within) {
		return t.Field.String() + " " + string(t.Op) + " " + t.Value.Text
	}
	return t.Field.String() + " " + string(t.Op) + " " + t.Value.String()
}

// listNames writes the names of lists in quotes, also those like keys.
func listNames(v Value) string {
	names := make([]string, len(v.List))
	for i, item := range v.List {
		names[i] = item.String()
		if item.Kind == KindText {
			names[i] = quote(item.Text)
		}
	}
	return "(" + strings.Join(names, ", ") + ")"
}

// String writes the value as the text form has it.
func (v Value) String() string {
	switch v.Kind {
	case KindText:
		return writeText(v.Text)
	case KindNumber:
		return formatNumber(v.Number)
	case KindFlag:
		if v.Flag {
			return "true"
		}
		return "false"
	case KindList:
		items := make([]string, len(v.List))
		for i, item := range v.List {
			items[i] = item.String()
		}
		return "(" + strings.Join(items, ", ") + ")"
	}
	return ""
}

// joinParts writes groups of fewer than two parts as calls, since no operator
// would show them.
func joinParts(name, op string, parts []Expr) string {
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = grouped(part)
	}
	if len(parts) < 2 {
		return name + "(" + strings.Join(texts, "") + ")"
	}
	return strings.Join(texts, op)
}

// grouped writes a part so that it stays one: also where precedence would
// keep it together, since people should not have to know it.
func grouped(e Expr) string {
	switch e := e.(type) {
	case nil:
		return "any()"
	case All:
		if len(e) > 1 {
			return "(" + e.String() + ")"
		}
	case Any:
		if len(e) > 1 {
			return "(" + e.String() + ")"
		}
	}
	return e.String()
}

// writeText writes keys and dates as they are, other texts in quotes.
func writeText(s string) string {
	if _, ok := readDay(s); ok {
		return s
	}
	if _, ok := readInstant(s); ok {
		return s
	}
	if isKey(s) && !slices.Contains(keywords[:], s) {
		return s
	}
	return quote(s)
}

// isKey reports whether a text looks like a key: hot_lead.
func isKey(s string) bool {
	return s != "" && 'a' <= s[0] && s[0] <= 'z' && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

// canonicalRelative reports whether a value is a relative time spelled as the
// language would, which therefore needs no quotes.
func canonicalRelative(v Value) (relative, bool) {
	rel, ok := readRelative(v.Text)
	return rel, ok && v.Kind == KindText && rel.String() == v.Text
}

// quote writes a text in quotes with the escapes of JSON.
func quote(s string) string { return string(appendQuoted(nil, s)) }

func appendQuoted(b []byte, s string) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s) // a string never fails
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}
