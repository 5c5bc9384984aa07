package e2e

import (
	"net"
	"strings"
	"testing"
	"time"
)

func TestExportsGoOnWithoutTheServerAndSettleWhenItIsBack(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	m := s.hamlet()
	s.sign("sign-up", "mia@example.org")
	s.must("credits", "reserve", "5")
	a.kill()

	if got := s.export(m, "lanes,ponds", "svg,png"); got.spent() != 4 || got.Credits.Unsynced == 0 {
		t.Errorf("offline: spent %d, %+v", got.spent(), got.Credits)
	}
	c := s.show()
	if c.Reached || c.AsOf == "" || c.Unsynced != 8 || c.Pending != 4 || *c.Balance != 6 || *c.Spendable != 1 {
		t.Errorf("offline: %+v, balance %d, spendable %d", c, *c.Balance, *c.Spendable)
	}
	if o := s.must("credits", "show"); !strings.Contains(o.stderr, "can't be reached") || !strings.Contains(o.stderr, "as of 2") {
		t.Errorf("credits show is silent about the server:\n%s%s", o.stdout, o.stderr)
	}
	before := len(s.history())
	s.refuses(4, []string{"2 credits", "1 missing", "can't be reached"}, "export", m, "--layers", "trees", "--formats", "svg,png", "--out", s.path("more"))
	if len(s.history()) != before || len(s.tree("more")) != 0 {
		t.Errorf("a refused export left %v and %v", s.history(), s.tree("more"))
	}
	s.refuses(5, []string{"can't be reached"}, "credits", "sync")
	s.refuses(5, []string{"can't be reached"}, "credits", "reserve", "3")
	s.export(m, "trees", "svg")
	s.refuses(4, []string{"1 missing"}, "export", m, "--layers", "trees", "--formats", "png", "--out", s.path("more"))
	if got := s.export(m, "lanes", "png"); got.spent() != 0 {
		t.Errorf("a repeat costs %d offline, want 0", got.spent())
	}

	a.start()
	s.settled(5)
	if got := a.posted("mia@example.org"); got != 5 {
		t.Errorf("the books of the server have %d spent, want 5", got)
	}
	s.export(m, "trees", "png")
	s.settled(4)
}

func TestAServerThatHangsHoldsUpNoExport(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	m := s.hamlet()
	s.sign("sign-up", "mia@example.org")
	a.kill()
	var config net.ListenConfig
	silent, err := config.Listen(t.Context(), "tcp", a.address) // whoever connects waits
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if got := s.export(m, "lanes", "svg"); got.spent() != 1 {
		t.Errorf("spent %d, want 1", got.spent())
	}
	if took := time.Since(begun); took > 30*time.Second {
		t.Errorf("the export took %v", took)
	}
	if err := silent.Close(); err != nil {
		t.Fatal(err)
	}
	a.start()
	s.settled(9)
}
