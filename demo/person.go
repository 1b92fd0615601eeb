package demo

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/workspace"
)

var (
	firstNames = strings.Fields("Ada Amir Anna Ben Camille Carla Chloé David Elena Emil Eva Fatima Felix Giulia Hanna Hugo Ines Ivan " +
		"Jana Jonas Julia Kai Karim Lara Léa Leo Lina Louis Lucia Luka Maria Marta Max Mia Mina Nadia Nils Noah Nora Olga Omar Paul " +
		"Pia Priya Rafael Rosa Samir Sara Sofia Sven Tara Theo Tomás Uma Vera Victor Yara Yusuf Zoé")
	lastNames = strings.Fields("Almeida Andersen Bauer Becker Bianchi Costa Dahl Dubois Eriksen Fischer Fontaine Garcia Haddad Hansen " +
		"Hofer Horvath Ivanova Jansen Kaya Keller Klein Kowalski Laurent Lindqvist Lopez Marino Martin Meyer Moreau Müller Nair " +
		"Novak Okafor Oliveira Olsen Petrov Popescu Rossi Roux Santos Schmidt Silva Smit Sorensen Svensson Tanaka Torres Vidal " +
		"Virtanen Wagner Weber Weiss Wolf Zimmermann")
	companyHeads = strings.Fields("Alto Arbor Blau Brise Cedar Cobalt Delta Ember Fjord Granit Hafen Indigo Juno Kestrel Lago Maple " +
		"Nord Olive Pixel Quarz Ria Sable Terra Ursa Vela Weide Xylo Yarrow Zenit Onda")
	companyTails = strings.Fields("Bikes Clinics Coffee Energy Foods Freight Games Homes Hotels Labs Legal Media Mobility Optics Outdoor " +
		"Parts Pharma Print Retail School Shoes Solar Sports Systems Textiles Tools Travel Works")
	owners    = []string{"Maya Olsen", "Jonas Weber", "Priya Nair", "Tomás Silva", "Léa Fontaine"}
	countries = []string{"France", "Germany", "Spain", "Italy", "Netherlands", "Sweden", "Portugal", "Poland", "United Kingdom"}
	prefixes  = []string{"+33", "+49", "+34", "+39", "+31", "+46", "+351", "+48", "+44"}
)

// Company sizes and the plans they ask for.
var (
	sizes       = []string{"1-10", "11-50", "51-200", "201-1000", "1000+"}
	sizeWeights = []float64{34, 31, 20, 11, 4}
	sizeQuality = []float64{0.88, 1.0, 1.1, 1.08, 0.95}
	seats       = []int{4, 16, 60, 240, 900}
	plans       = []string{"Starter", "Team", "Business"}
	planWeights = [][]float64{{7, 3, 0}, {3, 6, 1}, {1, 6, 3}, {0, 4, 6}, {0, 2, 8}}
	planPrice   = []int{12, 24, 39} // EUR for a seat and month
)

// person is who a contact is.
type person struct {
	fields  workspace.ContactFields
	quality float64
	value   int64 // a year's contract in cents
	owner   string
}

func newPerson(r *random, number int) person {
	country, size := r.weighted([]float64{30, 24, 10, 9, 8, 6, 5, 4, 4}), r.weighted(sizeWeights)
	plan := r.weighted(planWeights[size])
	first, last := pick(r, firstNames), pick(r, lastNames)
	company := pick(r, companyHeads) + " " + pick(r, companyTails)
	p := person{quality: sizeQuality[size], owner: pick(r, owners)}
	heads := max(2, int(float64(seats[size])*(0.6+r.Float64())))
	p.value = int64(heads*planPrice[plan]) * 12 * 100
	p.fields = workspace.ContactFields{
		ExternalID: new("crm-" + strconv.Itoa(10001+number)),
		Email:      new(fmt.Sprintf("%s.%s%d@%s.example", ascii(first), ascii(last), number, slug(company))),
		Name:       new(first + " " + last),
		Properties: map[string]json.RawMessage{
			"company": quoted(company), "country": quoted(countries[country]),
			"company_size": quoted(sizes[size]), "plan": quoted(plans[plan]),
		},
	}
	if r.chance(0.6) {
		p.fields.Phone = new(fmt.Sprintf("%s 5%08d", prefixes[country], 10_000_000+number*13))
	}
	if r.chance(0.85) {
		p.fields.Owner = &p.owner
	}
	return p
}

func quoted(text string) json.RawMessage {
	b, _ := json.Marshal(text) // a string always marshals
	return b
}

// ascii writes a name as addresses do.
func ascii(name string) string {
	return strings.NewReplacer("é", "e", "á", "a", "ü", "ue", "ö", "oe").Replace(strings.ToLower(name))
}
