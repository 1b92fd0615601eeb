package workspace

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
)

// ImportMapping says what the columns of a file mean, by their names. A
// column may mean several things at once.
type ImportMapping map[string][]ImportColumn

// ImportColumn is one meaning of a column.
type ImportColumn struct {
	Field    string             `json:"field"`
	Format   string             `json:"format,omitempty"`    // of dates, amounts and properties; "" = find out
	Values   map[string]*string `json:"values,omitempty"`    // of stage: cell -> id or key, null = no stage
	AtColumn string             `json:"at_column,omitempty"` // of stage: the column with the date
	Stage    string             `json:"stage,omitempty"`     // of at: the stage that was entered then
	Currency string             `json:"currency,omitempty"`  // of value: where the row does not say it
	Prefix   string             `json:"prefix,omitempty"`    // of external_id: put before the cell, so that two files with ids of their own do not meet
}

// Fields of a mapping, besides those of contacts and sources and properties.
const (
	importStage    = "stage"
	importAt       = "at"
	importCurrency = "currency"
	importIgnore   = "ignore"
)

// importFields lists every field that a column can be mapped to.
func importFields() []string {
	fields := []string{
		journal.FieldExternalID, journal.FieldEmail, journal.FieldPhone, journal.FieldName, journal.FieldOwner,
		journal.FieldValue, importCurrency, importStage, importAt, importIgnore,
	}
	for _, f := range touch.Fields {
		fields = append(fields, string(f))
	}
	return fields
}

// ParseImportMapping reads the JSON of a mapping: an object from the names of
// columns to an object, or to a list of objects for a column that means
// several things.
func ParseImportMapping(text []byte) (ImportMapping, error) {
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff")))) // some editors begin a file so
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, fault.At("body.mapping", "must be a JSON object {column: {\"field\": ...}}")
	}
	m := ImportMapping{}
	for dec.More() {
		if err := m.parseColumn(dec); err != nil {
			return nil, err
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, fault.At("body.mapping", "is not complete JSON")
	}
	if dec.More() {
		return nil, fault.At("body.mapping", "has text after its end")
	}
	return m, nil
}

func (m ImportMapping) parseColumn(dec *json.Decoder) error {
	var raw json.RawMessage
	token, err := dec.Token()
	column, _ := token.(string)
	if err == nil {
		err = dec.Decode(&raw)
	}
	if err != nil {
		return fault.At("body.mapping", "is not JSON: %s", jsonReason(err))
	}
	column = strings.TrimSpace(column)
	if _, twice := m[column]; twice {
		return fault.At(mappingAt(column), "is mapped twice: use a list of objects for a column that means several things")
	}
	m[column], err = parseMeanings(raw)
	if err != nil {
		return fault.At(mappingAt(column), "%s", jsonReason(err))
	}
	return nil
}

// parseMeanings reads one object or a list of them.
func parseMeanings(raw json.RawMessage) ([]ImportColumn, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("[")) {
		var many []ImportColumn
		err := dec.Decode(&many)
		return many, err
	}
	one := make([]ImportColumn, 1)
	err := dec.Decode(&one[0])
	return one, err
}

// jsonReason makes an error of encoding/json fit for people.
func jsonReason(err error) string {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Sprintf("must be {\"field\": ...} or a list of such objects; %s cannot be a %s", cmp.Or(wrong.Field, "it"), wrong.Value)
	}
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

func mappingAt(column string) string { return "body.mapping[" + column + "]" }

// checkMeaning reports what is wrong with one meaning by itself.
func checkMeaning(c ImportColumn) string {
	property, isProperty := strings.CutPrefix(c.Field, journal.PropertyPrefix)
	switch {
	case c.Field == "":
		return "says no \"field\""
	case isProperty && property == "":
		return "names no property"
	case !isProperty && !slices.Contains(importFields(), c.Field):
		return fmt.Sprintf("has the unknown field %q: it can be %s or property.NAME", c.Field, strings.Join(importFields(), ", "))
	case c.Field != importStage && (c.Values != nil || c.AtColumn != ""):
		return "has \"values\" or \"at_column\", which only the field stage has"
	case c.Field != importAt && c.Stage != "":
		return "has \"stage\", which only the field at has: {\"field\": \"at\", \"stage\": \"won\"} means that the column says when the contact entered that stage"
	case c.Field != journal.FieldValue && c.Currency != "":
		return "has \"currency\", which only the field value has"
	case c.Field != journal.FieldExternalID && c.Prefix != "":
		return "has \"prefix\", which only the field external_id has"
	case c.Format != "" && !formatted(c):
		return "has a \"format\", which only dates, value and properties have"
	}
	return ""
}

func formatted(c ImportColumn) bool {
	return c.Field == importAt || c.Field == journal.FieldValue || (c.Field == importStage && c.AtColumn != "") ||
		strings.HasPrefix(c.Field, journal.PropertyPrefix)
}
