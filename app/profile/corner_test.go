package profile

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/internal/workshop"
)

func TestWhatIsKnownShowsBeforeTheServerAnswers(t *testing.T) {
	s := &shop{purse: offline(lena()), hold: make(chan struct{})}
	s.purse.Contact.Asked = false
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	b := &bench{t: t, shop: s, size: fyne.NewSize(900, 860)}
	b.openQuietly()
	b.until("the wallet", func() bool { return b.corner.label() == "3" })
	if icon, _ := b.corner.sign(); icon != "credit" {
		t.Errorf("nobody asked the server yet, and the icon is %s", icon)
	}
	s.with(func(s *shop) { s.purse = lena() })
	close(s.hold)
	b.until("the server's word", func() bool { return b.corner.label() == "11" })
	if got := b.corner.Purse().Balance.Spendable; got != 11 {
		t.Errorf("%d can be spent, want 11", got)
	}
}

func TestCornerTellsHowMuchAndWhatIsWrong(t *testing.T) {
	with := func(change func(*workshop.Purse)) workshop.Purse {
		p := lena()
		change(&p)
		return p
	}
	over := with(func(p *workshop.Purse) { p.Contact.Session, p.Balance.Spendable = workshop.SessionOver, 0 })
	for name, c := range map[string]struct {
		purse       workshop.Purse
		label, icon string
		tone        fyne.ThemeColorName
		dot         bool
	}{
		"settled":   {lena(), "11", "credit", theme.ColorNameForeground, false},
		"waiting":   {with(func(p *workshop.Purse) { p.Balance.Unsynced = 2 }), "11", "credit", theme.ColorNameForeground, true},
		"four":      {with(func(p *workshop.Purse) { p.Balance.Spendable = 4 }), "4", "credit", theme.ColorNameForeground, false},
		"low":       {with(func(p *workshop.Purse) { p.Balance.Spendable = 3 }), "3", "credit", theme.ColorNameWarning, false},
		"none":      {with(func(p *workshop.Purse) { p.Balance.Spendable = 0 }), "0", "credit", theme.ColorNameError, false},
		"offline":   {offline(with(func(p *workshop.Purse) { p.Balance.OnDevice = 5 })), "5", "offline", theme.ColorNameForeground, false},
		"unlimited": {with(func(p *workshop.Purse) { p.Balance.Unlimited, p.Balance.Spendable = true, 0 }), "∞", "credit", theme.ColorNameForeground, false},
		"built-in":  {builtIn(), "18", "credit", theme.ColorNameForeground, false},
		"over":      {over, "Sign in", "offline", theme.ColorNameForeground, false},
		"frozen":    {with(func(p *workshop.Purse) { p.Balance.Frozen, p.Balance.Spendable = "two journals", 0 }), "0", "warning", theme.ColorNameError, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, &shop{purse: c.purse}, Options{})
			icon, _ := b.corner.sign()
			if b.corner.label() != c.label || icon != c.icon || b.corner.tone() != c.tone || b.corner.unsynced() != c.dot {
				t.Errorf("%q %s %s dot %v, want %+v", b.corner.label(), icon, b.corner.tone(), b.corner.unsynced(), c)
			}
			if !reads(b.corner, c.label) {
				t.Errorf("the corner reads %v", texts(b.corner))
			}
		})
	}
}

func TestALongFigureStaysOnOneLineInsideTheCorner(t *testing.T) {
	p := lena()
	p.Balance.Spendable = 1234567
	b := open(t, &shop{purse: p}, Options{})
	b.grow()
	var figure *canvas.Text
	find(b.corner, func(o fyne.CanvasObject) bool {
		if text, ok := o.(*canvas.Text); ok && text.Text == "1234567" {
			figure = text
		}
		return false
	})
	if end := figure.Position().X + figure.MinSize().Width; end > b.corner.Size().Width-faceSize {
		t.Errorf("the figure ends at %v of %v, under the picture", end, b.corner.Size().Width)
	}
	if b.corner.Size().Height != pillHeight {
		t.Errorf("the corner is %v high", b.corner.Size().Height)
	}
}

func TestAnAnswerThatComesLateIsNotShownOverANewerOne(t *testing.T) {
	b := open(t, &shop{purse: lena()}, Options{})
	late := b.corner.next()
	newer := lena()
	newer.Balance.Spendable = 7
	b.corner.show(b.corner.next(), facts{known: true, purse: newer})
	crashed := lena()
	crashed.Recovery.Voided = 1
	b.corner.show(late, facts{known: true, purse: crashed})
	if b.corner.label() != "7" {
		t.Errorf("the corner shows %s", b.corner.label())
	}
	if len(b.notices) != 1 || b.notices[0].Title != "Picked up after a crash" {
		t.Errorf("what the late answer alone tells is lost: %+v", b.notices)
	}
}

func TestTheServerIsAskedAgainWhileTheWindowIsOpen(t *testing.T) {
	b := open(t, &shop{purse: lena()}, Options{Every: 5 * time.Millisecond})
	b.until("four questions", func() bool { return b.shop.times("credits") >= 4 })
}

func TestAskingTwiceAtOnceAsksOnceMoreAfterwards(t *testing.T) {
	s := &shop{purse: lena()}
	b := open(t, s, Options{})
	before := s.times("credits")
	s.with(func(s *shop) { s.hold = make(chan struct{}) })
	for range 5 {
		b.corner.Update()
	}
	b.until("the first question", func() bool { return s.times("credits") == before+1 })
	close(s.hold)
	b.until("the last answer", func() bool { return !b.corner.asking })
	if n := s.times("credits") - before; n != 2 {
		t.Errorf("five exports at once asked %d times", n)
	}
}

func TestAnUnreadablePurseIsSaidAndTheFigureStays(t *testing.T) {
	s := &shop{purse: lena()}
	b := open(t, s, Options{})
	s.with(func(s *shop) { s.fail["credits"], s.fail["wallet"] = errSilent, errSilent })
	b.corner.Update()
	b.until("a notice", func() bool { return len(b.notices) == 1 })
	if !strings.Contains(b.notices[0].Text, "No route to host") || b.corner.label() != "11" {
		t.Errorf("%+v, corner %s", b.notices, b.corner.label())
	}
	b.corner.Update()
	b.until("the next answer", func() bool { return !b.corner.asking })
	if len(b.notices) != 1 {
		t.Errorf("the same is said every minute: %+v", b.notices)
	}
}

func TestTheKeyboardOpensTheMenu(t *testing.T) {
	b := open(t, &shop{purse: lena()}, Options{})
	b.win.Canvas().Focus(b.corner)
	b.corner.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if b.corner.menu == nil {
		t.Fatal("Enter opens nothing")
	}
	b.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if b.corner.menu != nil || b.win.Canvas().Focused() != b.corner {
		t.Error("Esc does not close the menu and give the keyboard back")
	}
}

func TestAThemeThatChangesColoursTheCornerAnew(t *testing.T) {
	b := open(t, &shop{purse: lena()}, Options{})
	light := b.win.Canvas().Capture()
	fyne.CurrentApp().Settings().SetTheme(look.Theme{Mode: look.Dark})
	b.corner.Refresh()
	dark := b.win.Canvas().Capture()
	at := b.corner.Position().AddXY(30, 12)
	x, y := b.win.Canvas().PixelCoordinateForPosition(at)
	if light.At(x, y) == dark.At(x, y) {
		t.Error("the corner keeps the colours of the light window")
	}
}

func TestOwnPictureShowsRound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "me.png")
	savePicture(t, path, portrait(300, 200))
	b := open(t, &shop{purse: lena(), settings: workshop.Settings{Picture: path}}, Options{})
	b.until("the picture", func() bool { return b.corner.picture != nil })
	img := b.corner.picture
	if _, _, _, a := img.At(1, 1).RGBA(); a != 0 {
		t.Error("the picture has corners")
	}
	if r, _, _, a := img.At(pictureSide/2, pictureSide/2).RGBA(); a != 0xffff || r == 0 {
		t.Error("the middle of the picture is not there")
	}
	if slices.Contains(texts(b.corner), "L") {
		t.Error("the initials show over the picture")
	}
}
