// Package touch holds the pure rules of where contacts come from: a View of a
// page is classified into an Arrival by a Classifier, views become a Visit,
// visits and others a Touch, a Book says whose they are, Path which of them
// lead to a conversion, and a Model credits it to them. docs/attribution.md says what
// the words mean; testdata/attribution pins them.
//
// It knows nothing of journeys beyond their times, and nothing of databases.
package touch

// Source is where a contact or a touch came from. An empty field has no value.
type Source struct {
	Source      string `json:"source,omitempty"` // the channel: Paid search, Email ...
	SubSource   string `json:"sub_source,omitempty"`
	Medium      string `json:"medium,omitempty"`
	Campaign    string `json:"campaign,omitempty"`
	AdGroup     string `json:"ad_group,omitempty"`
	Ad          string `json:"ad,omitempty"`
	Keyword     string `json:"keyword,omitempty"`
	LandingPage string `json:"landing_page,omitempty"`
}

// Field is one of the eight source fields, by the name the API gives it.
type Field string

// The source fields, in the order of Fields.
const (
	FieldSource      Field = "source"
	FieldSubSource   Field = "sub_source"
	FieldMedium      Field = "medium"
	FieldCampaign    Field = "campaign"
	FieldAdGroup     Field = "ad_group"
	FieldAd          Field = "ad"
	FieldKeyword     Field = "keyword"
	FieldLandingPage Field = "landing_page"
)

// Fields lists the source fields in the order that Values has them.
var Fields = [8]Field{
	FieldSource, FieldSubSource, FieldMedium, FieldCampaign,
	FieldAdGroup, FieldAd, FieldKeyword, FieldLandingPage,
}

// Values returns the fields in the order of Fields.
func (s Source) Values() [8]string {
	return [8]string{s.Source, s.SubSource, s.Medium, s.Campaign, s.AdGroup, s.Ad, s.Keyword, s.LandingPage}
}

// SourceOf is the reverse of Values.
func SourceOf(v [8]string) Source {
	return Source{v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]}
}

// IsZero reports whether no field has a value.
func (s Source) IsZero() bool { return s == Source{} }
