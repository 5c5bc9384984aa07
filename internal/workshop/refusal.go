package workshop

import (
	"context"
	"errors"

	"github.com/mapwright/mapwright/internal/credits"
)

// NotEnoughError is the refusal of an export that costs more credits than can
// be spent: how many it needs, how many are there and how many are missing. Its
// Cause is why the account server could not be asked for more; nil where it
// was. Nothing was held or started.
type NotEnoughError = credits.NotEnoughError

// Need is what has to be done before a purse spends again.
type Need string

// The needs.
const (
	NeedSignIn Need = "sign in"
	NeedOnline Need = "go online once"
	NeedRenew  Need = "renew" // the purse is frozen: start it anew, Workshop.Renew
)

// ServerNeededError is the refusal of an export that needs the account server
// first. Nothing was held or started.
type ServerNeededError struct {
	Need Need
	// Purse is what this computer knows: the balance that is safe, and since
	// when (AsOf). It is empty where nobody is signed in.
	Purse Purse
	Err   error
}

func (e *ServerNeededError) Error() string { return e.Err.Error() }

// Unwrap gives the cause.
func (e *ServerNeededError) Unwrap() error { return e.Err }

// needsServer gives the errors that ask for the server what a person has to
// know with them; all others stay as they are.
func needsServer(err error, known Purse) error {
	if err == nil || Explain(err).Code != CodeSignIn {
		return err
	}
	need := NeedSignIn
	if lease, ok := errors.AsType[*credits.LeaseNeededError](err); ok {
		switch lease.Reason {
		case credits.SignIn:
		case credits.PurseFrozen:
			need = NeedRenew
		default:
			need = NeedOnline
		}
	}
	return &ServerNeededError{need, known, err}
}

// withoutPurse is needsServer for a purse that could not be opened.
func (w *Workshop) withoutPurse(ctx context.Context, err error) error {
	known, unknown := w.Wallet(ctx)
	if unknown != nil {
		w.Logger.Warn("the balance can't be told", "error", unknown)
	}
	return needsServer(err, known)
}
