package workspace

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
)

// veil hides a secret in an answer that is remembered. Only who repeats the
// request has what opens it: the record knows no more than a hash of the
// idempotency key.
type veil struct{ cipher.AEAD }

// newVeil makes the veil of an idempotency key.
func newVeil(key string) veil {
	sum := sha256.Sum256([]byte("veil\x00" + key))
	block, err := aes.NewCipher(sum[:])
	if err != nil {
		return veil{} // of 32 bytes it never fails
	}
	aead, _ := cipher.NewGCMWithRandomNonce(block) // of AES it never fails
	return veil{aead}
}

func (v veil) seal(secret string) string {
	return base64.RawStdEncoding.EncodeToString(v.Seal(nil, nil, []byte(secret), nil))
}

func (v veil) open(sealed string) (string, error) {
	data, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return "", fmt.Errorf("decode sealed secret: %w", err)
	}
	secret, err := v.Open(nil, nil, data, nil)
	if err != nil {
		return "", fmt.Errorf("open sealed secret: %w", err)
	}
	return string(secret), nil
}

// veiled names the request by a hash of its idempotency key.
func (o Idempotency) veiled() Idempotency {
	if o.given() {
		o.Key = fmt.Sprintf("veiled %x", hashSecret(o.Key))
	}
	return o
}
