package workspace

import (
	"context"
	"net/netip"
	"sync"

	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/touch"
)

// site is how a workspace reads its traffic, made ready: every beacon asks.
type site struct {
	Tracking
	classifier *touch.Classifier
	own        []netip.Prefix // networks of the own people
}

func (s *Service) newSite(t Tracking) *site {
	out := &site{Tracking: t, classifier: s.Classifier(&t)}
	for _, text := range t.Ignore {
		if n, err := network(text); err == nil {
			out.own = append(out.own, n)
		}
	}
	return out
}

// ignores reports whether visits from an address are those of the own people.
// The address is only compared, and kept nowhere.
func (s *site) ignores(address string) bool {
	if len(s.own) == 0 {
		return false
	}
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return false
	}
	for _, n := range s.own {
		if n.Contains(ip.Unmap()) {
			return true
		}
	}
	return false
}

// maxSites bounds the memory of sites: workspaces, each of which is small.
const maxSites = 1_000

// sites remembers the sites that were asked for until they are edited. One
// process writes the record, and by one service.
type sites struct {
	mu    sync.Mutex
	edits int // counts edits: what was read before one may be old
	known map[journal.WorkspaceID]*site
}

func (s *sites) get(w journal.WorkspaceID) (known *site, edits int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known[w], s.edits
}

// keep remembers a site, unless one was edited since edits were counted.
func (s *sites) keep(w journal.WorkspaceID, read *site, edits int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if edits != s.edits {
		return
	}
	if s.known == nil || len(s.known) >= maxSites {
		s.known = map[journal.WorkspaceID]*site{}
	}
	s.known[w] = read
}

func (s *sites) forget(w journal.WorkspaceID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.edits++
	delete(s.known, w)
}

// site returns how a workspace reads its traffic. It must not be changed.
func (s *Service) site(ctx context.Context, w journal.WorkspaceID) (*site, error) {
	known, edits := s.sites.get(w)
	if known != nil {
		return known, nil
	}
	t, err := s.GetTracking(ctx, w)
	if err != nil {
		return nil, err
	}
	read := s.newSite(t)
	s.sites.keep(w, read, edits)
	return read, nil
}

// Ignores reports whether an address is one of the workspace's own people.
func (s *Service) Ignores(ctx context.Context, w journal.WorkspaceID, address string) (bool, error) {
	t, err := s.site(ctx, w)
	return err == nil && t.ignores(address), err
}
