package profile

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/httpclient"
	"github.com/mapwright/mapwright/internal/workshop"
)

// fill types into the fields of a sign-in and sends it.
func fill(s *signing, server, email, password string) {
	for f, text := range map[*field]string{s.server: server, s.email: email, s.password: password} {
		f.entry.SetText("")
		test.Type(f.entry, text)
	}
	test.Tap(s.button)
}

func TestSigningInSaysAtEachFieldWhatIsMissing(t *testing.T) {
	b := open(t, &shop{purse: builtIn()}, Options{})
	s := b.corner.signing(true)
	fill(s, "accounts example", "lena", "short")
	b.readsAll(b.top(), "An address looks like https://accounts.example.org.", "An email looks like name@example.org.", "It has 5 characters: give 10 or more.")
	if b.shop.times("sign up") != 0 {
		t.Error("the server is asked all the same")
	}
	test.Type(s.email.entry, "@example.org")
	if reads(b.top(), "An email looks like") {
		t.Error("the words stay after the field was mended")
	}
	find(s.password.entry, func(o fyne.CanvasObject) bool {
		if drawn, ok := o.(*canvas.Text); ok && drawn.Text == "short" {
			t.Error("the password can be read")
		}
		return false
	})
}

func TestSigningInUsesTheAccountAtOnce(t *testing.T) {
	b := open(t, &shop{purse: builtIn()}, Options{})
	s := b.corner.signing(false)
	b.shop.with(func(s *shop) { s.hold = make(chan struct{}) })
	fill(s, "accounts.example", " lena@example.org", "correct horse")
	b.readsAll(b.top(), "Asking the server…")
	if !s.server.entry.Disabled() || !s.button.Disabled() {
		t.Error("what was sent can be changed while the server is asked")
	}
	close(b.shop.hold)
	b.until("the account", func() bool { return b.corner.label() == "11" })
	if b.top() != nil {
		t.Error("the sheet stays")
	}
	if b.shop.times("sign in https://accounts.example lena@example.org correct horse") != 1 {
		t.Errorf("asked %v", b.shop.asked)
	}
	b.said("Signed in as lena@example.org", "14 credits, plan Hobby.")
}

func TestWhatTheServerRefusesStandsBesideItsField(t *testing.T) {
	b := open(t, &shop{purse: builtIn()}, Options{})
	s := b.corner.signing(false)
	for _, c := range []struct {
		err   error
		field *field
	}{
		{&workshop.Error{Code: workshop.CodeSignIn, Err: &account.Error{Code: account.CodeSignInRefused, Message: "the email or the password is wrong"}}, s.password},
		{&workshop.Error{Code: workshop.CodeSignIn, Err: &httpclient.UnreachableError{Server: "accounts.example", Err: errSilent}}, s.server},
	} {
		b.shop.with(func(s *shop) { s.fail["sign in"] = c.err })
		fill(s, "https://accounts.example", "lena@example.org", "correct horse")
		b.until("the refusal", func() bool { return s.stop == nil && c.field.words.Visible() })
		b.readsAll(b.top(), c.field.wrong.Text)
		if s.button.Disabled() || s.password.entry.Text != "correct horse" {
			t.Error("nothing can be tried again")
		}
	}
	b.shop.with(func(s *shop) { s.fail["sign in"] = errSilent })
	fill(s, "https://accounts.example", "lena@example.org", "correct horse")
	b.until("the words", func() bool { return reads(b.top(), "No route to host.") })
}

func TestCancelStopsAskingTheServer(t *testing.T) {
	b := open(t, &shop{purse: builtIn()}, Options{})
	s := b.corner.signing(false)
	b.shop.with(func(s *shop) { s.hold = make(chan struct{}) })
	fill(s, "https://accounts.example", "lena@example.org", "correct horse")
	test.Tap(s.cancel)
	b.until("the end", func() bool { return s.stop == nil })
	if b.top() != nil || b.corner.label() != "18" || len(b.notices) != 0 {
		t.Errorf("after cancelling: %s, %+v", b.corner.label(), b.notices)
	}
}

func TestEscInAFieldLeavesTheSheet(t *testing.T) {
	b := open(t, &shop{purse: builtIn()}, Options{})
	s := b.corner.signing(false)
	if b.win.Canvas().Focused() != s.server.entry {
		t.Errorf("the keyboard is at %T", b.win.Canvas().Focused())
	}
	s.server.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.top() != nil {
		t.Error("the sheet stays")
	}
}

func TestSigningOutSaysWhatWaitsAndStays(t *testing.T) {
	s := waitingShop()
	s.out = workshop.SignedOut{Server: "https://accounts.example", Email: "lena@example.org", Unsynced: 4}
	b := open(t, s, Options{})
	b.openMenu()
	b.press("Sign out")
	b.readsAll(b.top(), "2 exports wait to sync. What can't be synced now stays on this computer until you sign in again.")
	b.press("Stay signed in")
	if s.times("forget") != 0 {
		t.Error("signed out all the same")
	}
	b.corner.SignOut()
	b.press("Sign out")
	b.until("the built-in account", func() bool { return b.corner.label() == "18" })
	b.said("Signed out", "Some of what was used here is not synced. It stays on this computer until lena@example.org signs in again. accounts.example could not be told; end the session on its page.")
}

func TestAPlanChangeSaysWhatExpires(t *testing.T) {
	s := &shop{purse: builtIn(), account: workshop.Account{Plans: plans(), Status: account.Status{Plan: "hobby", PlanName: "Hobby"}}}
	b := open(t, s, Options{})
	choose := func() {
		b.corner.ChoosePlan()
		b.until("the plans", func() bool { return b.top() != nil })
		b.readsAll(b.top(), "Trial", "10 credits, once", "18 credits a month", "your plan", "unlimited exports")
		b.press("Choose") // the first: Trial
	}
	choose()
	b.readsAll(b.top(), "Change to Trial?", "Trial: 10 credits, once. Your 18 credits of Hobby are unspent and would expire.")
	b.press("Keep Hobby")
	if s.times("plan trial") != 0 || b.top() != nil {
		t.Error("the plan changed without a yes")
	}
	choose()
	b.press("Change to Trial")
	b.until("the plan", func() bool { return b.corner.label() == "10" })
	b.said("You are on Trial", "10 credits to spend. 18 credits of Hobby expired.")
}

func TestThePlanOfAnAccountElsewhereIsOnItsPage(t *testing.T) {
	b := open(t, waitingShop(), Options{})
	b.openMenu()
	b.press("Plan and devices")
	b.corner.ChoosePlan()
	if len(b.opened) != 2 || b.opened[0] != "https://accounts.example/plan" || b.opened[1] != b.opened[0] {
		t.Errorf("opened %v", b.opened)
	}
}

func TestWhatCreditsAreIsToldWhole(t *testing.T) {
	b := open(t, &shop{purse: builtIn()}, Options{})
	b.openMenu()
	b.press("What are credits?")
	b.readsAll(b.top(), "One credit pays for one layer in one format.",
		"one layer as SVG", "1 credit", "three layers as SVG", "3 credits", "one layer as PNG and as SVG", "2 credits",
		"make no difference", "Looking, editing, checking and previewing", "the price is shown before",
		"failed or that you cancelled", "The same again", "A changed layer is a new export", "At the top right, by your picture",
		"∞ is an unlimited plan", "kept on this computer", "A bigger plan", "Ask those who gave you Mapwright")
	b.press("Close")
	if b.top() != nil {
		t.Error("the page stays")
	}
}

func TestPastExportsHaveTheNumbersToAskBy(t *testing.T) {
	s := waitingShop()
	s.charges[2].State = workshop.ChargeVoided
	s.charges[3].Free, s.charges[3].Amount = true, 0
	b := open(t, s, Options{})
	b.openMenu()
	b.press("Past exports")
	b.until("the list", func() bool { return b.top() != nil })
	b.readsAll(b.top(), "MW-7K3F-22", "harbour", "today, 11:05 · 1 credit", "9 November, 11:05 · cost nothing", "given back", "3 November, 11:05 · free", "free again")
}

func TestALookIsTriedAtOnceAndKept(t *testing.T) {
	b := open(t, &shop{purse: lena()}, Options{})
	p := b.corner.preferences()
	p.mode.Select(2)
	b.until("the dark window", func() bool { return len(b.modes) == 1 })
	if b.modes[0] != look.Dark || b.shop.settings.Theme != workshop.ThemeDark {
		t.Errorf("%v, kept %q", b.modes, b.shop.settings.Theme)
	}
	p.mode.Select(0)
	b.until("the computer's look", func() bool { return len(b.modes) == 2 && b.modes[1] == look.System })
}

func TestNameAndPictureAreKeptAndShow(t *testing.T) {
	b := open(t, &shop{purse: lena()}, Options{})
	p := b.corner.preferences()
	test.Type(p.name, "Lena Maria Kraus")
	b.readsAll(b.top(), "LK")
	bad := filepath.Join(t.TempDir(), "notes.png")
	if err := os.WriteFile(bad, []byte("no picture"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.load(bad)
	b.until("the words", func() bool { return reads(b.top(), "is no PNG or JPEG picture") })
	good := filepath.Join(t.TempDir(), "me.png")
	savePicture(t, good, portrait(40, 90))
	p.load(good)
	b.until("the picture", func() bool { return p.shown != nil && !reads(b.top(), "is no PNG") })
	b.press("Save")
	b.until("the corner", func() bool { return b.corner.picture != nil })
	if s := b.shop.settings; s.Name != "Lena Maria Kraus" || s.Picture != good {
		t.Errorf("kept %+v", s)
	}
	m := b.openMenu()
	b.readsAll(m.body, "Lena Maria Kraus")
	b.escape()
	b.corner.preferences()
	b.press("Remove")
	b.press("Save")
	b.until("the initials", func() bool { return b.corner.picture == nil })
	b.readsAll(b.corner, "LK")
}

func TestDamagedSettingsAreSaid(t *testing.T) {
	b := open(t, &shop{purse: lena(), settings: workshop.Settings{Note: "settings.json is damaged"}}, Options{})
	b.said("The settings were not read", "settings.json is damaged")
}
