package touch

import (
	"cmp"
	"strings"
)

// UTM are the raw values that a link was tagged with. They are kept beside the
// source fields and can be grouped by.
type UTM struct {
	Source   string `json:"utm_source,omitempty"`
	Medium   string `json:"utm_medium,omitempty"`
	Campaign string `json:"utm_campaign,omitempty"`
	Term     string `json:"utm_term,omitempty"`
	Content  string `json:"utm_content,omitempty"`
	AdGroup  string `json:"utm_adgroup,omitempty"` // utm_adgroup, utm_ad_group or utm_adset
}

// IsZero reports whether no value was given.
func (u UTM) IsZero() bool { return u == UTM{} }

// Values returns the values in the places of source fields, so that both can be
// numbered by one dictionary; the last two are empty.
func (u UTM) Values() [8]string {
	return [8]string{u.Source, u.Medium, u.Campaign, u.Term, u.Content, u.AdGroup}
}

// UTMOf is the reverse of Values.
func UTMOf(v [8]string) UTM { return UTM{v[0], v[1], v[2], v[3], v[4], v[5]} }

// UTM reads the values that the address was tagged with.
func (a Address) UTM() UTM {
	u := UTM{
		a.Get("utm_source"), a.Get("utm_medium"), a.Get("utm_campaign"), a.Get("utm_term"), a.Get("utm_content"),
		a.Get("utm_adgroup"),
	}
	for _, name := range [...]string{"utm_ad_group", "utm_adset"} {
		u.AdGroup = cmp.Or(u.AdGroup, a.Get(name))
	}
	return u.Clean()
}

// Clean returns the values as they are kept: valid, trimmed and cut; those that
// only say that there is none are left out.
func (u UTM) Clean() UTM {
	for _, v := range [...]*string{&u.Source, &u.Medium, &u.Campaign, &u.Term, &u.Content, &u.AdGroup} {
		if *v = Clean(*v, MaxValue); unset(*v) {
			*v = ""
		}
	}
	return u
}

// unset reports whether a value says that there is none, as analytics tools
// write it.
func unset(value string) bool {
	switch strings.ToLower(value) {
	case "", "(none)", "(not set)", "none", "null", "undefined", "(not provided)":
		return true
	}
	return false
}
