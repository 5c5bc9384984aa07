package e2e

import (
	"testing"
)

func TestTheEmbeddedAccountAndOneElsewhereNeverMix(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	m := s.hamlet()
	s.sign("sign-up", "mia@example.org")
	s.export(m, "lanes", "svg")
	there := s.env
	s.env = nil
	if got := s.balance(); got != 18 {
		t.Errorf("the embedded account has %d, want its 18", got)
	}
	if got := s.export(m, "lanes", "svg"); got.spent() != 1 {
		t.Errorf("what another account paid for costs %d in the embedded one, want 1", got.spent())
	}
	// A run that broke off is the business of the account that paid for it.
	s.env = append([]string{"MAPWRIGHT_FAULT=posted"}, there...)
	if o := s.run("export", m, "--layers", "ponds", "--formats", "svg", "--out", s.path("broken")); o.code == 0 {
		t.Fatal("the export did not break off")
	}
	s.env = nil
	s.must("credits", "sync")
	s.env = there
	s.must("credits", "sync")
	if got := s.tree("broken"); len(got) != 1 || got[0] != "hamlet.svg" {
		t.Errorf("what was paid for is not there: %v", got)
	}
	s.settled(8)
	s.env = nil
	s.settledEmbedded(17)
}

func (s *shop) settledEmbedded(balance int) {
	s.t.Helper()
	if got := s.balance(); got != balance {
		s.t.Errorf("the embedded account has %d, want %d", got, balance)
	}
}
