package destination

import (
	"cmp"
	"encoding/csv"
	"strings"
)

// googleAds is a file of offline conversions that Google Ads fetches, or people
// upload. Each event is one row of it; Google counts the same row once, so a file
// may have rows that it had before.
//
// source: Google Ads Help, "Import conversions from ad clicks into Google Ads
// using files" and "Set up enhanced conversions for leads": templates, formats of
// time, hashing.
func googleAds() Service {
	return Service{
		Kind: GoogleAds, Use: Ads, Pulls: true,
		Fields: []Field{
			{Name: "match", Choices: []string{"click_id", "user_data"}, Example: "click_id"},
			{Name: "password", Secret: true, Made: true, Pattern: `^[\x21-\x7e]{16,200}$`, Example: "at least 16 characters"},
		},
		Names: map[What]string{
			Lead: "Lead", StageIn: "", Opportunity: "Opportunity", Won: "Won", Lost: "Lost", Sale: "Sale",
		},
		MaxAge:    usually,
		wrongName: short(maxName),
		build:     buildGoogleAds,
	}
}

// googleColumns are those of the file, by what conversions are matched by.
func googleColumns(match string) []string {
	if match == "user_data" {
		return []string{"Email", "Phone Number", "Conversion Name", "Conversion Time", "Conversion Value", "Conversion Currency", "Order ID", "Ad User Data", "Ad Personalization"}
	}
	return []string{"Google Click ID", "Conversion Name", "Conversion Time", "Conversion Value", "Conversion Currency", "Ad User Data", "Ad Personalization"}
}

// googleTime is how the file has times.
const googleTime = "2006-01-02 15:04:05-0700"

// buildGoogleAds makes one row; nothing is called.
func buildGoogleAds(s *Setup, e *Event, _ Context) (Request, error) {
	row, err := s.googleWho(e)
	if err != nil {
		return Request{}, err
	}
	value, currency := "", ""
	if e.Currency != "" {
		value, currency = string(e.amount()), e.Currency
	}
	row = append(row, e.Name, e.At.Time().Format(googleTime), value, currency)
	if s.setting("match") == "user_data" {
		row = append(row, cmp.Or(e.Sale, e.ID))
	}
	row = append(row, "Granted", "Granted")
	return Request{Body: csvLine(row)}, nil
}

// googleWho is by what Google knows whom the row is about.
func (s *Setup) googleWho(e *Event) ([]string, error) {
	if s.setting("match") == "user_data" {
		row := []string{hashed(googleEmail(e.Contact.Email)), hashed(googlePhone(e.Contact.Phone))}
		if row[0] == "" && row[1] == "" {
			return nil, Unfit("The contact has neither e-mail nor phone with its country: there is nothing to know it by.")
		}
		return row, nil
	}
	if id := e.IDs["gclid"].Value; id != "" {
		return []string{id}, nil
	}
	return nil, Unfit("The contact came by no ad of Google: there is no click id (gclid).")
}

// GoogleFile is the file of rows, with its header.
func (s *Setup) GoogleFile(rows []string) string {
	var b strings.Builder
	b.WriteString("Parameters:TimeZone=+0000\n")
	b.WriteString(csvLine(googleColumns(s.setting("match"))))
	for _, row := range rows {
		b.WriteString(row)
	}
	return b.String()
}

func csvLine(row []string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(row) // to memory
	w.Flush()
	return b.String()
}
