package workspace

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// IdentityKind is a way to know a contact.
type IdentityKind uint8

// The identity kinds, in order of matching.
const (
	IdentityExternalID IdentityKind = iota + 1
	IdentityEmail
	IdentityPhone
)

// String returns the field's name.
func (k IdentityKind) String() string {
	switch k {
	case IdentityExternalID:
		return journal.FieldExternalID
	case IdentityEmail:
		return journal.FieldEmail
	}
	return journal.FieldPhone
}

// Identity names at most one contact of a workspace. Value is normalised.
type Identity struct {
	Kind  IdentityKind
	Value string
}

// externalID is exact but for space around it.
func externalID(text string) Identity {
	return Identity{IdentityExternalID, strings.TrimSpace(text)}
}

// email matches whatever the case.
func email(text string) Identity {
	return Identity{IdentityEmail, strings.ToLower(strings.TrimSpace(text))}
}

// phone keeps the digits, led by a plus; "00" is another spelling of it. A
// number without a country is not guessed at: it only matches itself.
func phone(text string) Identity {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
	if !strings.HasPrefix(strings.TrimSpace(text), "+") {
		digits = strings.TrimPrefix(digits, "00")
	}
	if digits == "" {
		return Identity{IdentityPhone, ""}
	}
	return Identity{IdentityPhone, "+" + digits}
}

// Fold makes texts comparable whatever their case and composition.
func Fold(text string) string {
	return strings.ToLower(norm.NFC.String(strings.TrimSpace(text)))
}

// identity returns the identity of a reference that is not an ID.
func (r ContactRef) identity() Identity {
	switch {
	case r.ExternalID != "":
		return externalID(r.ExternalID)
	case r.Email != "":
		return email(r.Email)
	default:
		return phone(r.Phone)
	}
}

// contactPrefix marks our own contact ids.
const contactPrefix = "ct_"

// ShowContactID writes a contact's id as answers have it.
func ShowContactID(id journal.ContactID) string {
	return contactPrefix + strconv.FormatInt(int64(id), 10)
}

// ParseContactRef reads "ct_123", "external_id:X", "email:X" or "phone:X".
func ParseContactRef(text string) (ContactRef, error) {
	if digits, ok := strings.CutPrefix(text, contactPrefix); ok {
		id, err := strconv.ParseInt(digits, 10, 64)
		if err == nil && id > 0 {
			return ContactRef{ID: journal.ContactID(id)}, nil
		}
		return ContactRef{}, contactNotFound(text)
	}
	kind, value, _ := strings.Cut(text, ":")
	value = strings.TrimSpace(value)
	if bad := badText(value, maxIdentifier); bad.Message != "" {
		return ContactRef{}, fault.At("path.id", "%s", bad.Message)
	}
	ref := ContactRef{}
	switch kind {
	case journal.FieldExternalID:
		ref.ExternalID = value
	case journal.FieldEmail:
		ref.Email = value
	case journal.FieldPhone:
		ref.Phone = value
	}
	if ref == (ContactRef{}) || ref.ID == 0 && ref.identity().Value == "" {
		return ContactRef{}, contactNotFound(text)
	}
	return ref, nil
}

func contactNotFound(text string) error {
	return fault.New(fault.NotFound, "contact_not_found",
		"There is no contact %s. Contacts are named by ct_N, external_id:X, email:X or phone:X.", quote(text))
}

// String writes the reference as ParseContactRef reads it.
func (r ContactRef) String() string {
	switch {
	case r.ID != 0:
		return ShowContactID(r.ID)
	case r.ExternalID != "":
		return "external_id:" + r.ExternalID
	case r.Email != "":
		return "email:" + r.Email
	default:
		return "phone:" + r.Phone
	}
}

// quote shows a text of the input, cut short and without control characters.
func quote(text string) string {
	const shown = 80
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "?"))
	if runes := []rune(clean); len(runes) > shown {
		clean = string(runes[:shown]) + "..."
	}
	return strconv.Quote(clean)
}

// quoted names a text that a message quotes.
func quoted(name, text string) fault.Param {
	return fault.Param{Name: name, Value: text, Shown: quote(text)}
}
