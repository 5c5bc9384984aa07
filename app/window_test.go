package app

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

func TestAnOpenMapHasItsPanels(t *testing.T) {
	shop := newShop(t)
	path := newMap(t, shop, "munich")
	h := newHouse(t, shop, look.Light)
	if h.reads("Export") {
		t.Error("the start page offers an export of no map")
	}
	h.Open(path)
	h.wantText("Opening munich.gpkg …")
	h.settled()
	h.wantText("Saved · 300 × 260 mm", "Scale 1 : 6,000", "Export", "No jobs running", "Burn 0 s")
	if h.win.Title() != "munich – Mapwright" {
		t.Errorf("the window is called %q", h.win.Title())
	}
	recent, err := shop.Settings(t.Context())
	if err != nil || len(recent.Recent) != 1 || recent.Recent[0].Path != path {
		t.Errorf("recent maps: %+v, %v", recent.Recent, err)
	}
}

func TestADroppedFileIsAskedAboutAndAdded(t *testing.T) {
	h := withMap(t)
	h.Drop(munich)
	h.until("the question", func() bool { return h.reads("Add munich-centre-2020.osm.pbf") })
	h.press("Add")
	h.wantText("Adding munich-centre-2020.osm.pbf")
	h.until("the layers", func() bool { return h.reads("Added munich-centre-2020.osm.pbf") })
	h.settled()
	h.wantText("buildings", "roads-major", "No jobs running")
	if h.bench.stage.Drawn() == nil || h.bench.stage.Checked().Estimate.BurnMM < 1000 {
		t.Error("what was added does not burn")
	}
	h.press("Undo")
	h.until("the layers are gone", func() bool { return len(h.bench.stage.Map().Layers) == 0 })
}

func TestADroppedMapIsOpened(t *testing.T) {
	h := withMap(t)
	first := h.bench.desk
	h.Drop(newMap(t, h.shop, "second"))
	h.until("the other map", func() bool { return h.onBench() && h.bench.desk != first })
	h.wantText("second")
	h.until("the first one is put away", func() bool { return onlyFile(t, first.Path()) })
}

// onlyFile tells whether a closed map is one file.
func onlyFile(t *testing.T, path string) bool {
	t.Helper()
	all, err := filepath.Glob(path + "*")
	if err != nil {
		t.Fatal(err)
	}
	return len(all) == 1
}

func TestAFileDroppedOnTheStartPageBeginsAMapOfIt(t *testing.T) {
	h := newHouse(t, newShop(t), look.Light)
	h.Drop(munich)
	h.until("the file's place", func() bool { return h.reads("1.8 × 1.4 km") })
}

func TestUndoAndRedoAreOfferedWhenThereIsSomethingToUndo(t *testing.T) {
	h := withMap(t)
	usable := func(undo, redo bool) {
		t.Helper()
		if h.top.undo.Disabled() == undo || h.top.redo.Disabled() == redo {
			t.Errorf("undo can be used: %v, redo: %v", !h.top.undo.Disabled(), !h.top.redo.Disabled())
		}
	}
	usable(false, false)
	titled := func(title string) {
		t.Helper()
		h.until(title, func() bool { return h.bench.stage.Map().Title == title && h.reads(title) })
	}
	h.bench.stage.Edit("", carto.SetTitle{Title: "Old town"})
	titled("Old town")
	usable(true, false)
	h.shortcut(&fyne.ShortcutUndo{})
	titled("munich")
	usable(false, true)
	h.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift})
	titled("Old town")
	usable(true, false)
	h.top.undo.OnTapped()
	titled("munich")
}

func TestTheModesOfTheBarAndTheSheetAreOne(t *testing.T) {
	h := withMap(t)
	for i, mode := range []stage.Mode{stage.ModeLaser, stage.ModeWire, stage.ModeMap} {
		h.top.modes.Select(int(mode))
		if got := h.bench.stage.Mode(); got != mode {
			t.Errorf("tap %d: the sheet is in mode %d, not %d", i, got, mode)
		}
	}
	h.bench.stage.SetMode(stage.ModeLaser) // as a key of the sheet does
	if h.top.modes.Selected() != int(stage.ModeLaser) {
		t.Error("the bar does not show the mode of the sheet")
	}
}

func TestTheMapWaitsBehindTheStartPage(t *testing.T) {
	h := withMap(t)
	was := h.bench
	h.newMap()
	if h.onBench() || h.bench != was || h.win.Title() != "Mapwright" {
		t.Errorf("on the map: %v, %q", h.onBench(), h.win.Title())
	}
	h.until("the way back", func() bool { return h.reads("Back to munich") })
	h.back()
	if !h.onBench() {
		t.Error("there is no way back to the map")
	}
	if h.win.Title() != "munich – Mapwright" {
		t.Errorf("the window is called %q", h.win.Title())
	}
	h.wantText("Export")
	h.newMap()
	h.Open(was.desk.Path())
	if !h.onBench() || h.bench != was {
		t.Error("the map that is open was opened once more")
	}
}

func TestAMapThatIsPutAwayIsOneFileAndFree(t *testing.T) {
	h := withMap(t)
	path := h.bench.desk.Path()
	h.closeMap()
	if h.bench != nil || h.reads("Export") {
		t.Error("the map is still on the bench")
	}
	h.until("one file", func() bool { return onlyFile(t, path) })
	h.until("the recent map", func() bool { return h.reads("300 × 260 mm") })
	other, err := h.shop.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Close(); err != nil {
		t.Error(err)
	}
}

func TestASecondWriterIsToldInWordsAndLosesNothing(t *testing.T) {
	h := withMap(t)
	path := newMap(t, h.shop, "taken")
	other, err := h.shop.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	}()
	was := h.bench
	h.Open(path)
	h.until("the notice", func() bool { return h.reads("The map was not opened") })
	h.wantText("taken.gpkg")
	if !h.onBench() || h.bench != was {
		t.Error("the map that was open is gone")
	}
	h.closeMap()
	h.Open(path)
	h.until("the start page", func() bool { return h.opening == "" && h.page.Objects[0] == h.start })
}

func TestTheBarsFollowAnotherTheme(t *testing.T) {
	h := withMap(t)
	fyne.CurrentApp().Settings().SetTheme(look.Theme{Mode: look.Dark})
	backs := 0
	h.walk(func(o fyne.CanvasObject) {
		b, ok := o.(*back)
		if !ok {
			return
		}
		backs++
		if face := test.WidgetRenderer(b).Objects()[0].(*canvas.Rectangle); face.FillColor != look.Color(b.name) {
			t.Errorf("%s keeps the colour of the light window", b.name)
		}
	})
	if backs != 2 {
		t.Errorf("%d surfaces are told of the theme, not the bars' two", backs)
	}
}

func TestAFileThatIsNoMapIsTold(t *testing.T) {
	h := newHouse(t, newShop(t), look.Light)
	path := filepath.Join(t.TempDir(), "letter.gpkg")
	if err := os.WriteFile(path, []byte("Dear Sir or Madam"), 0o600); err != nil {
		t.Fatal(err)
	}
	h.Drop(path)
	h.until("the notice", func() bool { return h.reads("The map was not opened") })
	h.wantText("letter.gpkg")
}

// TestPictures draws the whole window for people to look at:
// MAPWRIGHT_PICTURES=/tmp go test -run Pictures
func TestPictures(t *testing.T) {
	shop := newShop(t)
	path := newMap(t, shop, "munich")
	desk, err := shop.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Import(t.Context(), workshop.Import{Source: munich, Preset: "city"}); err != nil {
		t.Fatal(err)
	}
	if err := desk.Close(); err != nil {
		t.Fatal(err)
	}
	type picture struct {
		name string
		mode look.Mode
		size fyne.Size
		view stage.Mode
	}
	for _, c := range stagetest.Looks(
		picture{"window-light", look.Light, fyne.NewSize(1440, 900), stage.ModeMap},
		picture{"window-dark", look.Dark, fyne.NewSize(1440, 900), stage.ModeLaser},
		picture{"window-small", look.Light, fyne.NewSize(1280, 720), stage.ModeMap},
	) {
		h := newHouse(t, shop, c.mode)
		h.win.Resize(c.size)
		h.Open(path)
		h.settled()
		h.bench.stage.SetMode(c.view)
		h.win.Canvas().Capture() // which lays out what was never shown
		h.until("the picture", func() bool { return h.bench.sheet.Painted() })
		// The test's driver does not lay out anew for longer texts, as the screen's does.
		h.win.Resize(c.size.AddWidthHeight(1, 0))
		h.win.Resize(c.size)
		picture := h.win.Canvas().Capture()
		if picture.Bounds().Dx() != int(c.size.Width) {
			t.Errorf("%s is %v", c.name, picture.Bounds())
		}
		stagetest.Save(t, c.name, picture)
		h.ending()()
	}
}
