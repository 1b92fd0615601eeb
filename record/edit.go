package record

import (
	"encoding/json"
	"strings"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
)

// readEdit reads an edit as encodeBody writes it, in a tenth of the time that
// reflection takes: rebuilding an engine reads one for every contact. It says
// no to everything unusual (escapes in names, other keys, spaces), which
// encoding/json then reads.
func readEdit(body string) (*journal.ContactEdit, bool) {
	r := editReader{rest: body}
	e := &journal.ContactEdit{}
	r.object(func(key string) {
		switch key {
		case "created_by":
			e.CreatedBy = r.text()
		case "created_at":
			r.bad = e.CreatedAt.UnmarshalText([]byte(r.text())) != nil || r.bad
		case "fields":
			e.Fields = map[string]journal.FieldEdit{}
			r.object(func(name string) { e.Fields[name] = r.field() })
		case "source":
			e.Source = &journal.SourceEdit{}
			r.object(func(side string) { r.source(e.Source, side) })
		default:
			r.bad = true
		}
	})
	return e, !r.bad && r.rest == ""
}

// editReader takes JSON without spaces apart from left to right.
type editReader struct {
	rest string
	bad  bool // it met something that it does not read
}

// take moves over a mark.
func (r *editReader) take(mark byte) {
	if r.bad || r.rest == "" || r.rest[0] != mark {
		r.bad = true
		return
	}
	r.rest = r.rest[1:]
}

// skip moves over a mark that may be there.
func (r *editReader) skip(mark byte) bool {
	if r.bad || r.rest == "" || r.rest[0] != mark {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

// object calls value at each value, which it must read.
func (r *editReader) object(value func(key string)) {
	r.take('{')
	if r.skip('}') {
		return
	}
	for !r.bad {
		key := r.text()
		r.take(':')
		if r.bad {
			return
		}
		value(key)
		if r.skip('}') {
			return
		}
		r.take(',')
	}
}

// text reads a text without escapes.
func (r *editReader) text() string {
	r.take('"')
	end := strings.IndexByte(r.rest, '"')
	if r.bad || end < 0 || strings.IndexByte(r.rest[:end], '\\') >= 0 {
		r.bad = true
		return ""
	}
	text := r.rest[:end]
	r.rest = r.rest[end+1:]
	return text
}

func (r *editReader) field() (f journal.FieldEdit) {
	r.object(func(side string) {
		switch side {
		case "from":
			f.From = r.value()
		case "to":
			f.To = r.value()
		default:
			r.bad = true
		}
	})
	return f
}

// value moves over any value and returns it as it is written.
func (r *editReader) value() json.RawMessage {
	end := valueEnd(r.rest)
	if r.bad || end <= 0 {
		r.bad = true
		return nil
	}
	value := json.RawMessage(r.rest[:end])
	r.rest = r.rest[end:]
	return value
}

// valueEnd finds where a value ends that is followed by a comma or a brace.
func valueEnd(text string) int {
	level, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case level == 0 && (c == ',' || c == '}'):
			return i
		case c == '{' || c == '[':
			level++
		case c == '}' || c == ']':
			level--
		}
	}
	return -1
}

func (r *editReader) source(e *journal.SourceEdit, side string) {
	var values [8]string
	r.object(func(key string) {
		known := false
		for i, field := range touch.Fields {
			if string(field) == key {
				values[i], known = r.text(), true
			}
		}
		r.bad = r.bad || !known
	})
	switch side {
	case "from":
		e.From = touch.SourceOf(values)
	case "to":
		e.To = touch.SourceOf(values)
	default:
		r.bad = true
	}
}
