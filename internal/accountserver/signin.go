package accountserver

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// SessionKind says what a session is for. A token of one kind opens nothing of
// the other: a cookie is no key to the API.
type SessionKind string

// The kinds of session.
const (
	// SessionAPI is that of a program on a computer.
	SessionAPI SessionKind = "api"
	// SessionWeb is that of a browser at the account pages.
	SessionWeb SessionKind = "web"
)

// lives is how long a session lasts after its last use.
var lives = map[SessionKind]time.Duration{
	SessionAPI: 180 * 24 * time.Hour, // a workshop that is closed over the winter stays signed in
	SessionWeb: 14 * 24 * time.Hour,
}

// noteUse is how old the last noted use of a session gets before it is noted
// again: not every request writes.
const noteUse = time.Hour

// SessionID names a session to its owner. It opens nothing.
type SessionID [16]byte

// ParseSessionID reads what String wrote.
func ParseSessionID(text string) (id SessionID, err error) {
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(id) {
		return id, invalid("there is no session of this id")
	}
	return SessionID(b), nil
}

func (id SessionID) String() string { return hex.EncodeToString(id[:]) }

// SessionRecord is what the server keeps of a session that a person opened.
type SessionRecord struct {
	ID      SessionID
	Account account.AccountID
	Kind    SessionKind
	// UsedAt is when it was last used, to the hour.
	CreatedAt, UsedAt, ExpiresAt time.Time
}

// SignedIn is a new session.
type SignedIn struct {
	// Token opens the session. It is told once and kept nowhere.
	Token string
	SessionRecord
}

// SignIn opens a session. Its answers are CodeSignInRefused, the same for an
// unknown email and a wrong password, and CodeTooMany; ErrBusy says that too
// many people are at the door.
func (s *Server) SignIn(ctx context.Context, a Attempt, kind SessionKind) (SignedIn, error) {
	if lives[kind] == 0 {
		return SignedIn{}, fmt.Errorf("there is no session of kind %q", kind)
	}
	email, err := NormalEmail(a.Email)
	if err != nil {
		return SignedIn{}, err
	}
	if err := s.attempts.admit(s.Clock(), a.Address, email); err != nil {
		return SignedIn{}, err
	}
	c, err := s.checkPassword(ctx, email, a.Password)
	if err != nil {
		return SignedIn{}, err
	}
	s.attempts.forget(a.Address, email)
	return s.openSession(ctx, c, kind)
}

// checkPassword finds whose email and password these are. The hash is made
// outside of a transaction: it takes long.
func (s *Server) checkPassword(ctx context.Context, email, password string) (c Credential, err error) {
	err = s.update(ctx, func(tx Tx, _ account.Epoch) error {
		c, _, err = tx.CredentialOfEmail(email)
		return err
	})
	if err != nil {
		return c, err
	}
	normal, err := normalPassword(password)
	if err != nil { // no account has such a password, which is nobody's business
		normal, c.passwordHash = "", ""
	}
	same, err := s.passwordIs(ctx, c.passwordHash, normal)
	if err == nil && !same {
		err = refusedSignIn()
	}
	return c, err
}

// openSession adds a session, and removes the expired ones of the account.
func (s *Server) openSession(ctx context.Context, c Credential, kind SessionKind) (in SignedIn, err error) {
	secret := make([]byte, 32+len(in.ID))
	if _, err := s.Read(secret); err != nil {
		return in, fmt.Errorf("draw a token: %w", err)
	}
	now := s.Clock()
	in.Token = base64.RawURLEncoding.EncodeToString(secret[:32])
	in.SessionRecord = SessionRecord{
		ID: SessionID(secret[32:]), Account: c.Account, Kind: kind,
		CreatedAt: now, UsedAt: now, ExpiresAt: now.Add(lives[kind]),
	}
	err = s.update(ctx, func(tx Tx, _ account.Epoch) error {
		latest, _, err := tx.Credential(c.Account)
		if err != nil {
			return err
		}
		if latest.passwordHash != c.passwordHash { // changed meanwhile
			return refusedSignIn()
		}
		if err := tx.EndSessions(c.Account, now); err != nil {
			return err
		}
		return tx.AddSession(in.SessionRecord, hashToken(in.Token))
	})
	if err != nil {
		return SignedIn{}, err
	}
	return in, nil
}

// hashToken is what a token is found by: who reads the database can't use it.
func hashToken(token string) account.Hash { return sha256.Sum256([]byte(token)) }

// Authenticate finds the session that a token opens. Its answer to a token that
// is unknown, expired, revoked or of another kind is CodeSignInNeeded.
func (s *Server) Authenticate(ctx context.Context, token string, kind SessionKind) (record SessionRecord, err error) {
	err = s.update(ctx, func(tx Tx, _ account.Epoch) error {
		var ok bool
		record, ok, err = tx.SessionOfToken(hashToken(token))
		if err != nil {
			return err
		}
		now := s.Clock()
		if !ok || record.Kind != kind || !now.Before(record.ExpiresAt) {
			return &account.Error{Code: account.CodeSignInNeeded, Message: "you are not signed in: sign in"}
		}
		if now.Sub(record.UsedAt) < noteUse {
			return nil
		}
		record.UsedAt, record.ExpiresAt = now, now.Add(lives[kind])
		return tx.UseSession(record)
	})
	if err != nil {
		return SessionRecord{}, err
	}
	return record, nil
}

// SignOut ends the session that a token opens. One that is over already is no
// error.
func (s *Server) SignOut(ctx context.Context, token string) error {
	return s.update(ctx, func(tx Tx, _ account.Epoch) error {
		record, ok, err := tx.SessionOfToken(hashToken(token))
		if !ok || err != nil {
			return err
		}
		_, err = tx.EndSession(record.Account, record.ID)
		return err
	})
}

// Sessions lists the sessions of an account that are not over, the newest
// first.
func (s *Server) Sessions(ctx context.Context, id account.AccountID) (list []SessionRecord, err error) {
	err = s.update(ctx, func(tx Tx, _ account.Epoch) error {
		list, err = tx.SessionsOf(id)
		return err
	})
	now := s.Clock()
	return slices.DeleteFunc(list, func(r SessionRecord) bool { return !now.Before(r.ExpiresAt) }), err
}

// RevokeSession ends a session of an account. Its answer where the account has
// none such is CodeUnknownSession.
func (s *Server) RevokeSession(ctx context.Context, id account.AccountID, session SessionID) error {
	return s.update(ctx, func(tx Tx, _ account.Epoch) error {
		ended, err := tx.EndSession(id, session)
		if err == nil && !ended {
			return &account.Error{Code: account.CodeUnknownSession, Message: "there is no such session; it may be over already"}
		}
		return err
	})
}

// RevokeSessions ends all sessions of an account.
func (s *Server) RevokeSessions(ctx context.Context, id account.AccountID) error {
	return s.update(ctx, func(tx Tx, _ account.Epoch) error {
		return tx.EndSessions(id, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC))
	})
}

// Ready tells whether the store answers.
func (s *Server) Ready(ctx context.Context) error {
	return s.update(ctx, func(Tx, account.Epoch) error { return nil })
}
