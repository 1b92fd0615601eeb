package touch

// Before is what pages were met before.
type Before uint8

// What is looked back from.
const (
	BeforeLead Before = iota // the first lead event of a contact
	BeforeSale               // each sale

	Befores = iota // how many there are
)

// Met is a page that a contact met, by its row.
type Met struct {
	At    Millis
	Value string
	Shown bool // the row is one of those asked for
}

// When is the instant.
func (m Met) When() Millis { return m.At }

// IsDirect is false: where a visit came from does not matter to its pages.
func (m Met) IsDirect() bool { return false }

// IsSourceless is false as well.
func (m Met) IsSourceless() bool { return false }

// BeforeSums counts who met a page before something.
type BeforeSums struct {
	Contacts  int64  // that are no customers
	Customers int64  // by now
	Credit    Credit // the page's parts of what they did
}

// People are all of them.
func (s BeforeSums) People() int64 { return s.Contacts + s.Customers }

func (s *BeforeSums) count(customer bool) {
	if customer {
		s.Customers++
	} else {
		s.Contacts++
	}
}

// PageSums are the numbers of a page, or of all pages together.
type PageSums struct {
	Visits  int64
	Before  [Befores]BeforeSums
	Revenue int64 // the page's parts of it: sales less refunds, minor units
}

// IsZero reports whether there is nothing in the row.
func (s *PageSums) IsZero() bool { return *s == PageSums{} }

// PageTally counts which pages people met before they did something. Numbers
// only depend on what was added, not on its order.
//
// Credit and revenue are shared out by a model and add up to the total. People
// do not: whoever met three pages is at each of them, and once in the total.
type PageTally struct {
	model    Model
	lookBack Millis
	rows     map[string]*PageSums
	total    PageSums
}

// NewPageTally begins a count by a model that looks at one path alone: any but
// Markov. lookBack is as in PathOptions.
func NewPageTally(m Model, lookBack Millis) *PageTally {
	return &PageTally{model: m, lookBack: lookBack, rows: map[string]*PageSums{}}
}

func (t *PageTally) row(value string) *PageSums {
	if t.rows[value] == nil {
		t.rows[value] = &PageSums{}
	}
	return t.rows[value]
}

// Visits counts visits that met a page.
func (t *PageTally) Visits(value string, n int64) { t.row(value).Visits += n }

// AllVisits counts visits, whatever they met.
func (t *PageTally) AllVisits(n int64) { t.total.Visits += n }

// Contact counts what a contact did under the pages that it had met by then,
// which are in order of time. What has none before it is under no value, if
// that is shown.
func (t *PageTally) Contact(met []Met, customer, none bool, did []Conversion) {
	var by [Befores]map[string]bool
	for _, c := range did {
		b, ok := c.Measure.before()
		if !ok {
			continue
		}
		path := Path(met, c.At, PathOptions{LookBack: t.lookBack, KeepDirect: true})
		if len(path) == 0 && none {
			path = []Met{{At: c.At, Shown: true}}
		}
		t.share(b, path, c)
		if c.Measure == Refund {
			continue // a sale taken back is nobody who bought
		}
		if by[b] == nil {
			by[b] = map[string]bool{}
		}
		for _, m := range path {
			if m.Shown {
				by[b][m.Value] = true
			}
		}
	}
	for b, values := range by {
		for value := range values {
			t.row(value).Before[b].count(customer)
		}
		if len(values) > 0 {
			t.total.Before[b].count(customer)
		}
	}
}

func (t *PageTally) share(b Before, path []Met, c Conversion) {
	steps := make([]Step, len(path))
	for i, m := range path {
		steps[i] = Step{m.Value, m.At}
	}
	t.model.Share(steps, c.Amount, func(i int, part Credit, amount int64) {
		if !path[i].Shown {
			return
		}
		for _, s := range [...]*PageSums{t.row(path[i].Value), &t.total} {
			s.Revenue += amount
			if c.Measure != Refund {
				s.Before[b].Credit += part
			}
		}
	})
}

// before says what a measure is looked back from.
func (m Measure) before() (b Before, ok bool) {
	switch m {
	case LeadForm, LeadCall, LeadChat, LeadOther:
		return BeforeLead, true
	case Sale, Refund:
		return BeforeSale, true
	}
	return 0, false
}

// Rows are the rows that have anything, by their value, and the total.
func (t *PageTally) Rows() (rows map[string]PageSums, total PageSums) {
	rows = make(map[string]PageSums, len(t.rows))
	for value, s := range t.rows {
		if !s.IsZero() {
			rows[value] = *s
		}
	}
	return rows, t.total
}
