package workspace

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxFormFields = 100
	maxFormValue  = 2000 // characters
)

// What a field of a form can hold, besides property.NAME.
const (
	roleEmail     = "email"
	rolePhone     = "phone"
	roleName      = "name"
	roleFirstName = "first_name"
	roleLastName  = "last_name"
	roleIgnore    = "ignore"

	propertyRole = "property."
)

func fieldRoles() []string {
	return []string{roleEmail, rolePhone, roleName, roleFirstName, roleLastName, roleIgnore}
}

func isFieldRole(role string) bool {
	name, isProperty := strings.CutPrefix(role, propertyRole)
	return isProperty && strings.TrimSpace(name) != "" && badText(name, maxProperty).Message == "" || slices.Contains(fieldRoles(), role)
}

// recognise reads the fields of a form into those of a contact: as the mapping
// says, else by their names. What is neither stays as a property of its name.
// Of several fields for the same thing the first in order of names counts.
func recognise(fields, mapping map[string]string) ContactFields {
	out := ContactFields{Properties: map[string]json.RawMessage{}}
	var first, last string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		value := cleanField(fields[name])
		role := cmp.Or(mapping[name], roleOf(name, value))
		switch {
		case value == "" || role == roleIgnore || name == stageField:
		case role == roleEmail && isEmail(value):
			out.Email = firstOf(out.Email, value)
		case role == rolePhone && isPhone(value):
			out.Phone = firstOf(out.Phone, value)
		case role == roleName:
			out.Name = firstOf(out.Name, value)
		case role == roleFirstName:
			first = cmp.Or(first, value)
		case role == roleLastName:
			last = cmp.Or(last, value)
		default:
			out.keep(name, role, value)
		}
	}
	if full := strings.TrimSpace(first + " " + last); out.Name == nil && full != "" {
		out.Name = &full
	}
	return out
}

func firstOf(known *string, value string) *string {
	if known == nil {
		return &value
	}
	return known
}

// keep makes a property of a field.
func (f *ContactFields) keep(name, role, value string) {
	property, named := strings.CutPrefix(role, propertyRole)
	if !named {
		property = cutText(cleanField(name), maxProperty)
	}
	if property != "" && len(f.Properties) < maxFormFields {
		f.Properties[property] = toJSON(value)
	}
}

// cleanField leaves out what no text may have, and cuts what is too long.
func cleanField(text string) string {
	text = strings.Map(func(r rune) rune {
		if r == 0 || r == utf8.RuneError {
			return -1
		}
		return r
	}, text)
	return cutText(strings.TrimSpace(text), maxFormValue)
}

func cutText(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most])
}

// secretNames are parts of the names of fields whose content is not kept,
// whatever the page that sent it thinks.
func secretNames() []string {
	return []string{"passw", "pwd", "card", "cvc", "cvv", "iban", "ssn", "secret", "token", "csrf"}
}

// roleOf tells what a field holds by its name: your-email, Téléphone, fname.
func roleOf(name, value string) string {
	name = strings.ToLower(name)
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(name, part) })
	}
	switch {
	case has(secretNames()...):
		return roleIgnore
	case has("mail", "courriel") && isEmail(value):
		return roleEmail
	case has("phone", "tel", "téléphone", "mobile", "whatsapp", "телефон") && isPhone(value):
		return rolePhone
	case has("first", "fname", "prenom", "prénom", "given"):
		return roleFirstName
	case has("last", "lname", "surname", "family"):
		return roleLastName
	case slices.Contains([]string{"name", "full_name", "fullname", "full-name", "your-name", "your_name", "nom", "имя"}, name):
		return roleName
	}
	return ""
}
