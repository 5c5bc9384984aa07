package sdk

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// MaxSignature is the largest manifest.sig that is read, in bytes.
const MaxSignature = 1 << 10

// signedPrefix keeps a signature of a manifest from being one of anything else.
const signedPrefix = "mapwright plugin manifest v1\n"

// SignManifest gives the text of manifest.sig for the bytes of manifest.json:
// one line of "ed25519", the public key and the signature, both in standard
// base64, with a space between them. What is signed is the line "mapwright
// plugin manifest v1", a line feed, and manifest.json as it is, which holds the
// hash of every other file.
func SignManifest(manifest []byte, key ed25519.PrivateKey) ([]byte, error) {
	public, ok := key.Public().(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("the key is no Ed25519 key")
	}
	sign := ed25519.Sign(key, append([]byte(signedPrefix), manifest...))
	return fmt.Appendf(nil, "ed25519 %s %s\n",
		base64.StdEncoding.EncodeToString(public), base64.StdEncoding.EncodeToString(sign)), nil
}

// VerifyManifest checks manifest.sig against manifest.json and returns the key
// that signed it. Whether that key is trusted is for the host to say.
func VerifyManifest(manifest, signature []byte) (ed25519.PublicKey, error) {
	if len(signature) > MaxSignature {
		return nil, fmt.Errorf("%s has %d bytes, more than %d", SignatureName, len(signature), MaxSignature)
	}
	fields := strings.Fields(string(signature))
	if len(fields) != 3 || fields[0] != "ed25519" {
		return nil, fmt.Errorf("%s is not one line of ed25519, key and signature", SignatureName)
	}
	key, err := base64.StdEncoding.Strict().DecodeString(fields[1])
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("%s holds no Ed25519 key", SignatureName)
	}
	sign, err := base64.StdEncoding.Strict().DecodeString(fields[2])
	if err != nil || !ed25519.Verify(key, append([]byte(signedPrefix), manifest...), sign) {
		return nil, fmt.Errorf("the signature in %s is not of this %s", SignatureName, ManifestName)
	}
	return key, nil
}
