package workspace

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/tidemark/tidemark/lifecycle"
)

// How exactly it is known when a key was used: of a running server, and in the
// record, which is what a restart leaves.
const (
	keyUseKnown = time.Minute
	keyUseSaved = time.Hour
)

// keyUses remembers when keys were used last, so that no request costs a write.
type keyUses struct {
	mu  sync.RWMutex
	all map[string]keyUse // by id as shown
}

type keyUse struct {
	last  lifecycle.Millis
	saved lifecycle.Millis // as the record has it; 0 = never
}

func newKeyUses() *keyUses { return &keyUses{all: map[string]keyUse{}} }

// know takes over what the record has of a key.
func (u *keyUses) know(key string, saved lifecycle.Millis) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if _, known := u.all[key]; !known {
		u.all[key] = keyUse{last: saved, saved: saved}
	}
}

// note notes that a key is used now.
func (u *keyUses) note(key string, now lifecycle.Millis) {
	if now.Sub(u.last(key)) < keyUseKnown {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	of := u.all[key]
	of.last = max(of.last, now)
	u.all[key] = of
}

// last is when a key was used last, 0 if not since the server started.
func (u *keyUses) last(key string) lifecycle.Millis {
	u.mu.RLock()
	defer u.mu.RUnlock()
	return u.all[key].last
}

// due are the uses that the record should know by now.
func (u *keyUses) due() map[string]lifecycle.Millis {
	u.mu.RLock()
	defer u.mu.RUnlock()
	due := map[string]lifecycle.Millis{}
	for key, of := range u.all {
		if of.last.Sub(of.saved) >= keyUseSaved {
			due[key] = of.last
		}
	}
	return due
}

// save notes that the record knows uses.
func (u *keyUses) save(saved map[string]lifecycle.Millis) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for key, at := range saved {
		of := u.all[key]
		of.saved = at
		u.all[key] = of
	}
}

// FollowKeyUses has the record know when keys were used, until ctx ends.
func (s *Service) FollowKeyUses(ctx context.Context, log *slog.Logger) {
	for {
		if err := s.SaveKeyUses(ctx); err != nil && ctx.Err() == nil {
			log.LogAttrs(ctx, slog.LevelError, "workspace: when keys were used could not be written yet", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Minute):
		}
	}
}

// SaveKeyUses writes when keys were used last: of each at most once an hour.
func (s *Service) SaveKeyUses(ctx context.Context) error {
	due := s.entrance.uses.due()
	if len(due) == 0 {
		return nil
	}
	err := s.store.Write(ctx, func(tx Tx) error {
		for key, at := range due {
			if err := tx.Accounts().SaveKeyUse(keyNumber(key), at); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.entrance.uses.save(due)
	}
	return err
}
