package record

import (
	"context"
	"maps"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/workspace"
)

// Tx is one request inside the writer. It is only valid while the function
// that got it runs. Besides the methods that package workspace asks for, it
// runs named queries: reading by Each and One, writing by Run and Affected.
type Tx struct {
	conn   *conn
	record *Record

	start   counters // at the beginning of the group
	before  counters // at the beginning of the request
	now     counters
	careful bool    // requests of this group are savepoints
	open    bool    // the request's savepoint is set
	wrote   bool    // the request wrote something
	failed  error   // the first error of a statement that writes
	request pending // of this request
	group   pending // of the requests of this group that went well
	packing []byte  // a buffer
}

// counters are the last numbers given.
type counters struct{ seq, contact int64 }

// pending is what a commit will add to the record's state.
type pending struct {
	heads          map[journal.WorkspaceID]int64
	configurations map[journal.WorkspaceID]*workspace.Configured
	stages         map[stageKey]int64 // how many contacts more
	changes        map[changeKey]int64
	chains         map[journal.ContactID][]byte // of the contacts written; nil = must be read
	tail           []tailed                     // what was appended
	forgets        bool                         // entries were purged, texts taken out of the dictionary
}

type stageKey struct {
	workspace journal.WorkspaceID
	stage     lifecycle.StageID
}

func newPending() pending {
	return pending{
		heads:          map[journal.WorkspaceID]int64{},
		configurations: map[journal.WorkspaceID]*workspace.Configured{},
		stages:         map[stageKey]int64{},
		changes:        map[changeKey]int64{},
		chains:         map[journal.ContactID][]byte{},
	}
}

func (p *pending) clear() {
	clear(p.heads)
	clear(p.configurations)
	clear(p.stages)
	clear(p.changes)
	clear(p.chains)
	clear(p.tail) // what was erased since must not stay in memory
	p.tail = p.tail[:0]
	p.forgets = false
}

func (p *pending) add(q *pending) {
	maps.Copy(p.heads, q.heads)
	maps.Copy(p.configurations, q.configurations)
	maps.Copy(p.chains, q.chains)
	p.tail = append(p.tail, q.tail...)
	for key, n := range q.stages {
		p.stages[key] += n
	}
	for key, n := range q.changes {
		p.changes[key] += n
	}
	p.forgets = p.forgets || q.forgets
}

func newTx(r *Record, first counters) *Tx {
	return &Tx{conn: r.write, record: r, now: first, request: newPending(), group: newPending()}
}

func (t *Tx) beginGroup(careful bool) {
	t.start, t.careful = t.now, careful
	t.group.clear()
}

func (t *Tx) rollbackGroup() { t.now = t.start; t.group.clear() }

// control runs a statement of the transaction itself.
func (t *Tx) control(name string) error {
	return t.conn.each(context.Background(), name, nil, nil)
}

func (t *Tx) beginRequest() {
	t.before, t.open, t.wrote, t.failed = t.now, false, false, nil
	t.request.clear()
}

// mark sets the savepoint before the first write of a request.
func (t *Tx) mark() error {
	t.wrote = true
	if t.open || !t.careful {
		return nil
	}
	t.open = true
	return t.control("savepoint.set")
}

// endRequest keeps or undoes what the request wrote.
func (t *Tx) endRequest(keep bool) error {
	if keep {
		t.group.add(&t.request)
	} else {
		t.now = t.before
	}
	if !t.open {
		return nil
	}
	if !keep {
		if err := t.control("savepoint.undo"); err != nil {
			return err
		}
	}
	return t.control("savepoint.release")
}

// endGroup writes what the requests of the group share.
func (t *Tx) endGroup() error {
	for w, seq := range t.group.heads {
		if err := t.conn.each(context.Background(), "workspace.move", nil, []any{int64(w), seq}); err != nil {
			return err
		}
	}
	for key, n := range t.group.stages {
		if n == 0 {
			continue
		}
		err := t.conn.each(context.Background(), "stage.add", nil, []any{int64(key.workspace), int64(key.stage), n})
		if err != nil {
			return err
		}
	}
	return t.saveCounts()
}

// chain is the packed chain of a contact or visitor as this request sees it;
// nil where none is held.
func (t *Tx) chain(contact journal.ContactID) []byte {
	for _, p := range []*pending{&t.request, &t.group} {
		if chain, ok := p.chains[contact]; ok {
			return chain
		}
	}
	return t.record.recent.get(contact)
}

// publish makes what was committed known to readers.
func (t *Tx) publish() {
	if t.group.forgets {
		t.record.texts.forget()
		t.record.sources.forget()
		t.record.recent.forget()
		t.record.tail.forget()
	}
	// Before the state: who sees the new head finds what leads to it.
	t.record.recent.put(t.group.chains)
	t.record.tail.put(t.group.tail)
	if len(t.group.heads) == 0 && len(t.group.configurations) == 0 {
		return
	}
	old := t.record.state.Load()
	s := &state{heads: maps.Clone(old.heads), configurations: old.configurations}
	maps.Copy(s.heads, t.group.heads)
	if len(t.group.configurations) > 0 {
		s.configurations = maps.Clone(old.configurations)
		maps.Copy(s.configurations, t.group.configurations)
	}
	t.record.state.Store(s)
}

// Each runs a named query and visits its rows.
func (t *Tx) Each(name string, visit func(Row) error, args ...any) error {
	return t.conn.each(context.Background(), name, visit, args)
}

// One runs a named query and returns its first row.
func (t *Tx) One(name string, args ...any) (Row, bool, error) {
	return t.conn.one(context.Background(), name, args)
}

// Run runs a named query that writes.
func (t *Tx) Run(name string, args ...any) error {
	err := t.mark()
	if err == nil {
		err = t.conn.each(context.Background(), name, nil, args)
	}
	return t.note(err)
}

// RunOne runs a named query that writes and returns a row.
func (t *Tx) RunOne(name string, args ...any) (Row, bool, error) {
	if err := t.mark(); err != nil {
		return nil, false, t.note(err)
	}
	row, ok, err := t.conn.one(context.Background(), name, args)
	return row, ok, t.note(err)
}

// Affected runs a named query that writes and returns how many rows it wrote.
func (t *Tx) Affected(name string, args ...any) (int64, error) {
	if err := t.mark(); err != nil {
		return 0, t.note(err)
	}
	n, err := t.conn.affected(name, args)
	return n, t.note(err)
}

// note keeps the first error of a statement that writes: a request that
// swallows one must not commit half of what it meant.
func (t *Tx) note(err error) error {
	if err != nil && t.failed == nil {
		t.failed = err
	}
	return err
}
