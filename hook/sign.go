package hook

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"hash"

	"github.com/tidemark/tidemark/touch"
)

func mac(with func() hash.Hash, secret string, parts ...[]byte) []byte {
	h := hmac.New(with, []byte(secret))
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}

// isHex reports whether a text is the signature of parts, in constant time.
func isHex(signature, secret string, parts ...[]byte) bool {
	got, err := hex.DecodeString(signature)
	return err == nil && hmac.Equal(got, mac(sha256.New, secret, parts...))
}

func isBase64(with func() hash.Hash, signature, secret string, parts ...[]byte) bool {
	got, err := base64.StdEncoding.DecodeString(signature)
	return err == nil && hmac.Equal(got, mac(with, secret, parts...))
}

// same compares secrets in constant time, whatever their lengths.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// fresh reports whether a call was made lately: an older one may be somebody
// else's recording of it.
func (c Call) fresh(at touch.Millis) bool {
	return at > c.Now-replayed && at < c.Now+replayed
}
