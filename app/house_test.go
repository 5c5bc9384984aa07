package app

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/paulmach/orb"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	// Fyne's driver has a queue from before main to the end of the program.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("fyne.io/fyne/v2/internal/async.(*UnboundedChan[...]).processing"))
}

const munich = "../assets/sample/munich-centre-2020.osm.pbf"

// house is the window with a workshop of its own. The test's goroutine is its
// UI thread.
type house struct {
	*Window
	t     *testing.T
	shop  *workshop.Workshop
	hands []*loop.Hand
}

// newHouse opens the window on the start page. It is closed with the test.
func newHouse(t *testing.T, shop *workshop.Workshop, mode look.Mode) *house {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.Theme{Mode: mode})
	settings, err := shop.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, shop: shop}
	h.Window = NewWindow(a, shop, Options{Settings: settings, Version: "test", Loop: func() *loop.Loop {
		l, hand := loop.Manual()
		h.hands = append(h.hands, hand)
		return l
	}})
	t.Cleanup(func() {
		h.ending()()
		h.win.Close()
	})
	return h
}

func newShop(t *testing.T) *workshop.Workshop {
	t.Helper()
	shop, err := workshop.Open(workshop.Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	return shop
}

// newMap makes an empty map of 300 × 260 mm in the middle of Munich.
func newMap(t *testing.T, shop *workshop.Workshop, name string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), name+".gpkg")
	view := carto.View{Center: orb.Point{11.5756, 48.1374}, Scale: 6000, Projection: "local"}
	if _, err := shop.New(t.Context(), workshop.NewMap{Path: path, View: &view, Width: 300, Height: 260, Margin: 10}); err != nil {
		t.Fatal(err)
	}
	return path
}

// withMap opens the window on a new map.
func withMap(t *testing.T) *house {
	t.Helper()
	shop := newShop(t)
	h := newHouse(t, shop, look.Light)
	h.Open(newMap(t, shop, "munich"))
	h.settled()
	return h
}

// until turns the UI thread until the condition holds.
func (h *house) until(what string, condition func() bool) {
	h.t.Helper()
	for deadline := time.Now().Add(60 * time.Second); ; time.Sleep(time.Millisecond) {
		for _, hand := range h.hands {
			hand.Run()
		}
		if condition() {
			return
		}
		if time.Now().After(deadline) {
			h.t.Fatalf("never came: %s; on the screen are %q", what, h.texts())
		}
	}
}

// settled waits until a map is on the bench, drawn and checked, and no edit is
// on its way.
func (h *house) settled() {
	h.t.Helper()
	h.until("a map that is drawn and checked", func() bool {
		return h.onBench() && !h.bench.stage.Stale() && h.bench.stage.Checked() != nil
	})
}

// texts lists what can be read in the window, with what lies above it.
func (h *house) texts() (all []string) {
	h.walk(func(o fyne.CanvasObject) {
		if t, ok := o.(*canvas.Text); ok && t.Text != "" {
			all = append(all, t.Text)
		}
	})
	return all
}

// reads tells whether the window shows a text, or one that contains it.
func (h *house) reads(text string) bool {
	return strings.Contains(strings.Join(h.texts(), "\n"), text)
}

func (h *house) wantText(texts ...string) {
	h.t.Helper()
	for _, text := range texts {
		if !h.reads(text) {
			h.t.Errorf("the window does not say %q but %q", text, h.texts())
		}
	}
}

// press taps the topmost button of a name.
func (h *house) press(label string) {
	h.t.Helper()
	var found *parts.Button
	h.walk(func(o fyne.CanvasObject) {
		if b, ok := o.(*parts.Button); ok && b.Label() == label {
			found = b
		}
	})
	if found == nil {
		h.t.Fatalf("there is no button %q; on the screen are %q", label, h.texts())
	}
	test.Tap(found)
}

// walk visits what is shown, what lies above the window last.
func (h *house) walk(visit func(fyne.CanvasObject)) {
	var down func(fyne.CanvasObject)
	down = func(o fyne.CanvasObject) {
		if o == nil || !o.Visible() {
			return
		}
		visit(o)
		switch v := o.(type) {
		case *fyne.Container:
			for _, child := range v.Objects {
				down(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(v).Objects() {
				down(child)
			}
		}
	}
	down(h.win.Content())
	for _, o := range h.win.Canvas().Overlays().List() {
		down(o)
	}
}

// shortcut presses keys that belong to the window.
func (h *house) shortcut(s fyne.Shortcut) {
	h.t.Helper()
	c, ok := h.win.Canvas().(fyne.Shortcutable)
	if !ok {
		h.t.Fatal("the window hears no shortcuts")
	}
	c.TypedShortcut(s)
}
