package profile

import (
	"errors"
	"image"
	"image/png"
	"net/url"
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/stage"
)

// bench is a window with the corner in it, and what it said and opened.
type bench struct {
	t       *testing.T
	o       Options
	size    fyne.Size
	win     fyne.Window
	hand    *loop.Hand
	shop    *shop
	corner  *Corner
	notices []stage.Notice
	opened  []string
	modes   []look.Mode
}

// open shows the corner in a window. The test's app is global, so that no test
// of this package is parallel.
func open(t *testing.T, s *shop, o Options) *bench {
	t.Helper()
	return openIn(t, look.Light, fyne.NewSize(900, 860), s, o)
}

func openIn(t *testing.T, mode look.Mode, size fyne.Size, s *shop, o Options) *bench {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.Theme{Mode: mode})
	if s.fail == nil {
		s.fail = map[string]error{}
	}
	b := &bench{t: t, shop: s, o: o, size: size}
	b.openQuietly()
	b.settle()
	return b
}

// openQuietly opens the corner in the app of the test, and waits for nothing.
func (b *bench) openQuietly() {
	b.t.Helper()
	l, hand := loop.Manual()
	b.t.Cleanup(l.Close)
	b.hand = hand
	b.win = test.NewTempWindow(b.t, container.NewWithoutLayout())
	b.win.SetPadded(false)
	o := b.o
	o.Notify = func(n stage.Notice) { b.notices = append(b.notices, n) }
	o.OpenURL = func(u *url.URL) error { b.opened = append(b.opened, u.String()); return nil }
	o.Clock = func() time.Time { return now }
	o.SetTheme = func(m look.Mode) { b.modes = append(b.modes, m) }
	if o.Every == 0 {
		o.Every = time.Hour
	}
	b.corner = New(b.win, l, b.shop, o)
	top := container.New(layout.NewCustomPaddedLayout(8, 8, 8, 8), container.NewHBox(layout.NewSpacer(), b.corner))
	b.win.SetContent(container.NewBorder(top, nil, nil, nil))
	b.win.Resize(b.size)
}

// settle waits until nothing is asked any more.
func (b *bench) settle() {
	b.t.Helper()
	b.until("the first answers", func() bool { return b.shop.times("credits") > 0 && !b.corner.asking })
}

func (b *bench) until(what string, condition func() bool) {
	b.t.Helper()
	if !b.hand.Until(10*time.Second, condition) {
		b.t.Fatalf("%s never came; asked %v, said %+v", what, b.shop.asked, b.notices)
	}
}

// openMenu opens the menu and waits for what it loads.
func (b *bench) openMenu() *menu {
	b.t.Helper()
	test.Tap(b.corner)
	b.until("the menu", func() bool { return b.corner.menu != nil && len(b.corner.menu.usage.Days) > 0 && !b.corner.asking })
	return b.corner.menu
}

// top is the sheet that lies over the window.
func (b *bench) top() fyne.CanvasObject { return b.win.Canvas().Overlays().Top() }

// press taps the button, link or item of that text in what lies on top.
func (b *bench) press(text string) {
	b.t.Helper()
	found := find(b.top(), func(o fyne.CanvasObject) bool {
		switch w := o.(type) {
		case *button:
			return w.Text == text
		case *link:
			return w.text == text
		case *item:
			return w.text == text
		}
		return false
	})
	if found == nil {
		b.t.Fatalf("nothing to press says %q in %v", text, texts(b.top()))
	}
	test.Tap(found.(fyne.Tappable))
}

// find walks what shows, from the top.
func find(o fyne.CanvasObject, match func(fyne.CanvasObject) bool) fyne.CanvasObject {
	if o == nil || !o.Visible() {
		return nil
	}
	if match(o) {
		return o
	}
	var children []fyne.CanvasObject
	switch w := o.(type) {
	case *fyne.Container:
		children = w.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(w).Objects()
	}
	for _, child := range children {
		if found := find(child, match); found != nil {
			return found
		}
	}
	return nil
}

// grow lets the corner have the width that its figure needs, as a real window does
// with every frame.
func (b *bench) grow() { b.win.Content().Refresh() }

func savePicture(t *testing.T, name string, img image.Image) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(png.Encode(f, img), f.Close()); err != nil {
		t.Fatal(err)
	}
}

// portrait is a picture in one colour.
func portrait(w, h int) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 200
	}
	for i := 3; i < len(img.Pix); i += 4 {
		img.Pix[i] = 255
	}
	return img
}
