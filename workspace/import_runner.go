package workspace

import (
	"context"
	"errors"
	"log/slog"
	"sync"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
)

// importsAtOnce is how many imports run at the same time; others wait.
const importsAtOnce = 2

// imports is what the service knows of the imports under way.
type imports struct {
	mu      sync.Mutex
	files   ImportFiles // nil before OpenImports
	log     *slog.Logger
	ctx     context.Context
	stop    context.CancelFunc
	running map[int64]chan struct{} // closed at the end
	turns   chan struct{}
	all     sync.WaitGroup
}

func newImports() *imports {
	return &imports{running: map[int64]chan struct{}{}, turns: make(chan struct{}, importsAtOnce)}
}

// OpenImports makes imports possible. Those that were under way when the
// process ended go on where they were; files that no import has are removed.
func (s *Service) OpenImports(ctx context.Context, files ImportFiles, log *slog.Logger) error {
	if err := s.sweep(ctx, files); err != nil {
		return err
	}
	var unfinished []StoredImport
	err := s.store.Read(ctx, func(r Reader) (err error) {
		unfinished, err = r.Imports().RunningImports()
		return err
	})
	if err != nil {
		return err
	}
	m := s.imports
	m.mu.Lock()
	m.files, m.log = files, log
	m.ctx, m.stop = context.WithCancel(context.WithoutCancel(ctx))
	m.mu.Unlock()
	for _, i := range unfinished {
		if i.Plan.DryRun {
			interrupted := fault.New(fault.Conflict, "interrupted", "The server was restarted during the dry run: start it again.")
			if err := s.failImport(ctx, i, interrupted); err != nil {
				return err
			}
			continue
		}
		m.launch(s, i)
	}
	return nil
}

// CloseImports stops all imports after the rows under way and waits for them.
// They go on at the next OpenImports.
func (s *Service) CloseImports() {
	m := s.imports
	m.mu.Lock()
	if m.stop != nil {
		m.stop()
		m.files = nil
	}
	m.mu.Unlock()
	m.all.Wait()
}

// storage returns where the files are.
func (m *imports) storage() (ImportFiles, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		return nil, fault.New(fault.Unavailable, "starting", "The server is starting or stopping. Try again in a moment.")
	}
	return m.files, nil
}

// errand is what is carried out in the background for an import.
type errand interface {
	// run goes on where it is, to the end. An error means that it cannot.
	run(ctx context.Context) error
	// fail notes why it could not.
	fail(ctx context.Context, cause error) error
}

// launch carries an import on in the background, or its undo.
func (m *imports) launch(s *Service, i StoredImport) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		return // it goes on at the next start
	}
	var e errand = &undoRun{s: s, stored: i}
	if i.State != ImportUndoing {
		r := &importRun{s: s, files: m.files, stored: i}
		if i.Plan.DryRun {
			r.dry = newDryRun()
		}
		e = r
	}
	ctx, done := m.ctx, make(chan struct{})
	m.running[i.Number] = done
	m.all.Go(func() { m.carryOut(ctx, i.Number, e, done) })
}

func (m *imports) carryOut(ctx context.Context, number int64, e errand, done chan struct{}) {
	defer func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		delete(m.running, number)
		close(done)
	}()
	select {
	case m.turns <- struct{}{}:
		defer func() { <-m.turns }()
	case <-ctx.Done():
		return
	}
	err := e.run(ctx)
	if err == nil || ctx.Err() != nil || errors.Is(err, errStopped) {
		return
	}
	if fault.KindOf(err) == fault.Internal {
		m.log.ErrorContext(ctx, "import failed", "import", showImportID(number), "err", err)
	}
	if err := e.fail(ctx, err); err != nil {
		m.log.ErrorContext(ctx, "import failed, and so did noting it", "import", showImportID(number), "err", err)
	}
}

// fail implements errand.
func (r *importRun) fail(ctx context.Context, cause error) error {
	return r.s.failImport(ctx, r.stored, cause)
}

// ended returns a channel that is closed once an import is not running here.
func (m *imports) ended(number int64) <-chan struct{} {
	m.mu.Lock()
	defer m.mu.Unlock()
	if done, ok := m.running[number]; ok {
		return done
	}
	done := make(chan struct{})
	close(done)
	return done
}

// sweep removes files that no import has: an import was refused, or the
// process ended, between writing the file and noting the import.
func (s *Service) sweep(ctx context.Context, files ImportFiles) error {
	names, err := files.Names()
	if err != nil || len(names) == 0 {
		return err
	}
	known := map[string]bool{}
	err = s.store.Read(ctx, func(r Reader) error {
		all, err := r.Workspaces()
		for _, w := range all {
			err = errors.Join(err, knownFiles(r.Imports(), w, known))
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, name := range names {
		if !known[name] {
			err = errors.Join(err, files.Remove(name))
		}
	}
	return err
}

func knownFiles(r ImportReader, w journal.WorkspaceID, known map[string]bool) error {
	for before := int64(1) << 62; ; {
		page, err := r.Imports(w, before, 200)
		if err != nil || len(page) == 0 {
			return err
		}
		for i := range page {
			known[page[i].Plan.File] = true
			before = page[i].Number
		}
	}
}
