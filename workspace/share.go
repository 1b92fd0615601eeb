package workspace

import (
	"context"
	"crypto/subtle"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// AddShareInput makes a link that shows one report to whoever has it.
type AddShareInput struct {
	Name      string            `json:"name" doc:"of the report, shown to whoever opens it"`
	Query     string            `json:"query" doc:"of the report page's address"`
	ExpiresAt *lifecycle.Millis `json:"expires_at,omitempty" doc:"when the link ends; never when absent"`

	Once Idempotency `json:"-"`
}

// ShareAnswer is a link as its makers see it.
type ShareAnswer struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Query      string            `json:"query"`
	State      ShareState        `json:"state" enum:"open,expired,revoked"`
	Token      *string           `json:"token" doc:"only in the answer to its making: the page is /share/TOKEN"`
	Author     string            `json:"author"`
	CreatedAt  lifecycle.Millis  `json:"created_at"`
	ExpiresAt  *lifecycle.Millis `json:"expires_at"`
	Uses       int64             `json:"uses" doc:"how often it was opened"`
	LastUsedAt *lifecycle.Millis `json:"last_used_at"`
}

// ShareState says whether a link still opens.
type ShareState string

// The states.
const (
	ShareOpen    ShareState = "open"
	ShareExpired ShareState = "expired"
	ShareRevoked ShareState = "revoked"
)

type shareBody struct {
	Name, Query, Author string
	Hash                []byte // of the token's secret part
	Expires             *lifecycle.Millis
	Revoked             bool
	Uses                int64
	LastUsed            *lifecycle.Millis
}

const maxShares = 500

func shares() Shelf[shareBody] { return Shelf[shareBody]{SavedShare, "share", maxShares} }

func (b *shareBody) state(now lifecycle.Millis) ShareState {
	switch {
	case b.Revoked:
		return ShareRevoked
	case b.Expires != nil && *b.Expires <= now:
		return ShareExpired
	}
	return ShareOpen
}

func (s *Service) shareAnswer(k Kept[shareBody]) ShareAnswer {
	b := k.Body
	return ShareAnswer{
		ID: k.ID, Name: b.Name, Query: b.Query, State: b.state(s.now()), Author: b.Author,
		CreatedAt: k.Created, ExpiresAt: b.Expires, Uses: b.Uses, LastUsedAt: b.LastUsed,
	}
}

// ListShares lists the links of a workspace, newest first.
func (s *Service) ListShares(ctx context.Context, w journal.WorkspaceID) (out []ShareAnswer, err error) {
	err = s.store.Read(ctx, func(r Reader) error {
		all, err := shares().All(r.Saved(), w)
		for _, k := range slices.Backward(all) {
			out = append(out, s.shareAnswer(k))
		}
		return err
	})
	return out, err
}

// AddShare makes a link. Only the hash of its secret is kept.
func (s *Service) AddShare(ctx context.Context, w journal.WorkspaceID, who Principal, in AddShareInput) (out ShareAnswer, err error) {
	secret, hash := newToken("")
	body := shareBody{
		Name: strings.TrimSpace(in.Name), Query: strings.TrimPrefix(in.Query, "?"), Author: who.Name, Hash: hash, Expires: in.ExpiresAt,
	}
	if err := body.check(s.now()); err != nil {
		return out, err
	}
	shown := func(out *ShareAnswer) *string { return out.Token }
	return WriteSecretOnce(ctx, s.store, s.now(), w, in.Once, shown, func(tx Tx) (ShareAnswer, error) {
		k, err := shares().Add(tx.Saved(), w, body, s.now())
		out := s.shareAnswer(k)
		out.Token = new(fmt.Sprintf("%d-%d-%s", w, k.stored.Number, secret))
		return out, err
	})
}

func (b *shareBody) check(now lifecycle.Millis) error {
	var k checker
	k.Refuse("body.name", badLabel(b.Name))
	k.Refuse("body.query", badText(b.Query, maxQuery))
	if b.Expires != nil && *b.Expires <= now {
		k.Add("body.expires_at", "is over already").Coded("past")
	}
	return k.Err()
}

// RevokeShare ends a link at once. It stays in the list.
func (s *Service) RevokeShare(ctx context.Context, w journal.WorkspaceID, id string) error {
	return s.store.Write(ctx, func(tx Tx) error {
		k, err := shares().Get(tx.Saved(), w, id, nil)
		if err != nil {
			return err
		}
		k.Body.Revoked = true
		return k.Save(tx.Saved())
	})
}

// OpenedShare is what a link shows.
type OpenedShare struct {
	Workspace journal.WorkspaceID
	Name      string
	Query     string
	ExpiresAt *lifecycle.Millis
}

// OpenShare returns what a link shows, and counts that it was opened. A token
// that never was, and one that ended, are told alike.
func (s *Service) OpenShare(ctx context.Context, token string) (out OpenedShare, err error) {
	w, number, secret := splitShareToken(token)
	err = s.store.Write(ctx, func(tx Tx) error {
		k, err := shares().get(tx.Saved(), w, number, "", nil)
		if fault.KindOf(err) == fault.NotFound || err == nil && !k.Body.opens(secret, s.now()) {
			return errShare()
		}
		if err != nil {
			return err
		}
		now := s.now()
		k.Body.Uses, k.Body.LastUsed = k.Body.Uses+1, &now
		out = OpenedShare{w, k.Body.Name, k.Body.Query, k.Body.Expires}
		return k.Note(tx.Saved())
	})
	return out, err
}

func (b *shareBody) opens(secret string, now lifecycle.Millis) bool {
	return subtle.ConstantTimeCompare(b.Hash, hashSecret(secret)) == 1 && b.state(now) == ShareOpen
}

func errShare() error {
	return fault.New(fault.NotFound, "share_ended", "This link does not exist, or it has ended. Ask whoever sent it for a new one.")
}

// splitShareToken takes a token apart; what is none names nothing.
func splitShareToken(token string) (w journal.WorkspaceID, number int64, secret string) {
	parts := strings.SplitN(token, "-", 3)
	if len(parts) < 3 {
		return 0, 0, ""
	}
	id, _ := strconv.ParseInt(parts[0], 10, 64)
	number, _ = strconv.ParseInt(parts[1], 10, 64)
	return journal.WorkspaceID(id), number, parts[2]
}
