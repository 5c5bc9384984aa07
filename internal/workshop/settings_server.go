package workshop

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// BuiltIn as Config.Account is the account built into the program, whatever the
// settings say.
const BuiltIn = "built-in"

// server is the address of the account server, empty for the embedded account.
// Where the settings can't be read nobody knows whose credits to spend.
func (w *Workshop) server() (string, error) {
	switch strings.TrimSpace(w.Account) {
	case BuiltIn:
		return "", nil
	case "":
	default:
		return canonical(w.Account), nil
	}
	s, err := w.readSettings()
	if damaged, ok := errors.AsType[*SettingsError](err); ok {
		return "", fmt.Errorf("%w; which account is to be used it can't say: give --account %s or the address of a server", damaged, BuiltIn)
	}
	if err != nil || s.Server == "" {
		return "", err
	}
	return canonical(s.Server), nil
}

// SignInAt signs in at an account server, and from then on that server is the
// one of this computer, for the command line too, until ForgetServer. Where it
// refuses or is silent, all stays as it was. Where the program was told a
// server, that one alone can be signed in to.
func (w *Workshop) SignInAt(ctx context.Context, server, email, password string) (Account, error) {
	return w.join(ctx, server, func(there *Workshop) (Account, error) { return there.SignIn(ctx, email, password) })
}

// SignUpAt is SignInAt with an account that it opens there.
func (w *Workshop) SignUpAt(ctx context.Context, server, email, password string) (Account, error) {
	return w.join(ctx, server, func(there *Workshop) (Account, error) { return there.SignUp(ctx, email, password) })
}

func (w *Workshop) join(ctx context.Context, server string, sign func(*Workshop) (Account, error)) (Account, error) {
	if told := strings.TrimSpace(w.Account); told != "" && told != BuiltIn && canonical(told) == canonical(server) {
		return sign(w)
	}
	if err := w.choosable(); err != nil {
		return Account{}, err
	}
	there := *w
	if there.Account = strings.TrimSpace(server); there.Account == "" || there.Account == BuiltIn {
		return Account{}, usage("the address of an account server looks like https://accounts.example.org")
	}
	a, err := sign(&there)
	if err != nil {
		return a, err
	}
	_, err = w.ChangeSettings(ctx, func(s *Settings) { s.Server = canonical(server) })
	return a, err
}

// ForgetServer signs out, if somebody is signed in, and goes back to the
// account built into the program. The purse of the account stays for the next
// sign-in.
func (w *Workshop) ForgetServer(ctx context.Context) (out SignedOut, err error) {
	if err := w.choosable(); err != nil {
		return out, err
	}
	r, err := w.remote()
	if err != nil || r == nil {
		return out, err
	}
	if s, err := r.session(); err != nil || s == nil { // a damaged one signs nobody in
		out.Server, out.Reached = r.address, true
		if err := r.forget(); err != nil {
			return out, err
		}
	} else if out, err = w.SignOut(ctx); err != nil {
		return out, err
	}
	_, err = w.ChangeSettings(ctx, func(s *Settings) { s.Server = "" })
	return out, err
}

// choosable refuses to choose a server where the program was told one.
func (w *Workshop) choosable() error {
	if w.Account == "" {
		return nil
	}
	return usage("Mapwright was started with the account %s, by --account or MAPWRIGHT_ACCOUNT: start it without them to choose another", w.Account)
}
