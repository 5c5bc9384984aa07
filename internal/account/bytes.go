package account

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// Hash is a SHA-256.
type Hash [sha256.Size]byte

// Signature is an Ed25519 signature (RFC 8032).
type Signature [ed25519.SignatureSize]byte

// DeviceKey is the Ed25519 public key of a device and at the same time its
// name at the server: a device is whoever holds the private half.
type DeviceKey [ed25519.PublicKeySize]byte

// ServerKey is the Ed25519 public key that signs leases and receipts.
type ServerKey [ed25519.PublicKeySize]byte

// Nonce is drawn at random by a device for each lease it asks for. The same
// nonce brings the same lease, however often the request arrives.
type Nonce [16]byte

// Recipe is the SHA-256 of everything that a maker pays for in one layer in
// one format. Equal recipes are the same work.
type Recipe [sha256.Size]byte

// DeviceKeyOf is the public half of a device's private key.
func DeviceKeyOf(key ed25519.PrivateKey) DeviceKey {
	var k DeviceKey
	copy(k[:], key[ed25519.SeedSize:])
	return k
}

// ServerKeyOf is the public half of the server's private key.
func ServerKeyOf(key ed25519.PrivateKey) ServerKey {
	return ServerKey(DeviceKeyOf(key))
}

// IsZero tells whether the hash was never set.
func (h Hash) IsZero() bool { return h == Hash{} }

// IsZero tells whether the nonce was never drawn.
func (n Nonce) IsZero() bool { return n == Nonce{} }

// IsZero tells whether the key was never set.
func (k DeviceKey) IsZero() bool { return k == DeviceKey{} }

// IsZero tells whether the key was never set.
func (k ServerKey) IsZero() bool { return k == ServerKey{} }

func (h Hash) String() string      { return hex.EncodeToString(h[:]) }
func (s Signature) String() string { return hex.EncodeToString(s[:]) }
func (k DeviceKey) String() string { return hex.EncodeToString(k[:]) }
func (k ServerKey) String() string { return hex.EncodeToString(k[:]) }
func (n Nonce) String() string     { return hex.EncodeToString(n[:]) }
func (r Recipe) String() string    { return hex.EncodeToString(r[:]) }

// MarshalText writes lower-case hexadecimal, the form of all bytes in JSON.
func (h Hash) MarshalText() ([]byte, error) { return hexText(h[:]), nil }

// MarshalText writes lower-case hexadecimal.
func (s Signature) MarshalText() ([]byte, error) { return hexText(s[:]), nil }

// MarshalText writes lower-case hexadecimal.
func (k DeviceKey) MarshalText() ([]byte, error) { return hexText(k[:]), nil }

// MarshalText writes lower-case hexadecimal.
func (k ServerKey) MarshalText() ([]byte, error) { return hexText(k[:]), nil }

// MarshalText writes lower-case hexadecimal.
func (n Nonce) MarshalText() ([]byte, error) { return hexText(n[:]), nil }

// MarshalText writes lower-case hexadecimal.
func (r Recipe) MarshalText() ([]byte, error) { return hexText(r[:]), nil }

// UnmarshalText reads what MarshalText wrote.
func (h *Hash) UnmarshalText(text []byte) error { return unhex(h[:], text, "hash") }

// UnmarshalText reads what MarshalText wrote.
func (s *Signature) UnmarshalText(text []byte) error { return unhex(s[:], text, "signature") }

// UnmarshalText reads what MarshalText wrote.
func (k *DeviceKey) UnmarshalText(text []byte) error { return unhex(k[:], text, "device key") }

// UnmarshalText reads what MarshalText wrote.
func (k *ServerKey) UnmarshalText(text []byte) error { return unhex(k[:], text, "server key") }

// UnmarshalText reads what MarshalText wrote.
func (n *Nonce) UnmarshalText(text []byte) error { return unhex(n[:], text, "nonce") }

// UnmarshalText reads what MarshalText wrote.
func (r *Recipe) UnmarshalText(text []byte) error { return unhex(r[:], text, "recipe") }

func hexText(b []byte) []byte { return hex.AppendEncode(nil, b) }

func unhex(to, text []byte, what string) error {
	if len(text) != hex.EncodedLen(len(to)) {
		return fmt.Errorf("a %s has %d hexadecimal digits, not %d", what, hex.EncodedLen(len(to)), len(text))
	}
	if _, err := hex.Decode(to, text); err != nil {
		return fmt.Errorf("read a %s: %w", what, err)
	}
	return nil
}

// Instant is a moment in milliseconds since 1970-01-01 UTC. It is what the
// contract signs: a time.Time would carry a zone and a precision that do not
// survive the wire. 0 means never set.
type Instant int64

const instantLayout = "2006-01-02T15:04:05.000Z"

// InstantOf cuts t to milliseconds.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMilli()) }

// Time is the moment as UTC time.
func (i Instant) Time() time.Time { return time.UnixMilli(int64(i)).UTC() }

// Add moves the moment by d, cut to milliseconds.
func (i Instant) Add(d time.Duration) Instant { return i + Instant(d.Milliseconds()) }

// String writes RFC 3339 with milliseconds, in UTC.
func (i Instant) String() string { return i.Time().Format(instantLayout) }

// MarshalText writes RFC 3339 with milliseconds, in UTC.
func (i Instant) MarshalText() ([]byte, error) {
	if y := i.Time().Year(); y < 0 || y > 9999 {
		return nil, fmt.Errorf("a moment in the year %d can not be written", y)
	}
	return []byte(i.String()), nil
}

// UnmarshalText reads what MarshalText wrote, and no other form of a time.
func (i *Instant) UnmarshalText(text []byte) error {
	t, err := time.Parse(instantLayout, string(text))
	if err != nil {
		return fmt.Errorf("read a moment: %w", err)
	}
	*i = InstantOf(t)
	return nil
}
