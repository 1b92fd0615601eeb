package workspace

import (
	"context"
	"crypto/subtle"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/journal"
	"github.com/tidemark/tidemark/lifecycle"
)

// keyPrefix marks the secrets of API keys, for people and for secret scanners.
const keyPrefix = "tmk_"

// CreateKeyInput makes an API key.
type CreateKeyInput struct {
	Workspace journal.WorkspaceID
	Name      string
	Scope     Scope
	Origins   []string // of a key that may only collect: the sites that may use it, like https://example.com; none = any
	Secret    string   // "" = a random one; only the demo, which lets everybody in, chooses
	Once      Idempotency
}

// CreateKeyOutput is the only place where the secret is ever shown.
type CreateKeyOutput struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
}

// EditKeyInput changes what a key is called and where it may be used; nil leaves as it is.
type EditKeyInput struct {
	Workspace journal.WorkspaceID
	ID        string
	Name      *string
	Origins   *[]string // empty = any site
}

// KeyView is an API key as answers show it.
type KeyView struct {
	ID         string            `json:"id"`
	Name       string            `json:"name"`
	Scope      Scope             `json:"scope"`
	CreatedAt  lifecycle.Millis  `json:"created_at"`
	LastUsedAt *lifecycle.Millis `json:"last_used_at" doc:"when somebody came with it last, to the minute; up to an hour too early after a restart of the server. null = never"`
	Origins    []string          `json:"origins" nullable:"true" doc:"sites that may use it; null = any"`
}

const keyIDPrefix = "key_"

func showKeyID(id int64) string { return keyIDPrefix + strconv.FormatInt(id, 10) }

// keyNumber is the reverse of showKeyID, 0 of what is none.
func keyNumber(id string) int64 {
	number, _ := strconv.ParseInt(strings.TrimPrefix(id, keyIDPrefix), 10, 64)
	return number
}

// Validate collects what is wrong with the input.
func (in CreateKeyInput) Validate() error {
	var k checker
	k.Refuse("body.name", badLabel(in.Name))
	if !slices.Contains(Scopes(), in.Scope) {
		k.Add("body.scope", "must be read, write, admin or collect")
	}
	k.origins(in.Scope, in.Origins)
	return k.Err()
}

// origins checks the sites of a key, and writes them as browsers do.
func (k *checker) origins(scope Scope, origins []string) {
	if len(origins) > maxOrigins || len(origins) > 0 && scope != ScopeCollect {
		k.Add("body.origins", "are for keys that collect, at most %d", fault.Named("max", maxOrigins)).Coded("beyond_limit")
	}
	for i := range origins {
		if origins[i] = asciiOrigin(origins[i]); !isOrigin(origins[i]) {
			k.Add(at("origins", i), "is no site, like https://example.com").Coded("not_a_site")
		}
	}
}

// maxOrigins is how many sites may use a key.
const maxOrigins = 100

// isOrigin reports whether a text is an origin as browsers send it.
func isOrigin(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.Scheme+"://"+u.Host == text &&
		strings.ToLower(text) == text
}

// CreateKey makes an API key of a workspace. Only the hash of its secret is
// kept; of a request that can be repeated, for a while, also the secret under
// the seal of its idempotency key.
func (s *Service) CreateKey(ctx context.Context, in CreateKeyInput) (CreateKeyOutput, error) {
	if err := in.Validate(); err != nil {
		return CreateKeyOutput{}, err
	}
	shown := func(out *CreateKeyOutput) *string { return &out.Secret }
	return WriteSecretOnce(ctx, s.store, s.now(), in.Workspace, in.Once, shown, func(tx Tx) (out CreateKeyOutput, err error) {
		if out.Secret = in.Secret; out.Secret == "" {
			out.Secret, _ = newToken(keyPrefix)
		}
		out.ID, err = s.addKey(tx, in, hashSecret(out.Secret))
		return out, err
	})
}

func (s *Service) addKey(tx Tx, in CreateKeyInput, hash []byte) (string, error) {
	if _, err := tx.Configuration(in.Workspace); err != nil {
		return "", err
	}
	known, err := tx.Accounts().Key(hash)
	if err != nil {
		return "", err
	}
	if known != nil {
		return "", fault.New(fault.Conflict, "key_taken", "There is a key with this secret already.")
	}
	id, err := tx.Accounts().AddKey(StoredKey{
		Workspace: in.Workspace, Name: strings.TrimSpace(in.Name), Scope: in.Scope, Hash: hash, Created: s.now(), Origins: in.Origins,
	})
	return showKeyID(id), err
}

// ListKeys lists the keys of a workspace, without their secrets.
func (s *Service) ListKeys(ctx context.Context, w journal.WorkspaceID) ([]KeyView, error) {
	keys := []KeyView{}
	err := s.store.Read(ctx, func(r Reader) error {
		stored, err := r.Accounts().Keys(w)
		for i := range stored {
			keys = append(keys, s.showKey(&stored[i]))
		}
		return err
	})
	return keys, err
}

func (s *Service) showKey(k *StoredKey) KeyView {
	out := KeyView{ID: showKeyID(k.ID), Name: k.Name, Scope: k.Scope, CreatedAt: k.Created, Origins: k.Origins}
	if used := max(k.Used, s.entrance.uses.last(out.ID)); used != 0 {
		out.LastUsedAt = &used
	}
	return out
}

// EditKey changes what a key is called and where it may be used, at once. What
// it may do never changes: whoever holds it would come to hold more.
func (s *Service) EditKey(ctx context.Context, in EditKeyInput) (KeyView, error) {
	var out KeyView
	err := s.store.Write(ctx, func(tx Tx) error {
		k, err := findKey(tx.Accounts(), in.Workspace, in.ID)
		if err != nil {
			return err
		}
		if err := k.edit(in); err != nil {
			return err
		}
		out = s.showKey(k)
		return tx.Accounts().SaveKey(*k)
	})
	s.entrance.keys.clear()
	return out, err
}

func (k *StoredKey) edit(in EditKeyInput) error {
	var found checker
	if in.Name != nil {
		found.Refuse("body.name", badLabel(*in.Name))
		k.Name = strings.TrimSpace(*in.Name)
	}
	if in.Origins != nil {
		found.origins(k.Scope, *in.Origins)
		k.Origins = *in.Origins
	}
	return found.Err()
}

// findKey finds a key of a workspace.
func findKey(a KeyReader, w journal.WorkspaceID, id string) (*StoredKey, error) {
	keys, err := a.Keys(w)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(keys, func(k StoredKey) bool { return showKeyID(k.ID) == id })
	if i < 0 {
		return nil, errNoKey(id)
	}
	return &keys[i], nil
}

func errNoKey(id string) error {
	return fault.New(fault.NotFound, "key_not_found", "There is no key %s.", quote(id))
}

// DeleteKey ends a key at once.
func (s *Service) DeleteKey(ctx context.Context, w journal.WorkspaceID, id string) error {
	err := s.store.Write(ctx, func(tx Tx) error {
		found, err := tx.Accounts().RemoveKey(w, keyNumber(id))
		if err == nil && !found {
			return errNoKey(id)
		}
		return err
	})
	s.entrance.keys.clear()
	return err
}

// Authenticate returns whose key this is; fault.Unauthenticated of an unknown
// one.
func (s *Service) Authenticate(ctx context.Context, bearer string) (Principal, error) {
	if bearer == "" {
		return Principal{}, errKey()
	}
	hash := hashSecret(bearer)
	if p, ok := s.entrance.keys.get(string(hash), s.now()); ok {
		s.entrance.uses.note(p.ID, s.now())
		return p, nil
	}
	filled := s.entrance.keys.fill()
	var p Principal
	err := s.store.Read(ctx, func(r Reader) error {
		k, err := r.Accounts().Key(hash)
		if err != nil {
			return err
		}
		if k == nil || subtle.ConstantTimeCompare(k.Hash, hash) != 1 {
			return errKey()
		}
		s.entrance.uses.know(showKeyID(k.ID), k.Used)
		p = Principal{Workspace: k.Workspace, Kind: PrincipalKey, ID: showKeyID(k.ID), Name: k.Name, Scopes: []Scope{k.Scope}, Origins: k.Origins}
		return nil
	})
	if err == nil {
		filled(string(hash), p, s.now())
		s.entrance.uses.note(p.ID, s.now())
	}
	return p, err
}

func errKey() error {
	return fault.New(fault.Unauthenticated, "key_unknown", "The API key is not known. Send it as \"Authorization: Bearer tmk_...\".")
}

const (
	keysCached   = 1024
	keyCacheLife = 30 * time.Second
)

// keyCache remembers keys for a short while, so that a request costs no
// reading of the record.
type keyCache struct {
	mu     sync.RWMutex
	all    map[string]cachedKey // by hash
	clears int
}

type cachedKey struct {
	principal Principal
	until     lifecycle.Millis
}

func newKeyCache() *keyCache { return &keyCache{all: map[string]cachedKey{}} }

func (c *keyCache) get(hash string, now lifecycle.Millis) (Principal, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	k, ok := c.all[hash]
	return k.principal, ok && now < k.until
}

// fill is called before a key is read. What it returns remembers the key,
// unless one was deleted meanwhile: it may be this one.
func (c *keyCache) fill() func(hash string, p Principal, now lifecycle.Millis) {
	c.mu.RLock()
	clears := c.clears
	c.mu.RUnlock()
	return func(hash string, p Principal, now lifecycle.Millis) {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.clears != clears {
			return
		}
		if len(c.all) >= keysCached {
			clear(c.all)
		}
		c.all[hash] = cachedKey{p, now.Add(keyCacheLife)}
	}
}

func (c *keyCache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clears++
	clear(c.all)
}
