// Package memory is a report.Engine without storage: for every view it reads
// the whole log, folds every contact and counts journeys one by one. It is the
// oracle of the property tests, so it does everything in the most direct way:
// with a window it folds each contact again without the changes after it,
// where other engines add up what stays tell.
//
// Engine is its only exported type. It is not fast, keeps nothing between
// views and shares no code with the projector on purpose.
package memory

import (
	"context"
	"math"
	"time"

	"github.com/tidemark/tidemark/conversion"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/report"
	"github.com/tidemark/tidemark/touch"
)

// Log is what the engine reads.
type Log interface {
	// Scan calls visit with the entries after < seq <= upTo in order, at most
	// limit.
	Scan(ctx context.Context, w journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error
	// ConfigurationAt returns the configuration as of a seq.
	ConfigurationAt(ctx context.Context, w journal.WorkspaceID, seq int64) (journal.Configuration, error)
}

// Engine implements report.Engine over a log.
type Engine struct{ log Log }

var _ report.Engine = (*Engine)(nil)

// New makes an engine that reads a log.
func New(log Log) *Engine { return &Engine{log} }

// View implements report.Engine: it reads the log up to its end.
func (e *Engine) View(ctx context.Context, w journal.WorkspaceID, read func(report.Reading) error) error {
	r, err := e.load(ctx, w)
	if err != nil {
		return err
	}
	return read(r)
}

// page is how many entries are read at once.
const page = 10_000

func (e *Engine) load(ctx context.Context, w journal.WorkspaceID) (*reading, error) {
	entries := map[journal.ContactID][]journal.Entry{}
	var order []journal.ContactID
	costs := costs{}
	seq, full := int64(0), true
	for full {
		n := 0
		err := e.log.Scan(ctx, w, seq, math.MaxInt64, page, func(entry journal.Entry) error {
			n++
			seq = entry.Seq
			if entry.Kind == journal.KindCost {
				costs.say(entry.Cost)
			}
			if entry.Contact == 0 {
				return nil
			}
			if entries[entry.Contact] == nil {
				order = append(order, entry.Contact)
			}
			entries[entry.Contact] = append(entries[entry.Contact], entry)
			return nil
		})
		if err != nil {
			return nil, err
		}
		full = n == page
	}
	c, err := e.log.ConfigurationAt(ctx, w, seq)
	if err != nil {
		return nil, err
	}
	r, err := newReading(c, seq, order, entries)
	if err != nil {
		return nil, err
	}
	r.costs, r.number = costs, r.remember(e.numbering(ctx, w))
	return r, nil
}

func newReading(c journal.Configuration, seq int64, order []journal.ContactID, entries map[journal.ContactID][]journal.Entry) (*reading, error) {
	zone, err := time.LoadLocation(c.TimeZone)
	if err != nil {
		return nil, err
	}
	r := &reading{
		cursor: report.Cursor{Seq: seq, Configuration: c}, zone: zone,
		folder: lifecycle.NewFolder(&c.Lifecycle), positions: c.Lifecycle.Positions(),
	}
	rules := conversion.NewRules(&r.cursor.Configuration, zone)
	entries = journal.Unite(entries)
	for _, id := range order {
		p := journal.ReadOf(id, entries[id])
		if p.Gone {
			r.unknown = append(r.unknown, p.Visits...)
			continue
		}
		journeys := r.folder.Fold(p.Changes)
		c := r.contactOf(id, &p, journeys)
		c.conversions = rules.Of(&p, journeys)
		c.customer = conversion.IsCustomer(&r.cursor.Configuration.Lifecycle, c.stage, journeys)
		r.contacts = append(r.contacts, c)
		before := -touch.Never
		for i := range journeys {
			r.journeys = append(r.journeys, journey{contact: id, person: &p, before: before, Journey: journeys[i]})
			before = touch.Millis(journeys[i].EndedAt)
		}
	}
	return r, nil
}
