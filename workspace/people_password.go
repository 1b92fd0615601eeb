package workspace

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// passwordCost are the parameters of argon2id. They are stored with each hash,
// so that they can be raised later.
type passwordCost struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
}

// presentCost is the first choice of the OWASP cheat sheet: 19 MiB, 2 passes.
func presentCost() passwordCost { return passwordCost{memory: 19 * 1024, passes: 2, lanes: 1} }

const (
	passwordHashes = 2 // at the same time: each takes 19 MiB
	saltLength     = 16
	keyLength      = 32
)

// passwords hashes and checks passwords, a bounded number at a time.
type passwords struct{ turns chan struct{} }

func newPasswords() passwords { return passwords{make(chan struct{}, passwordHashes)} }

// hash returns a password's hash in the PHC string format.
func (p passwords) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLength)
	rand.Read(salt) // never fails
	c := presentCost()
	key, err := p.derive(ctx, c, password, salt)
	if err != nil {
		return "", err
	}
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.lanes,
		enc.EncodeToString(salt), enc.EncodeToString(key)), nil
}

// check reports whether a password has this hash. An empty hash, that of an
// unknown account, takes the same time and never matches.
func (p passwords) check(ctx context.Context, password, hash string) (bool, error) {
	c, salt, want, known := parseHash(hash)
	if !known {
		c, salt, want = presentCost(), make([]byte, saltLength), make([]byte, keyLength)
	}
	got, err := p.derive(ctx, c, password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && known, nil
}

func (p passwords) derive(ctx context.Context, c passwordCost, password string, salt []byte) ([]byte, error) {
	select {
	case p.turns <- struct{}{}:
		defer func() { <-p.turns }()
		return argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.lanes, keyLength), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// parseHash is the reverse of hash.
func parseHash(text string) (c passwordCost, salt, key []byte, ok bool) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, false
	}
	_, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes)
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	ok = err == nil && saltErr == nil && keyErr == nil && c.passes > 0 && c.lanes > 0 && len(key) == keyLength
	return c, salt, key, ok
}
