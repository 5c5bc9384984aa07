package workshop

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func at(t *testing.T, dir, address string) *remote {
	t.Helper()
	w, err := Open(Config{DataDir: dir, Account: address})
	if err != nil {
		t.Fatal(err)
	}
	r, err := w.remote()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAServerHasOnePurseHoweverItsAddressIsWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one := at(t, dir, "https://accounts.example.org")
	for _, same := range []string{
		"https://accounts.example.org/", "HTTPS://Accounts.Example.ORG", "https://accounts.example.org:443", " https://accounts.example.org ",
	} {
		if got := at(t, dir, same); got.dir != one.dir {
			t.Errorf("%q has the folder %s, want %s", same, got.dir, one.dir)
		}
	}
	for _, other := range []string{
		"https://accounts.example.org:8443", "https://accounts.example.com", "http://localhost", "https://accounts.example.org/workshop",
	} {
		if at(t, dir, other).dir == one.dir {
			t.Errorf("%q has the folder of another server", other)
		}
	}
	if one.purseDir("account-1") == one.purseDir("account-2") {
		t.Error("two accounts have one purse")
	}
	if got := one.purseDir("../../.."); filepath.Dir(got) != one.dir {
		t.Errorf("a server chose the folder %s", got)
	}
}

func TestADamagedSessionAsksForASignIn(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"empty": "", "cut off": `{"server":`, "without a token": `{"account":"account-1"}`} {
		r := at(t, t.TempDir(), "https://accounts.example.org")
		if err := r.keep(t.Context(), session{Token: "secret", Account: "account-1"}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(r.dir, sessionFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := r.signedIn()
		if err == nil || Explain(err).Code != CodeSignIn || !strings.Contains(err.Error(), "sign in: mapwright account sign-in") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSignInsAtOnceLeaveOneWholeSession(t *testing.T) {
	t.Parallel()
	r := at(t, t.TempDir(), "https://accounts.example.org")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := r.keep(t.Context(), session{Token: "secret", Account: "account-1"}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if s, err := r.signedIn(); err != nil || s.Token != "secret" {
		t.Errorf("%+v, %v", s, err)
	}
	if err := r.forget(); err != nil {
		t.Error(err)
	}
	if s, err := r.session(); s != nil || err != nil {
		t.Errorf("after it was forgotten: %+v, %v", s, err)
	}
}
