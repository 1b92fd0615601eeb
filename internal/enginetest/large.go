package enginetest

import (
	"context"
	"fmt"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// Large is the log of one workspace of any size, for benchmarks. It is
// computed and not held: about 3.7 changes a contact, contacts in random
// order, two years, 500 campaigns.
type Large struct {
	*Journal // texts and sources
	Contacts int64
}

// LargeWorkspace is the one workspace of a Large log.
const LargeWorkspace journal.WorkspaceID = 1

const (
	largeSteps = 7 // entries of a contact at most: its creation and six changes
	largeDays  = 730
	largeStart = lifecycle.Millis(1735689600000) // 2025-01-01
)

// LargeConfiguration has six progress stages and five reasons of loss.
func LargeConfiguration() journal.Configuration {
	c := journal.Configuration{Name: "Large", TimeZone: "UTC", Currency: "EUR", LifecycleEnabled: true, Edit: 1, NextStage: 13}
	for id := lifecycle.StageID(1); id < c.NextStage; id++ {
		kind := lifecycle.Progress
		switch {
		case id == 7:
			kind = lifecycle.Won
		case id > 7:
			kind = lifecycle.Lost
		}
		c.Lifecycle.Stages = append(c.Lifecycle.Stages, lifecycle.Stage{ID: id, Key: fmt.Sprintf("s%d", id), Name: fmt.Sprintf("Stage %d", id), Kind: kind})
	}
	return c
}

// NewLarge makes a log of that many contacts.
func NewLarge(contacts int64) *Large { return &Large{NewJournal("large"), contacts} }

// Workspaces implements projector.Journal.
func (l *Large) Workspaces(context.Context) ([]journal.WorkspaceID, error) {
	return []journal.WorkspaceID{LargeWorkspace}, nil
}

// Head implements projector.Journal.
func (l *Large) Head(context.Context, journal.WorkspaceID) (int64, error) {
	return 1 + l.Contacts*largeSteps, nil
}

// ConfigurationAt implements projector.Journal.
func (l *Large) ConfigurationAt(context.Context, journal.WorkspaceID, int64) (journal.Configuration, error) {
	return LargeConfiguration(), nil
}

// Scan implements projector.Journal. Seq 1 is the configuration; then come the
// first entries of all contacts, their second ones and so on. Numbers of
// entries that a contact does not have are left out.
func (l *Large) Scan(_ context.Context, w journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error {
	for seq := after + 1; seq <= upTo && limit > 0; seq++ {
		e, ok := l.entry(seq)
		if !ok {
			continue
		}
		limit--
		e.Seq, e.Workspace = seq, w
		if err := visit(e); err != nil {
			return err
		}
	}
	return nil
}

// Entries returns how many entries the log has, and how many are changes.
func (l *Large) Entries() (all, changes int64) {
	for c := range l.Contacts {
		changes += int64(len(path(mix(uint64(c + 1)))))
	}
	return 1 + l.Contacts + changes, changes
}

func (l *Large) entry(seq int64) (journal.Entry, bool) {
	if seq == 1 {
		c := LargeConfiguration()
		return journal.Entry{Kind: journal.KindConfiguration, Configuration: &c}, true
	}
	step := (seq - 2) / l.Contacts
	// A multiplier without common factors puts the contacts in another order.
	contact := journal.ContactID((seq-2)%l.Contacts*7_919_999%l.Contacts + 1)
	h := mix(uint64(contact))
	entered := largeStart + lifecycle.Millis(h%largeDays)*dayLength + lifecycle.Millis(h>>20%uint64(dayLength))
	if step == 0 {
		return journal.Entry{Kind: journal.KindContact, Contact: contact, At: entered, Edit: &journal.ContactEdit{
			CreatedBy: "api", Source: &journal.SourceEdit{To: largeSource(h >> 8 % 500)},
		}}, true
	}
	stages := path(h)
	if int(step) > len(stages) {
		return journal.Entry{}, false
	}
	at := entered
	for i := int64(1); i < step; i++ {
		at += lifecycle.Millis(mix(h+uint64(i))%20*uint64(dayLength) + mix(h-uint64(i))%uint64(dayLength))
	}
	return journal.Entry{Kind: journal.KindChange, Contact: contact, At: at, Stage: stages[step-1]}, true
}

func largeSource(n uint64) touch.Source {
	channels := []string{"Paid search", "Email", "Organic", "Referral"}
	return touch.Source{Source: channels[n%4], Campaign: fmt.Sprintf("Campaign %d", n)}
}

// path is the stages that a contact goes through.
func path(h uint64) []lifecycle.StageID {
	var stages []lifecycle.StageID
	for stage := lifecycle.StageID(1); stage <= 6; stage++ {
		draw := mix(h^uint64(stage)<<32) % 100
		switch {
		case len(stages) == largeSteps-2:
			return append(stages, 7)
		case stage > 1 && draw < 12: // lost
			return append(stages, 8+lifecycle.StageID(mix(h^draw)%5))
		case stage > 1 && draw < 18: // still there
			return stages
		case stage > 1 && draw < 45: // skips it
		default:
			stages = append(stages, stage)
		}
	}
	return append(stages, 7)
}

// mix is the finalizer of splitmix64.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
