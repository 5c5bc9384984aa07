package e2e

import (
	"slices"
	"testing"
)

// field clicks into the field below a caption and writes.
func (s *screen) field(caption, text string) {
	s.t.Helper()
	at := s.see(caption)
	s.clickAt(at.X, at.Y+26)
	s.keys("ctrl+a")
	s.write(text)
}

// dot tells whether the corner shows that something waits to sync.
func (s *screen) dot() bool {
	s.t.Helper()
	return s.has(shown{X: float64(s.width) - 60, Y: 28, Width: 100, Height: 50}, 0, syncDot)
}

// TestSignInGoOfflineAndSettleInTheWindow: what is spent without a connection
// is shown, kept and settled.
func TestSignInGoOfflineAndSettleInTheWindow(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	elsewhere := a.shop(t)
	elsewhere.sign("sign-up", "mia@example.org")
	elsewhere.must("credits", "reserve", "0") // else some are spoken for there

	shop := newShop(t)
	m := shop.hamlet()
	s := light(t, shop, "Points *", m)
	at := s.figure("18")
	s.clickAt(at.X, at.Y)
	s.click("Sign in…")
	s.field("Account server", "http://"+a.address)
	s.field("Email", "mia@example.org")
	s.field("Password", password)
	s.shot("1-sign-in")
	s.keys("Return")
	s.see("Signed in as mia@example.org")
	at = s.figure("10")
	if s.dot() {
		t.Error("a dot says that something waits, and nothing was spent")
	}

	s.clickAt(at.X, at.Y)
	s.click("Take more")
	s.see("Ready offline")
	s.keys("ctrl+a")
	s.write("5")
	s.shot("2-take")
	s.click("Keep them here")
	s.see("5 credits ready offline")

	a.kill()
	s.keys("ctrl+e")
	s.tick("lanes", "SVG")
	s.tick("lanes", "PNG")
	s.tick("ponds", "SVG")
	s.click("Export * for 3 credits")
	s.reads("Offline You can go on working. 2 credits are ready on this computer, 3 wait to sync.")
	at = s.figure("2")
	s.click("Done")
	s.gone("Export again")
	s.shot("3-offline")
	s.until("the dot shows", func() bool { return s.dot() })
	s.clickAt(at.X, at.Y)
	s.see("3 waiting to sync")
	s.see("2 ready offline on this computer")
	s.shot("4-menu-offline")

	a.start()
	s.click("Sync now")
	s.reads("Synced 3 exports settled. 7 credits, 5 of them on this computer.")
	s.see("Everything is synced")
	s.shot("5-menu-synced")
	s.keys("Escape")
	s.gone("Everything is synced")
	s.figure("7")
	s.until("the dot is gone", func() bool { return !s.dot() })
	s.shot("6-synced")
	s.close()
	s.quiet()
	if got := a.posted("mia@example.org"); got != 3 {
		t.Errorf("the books of the server have %d spent, want 3", got)
	}
	shop.settled(7)
}

// TestUnlimitedShowsNoPriceInTheWindow: who pays for a plan without a count is
// not to be bothered with one.
func TestUnlimitedShowsNoPriceInTheWindow(t *testing.T) {
	t.Parallel()
	shop := newShop(t)
	m := shop.hamlet()
	shop.must("account", "plan", "creator")
	s := light(t, shop, "Points *", m)
	at := s.figure("∞")
	s.clickAt(at.X, at.Y)
	s.see("unlimited")
	s.see("Nothing is counted down")
	s.shot("1-menu")
	s.keys("Escape")
	s.keys("ctrl+e")
	s.tick("lanes", "SVG")
	s.tick("lanes", "PNG")
	s.see("Export 2 files")
	s.shot("2-dialog")
	for _, o := range s.look() {
		if o.Above > 0 && slices.Contains([]string{"0 credits", "1 credit", "2 credits"}, o.Text) {
			t.Errorf("the dialog shows the price %q", o.Text)
		}
	}
	s.click("Export 2 files")
	s.see("in place")
	s.reads("2 of 2 files in place")
	s.figure("∞")
	s.shot("3-receipt")
	s.close()
	s.quiet()
	if got := shop.tree("."); !slices.Contains(got, "hamlet.svg") {
		t.Errorf("no file came: %v", got)
	}
}

// TestTooFewCreditsInTheWindow: what is missing is told before anything is
// charged, and what can be paid is offered.
func TestTooFewCreditsInTheWindow(t *testing.T) {
	t.Parallel()
	shop := newShop(t)
	m := shop.hamlet()
	shop.must("account", "plan", "trial")
	shop.export(m, "trees,lanes,ponds", "svg,png")
	for _, layer := range []string{"trees", "lanes", "ponds"} {
		shop.must("layer", "set", m, layer, "operation=cut") // never free
	}
	before := len(shop.history())
	s := light(t, shop, "Points *", m)
	s.figure("4")
	s.keys("ctrl+e")
	for _, layer := range []string{"trees", "lanes", "ponds"} {
		s.tick(layer, "SVG")
		s.tick(layer, "PNG")
	}
	s.reads("2 credits are missing. This export needs 6, you have 4. Nothing was started.")
	s.see("Get credits")
	s.shot("1-missing")
	if got := len(shop.history()); got != before || shop.balance() != 4 {
		t.Errorf("before the export %d charges were made, the balance is %d", got-before, shop.balance())
	}
	s.click("Export these 4 for 4 credits")
	s.see("in place")
	at := s.figure("0")
	s.click("Done")
	s.gone("Export again")
	s.until("the figure is red", func() bool { return s.has(at, 2, errorRed) })
	s.shot("2-nothing-left")
	s.close()
	s.quiet()
	if got := shop.balance(); got != 0 {
		t.Errorf("the books say %d, the window said 0", got)
	}
}
