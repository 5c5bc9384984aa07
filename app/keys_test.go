package app

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/carto"
)

// key types a key where the keyboard is.
func (h *house) key(name fyne.KeyName) {
	c, e := h.win.Canvas(), &fyne.KeyEvent{Name: name}
	if f := c.Focused(); f != nil {
		f.TypedKey(e)
		return
	}
	c.OnTypedKey()(e)
}

func (h *house) overlays() int { return len(h.win.Canvas().Overlays().List()) }

func control(k fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
}

// A question that lies over the map has the keyboard: no key may reach the map
// behind it, where nobody sees what it does.
func TestNoKeyReachesWhatLiesBehindAQuestion(t *testing.T) {
	h := withMap(t)
	h.bench.stage.Edit("", carto.SetTitle{Title: "Old town"})
	h.until("an edit", func() bool { return h.bench.stage.CanUndo() })
	h.settled()
	h.bench.rename()
	h.win.Canvas().Unfocus()
	open := h.overlays()
	h.shortcut(&fyne.ShortcutUndo{})
	h.win.Canvas().OnTypedRune()('{')
	h.win.Canvas().OnTypedRune()('2')
	for _, k := range []fyne.KeyName{fyne.KeyE, fyne.KeyN, fyne.KeyO} {
		h.shortcut(control(k))
	}
	done := false
	h.bench.stage.Do("", func(context.Context) error { return nil }, func() { done = true })
	h.until("all edits before", func() bool { return done })
	m := h.bench.stage.Map()
	if m.Title != "Old town" || m.View.Rotation != 0 || h.bench.stage.Mode() != stage.ModeMap || !h.onBench() {
		t.Errorf("behind the question the map became %q, turned by %g°, in mode %d", m.Title, m.View.Rotation, h.bench.stage.Mode())
	}
	if h.overlays() != open {
		t.Errorf("there are %d questions over the map, not %d", h.overlays(), open)
	}
	h.key(fyne.KeyEscape)
	if h.overlays() != 0 {
		t.Error("Escape does not leave the question")
	}
}

func TestAMapIsRenamedWithTheKeyboard(t *testing.T) {
	h := withMap(t)
	h.bench.rename()
	test.Type(h.win.Canvas().Focused(), "Old town")
	h.key(fyne.KeyEscape)
	if h.overlays() != 0 || h.bench.stage.CanUndo() {
		t.Error("Escape does not leave the field")
	}
	h.bench.rename()
	test.Type(h.win.Canvas().Focused(), "Old town")
	h.key(fyne.KeyReturn)
	h.until("the new title", func() bool { return h.win.Title() == "Old town – Mapwright" })
	h.shortcut(&fyne.ShortcutUndo{})
	h.until("the old title", func() bool { return h.reads("munich") })
	if h.win.Title() != "munich – Mapwright" {
		t.Errorf("the window is still called %q", h.win.Title())
	}
}

func TestEscapeGoesOnWorking(t *testing.T) {
	h := withMap(t)
	h.work()
	for range 2 {
		h.close()
		h.wantText(working)
		h.key(fyne.KeyEscape)
		if h.reads(working) || h.quitting {
			t.Fatal("Escape does not go on")
		}
	}
	h.close()
	h.key(fyne.KeyReturn)
	if h.reads(working) || h.quitting {
		t.Error("Enter does not take the safe way")
	}
}

// The keys of the window work from a field too, which takes what was typed.
func TestTheWindowsKeysWorkFromAField(t *testing.T) {
	h := withMap(t)
	field, ok := stagetest.Find(h.bench.layers, func(f *parts.NumberField) bool { return f.Value() == 300 })
	if !ok {
		h.bench.layers.Resize(fyne.NewSize(300, 900)) // unfolds the board
		if field, ok = stagetest.Find(h.bench.layers, func(f *parts.NumberField) bool { return f.Value() == 300 }); !ok {
			t.Fatal("there is no width")
		}
	}
	entry, _ := stagetest.Find(field, func(o fyne.CanvasObject) bool { _, ok := o.(fyne.Shortcutable); return ok })
	typing := entry.(fyne.Focusable)
	h.win.Canvas().Focus(typing)
	typing.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	test.Type(typing, "310")
	typing.(fyne.Shortcutable).TypedShortcut(control(fyne.KeyE))
	h.until("the export", func() bool { return h.reads("What are credits?") })
	h.until("the width", func() bool { return h.bench.stage.Map().Boards.Width == 310 })
}

// A field of the page that was left must not go on hearing what is typed.
func TestTheKeyboardGoesWithThePage(t *testing.T) {
	h := newHouse(t, newShop(t), look.Light)
	h.newMap()
	name := h.win.Canvas().Focused()
	if name == nil {
		t.Fatal("a new map does not begin with its name")
	}
	h.Open(newMap(t, h.shop, "munich"))
	h.settled()
	if f := h.win.Canvas().Focused(); f != nil {
		t.Errorf("on the map, a %T of the start page has the keyboard", f)
	}
	h.win.Canvas().Focus(h.bench.sheet)
	h.newMap()
	if f := h.win.Canvas().Focused(); f != name {
		t.Errorf("on the start page, a %T has the keyboard", f)
	}
}

func TestEscapeLeavesTheChoiceOfAFile(t *testing.T) {
	h := withMap(t)
	h.bench.choose()
	if h.overlays() != 1 {
		t.Fatal("no file is asked for")
	}
	h.key(fyne.KeyEscape)
	if h.overlays() != 0 {
		t.Error("Escape does not leave it")
	}
}

func TestALongTitleFitsTheNarrowestWindow(t *testing.T) {
	h := withMap(t)
	long := "Reykjavik, old harbour quarter and its many islands, second attempt with the ferry lines"
	h.bench.stage.Edit("", carto.SetTitle{Title: long})
	h.until("the title", func() bool { return h.win.Title() == long+" – Mapwright" })
	if w := h.top.object.MinSize().Width; w > leastWidth {
		t.Errorf("the bar is %g wide, a window may be %d", w, leastWidth)
	}
	h.wantText("Reykjavik, old", "…")
}
