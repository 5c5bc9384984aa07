package workshop

import (
	"strings"
	"testing"
)

func TestTheServerOfTheWindowIsThatOfTheCommandLineToo(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	window := signedUp(t, a)
	commands := again(t, window)
	p, err := commands.Credits(t.Context())
	if err != nil || p.Contact.Server != a.address || p.Contact.Email != mia || p.Balance.Balance != 10 {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := commands.ChangePlan(t.Context(), "creator"); Explain(err).Code != CodeUsage {
		t.Errorf("a plan at a server is changed: %v", err)
	}

	// What the command line is told goes before.
	told := opened(t, Config{DataDir: window.DataDir, Account: BuiltIn})
	if p := wallet(t, told); p.Contact.Session != SessionBuiltIn || p.Balance.Balance != 18 {
		t.Errorf("--account built-in: %+v", p)
	}
	told = opened(t, Config{DataDir: window.DataDir, Account: "https://other.example.org"})
	if p := wallet(t, told); p.Contact.Session != SessionNone || p.Contact.Server != "https://other.example.org" {
		t.Errorf("--account of another server: %+v", p)
	}
	for name, err := range map[string]error{
		"forget":  func() error { _, err := told.ForgetServer(t.Context()); return err }(),
		"sign in": func() error { _, err := told.SignInAt(t.Context(), a.address, mia, password); return err }(),
	} {
		if err == nil || Explain(err).Code != CodeUsage || !strings.Contains(err.Error(), "MAPWRIGHT_ACCOUNT") {
			t.Errorf("%s beside --account: %v", name, err)
		}
	}
	told = opened(t, Config{DataDir: t.TempDir(), Account: a.address})
	if in, err := told.SignInAt(t.Context(), a.address+"/", mia, password); err != nil || in.Status.Email != mia {
		t.Errorf("signing in at the server of --account: %+v, %v", in, err)
	}
}

func TestForgettingTheServerGoesBackToTheBuiltInAccount(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	w := signedUp(t, a)
	spend(t, w, "roads")
	a.silent.Store(true)
	out, err := w.ForgetServer(t.Context())
	if err != nil || out.Email != mia || out.Server != a.address || out.Unsynced != 2 || out.Reached {
		t.Errorf("%+v, %v", out, err)
	}
	if p := wallet(t, w); p.Contact.Session != SessionBuiltIn || p.Balance.Balance != 18 {
		t.Errorf("%+v", p)
	}
	if _, err := w.ForgetServer(t.Context()); err != nil {
		t.Errorf("nothing to forget: %v", err)
	}
	a.silent.Store(false)
	if _, err := w.SignInAt(t.Context(), a.address+"/", mia, password); err != nil {
		t.Fatal(err)
	}
	if p := wallet(t, w); p.Balance.Balance != 9 || p.Balance.Unsynced != 0 {
		t.Errorf("the purse did not wait: %+v", p)
	}

	// Signed out from the command line, the server is still the one.
	if _, err := again(t, w).SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := wallet(t, w); p.Contact.Session != SessionNone {
		t.Errorf("%+v", p)
	}
	if out, err := w.ForgetServer(t.Context()); err != nil || out.Email != "" {
		t.Errorf("%+v, %v", out, err)
	}
	if p := wallet(t, w); p.Contact.Session != SessionBuiltIn {
		t.Errorf("%+v", p)
	}
}

func TestASignInThatFailsChoosesNoServer(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	signedUp(t, a)
	w := computer(t)
	a.silent.Store(true)
	_, silent := w.SignInAt(t.Context(), a.address, mia, password)
	a.silent.Store(false)
	_, wrong := w.SignInAt(t.Context(), a.address, mia, "battery staple")
	_, plain := w.SignInAt(t.Context(), "http://accounts.example.org", mia, password)
	_, none := w.SignInAt(t.Context(), " ", mia, password)
	_, taken := w.SignUpAt(t.Context(), a.address, mia, password)
	for name, c := range map[string]struct {
		err  error
		want Code
	}{
		"silent": {silent, CodeSignIn}, "wrong": {wrong, CodeSignIn}, "plain": {plain, CodeUsage}, "none": {none, CodeUsage}, "taken": {taken, CodeFailed},
	} {
		if c.err == nil || Explain(c.err).Code != c.want {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	if p := wallet(t, w); p.Contact.Session != SessionBuiltIn || settings(t, w).Server != "" {
		t.Errorf("%+v", p)
	}
}
