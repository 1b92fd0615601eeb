package workspace

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"sync"
	"time"

	"github.com/tidemark/tidemark/fault"
	"github.com/tidemark/tidemark/lifecycle"
)

// entrance is what the service remembers of those who come in.
type entrance struct {
	passwords passwords
	keys      *keyCache
	uses      *keyUses
	failures  *failures
}

func newEntrance() *entrance {
	return &entrance{passwords: newPasswords(), keys: newKeyCache(), uses: newKeyUses(), failures: newFailures()}
}

// newToken makes a secret of 32 random bytes, and its hash.
func newToken(prefix string) (token string, hash []byte) {
	secret := make([]byte, 32)
	rand.Read(secret) // never fails
	token = prefix + base64.RawURLEncoding.EncodeToString(secret)
	return token, hashSecret(token)
}

// hashSecret is enough for secrets that nobody can guess; passwords are not.
func hashSecret(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

const (
	freeFailures   = 5                // of one account, before it is slowed down
	longestPause   = time.Minute      // of one account: nobody can lock another one out
	failuresKept   = 10_000           // accounts
	failuresMemory = 15 * time.Minute // since the last failure
)

// failures slows down the guessing of one account's password, from wherever
// it is tried.
type failures struct {
	mu  sync.Mutex
	all map[string]failure
}

type failure struct {
	count int
	last  lifecycle.Millis
}

func newFailures() *failures { return &failures{all: map[string]failure{}} }

// pause returns how long an account has to wait before the next try.
func (f *failures) pause(account string, now lifecycle.Millis) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	failed := f.all[account]
	over := failed.count - freeFailures
	if over < 0 {
		return 0
	}
	wait := min(time.Second<<min(over, 10), longestPause)
	return wait - now.Sub(failed.last)
}

// note counts a failure, or forgets those before a success.
func (f *failures) note(account string, ok bool, now lifecycle.Millis) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if ok {
		delete(f.all, account)
		return
	}
	if len(f.all) >= failuresKept {
		f.forget(now)
	}
	failed := f.all[account]
	if now.Sub(failed.last) > failuresMemory {
		failed.count = 0
	}
	f.all[account] = failure{failed.count + 1, now}
}

// forget drops what is old, or else everything: memory is bounded.
func (f *failures) forget(now lifecycle.Millis) {
	for account, failed := range f.all {
		if now.Sub(failed.last) > failuresMemory {
			delete(f.all, account)
		}
	}
	if len(f.all) >= failuresKept {
		clear(f.all)
	}
}

func errPause(wait time.Duration) error {
	e := fault.New(fault.Unavailable, "sign_in_slowed", "Too many wrong passwords. Try again in a while.")
	e.RetryAfter = wait
	return e
}
