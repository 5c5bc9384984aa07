package e2e

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestTheCommandLineSpendsFromTheServerThatTheWindowChose writes the settings
// as the window does.
func TestTheCommandLineSpendsFromTheServerThatTheWindowChose(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	m := s.hamlet()
	s.sign("sign-up", "mia@example.org")
	s.env = nil
	s.write(filepath.Join("data", "settings.json"), []byte(`{"server":"http://`+a.address+`/","theme":"dark"}`))
	if got := s.export(m, "lanes", "svg"); got.spent() != 1 {
		t.Errorf("spent %d, want 1", got.spent())
	}
	if c := s.show(); c.Server != "http://"+a.address || *c.Balance != 9 {
		t.Errorf("%+v with balance %d", c, *c.Balance)
	}
	if c := decode[contactJSON](t, s.must("--account", "built-in", "credits", "show", "--json")); c.Server != "" || *c.Balance != 18 {
		t.Errorf("the built-in account: %+v with balance %d", c, *c.Balance)
	}

	// Of damaged settings it is not guessed whose credits are meant.
	s.write(filepath.Join("data", "settings.json"), []byte(`{"server":"http://`))
	for _, args := range [][]string{
		{"credits", "show"},
		{"export", m, "--layers", "ponds", "--formats", "svg", "--out", s.path("more")},
	} {
		s.refuses(1, []string{"settings.json is damaged", "--account built-in"}, args...)
	}
	if got := s.tree("more"); len(got) != 0 {
		t.Errorf("an export of nobody made %v", got)
	}
	s.env = []string{"MAPWRIGHT_ACCOUNT=http://" + a.address}
	s.settled(9)
	if got := a.posted("mia@example.org"); got != 1 {
		t.Errorf("the books of the server have %d spent, want 1", got)
	}
	if text := s.must("layer", "list", m).stdout; !strings.Contains(text, "lanes") {
		t.Errorf("damaged settings keep a map from being read: %s", text)
	}
}
