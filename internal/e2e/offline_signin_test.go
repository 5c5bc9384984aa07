package e2e

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

func TestSignUpGivesTenCreditsAndKeepsItsTokenToItself(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	hint := []string{"sign in: mapwright account sign-in --email"}
	for _, args := range [][]string{
		{"credits", "show"},
		{"credits", "sync"},
		{"credits", "reserve", "5"},
		{"account", "status"},
		{"account", "sign-out"},
		{"export", s.hamlet(), "--layers", "lanes", "--formats", "svg", "--out", s.path("out")},
	} {
		s.refuses(5, hint, args...)
	}
	said := s.sign("sign-up", "mia@example.org")
	if c := s.show(); c.Plan != "trial" || c.Balance == nil || *c.Balance != 10 || c.Server != "http://"+a.address || !c.Reached {
		t.Errorf("after the sign-up: %+v", c)
	}
	who := decode[struct{ Email, Plan, Server string }](t, s.must("account", "status", "--json"))
	if who.Email != "mia@example.org" || who.Plan != "trial" || who.Server != "http://"+a.address {
		t.Errorf("account status: %+v", who)
	}
	files := s.sessions()
	if len(files) != 1 {
		t.Fatalf("sessions are kept in %v, want one file", files)
	}
	info, err := os.Stat(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the session can be read by %v", info.Mode())
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var kept struct{ Token string }
	if err := json.Unmarshal(text, &kept); err != nil || kept.Token == "" {
		t.Fatalf("no token is kept: %v", err)
	}
	for _, o := range []outcome{said, s.must("account", "status"), s.must("account", "status", "--json"), s.must("credits", "sync")} {
		if strings.Contains(o.stdout+o.stderr, kept.Token) || strings.Contains(o.stdout+o.stderr, password) {
			t.Error("a secret is printed")
		}
	}
}

func TestWhatASignInRefusesHasItsExitCode(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	s.sign("sign-up", "mia@example.org")
	s.env = append(s.env, "WRONG=battery staple", "SHORT=horse")
	for _, c := range []struct {
		code int
		says string
		args string
	}{
		{1, "account", "account sign-up --email mia@example.org --password-env PASSWORD"},
		{2, "10 characters", "account sign-up --email ada@example.org --password-env SHORT"},
		{5, "wrong", "account sign-in --email mia@example.org --password-env WRONG"},
		{2, "EMPTY", "account sign-in --email mia@example.org --password-env EMPTY"},
		{2, "--email", "account sign-in --password-env PASSWORD"},
		{2, "embedded account", "account plan creator"},
		{2, "https", "--account http://accounts.example.org credits show"},
		{2, "https", "--account frobnicate credits show"},
		{2, "--account", "--account= account sign-in --email mia@example.org --password-env PASSWORD"},
	} {
		s.refuses(c.code, []string{c.says}, strings.Fields(c.args)...)
	}
	if c := s.show(); c.Balance == nil || *c.Balance != 10 {
		t.Errorf("after refusals: %+v", c)
	}
	a.kill()
	s.refuses(5, []string{"can't be reached"}, "account", "sign-in", "--email", "mia@example.org", "--password-env", "PASSWORD")
	s.refuses(5, []string{"can't be reached"}, "account", "status")
}

func TestSignOutAndInGoesOnWithThePurse(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	m := s.hamlet()
	s.sign("sign-up", "mia@example.org")
	s.export(m, "lanes", "svg")
	s.must("account", "sign-out")
	if got := s.sessions(); len(got) != 0 {
		t.Errorf("%v is left after the sign-out", got)
	}
	if got := a.admin("sessions", "mia@example.org"); strings.Contains(got, "api") {
		t.Errorf("the server still has the session: %s", got)
	}
	s.refuses(5, []string{"sign in: mapwright account sign-in --email"}, "export", m, "--layers", "ponds", "--formats", "svg", "--out", s.path("out"))

	s.sign("sign-up", "ada@example.org")
	if got := s.export(m, "lanes", "svg"); got.spent() != 1 {
		t.Errorf("what Mia paid for costs Ada %d, want 1", got.spent())
	}
	s.export(m, "ponds", "svg")
	a.kill()
	s.export(m, "trees", "svg")
	if o := s.must("account", "sign-out"); !strings.Contains(o.stderr, "could not be told") || !strings.Contains(o.stderr, "not yet synced") {
		t.Errorf("the sign-out offline is silent: %s", o.stderr)
	}
	a.start()

	s.sign("sign-in", "Mia@Example.org")
	if got := s.export(m, "lanes", "svg"); got.spent() != 0 {
		t.Errorf("what Mia paid for costs her %d again", got.spent())
	}
	s.settled(9)
	s.sign("sign-in", "ada@example.org")
	s.settled(7)
}

func TestARevokedSessionSpendsNoMore(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	m := s.hamlet()
	s.sign("sign-up", "mia@example.org")
	s.must("credits", "reserve", "5")
	a.admin("revoke", "mia@example.org")
	hint := []string{"is over", "sign in: mapwright account sign-in --email mia@example.org"}
	for _, args := range [][]string{
		{"credits", "sync"},
		{"credits", "show"},
		{"account", "status"},
		{"export", m, "--layers", "lanes", "--formats", "svg", "--out", s.path("out")},
	} {
		s.refuses(5, hint, args...)
	}
	if got := s.tree("out"); len(got) != 0 {
		t.Errorf("a session that is over made %v", got)
	}
	s.sign("sign-in", "mia@example.org")
	s.export(m, "lanes", "svg")
	s.settled(9)
}
