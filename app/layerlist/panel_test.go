package layerlist

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func layer(id, name string, o artwork.Operation) carto.AddLayer {
	return carto.AddLayer{At: carto.Top, Layer: carto.Layer{
		ID: carto.LayerID(id), Name: name, Operation: o, Strategy: "centreline", Visible: true, CRS: "EPSG:4326",
	}, Features: []carto.Feature{{Geometry: orb.LineString{{11.575, 48.137}, {11.576, 48.138}}}}}
}

// three is a map of three layers: roads on water on green.
func three(t *testing.T) (*stagetest.Scene, *Panel, fyne.Window) {
	t.Helper()
	s := stagetest.New(t, layer("g", "green", artwork.Score), layer("w", "water", artwork.Cut), layer("r", "roads", artwork.Score))
	p, w := panelOf(t, s, look.Light, fyne.NewSize(272, 812))
	return s, p, w
}

func panelOf(t *testing.T, s *stagetest.Scene, mode look.Mode, size fyne.Size) (*Panel, fyne.Window) {
	t.Helper()
	var p *Panel
	w := stagetest.Window(t, mode, size, func(w fyne.Window) fyne.CanvasObject {
		p = New(w, s.Stage, Options{})
		return p
	})
	return p, w
}

// names are the layers as the panel shows them, the top first.
func names(p *Panel) (all []string) {
	for _, r := range p.list.rows {
		all = append(all, r.name.Text)
	}
	return all
}

func wantOrder(t *testing.T, s *stagetest.Scene, p *Panel, want ...string) {
	t.Helper()
	s.Until("the layers in their new order", func() bool { return slices.Equal(names(p), want) })
	if got := s.Desk.Map().LayerNames(); !slices.Equal(got, want) {
		t.Errorf("the map holds %q, the list shows %q", got, want)
	}
}

func TestLayersAreListedTopFirstAndSelectedByATap(t *testing.T) {
	s, p, _ := three(t)
	if got := names(p); !slices.Equal(got, []string{"roads", "water", "green"}) {
		t.Fatalf("%q", got)
	}
	if p.list.rows[1].text.Text != "Line · 1" {
		t.Errorf("the second line is %q", p.list.rows[1].text.Text)
	}
	p.list.rows[1].MouseDown(&desktop.MouseEvent{})
	if l, _ := s.Stage.Selected(); l.Name != "water" {
		t.Errorf("%q is selected", l.Name)
	}
	if !p.list.rows[1].selected || p.list.rows[0].selected {
		t.Error("the list shows another selection than the stage has")
	}
	s.Stage.Select("g")
	if !p.list.rows[2].selected {
		t.Error("a selection made elsewhere does not show")
	}
}

// drag holds a row at its middle and lets it go at a height of the list.
func drag(r *row, y float32) {
	for _, at := range []float32{r.Position().Y + look.RowHeight/2, y} {
		r.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, at-r.Position().Y)}})
	}
	r.DragEnd()
}

func TestDraggingALayerPutsItBetweenOthers(t *testing.T) {
	s, p, _ := three(t)
	drag(p.list.rows[0], 2*look.RowHeight) // roads between water and green
	wantOrder(t, s, p, "water", "roads", "green")
	drag(p.list.rows[2], 0)
	wantOrder(t, s, p, "green", "water", "roads")
	drag(p.list.rows[0], 10*look.RowHeight)
	wantOrder(t, s, p, "water", "roads", "green")
	drag(p.list.rows[1], 1.2*look.RowHeight) // not far enough
	s.Stage.Undo()
	wantOrder(t, s, p, "green", "water", "roads")
	if p.list.line.Visible() {
		t.Error("the line still shows where a layer would go")
	}
}

func TestMovingByKeysStopsAtBothEnds(t *testing.T) {
	s, p, _ := three(t)
	p.MoveUp()
	p.MoveDown()
	wantOrder(t, s, p, "water", "roads", "green")
	p.MoveDown()
	wantOrder(t, s, p, "water", "green", "roads")
	p.MoveDown()
	if s.Stage.Undo(); !s.Stage.CanUndo() {
		t.Error("nothing to take back")
	}
	wantOrder(t, s, p, "water", "roads", "green")
}

func TestKeysOfTheListChangeTheSelectedLayer(t *testing.T) {
	s, p, w := three(t)
	p.Focus()
	if w.Canvas().Focused() != fyne.Focusable(p.list) {
		t.Fatal("the list has no focus")
	}
	key := func(names ...fyne.KeyName) {
		for _, n := range names {
			p.list.TypedKey(&fyne.KeyEvent{Name: n})
		}
	}
	key(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp)
	if l, _ := s.Stage.Selected(); l.Name != "water" {
		t.Fatalf("%q is selected", l.Name)
	}
	key(fyne.KeySpace)
	s.Until("the layer is hidden", func() bool { l, _ := s.Stage.Selected(); return !l.Visible })
	key(fyne.KeyDelete)
	wantOrder(t, s, p, "roads", "green")
	if len(s.Notices) != 1 || s.Notices[0].Actions[0].Label != "Undo" {
		t.Fatalf("no way back is offered: %+v", s.Notices)
	}
	s.Notices[0].Actions[0].Do()
	wantOrder(t, s, p, "roads", "water", "green")
	if got := s.Desk.Map().Layers[1].Count; got != 1 {
		t.Errorf("the layer came back with %d shapes", got)
	}
}

func TestUndoOfADeletionTakesBackNothingElse(t *testing.T) {
	s, p, _ := three(t)
	p.Delete()
	wantOrder(t, s, p, "water", "green")
	p.setVisible(s.Stage.Map().Layers[0], false)
	s.Until("green is hidden", func() bool { return !s.Stage.Map().Layers[0].Visible })
	s.Notices[0].Actions[0].Do()
	if len(s.Notices) != 2 || s.Stage.Map().Layers[0].Visible {
		t.Errorf("the later change was taken back, or nothing was said: %+v", s.Notices)
	}
}

func TestALayerIsRenamedInItsPlace(t *testing.T) {
	s, p, w := three(t)
	test.DoubleTap(p.list.rows[1])
	entry, ok := w.Canvas().Focused().(*nameEntry)
	if !ok {
		t.Fatal("the name can't be typed")
	}
	entry.SetText("  rivers ")
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	wantOrder(t, s, p, "roads", "rivers", "green")
	if p.list.rows[1].entry != nil || w.Canvas().Focused() != nil {
		t.Error("the field is still there")
	}

	s.Stage.Select("r")
	p.Rename()
	entry = w.Canvas().Focused().(*nameEntry)
	entry.SetText("RIVERS")
	w.Canvas().Unfocus()
	s.Until("a word about the name", func() bool { return len(s.Notices) == 1 })
	if s.Notices[0].Title != "The layer was not changed" || names(p)[0] != "roads" {
		t.Errorf("%+v, %q", s.Notices, names(p))
	}

	p.Rename()
	entry = w.Canvas().Focused().(*nameEntry)
	entry.SetText("streets")
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	s.Settled()
	if names(p)[0] != "roads" {
		t.Errorf("Escape renamed the layer to %q", names(p)[0])
	}
}

func TestEyeAndLockAreOfTheirRow(t *testing.T) {
	s, p, _ := three(t)
	test.Tap(p.list.rows[2].eye)
	s.Until("green is hidden", func() bool { return !s.Stage.Map().Layers[0].Visible })
	item(t, p.layerMenu(s.Stage.Map().Layers[1]), "Lock").Action()
	s.Until("water is locked", func() bool { return s.Stage.Map().Layers[1].Locked })
	if !p.list.rows[1].lock.Visible() || p.list.rows[0].lock.Visible() {
		t.Error("the lock shows in the wrong row")
	}
	s.Stage.Select("w")
	p.Delete()
	s.Until("a word about the lock", func() bool { return len(s.Notices) == 1 })
	if len(p.list.rows) != 3 {
		t.Error("a locked layer was deleted")
	}
	test.Tap(p.list.rows[1].lock)
	s.Until("water is open", func() bool { return !s.Stage.Map().Layers[1].Locked })
}

func item(t *testing.T, m *fyne.Menu, label string) *fyne.MenuItem {
	t.Helper()
	for _, i := range m.Items {
		if i.Label == label {
			return i
		}
		if i.ChildMenu != nil {
			for _, c := range i.ChildMenu.Items {
				if c.Label == label {
					return c
				}
			}
		}
	}
	t.Fatalf("the menu has no %q", label)
	return nil
}

func TestTheMenuChangesWhatItNames(t *testing.T) {
	s, p, w := three(t)
	test.TapSecondary(p.list.rows[1])
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("no menu opened")
	}
	if l, _ := s.Stage.Selected(); l.Name != "water" {
		t.Fatalf("the menu is of another layer: %q", l.Name)
	}
	water := func() carto.Layer { l, _ := s.Stage.Layer("w"); return l }
	item(t, p.layerMenu(water()), "Engrave").Action()
	s.Until("water is engraved", func() bool { return water().Operation == artwork.Engrave })
	item(t, p.layerMenu(water()), "Show only this").Action()
	s.Until("the others are hidden", func() bool {
		return water().Visible && !s.Stage.Map().Layers[0].Visible && !s.Stage.Map().Layers[2].Visible
	})
	item(t, p.mapMenu(), "Show all").Action()
	s.Until("all show", func() bool { return s.Stage.Map().Layers[0].Visible && s.Stage.Map().Layers[2].Visible })
	item(t, p.mapMenu(), "Lock all").Action()
	s.Until("all are locked", func() bool { return s.Stage.Map().Layers[0].Locked && water().Locked })
	item(t, p.layerMenu(water()), "Duplicate").Action()
	s.Until("a copy above it", func() bool {
		l, _ := s.Stage.Selected()
		return len(p.list.rows) == 4 && l.ID == p.list.rows[1].layer.ID
	})
	if l := p.list.rows[1].layer; l.Name == "water" || l.Operation != artwork.Engrave || l.Count != 1 {
		t.Errorf("the copy is %+v", l)
	}
	if !item(t, p.layerMenu(water()), "Delete").Disabled || !item(t, p.mapMenu(), "Show all").Disabled {
		t.Error("the menu offers what can't be done")
	}
}

func TestAnEmptyMapSaysWhatToDo(t *testing.T) {
	s := stagetest.New(t)
	p, w := panelOf(t, s, look.Light, fyne.NewSize(272, 812))
	add, ok := stagetest.Find(p, func(b *parts.Button) bool { return b.Label() == "Empty layer" })
	if !ok {
		t.Fatal("nothing is offered")
	}
	stagetest.Save(t, "layers-empty", w.Canvas().Capture())
	test.Tap(add)
	s.Until("a layer", func() bool { return len(p.list.rows) == 1 })
	if _, naming := w.Canvas().Focused().(*nameEntry); !naming || p.empty.Visible() {
		t.Error("the new layer can't be named at once")
	}
}

func TestFrameAndTextIsAddedFromTheMenuOnce(t *testing.T) {
	s, p, _ := three(t)
	item(t, p.addMenu(), workshop.FurnitureName).Action()
	wantOrder(t, s, p, workshop.FurnitureName, "roads", "water", "green")
	s.Until("it is selected", func() bool { l, _ := s.Stage.Selected(); return l.Name == workshop.FurnitureName && l.Count == 4 })
	s.Stage.Select("r")
	item(t, p.addMenu(), workshop.FurnitureName).Action()
	if l, _ := s.Stage.Selected(); l.Name != workshop.FurnitureName || len(s.Stage.Map().Layers) != 4 || len(s.Notices) != 1 {
		t.Errorf("a second time selects %q and says %v", l.Name, s.Notices)
	}
	s.Stage.Undo()
	wantOrder(t, s, p, "roads", "water", "green")
}

func TestTheListStaysWhereItWasWhenAnEditFails(t *testing.T) {
	s, p, _ := three(t)
	s.Desk.Map()
	gone := p.list.rows[0].layer
	if err := s.Desk.Do(t.Context(), carto.RemoveLayer{Layer: gone.ID}); err != nil {
		t.Fatal(err)
	}
	p.moveTo(gone.ID, 0, 1)
	s.Until("a word about it", func() bool { return len(s.Notices) == 1 })
	if s.Notices[0].Kind != stage.KindError && s.Notices[0].Kind != stage.KindWarning {
		t.Errorf("%+v", s.Notices[0])
	}
	wantOrder(t, s, p, "water", "green")
}
