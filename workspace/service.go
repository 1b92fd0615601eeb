package workspace

import (
	"time"

	"github.com/tidemark/tidemark/lifecycle"
)

// Clock tells the time.
type Clock func() time.Time

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	store    Store
	clock    Clock
	entrance *entrance
	imports  *imports
}

// NewService makes a service on a store.
func NewService(store Store, clock Clock) *Service {
	return &Service{store: store, clock: clock, entrance: newEntrance(), imports: newImports()}
}

func (s *Service) now() lifecycle.Millis { return lifecycle.MillisOf(s.clock()) }
