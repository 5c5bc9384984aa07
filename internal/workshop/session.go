package workshop

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/httpclient"
	"github.com/mapwright/mapwright/internal/durable"
)

// sessionFile holds the session at an account server, in the folder of that
// server. Who reads it can spend: its permissions are 0600.
const sessionFile = "session.json"

// remote is an account server elsewhere, as this computer knows it.
type remote struct {
	address string
	client  *httpclient.Client // without a session
	dir     string             // of the session and the purses
}

// session is what a sign-in left on this computer.
type session struct {
	Server  string            `json:"server"`
	Account account.AccountID `json:"account"`
	Email   string            `json:"email"`
	Token   string            `json:"token"`
	// Over tells that the server said that it knows the session no more.
	Over bool `json:"over,omitempty"`
}

// remote gives the account server of the config; nil is the embedded account.
func (w *Workshop) remote() (*remote, error) {
	address, err := w.server()
	if err != nil || address == "" {
		return nil, err
	}
	client, err := httpclient.New(address, httpclient.Options{})
	if err != nil {
		return nil, usage("--account %s: %w", address, err)
	}
	return &remote{address, client, filepath.Join(w.DataDir, "servers", short(address))}, nil
}

// canonical writes an address the one way, so that one server has one folder.
func canonical(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return address // the client refuses it
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	switch u.Scheme {
	case "https":
		u.Host = strings.TrimSuffix(u.Host, ":443")
	case "http":
		u.Host = strings.TrimSuffix(u.Host, ":80")
	}
	return strings.TrimRight(u.String(), "/")
}

// short names a folder by what comes from elsewhere and may not be a file name.
func short(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:8])
}

// purseDir is the folder of the purse of an account of the server.
func (r *remote) purseDir(id account.AccountID) string {
	return filepath.Join(r.dir, short(string(id)))
}

// session reads the session; nil is that nobody is signed in.
func (r *remote) session() (*session, error) {
	path := filepath.Join(r.dir, sessionFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("the session can't be read: %w", err)
	}
	var s session
	if json.Unmarshal(text, &s) != nil || s.Token == "" || s.Account == "" {
		return nil, &Error{Code: CodeSignIn, Err: fmt.Errorf("%s is damaged; %s", path, r.howTo(""))}
	}
	return &s, nil
}

// signedIn reads the session, which has to be there.
func (r *remote) signedIn() (*session, error) {
	s, err := r.session()
	if err == nil && s == nil {
		err = &Error{Code: CodeSignIn, Err: fmt.Errorf("nobody is signed in at %s; %s", r.address, r.howTo(""))}
	}
	return s, err
}

// over is the error of a session that the server does not know any more.
func (r *remote) over(s *session) error {
	return &Error{Code: CodeSignIn, Err: fmt.Errorf("the session at %s is over; %s", r.address, r.howTo(s.Email))}
}

// howTo says how to sign in; the email may be empty.
func (r *remote) howTo(email string) string {
	if email == "" {
		email = "EMAIL"
	}
	return fmt.Sprintf("sign in: mapwright account sign-in --email %s --password-env VARIABLE --account %s", email, r.address)
}

// keep replaces the session.
func (r *remote) keep(ctx context.Context, s session) error {
	return r.locked(ctx, func() error { return r.write(s) })
}

// mark notes in a session, and on disk where it is still the one there, whether
// the server ended it.
func (r *remote) mark(ctx context.Context, s *session, over bool) error {
	s.Over = over
	return r.locked(context.WithoutCancel(ctx), func() error {
		kept, err := r.session()
		if err != nil || kept == nil || kept.Token != s.Token {
			return err
		}
		return r.write(*s)
	})
}

// locked lets one at a time replace the session: two sign-ins may come at once.
func (r *remote) locked(ctx context.Context, replace func() error) (err error) {
	if err := os.MkdirAll(r.dir, 0o700); err != nil {
		return fmt.Errorf("the session can't be kept: %w", err)
	}
	lock, err := durable.WaitLock(ctx, filepath.Join(r.dir, "session.lock"), 0o600)
	if err != nil {
		return fmt.Errorf("the session can't be kept: %w", err)
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	return replace()
}

func (r *remote) write(s session) error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	if err := durable.WriteFile(filepath.Join(r.dir, sessionFile), text, 0o600); err != nil {
		return fmt.Errorf("the session can't be kept: %w", err)
	}
	return nil
}

func (r *remote) forget() error {
	err := os.Remove(filepath.Join(r.dir, sessionFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the session can't be removed from this computer: %w", err)
	}
	return durable.SyncDir(r.dir)
}
