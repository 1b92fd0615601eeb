package workspace

import (
	"time"

	"github.com/tidemark/tidemark/lifecycle"
	"github.com/tidemark/tidemark/touch"
)

// Clock tells the time.
type Clock func() time.Time

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	store    Store
	clock    Clock
	entrance *entrance
	imports  *imports
	finder   Finder // nil until UseFinder

	places *touch.Lists // where visits are known to come from
	sites  sites

	comparing chan struct{} // held by whoever folds a whole log
	reread    chan struct{} // told of edits that change how logs are read
}

// NewService makes a service on a store.
func NewService(store Store, clock Clock) *Service {
	return &Service{
		store: store, clock: clock, entrance: newEntrance(), imports: newImports(), places: touch.NewLists(),
		comparing: make(chan struct{}, 1), reread: make(chan struct{}, 1),
	}
}

func (s *Service) now() lifecycle.Millis { return lifecycle.MillisOf(s.clock()) }
