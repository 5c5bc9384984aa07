package profile

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/internal/workshop"
)

// waitingShop is lena's, with two exports that wait to sync.
func waitingShop() *shop {
	s := &shop{purse: lena(), charges: append(waitingCharges(2), charge("rail", "Monaco", "svg", 9), charge("water", "Monaco", "svg", 3))}
	s.purse.Balance.Unsynced, s.purse.Balance.Pending = 4, 2
	return s
}

func (b *bench) readsAll(o fyne.CanvasObject, all ...string) {
	b.t.Helper()
	for _, text := range all {
		if !reads(o, text) {
			b.t.Errorf("nothing says %q in %q", text, texts(o))
		}
	}
}

func (b *bench) escape() { b.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape}) }

func TestTheMenuTellsWhereTheCreditsAre(t *testing.T) {
	b := open(t, waitingShop(), Options{Operation: operation})
	asked := b.shop.times("credits")
	m := b.openMenu()
	b.readsAll(m.body,
		"lena@kraus-werkstatt.example", "14", "credits", "18 a month", "Hobby", "renews on 1 December",
		"3 ready offline on this computer", "8 on the server, 3 on Workshop PC", "Take more",
		"2 waiting to sync", "last synced today, 09:12", "Sync now",
		"November", "4 credits used", "today", "30", "harbour", "Monaco · DXF", "waiting", "rail", "Monaco · SVG",
		"Past exports", "Plan and devices", "What are credits?", "Settings", "Sign out")
	for _, text := range []string{"Sign in…", "Plans"} {
		if reads(m.body, text) {
			t.Errorf("the menu of an account elsewhere offers %q", text)
		}
	}
	if b.shop.times("credits") != asked+1 {
		t.Error("opening the menu asks nobody")
	}
	if m.charges[0].badge.Hidden || !m.charges[2].badge.Hidden {
		t.Error("a badge shows where the operation is not known, or the other way round")
	}
}

func TestTheMenuOfAnUnlimitedPlanCountsExportsAndNothingDown(t *testing.T) {
	s := waitingShop()
	bl := &s.purse.Balance
	bl.Unlimited, bl.PlanName, bl.Balance, bl.Spendable, bl.OnDevice, bl.Elsewhere = true, "Creator", 0, 0, 0, nil
	b := open(t, s, Options{})
	m := b.openMenu()
	b.readsAll(m.body, "∞", "unlimited", "Nothing is counted down", "Creator", "4 exports",
		"Ready offline on this computer", "until 22 December, then sync once", "Extend")
	if reads(m.body, "Upgrade") || reads(m.body, "credits used") {
		t.Errorf("an unlimited plan is offered more: %v", texts(m.body))
	}
	b.press("Extend")
	b.until("a sync", func() bool { return s.times("sync") == 1 })
}

func TestTheMenuOfTheBuiltInAccountLeadsToPlansAndSigningIn(t *testing.T) {
	b := open(t, &shop{purse: builtIn(), account: workshop.Account{Plans: plans()}}, Options{})
	m := b.openMenu()
	b.until("the plans", func() bool { return reads(m.body, "Creator: unlimited exports") })
	b.readsAll(m.body, "Built-in account", "All credits are on this computer", "Plans", "Sign in…", "Create account…")
	for _, text := range []string{"Take more", "Sync now", "Sign out", "Plan and devices"} {
		if reads(m.body, text) {
			t.Errorf("the built-in account offers %q", text)
		}
	}
}

func TestWhereNobodyIsSignedInTheMenuSaysSo(t *testing.T) {
	none := workshop.Purse{Contact: workshop.Contact{Server: "https://accounts.example", Session: workshop.SessionNone}}
	s := &shop{purse: none}
	b := open(t, s, Options{})
	test.Tap(b.corner)
	m := b.corner.menu
	b.readsAll(m.body, "Nobody is signed in at accounts.example. Sign in to export.", "Sign in…", "Use the built-in account")
	if reads(m.body, "credits used") {
		t.Errorf("credits of nobody show: %v", texts(m.body))
	}
	b.press("Use the built-in account")
	b.until("the built-in account", func() bool { return b.corner.label() == "18" })
}

func TestEscAndATapBesideCloseTheMenu(t *testing.T) {
	b := open(t, waitingShop(), Options{})
	heard := 0
	b.win.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { heard++ })
	b.openMenu()
	b.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyV})
	b.escape()
	if b.corner.menu != nil || b.top() != nil {
		t.Fatal("Esc does not close the menu")
	}
	b.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyV})
	if heard != 1 {
		t.Errorf("the window heard %d keys, of which one was for it", heard)
	}
	b.openMenu()
	test.TapCanvas(b.win.Canvas(), fyne.NewPos(20, 500))
	if b.corner.menu != nil {
		t.Error("a tap beside the menu does not close it")
	}
	b.openMenu()
	test.TapCanvas(b.win.Canvas(), fyne.NewPos(700, 90))
	if b.corner.menu == nil {
		t.Error("a tap on the menu closes it")
	}
}

func TestTheKeyboardReachesWhatTheMenuOffers(t *testing.T) {
	s := waitingShop()
	b := open(t, s, Options{})
	b.openMenu()
	for range 3 {
		test.FocusNext(b.win.Canvas())
		if l, ok := b.win.Canvas().Focused().(*link); ok && l.text == "Sync now" {
			l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			b.until("a sync", func() bool { return s.times("sync") == 1 })
			l.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			if b.corner.menu != nil {
				t.Error("Esc on a link does not close the menu")
			}
			return
		}
	}
	t.Errorf("Tab does not come to Sync now, but to %T", b.win.Canvas().Focused())
}

func TestInAShortWindowTheMenuScrolls(t *testing.T) {
	b := openIn(t, look.Light, fyne.NewSize(900, 400), waitingShop(), Options{})
	m := b.openMenu()
	card := m.float.card
	if bottom := card.Position().Y + card.Size().Height; bottom > 400 {
		t.Errorf("the menu ends at %v of 400", bottom)
	}
	if m.body.Size().Height <= m.scroll.Size().Height {
		t.Error("there is nothing to scroll to, and Sign out is out of reach")
	}
	right := card.Position().X + card.Size().Width
	if end := b.corner.Position().X + b.corner.Size().Width + 16; right > end || right < end-20 {
		t.Errorf("the menu ends at %v, the corner at %v", right, end)
	}
	b.win.Resize(fyne.NewSize(1200, 1000))
	if card.Size().Height != m.body.MinSize().Height {
		t.Errorf("in a higher window the menu stays %v high", card.Size().Height)
	}
}

func TestSyncNowSaysThatItGoesOnAndWhatCameOfIt(t *testing.T) {
	s := waitingShop()
	b := open(t, s, Options{})
	m := b.openMenu()
	s.with(func(s *shop) { s.hold = make(chan struct{}) })
	b.press("Sync now")
	b.readsAll(m.body, "Syncing…")
	b.press("Syncing…") // hears nothing
	close(s.hold)
	b.until("the result", func() bool { return reads(m.body, "2 exports settled just now") })
	b.readsAll(m.body, "Everything is synced")
	if b.corner.unsynced() {
		t.Error("the dot stays")
	}
	if s.times("sync") != 1 {
		t.Errorf("synced %d times", s.times("sync"))
	}
	s.with(func(s *shop) { s.fail["sync"] = errSilent })
	b.press("Sync now")
	b.until("the error", func() bool { return reads(m.body, "No route to host.") })
	if len(b.notices) != 0 {
		t.Errorf("it is said twice: %+v", b.notices)
	}
}

func TestTakeMoreFetchesAsManyCreditsAsAreWanted(t *testing.T) {
	s := &shop{purse: lena()}
	b := open(t, s, Options{})
	b.openMenu()
	b.press("Take more")
	if b.corner.menu != nil {
		t.Error("the menu stays over the question")
	}
	b.readsAll(b.top(), "of 11 credits", "3 stay on the server for your other computers.")
	for range 5 {
		if up := find(b.top(), func(o fyne.CanvasObject) bool { w, ok := o.(*button); return ok && w.Text == "+" }); up != nil {
			test.Tap(up.(*button))
		}
	}
	b.readsAll(b.top(), "11", "0 stay on the server for your other computers.")
	b.press("−")
	b.press("Keep them here")
	b.until("the credits", func() bool { return b.corner.Purse().Balance.OnDevice == 10 })
	b.said("10 credits ready offline", "They can be spent on this computer without a connection, until 22 December.")
}

func TestANumberThatIsTypedStaysWithinWhatThereIs(t *testing.T) {
	b := open(t, &shop{purse: lena()}, Options{})
	steps := b.corner.askReserve(lena().Balance)
	for text, want := range map[string]int{"4": 4, "99": 11, "-3": 0} {
		steps.entry.SetText(text)
		if steps.value != want {
			t.Errorf("%q becomes %d", text, steps.value)
		}
	}
	b.escape()
	if b.top() != nil || b.shop.times("reserve") != 0 {
		t.Error("Esc does not leave the question, or moves credits")
	}
}

func TestBarsAreInProportionAndTheMonthIsMarked(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	bars := newBars()
	bars.Resize(fyne.NewSize(316, 60))
	days := make([]int, 30)
	days[2], days[8], days[21] = 1, 20, 10
	month := time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)
	bars.set(days, month, now)
	h := bars.heights()
	if h[0] != 0 || h[2] != barLeast || h[8] != barsHeight || h[21] != barsHeight/2 {
		t.Errorf("heights %v", h)
	}
	if got := strings.Join(texts(bars), " "); got != "1 today 30" {
		t.Errorf("labels %q", got)
	}
	bars.set(days, month, time.Date(2026, time.November, 30, 9, 0, 0, 0, time.UTC))
	if got := strings.Join(texts(bars), " "); got != "1 today" {
		t.Errorf("on the last day the labels are %q, on each other", got)
	}
	bars.set(days, month, time.Date(2026, time.December, 2, 9, 0, 0, 0, time.UTC))
	if got := strings.Join(texts(bars), " "); got != "1 30" {
		t.Errorf("in another month the labels are %q", got)
	}
}

func TestChargesSayHowFarTheyAre(t *testing.T) {
	t.Parallel()
	c := charge("harbour", "Monaco: the port", "gcode", 3)
	if layer, title := work(c); layer != "harbour" || title != "Monaco: the port" {
		t.Errorf("%q of %q", layer, title)
	}
	state := func(change func(*workshop.Charge)) string {
		d := c
		change(&d)
		text, _ := chargeState(d)
		return text
	}
	for want, change := range map[string]func(*workshop.Charge){
		"":           func(*workshop.Charge) {},
		"waiting":    func(c *workshop.Charge) { c.Waiting = true },
		"free again": func(c *workshop.Charge) { c.Free = true },
		"given back": func(c *workshop.Charge) { c.State = workshop.ChargeVoided },
		"being made": func(c *workshop.Charge) { c.State = workshop.ChargeHeld },
	} {
		if got := state(change); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
