package touch

import "slices"

// Sight is a page as somebody saw it: which one, on what device, in what
// country. An empty field is not known.
type Sight struct {
	Page    string // the path of its address
	Device  string // one of Devices
	Country string // two letters, as ISO 3166 has them
}

// Values returns the fields in the places of source fields, so that both can be
// numbered by one dictionary; the others are empty.
func (s Sight) Values() [8]string { return [8]string{s.Page, s.Device, s.Country} }

// SightOf is the reverse of Values.
func SightOf(v [8]string) Sight { return Sight{v[0], v[1], v[2]} }

// Sight is the page of a view.
func (v View) Sight() Sight { return Sight{pathOf(v.Page), v.Device, v.Country} }

// The levels of the report on pages, besides those of sources.
const (
	LevelPage    Level = "page"
	LevelDevice  Level = "device"
	LevelCountry Level = "country"
)

// SightLevels lists them, the default one first.
var SightLevels = [...]Level{LevelPage, LevelDevice, LevelCountry}

// IsSightLevel reports whether a name is that of a level of sights.
func IsSightLevel(name string) bool { return slices.Contains(SightLevels[:], Level(name)) }

// Value is the value at a level of sights, "" where there is none.
func (s Sight) Value(l Level) string {
	switch l {
	case LevelPage:
		return s.Page
	case LevelDevice:
		return s.Device
	case LevelCountry:
		return s.Country
	}
	return ""
}

// Sighting is that a page was seen in a visit.
type Sighting struct {
	At      Millis // the first time in the visit
	Sight   Sight
	Landing bool // the visit began with it
}

// Sightings are the pages of a visit, each once, in order of time. The device
// and the country are those of the visit: the first that one of its views knew.
func (v *Visit) Sightings() []Sighting {
	var device, country string
	for i := range v.Views {
		if device == "" {
			device = v.Views[i].Device
		}
		if country == "" {
			country = v.Views[i].Country
		}
	}
	out := make([]Sighting, 0, len(v.Views))
	seen := make(map[string]bool, len(v.Views))
	for i := range v.Views {
		s := v.Views[i].Sight()
		s.Device, s.Country = device, country
		if !seen[s.Page] {
			seen[s.Page] = true
			out = append(out, Sighting{v.Views[i].At, s, i == 0})
		}
	}
	return out
}
