package accountserver

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mapwright/mapwright/internal/account"
	"golang.org/x/text/unicode/norm"
)

// Credential is what a person signs in with.
type Credential struct {
	Account account.AccountID
	// Email is in its normal form.
	Email string
	// ConfirmedAt is when the email was confirmed, or zero.
	ConfirmedAt account.Instant
	CreatedAt   time.Time

	passwordHash string
}

// String leaves out what no message or log should have.
func (c Credential) String() string { return "the credential of " + string(c.Account) }

// signUpPlan is the one that a new account begins on.
const signUpPlan = "trial"

// Attempt is what a person typed to sign up or to sign in, and where from.
type Attempt struct {
	Email    string
	Password string
	// Address is the IP address that it came from, to slow down guessing. An
	// empty one is a single address of its own.
	Address string
}

// String leaves out what no message or log should have.
func (Attempt) String() string { return "an attempt" }

// SignUp opens an account on the trial plan. Its answers are CodeInvalid (no
// email, a short password), CodeEmailTaken and CodeTooMany; ErrBusy says that
// too many people are at the door.
func (s *Server) SignUp(ctx context.Context, a Attempt) (Account, error) {
	email, err := NormalEmail(a.Email)
	if err != nil {
		return Account{}, err
	}
	password, err := normalPassword(a.Password)
	if err != nil {
		return Account{}, err
	}
	if err := s.attempts.admit(s.Clock(), a.Address, email); err != nil {
		return Account{}, err
	}
	hash, err := s.hashPassword(ctx, password)
	if err != nil {
		return Account{}, err
	}
	name := make([]byte, 12)
	if _, err := s.Read(name); err != nil {
		return Account{}, fmt.Errorf("name an account: %w", err)
	}
	opened := Account{ID: account.AccountID("account-" + hex.EncodeToString(name)), Plan: signUpPlan, OpenedAt: s.Clock()}
	err = s.update(ctx, func(tx Tx, _ account.Epoch) error {
		if err := tx.PutAccount(opened); err != nil {
			return err
		}
		added, err := tx.AddCredential(Credential{Account: opened.ID, Email: email, CreatedAt: opened.OpenedAt, passwordHash: hash})
		if err == nil && !added {
			return &account.Error{Code: account.CodeEmailTaken, Message: "there is an account with this email: sign in"}
		}
		return err
	})
	if err != nil {
		return Account{}, err
	}
	return opened, nil
}

// Credential is what the person of an account signs in with. It is false for
// an account without a person, as an embedded one is.
func (s *Server) Credential(ctx context.Context, id account.AccountID) (c Credential, ok bool, err error) {
	err = s.update(ctx, func(tx Tx, _ account.Epoch) error {
		c, ok, err = tx.Credential(id)
		return err
	})
	return c, ok, err
}

// FindCredential finds an account by its email, however it is written.
func (s *Server) FindCredential(ctx context.Context, email string) (c Credential, ok bool, err error) {
	if email, err = NormalEmail(email); err != nil {
		return c, false, err
	}
	err = s.update(ctx, func(tx Tx, _ account.Epoch) error {
		c, ok, err = tx.CredentialOfEmail(email)
		return err
	})
	return c, ok, err
}

// Credentials lists those who can sign in, by email: at most limit of those
// after an email; an empty one begins.
func (s *Server) Credentials(ctx context.Context, after string, limit int) (list []Credential, err error) {
	err = s.update(ctx, func(tx Tx, _ account.Epoch) error {
		list, err = tx.Credentials(after, limit)
		return err
	})
	return list, err
}

// ConfirmEmail notes that the email of an account is its person's.
func (s *Server) ConfirmEmail(ctx context.Context, id account.AccountID) error {
	return s.update(ctx, func(tx Tx, _ account.Epoch) error {
		c, ok, err := tx.Credential(id)
		if err != nil || (ok && c.ConfirmedAt != 0) {
			return err
		}
		if !ok {
			return fmt.Errorf("account %s has no email to confirm", id)
		}
		c.ConfirmedAt = account.InstantOf(s.Clock())
		return tx.SetCredential(c)
	})
}

// maxEmail is the longest address that mail can be sent to, in bytes (RFC 5321,
// section 4.5.3.1.3, without the angle brackets).
const maxEmail = 254

// NormalEmail is the one writing of an email that an account is found by: no
// space around it, small letters, composed characters. Its answer to what is no
// email is CodeInvalid.
func NormalEmail(email string) (string, error) {
	n := strings.ToLower(norm.NFC.String(strings.TrimSpace(email)))
	local, domain, found := strings.Cut(n, "@")
	odd := func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == '@' || r == utf8.RuneError
	}
	if !found || local == "" || domain == "" || len(n) > maxEmail || strings.ContainsFunc(local+domain, odd) {
		return "", invalid("this is no email address: one looks like lena@example.org")
	}
	return n, nil
}

// ErrBusy says that more people sign in at once than the server can check.
// Nothing was done; it may be tried again.
var ErrBusy = errors.New("too many people sign in at this moment: try again in a few seconds")
