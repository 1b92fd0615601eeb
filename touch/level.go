package touch

import "slices"

// Level is what the rows of a source report are by: one of the source fields,
// or one of the raw utm values.
type Level string

// The levels that are no source fields.
const (
	LevelUTMSource   Level = "utm_source"
	LevelUTMMedium   Level = "utm_medium"
	LevelUTMCampaign Level = "utm_campaign"
	LevelUTMTerm     Level = "utm_term"
	LevelUTMContent  Level = "utm_content"
)

// Levels lists the levels, outer ones before those within them: a drill-down
// goes through them in this order.
var Levels = [...]Level{
	Level(FieldSource), Level(FieldSubSource), Level(FieldMedium), Level(FieldCampaign),
	Level(FieldAdGroup), Level(FieldAd), Level(FieldKeyword), Level(FieldLandingPage),
	LevelUTMSource, LevelUTMMedium, LevelUTMCampaign, LevelUTMTerm, LevelUTMContent,
}

// IsLevel reports whether a name is that of a level.
func IsLevel(name string) bool { return slices.Contains(Levels[:], Level(name)) }

// Origin is where something came from: the source, and the raw tags beside it.
type Origin struct {
	Source Source
	UTM    UTM
}

// Value is the origin's value at a level, "" where it has none.
func (o Origin) Value(l Level) string {
	if i := slices.Index(Fields[:], Field(l)); i >= 0 {
		return o.Source.Values()[i]
	}
	switch l {
	case LevelUTMSource:
		return o.UTM.Source
	case LevelUTMMedium:
		return o.UTM.Medium
	case LevelUTMCampaign:
		return o.UTM.Campaign
	case LevelUTMTerm:
		return o.UTM.Term
	case LevelUTMContent:
		return o.UTM.Content
	}
	return ""
}
