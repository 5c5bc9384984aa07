package accountserver

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mapwright/mapwright/internal/account"
	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// PasswordCost is what checking one password costs, so that guessing costs it
// too. The zero value stands for the costs of DefaultPasswordCost.
type PasswordCost struct {
	// MemoryKiB is the memory in KiB, Passes how often it is gone over.
	MemoryKiB, Passes uint32
}

// DefaultPasswordCost is RFC 9106's second recommended option (section 4) on
// one lane: with as many hashes at once as there are processors, more lanes
// would not be faster.
var DefaultPasswordCost = PasswordCost{MemoryKiB: 64 << 10, Passes: 3}

const (
	lanes      = 1
	saltBytes  = 16
	hashBytes  = 32
	minLetters = 10
	maxBytes   = 1024
)

// waitForHash is how long a person waits at most until a hash can begin.
const waitForHash = 5 * time.Second

// hashers bounds how many passwords are hashed at once: each takes a processor
// and tens of megabytes.
type hashers chan struct{}

func newHashers() hashers { return make(hashers, runtime.GOMAXPROCS(0)) }

// run does work when there is room for it, or fails with ErrBusy.
func (h hashers) run(ctx context.Context, work func()) error {
	waiting, cancel := context.WithTimeout(ctx, waitForHash)
	defer cancel()
	select {
	case h <- struct{}{}:
	case <-waiting.Done():
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return ErrBusy
	}
	defer func() { <-h }()
	work()
	return nil
}

// normalPassword is the password as it is hashed: two keyboards that write é
// differently write one password.
func normalPassword(password string) (string, error) {
	switch n := norm.NFC.String(password); {
	case !utf8.ValidString(password) || len(n) > maxBytes:
		return "", invalid("a password is text of at most %d bytes", maxBytes)
	case utf8.RuneCountInString(n) < minLetters:
		return "", invalid("a password needs at least %d characters", minLetters)
	default:
		return n, nil
	}
}

// hashPassword hashes a password in its normal form with a fresh salt.
func (s *Server) hashPassword(ctx context.Context, password string) (string, error) {
	h := passwordHash{cost: s.PasswordCost, salt: make([]byte, saltBytes)}
	if _, err := s.Read(h.salt); err != nil {
		return "", fmt.Errorf("salt a password: %w", err)
	}
	err := s.hashers.run(ctx, func() { h.sum = h.of(password) })
	return h.String(), err
}

// passwordIs tells whether a stored hash is that of the password. An empty one
// costs as much and is nobody's.
func (s *Server) passwordIs(ctx context.Context, stored, password string) (same bool, err error) {
	h := passwordHash{cost: s.PasswordCost, salt: make([]byte, saltBytes), sum: make([]byte, hashBytes)}
	if stored != "" {
		if h, err = parsePasswordHash(stored); err != nil {
			return false, &DamagedError{Err: err}
		}
	}
	err = s.hashers.run(ctx, func() { same = subtle.ConstantTimeCompare(h.of(password), h.sum) == 1 })
	return same && stored != "", err
}

// passwordHash is one password, hashed by argon2id.
type passwordHash struct {
	cost      PasswordCost
	salt, sum []byte
}

func (h passwordHash) of(password string) []byte {
	return argon2.IDKey([]byte(password), h.salt, h.cost.Passes, h.cost.MemoryKiB, lanes, hashBytes)
}

var base64Text = base64.RawStdEncoding

// String is the PHC string format.
func (h passwordHash) String() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, h.cost.MemoryKiB, h.cost.Passes, lanes,
		base64Text.EncodeToString(h.salt), base64Text.EncodeToString(h.sum))
}

func parsePasswordHash(text string) (h passwordHash, err error) {
	bad := errors.New("the hash of a password can't be read")
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return h, bad
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=1", &h.cost.MemoryKiB, &h.cost.Passes); err != nil {
		return h, bad
	}
	if h.salt, err = base64Text.DecodeString(parts[4]); err != nil {
		return h, bad
	}
	if h.sum, err = base64Text.DecodeString(parts[5]); err != nil {
		return h, bad
	}
	if h.String() != text || len(h.sum) != hashBytes || h.cost.MemoryKiB < 8 || h.cost.MemoryKiB > 1<<21 || h.cost.Passes < 1 {
		return h, bad
	}
	return h, nil
}

// refusedSignIn is the answer to an unknown email and to a wrong password
// alike: nobody learns who has an account.
func refusedSignIn() error {
	return &account.Error{Code: account.CodeSignInRefused, Message: "the email or the password is wrong"}
}
