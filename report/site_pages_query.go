package report

import (
	"cmp"
	"maps"
	"net/url"
	"slices"

	"github.com/tidemark/tidemark/touch"
)

// SitePageQuery is a question about the pages that people met before they did
// something. Its zero value is the default report.
type SitePageQuery struct {
	SourceQuery // range, comparison, filters, segment, by, credit (any model but markov), look-back, min_seq; level is one of touch.SightLevels

	Role Role // "" = landing
}

// Role says which pages of a visit are meant.
type Role string

// The roles.
const (
	RoleLanding   Role = "landing"   // visits begin on them
	RoleAssisting Role = "assisting" // they are seen later in a visit
)

// SitePageColumns are the numbers of the report that have contacts behind them.
var SitePageColumns = [...]string{"lead", "lead_contacts", "lead_customers", "sale", "sale_contacts", "sale_customers", "revenue"}

// pageModels are those that look at one path alone. Sharing evenly among the
// distinct pages is the default.
var pageModels = [...]touch.Model{
	touch.ModelShapley, touch.ModelFirst, touch.ModelLast, touch.ModelLinear, touch.ModelPosition, touch.ModelTimeDecay,
}

// ParseSitePages reads the parameters of the report on pages.
func ParseSitePages(values url.Values) (SitePageQuery, error) {
	p := sitePageParser{sourceParser: sourceParser{rest: url.Values{}}}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		p.read(name, values[name])
	}
	if p.role == RoleAssisting && p.sources.Level != "" && p.sources.Level != touch.LevelPage {
		p.refuse("role", "assisting is only of pages: a device or a country is that of the whole visit")
	}
	if err := p.faults.Err(); err != nil {
		return SitePageQuery{}, err
	}
	var err error
	p.sources.Query, err = ParseQuery(p.rest)
	return SitePageQuery{p.sources, p.role}, err
}

// sitePageParser reads what only this report has; the rest is that of sources.
type sitePageParser struct {
	sourceParser
	role Role
}

func (p *sitePageParser) read(name string, list []string) {
	own := name == "role" || name == "level" || name == "column" || name == "model"
	switch {
	case touch.IsSightLevel(name):
		p.tags(touch.Level(name), list)
	case own && len(list) == 1:
		p.one(name, list[0])
	case name == "also", name == "direct", name == "interval":
		p.refuse(name, "is not a parameter of this report")
	default:
		p.sourceParser.read(name, list)
	}
}

func (p *sitePageParser) one(name, value string) {
	switch name {
	case "role":
		p.role = Role(p.oneOf(name, value, string(RoleLanding), string(RoleAssisting)))
	case "level":
		p.sources.Level = touch.Level(p.oneOf(name, value, texts(touch.SightLevels[:])...))
	case "column":
		p.sources.Cell.Column = p.oneOf(name, value, SitePageColumns[:]...)
	case "model":
		p.sources.Credit = touch.Model(p.oneOf(name, value, texts(pageModels[:])...))
	}
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// withDefaults fills in what the query leaves out.
func (q SitePageQuery) withDefaults() SitePageQuery {
	q.Credit = cmp.Or(q.Credit, pageModels[0])
	q.Level = cmp.Or(q.Level, touch.SightLevels[0])
	q.Role = cmp.Or(q.Role, RoleLanding)
	q.SourceQuery = q.SourceQuery.withDefaults()
	return q
}

// meant reports whether a page of a visit has the role that is asked for.
func (q *SitePageQuery) meant(landing bool) bool { return landing == (q.Role == RoleLanding) }

// cellMeasures are what people did to be in a column, and of which kind they
// are; nil = of both.
func cellMeasures(column string) (measures []touch.Measure, customer *bool) {
	switch column {
	case "lead", "lead_contacts", "lead_customers":
		measures = columnMeasures["leads"]
	case "sale", "sale_contacts", "sale_customers":
		measures = columnMeasures["sales"]
	case "revenue":
		measures = columnMeasures["revenue"]
	}
	if slices.Contains([]string{"lead_contacts", "sale_contacts"}, column) {
		return measures, new(false)
	}
	if slices.Contains([]string{"lead_customers", "sale_customers"}, column) {
		return measures, new(true)
	}
	return measures, nil
}
