package workshop

import (
	"context"
	"errors"
	"fmt"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/httpclient"
	"github.com/mapwright/mapwright/internal/credits"
)

// SignUp opens an account at the account server and signs in to it.
func (w *Workshop) SignUp(ctx context.Context, email, password string) (Account, error) {
	r, err := w.elsewhere("sign-up")
	if err != nil {
		return Account{}, err
	}
	if _, err := r.client.SignUp(ctx, account.Person{Email: email, Password: password}); err != nil {
		return Account{}, refused(err)
	}
	return w.SignIn(ctx, email, password)
}

// SignIn signs in at the account server. The session stays on this computer
// until SignOut, and takes the place of the one before.
func (w *Workshop) SignIn(ctx context.Context, email, password string) (Account, error) {
	r, err := w.elsewhere("sign-in")
	if err != nil {
		return Account{}, err
	}
	in, err := r.client.SignIn(ctx, account.Person{Email: email, Password: password})
	if err != nil {
		return Account{}, refused(err)
	}
	before, damaged := r.session()
	if damaged != nil {
		w.Logger.Warn("a session is replaced", "error", damaged)
	}
	if before != nil && before.Account != in.Account {
		w.leave(ctx)
	}
	if err := r.keep(ctx, session{Server: r.address, Account: in.Account, Email: email, Token: in.Token}); err != nil {
		return Account{}, err
	}
	if before != nil {
		if err := r.client.As(before.Token).SignOut(ctx); err != nil && account.CodeOf(err) != account.CodeSignInNeeded {
			w.Logger.Warn("the session before goes on at the account server", "error", err)
		}
	}
	return w.AccountStatus(ctx)
}

// SignedOut tells what a sign-out left.
type SignedOut struct {
	Server, Email string
	// Unsynced is how many entries of the journal the server does not know;
	// they wait here for the next sign-in.
	Unsynced int
	// Reached tells that the session is over at the server too. Where it is
	// not, it goes on there until it expires.
	Reached bool
}

// SignOut settles, ends the session and forgets it. What can't be told to the
// server keeps nobody signed in here.
func (w *Workshop) SignOut(ctx context.Context) (out SignedOut, err error) {
	r, err := w.elsewhere("sign-out")
	if err != nil {
		return out, err
	}
	s, err := r.signedIn()
	if err != nil {
		return out, err
	}
	out.Server, out.Email = r.address, s.Email
	out.Unsynced = w.leave(ctx)
	asking, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err = r.client.As(s.Token).SignOut(asking)
	out.Reached = err == nil || account.CodeOf(err) == account.CodeSignInNeeded
	if !out.Reached {
		w.Logger.Warn("the session goes on at the account server", "error", err)
	}
	return out, r.forget()
}

// leave settles with the account that is signed in, where that can be done, and
// tells how many entries of its journal wait on.
func (w *Workshop) leave(ctx context.Context) (unsynced int) {
	left, err := w.Credits(ctx)
	if err != nil {
		w.Logger.Warn("an account is left without settling", "error", err)
		if left, err = w.Wallet(ctx); err != nil {
			w.Logger.Warn("what waits in its journal can't be read", "error", err)
		}
	}
	return left.Balance.Unsynced
}

// elsewhere is the account server of a command that the embedded account has
// no use for.
func (w *Workshop) elsewhere(command string) (*remote, error) {
	r, err := w.remote()
	if err == nil && r == nil {
		err = usage("account %s needs an account server: name it with --account URL or MAPWRIGHT_ACCOUNT; the account built into the program needs none", command)
	}
	return r, err
}

// Silent tells that an error is that of an account server from which no answer
// came, and not of one that refused.
func Silent(err error) bool {
	return isType[*httpclient.UnreachableError](err) || errors.Is(err, credits.ErrUnreachable)
}

// refused gives the error of a sign-up or sign-in its code.
func refused(err error) error {
	if u, ok := errors.AsType[*httpclient.UnreachableError](err); ok {
		return &Error{Code: CodeSignIn, Err: u}
	}
	switch account.CodeOf(err) {
	case account.CodeSignInRefused:
		return &Error{Code: CodeSignIn, Err: err}
	case account.CodeInvalid:
		return usage("%w", err)
	default:
		return fmt.Errorf("the account server refuses: %w", err)
	}
}
