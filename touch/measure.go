package touch

// Measure is something that a source report credits.
type Measure uint8

// The measures. A lead is credited under the kind of its first event; one that
// is a customer by now under LeadCustomer too.
const (
	Submission Measure = iota
	LeadForm
	LeadCall
	LeadChat
	LeadOther
	LeadCustomer
	KnownContact  // became known, and is no customer
	KnownCustomer // became known, and is a customer by now
	NewCustomer   // won for the first time
	Opportunity
	Sale   // has an amount
	Refund // has a negative amount; only that is of interest

	Measures = iota // how many there are
)

var measureNames = [Measures]string{
	"submission", "lead_form", "lead_call", "lead_chat", "lead_other", "lead_customer",
	"known_contact", "known_customer", "new_customer", "opportunity", "sale", "refund",
}

// String is the name of the measure in scenarios and messages.
func (m Measure) String() string { return measureNames[m] }

// Conversion is one thing of a measure that a contact did, or became.
type Conversion struct {
	Measure Measure
	At      Millis // the touches up to then led to it: of a refund, those of what was sold
	Amount  int64  // minor units
}

// Sums are the numbers of a row of a source report, or of all rows together.
type Sums struct {
	Visits, Visitors          int64
	Cost, Clicks, Impressions int64 // cost in minor units
	Credits                   [Measures]Credit
	Revenue                   int64 // sales less refunds, minor units
}

// Leads are those of every kind.
func (s *Sums) Leads() Credit {
	return s.Credits[LeadForm] + s.Credits[LeadCall] + s.Credits[LeadChat] + s.Credits[LeadOther]
}

// Add adds the numbers of another row.
func (s *Sums) Add(other *Sums) {
	s.Visits, s.Visitors = s.Visits+other.Visits, s.Visitors+other.Visitors
	s.Cost, s.Clicks, s.Impressions = s.Cost+other.Cost, s.Clicks+other.Clicks, s.Impressions+other.Impressions
	for m := range s.Credits {
		s.Credits[m] += other.Credits[m]
	}
	s.Revenue += other.Revenue
}

// IsZero reports whether there is nothing in the row.
func (s *Sums) IsZero() bool { return *s == Sums{} }

func (s *Sums) credit(m Measure, c Credit, amount int64) {
	s.Credits[m] += c
	s.Revenue += amount
}
