package enginetest

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/projector"
)

// Journal is a log in memory. It is a whole implementation of
// projector.Journal, safe for concurrent use. The zero value is not usable.
type Journal struct {
	incarnation string
	changed     chan struct{}

	mu       sync.Mutex
	seq      int64
	contacts journal.ContactID
	logs     map[journal.WorkspaceID][]journal.Entry
	last     map[chain]int64 // seq of the latest entry
	texts    dictionary[string]
	sources  dictionary[[8]string]
}

var _ projector.Journal = (*Journal)(nil)

// chain is the entries of one contact in one log.
type chain struct {
	workspace journal.WorkspaceID
	contact   journal.ContactID
}

// dictionary numbers keys from 0.
type dictionary[K comparable] struct {
	numbers map[K]int64
	keys    []K
}

func (d *dictionary[K]) intern(key K) int64 {
	n, ok := d.numbers[key]
	if !ok {
		n = int64(len(d.keys))
		d.numbers[key] = n
		d.keys = append(d.keys, key)
	}
	return n
}

// NewJournal makes an empty log with an identity.
func NewJournal(incarnation string) *Journal {
	j := &Journal{
		incarnation: incarnation, changed: make(chan struct{}, 1),
		logs: map[journal.WorkspaceID][]journal.Entry{},
		last: map[chain]int64{},
	}
	j.texts.numbers = map[string]int64{}
	j.sources.numbers = map[[8]string]int64{}
	j.texts.intern("")
	j.sources.intern([8]string{})
	return j
}

// NewContact returns the id of a contact that is in no log yet.
func (j *Journal) NewContact() journal.ContactID {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.contacts++
	return j.contacts
}

// Append adds entries to a log, giving them their seq and workspace, and
// returns the last seq.
func (j *Journal) Append(w journal.WorkspaceID, entries ...journal.Entry) int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, e := range entries {
		j.seq++
		e.Seq, e.Workspace = j.seq, w
		if e.Arrived == 0 {
			e.Arrived = e.At
		}
		e.Prev = j.last[chain{w, e.Contact}]
		if e.Merge != nil && e.Merge.Last != 0 {
			e.Merge = &journal.Merge{With: e.Merge.With, Last: j.last[chain{w, e.Merge.With}]}
		}
		j.last[chain{w, e.Contact}] = e.Seq
		j.logs[w] = append(j.logs[w], e)
	}
	select {
	case j.changed <- struct{}{}:
	default:
	}
	return j.seq
}

// Entries returns a copy of a log.
func (j *Journal) Entries(w journal.WorkspaceID) []journal.Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.logs[w])
}

// Incarnation implements projector.Journal.
func (j *Journal) Incarnation(context.Context) (string, error) { return j.incarnation, nil }

// Workspaces implements projector.Journal.
func (j *Journal) Workspaces(context.Context) ([]journal.WorkspaceID, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	var list []journal.WorkspaceID
	for w := range j.logs {
		list = append(list, w)
	}
	slices.Sort(list)
	return list, nil
}

// Head implements projector.Journal.
func (j *Journal) Head(_ context.Context, w journal.WorkspaceID) (int64, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if log := j.logs[w]; len(log) > 0 {
		return log[len(log)-1].Seq, nil
	}
	return 0, nil
}

// Skim implements projector.Journal.
func (j *Journal) Skim(ctx context.Context, w journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error {
	return j.Scan(ctx, w, after, upTo, limit, visit)
}

// Scan is Skim of whole entries, as the in-memory engine asks for them.
func (j *Journal) Scan(_ context.Context, w journal.WorkspaceID, after, upTo int64, limit int, visit func(journal.Entry) error) error {
	j.mu.Lock()
	log := j.logs[w]
	j.mu.Unlock()
	from, _ := slices.BinarySearchFunc(log, after+1, func(e journal.Entry, seq int64) int { return int(e.Seq - seq) })
	for _, e := range log[from:min(from+limit, len(log))] {
		if e.Seq > upTo {
			return nil
		}
		if err := visit(e); err != nil {
			return err
		}
	}
	return nil
}

// Chains implements projector.Journal.
func (j *Journal) Chains(_ context.Context, w journal.WorkspaceID, chains []projector.Chain) ([][]journal.Entry, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	out := make([][]journal.Entry, len(chains))
	for i, c := range chains {
		if c.Last != 0 {
			out[i] = j.chain(w, c.Last)
		}
	}
	return out, nil
}

func (j *Journal) chain(w journal.WorkspaceID, last int64) []journal.Entry {
	var out []journal.Entry
	for ends := []int64{last}; len(ends) > 0; ends = ends[1:] {
		for seq := ends[0]; seq != 0; {
			e := j.logs[w][j.place(w, seq)]
			if out = append(out, e); e.Merge != nil && e.Merge.Last != 0 {
				ends = append(ends, e.Merge.Last)
			}
			seq = e.Prev
		}
	}
	slices.SortFunc(out, func(a, b journal.Entry) int { return int(a.Seq - b.Seq) })
	return out
}

// place is where an entry is in its log.
func (j *Journal) place(w journal.WorkspaceID, seq int64) int {
	i, _ := slices.BinarySearchFunc(j.logs[w], seq, func(e journal.Entry, seq int64) int { return int(e.Seq - seq) })
	return i
}

// Latest implements projector.Journal.
func (j *Journal) Latest(_ context.Context, w journal.WorkspaceID, contacts []journal.ContactID) ([]int64, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	lasts := make([]int64, len(contacts))
	for i, c := range contacts {
		lasts[i] = j.last[chain{w, c}]
	}
	return lasts, nil
}

// ConfigurationAt implements projector.Journal.
func (j *Journal) ConfigurationAt(_ context.Context, w journal.WorkspaceID, seq int64) (journal.Configuration, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, e := range slices.Backward(j.logs[w]) {
		if e.Kind == journal.KindConfiguration && e.Seq <= seq {
			return *e.Configuration, nil
		}
	}
	return journal.Configuration{}, fmt.Errorf("enginetest: workspace %d has no configuration at %d", w, seq)
}

// Changed implements projector.Journal.
func (j *Journal) Changed() <-chan struct{} { return j.changed }

// Intern implements projector.Dictionary.
func (j *Journal) Intern(_ context.Context, _ journal.WorkspaceID, texts []string) ([]int64, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	out := make([]int64, len(texts))
	for i, text := range texts {
		out[i] = j.texts.intern(text)
	}
	return out, nil
}

// Numbers implements projector.Dictionary.
func (j *Journal) Numbers(_ context.Context, _ journal.WorkspaceID, texts []string) ([]int64, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	out := make([]int64, len(texts))
	for i, text := range texts {
		n, ok := j.texts.numbers[text]
		if !ok {
			n = -1
		}
		out[i] = n
	}
	return out, nil
}

// Texts implements projector.Dictionary.
func (j *Journal) Texts(_ context.Context, _ journal.WorkspaceID, numbers []int64) ([]string, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	out := make([]string, len(numbers))
	for i, n := range numbers {
		if n < 0 || n >= int64(len(j.texts.keys)) {
			return nil, fmt.Errorf("enginetest: no text has number %d", n)
		}
		out[i] = j.texts.keys[n]
	}
	return out, nil
}

// InternSources implements projector.Dictionary.
func (j *Journal) InternSources(_ context.Context, _ journal.WorkspaceID, sources [][8]string) ([]int64, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	out := make([]int64, len(sources))
	for i, s := range sources {
		out[i] = j.sources.intern(s)
		for _, text := range s {
			j.texts.intern(text) // now, so that a log read twice has the same numbers
		}
	}
	return out, nil
}

// SourceFields implements projector.Dictionary.
func (j *Journal) SourceFields(_ context.Context, _ journal.WorkspaceID, numbers []int64) ([][8]int64, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	out := make([][8]int64, len(numbers))
	for i, n := range numbers {
		if n < 0 || n >= int64(len(j.sources.keys)) {
			return nil, fmt.Errorf("enginetest: no source has number %d", n)
		}
		for k, text := range j.sources.keys[n] {
			out[i][k] = j.texts.intern(text)
		}
	}
	return out, nil
}
