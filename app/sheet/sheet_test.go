package sheet

import (
	"context"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// scene is a sheet with Munich on it, in a window of the test driver.
type scene struct {
	t      *testing.T
	desk   *workshop.Desk
	stage  *stage.Stage
	hand   *loop.Hand
	sheet  *Sheet
	window fyne.Window
}

func newScene(t *testing.T) *scene {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.Theme{Mode: look.Light})
	w, err := workshop.Open(workshop.Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "munich.gpkg")
	box := orb.Bound{Min: orb.Point{11.5728, 48.1359}, Max: orb.Point{11.5791, 48.1396}}
	if _, err := w.New(t.Context(), workshop.NewMap{Path: path, Box: &box, Width: 100, Height: 80, Margin: 5}); err != nil {
		t.Fatal(err)
	}
	desk, err := w.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Import(t.Context(), workshop.Import{Source: "../../assets/sample/munich-centre-2020.osm.pbf"}); err != nil {
		t.Fatal(err)
	}
	l, hand := loop.Manual()
	s := &scene{t: t, desk: desk, hand: hand}
	s.stage = stage.New(l, desk)
	s.stage.Notify = func(n stage.Notice) { t.Errorf("%s: %s", n.Title, n.Text) }
	s.sheet = New(s.stage, desk, Options{Tips: parts.NewTips(l)})
	s.window = test.NewTempWindow(t, s.sheet.Object())
	s.window.SetPadded(false)
	s.window.Resize(fyne.NewSize(900, 720))
	t.Cleanup(func() {
		l.Close()
		if err := desk.Close(); err != nil {
			t.Error(err)
		}
	})
	s.settle()
	return s
}

// settle waits until everything that was asked for is done and shown.
func (s *scene) settle() {
	s.t.Helper()
	time.Sleep(60 * time.Millisecond)
	if !s.hand.Until(60*time.Second, func() bool {
		return !s.stage.Stale() && s.stage.Checked() != nil && !s.sheet.painting.running && s.sheet.picture.Image != nil
	}) {
		s.t.Fatal("the sheet does not come to rest")
	}
}

func (s *scene) at(p artwork.Point) fyne.Position { return s.sheet.view.screen(p) }

func (s *scene) click(p artwork.Point) {
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = s.at(p)
	s.sheet.MouseDown(e)
	s.sheet.MouseUp(e)
	s.hand.Until(100*time.Millisecond, func() bool { return false })
}

func (s *scene) drag(from, to artwork.Point) {
	a, b := s.at(from), s.at(to)
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = a
	s.sheet.MouseDown(e)
	for _, f := range []float32{0.3, 0.7, 1} {
		d := &fyne.DragEvent{}
		d.Position = fyne.NewPos(a.X+(b.X-a.X)*f, a.Y+(b.Y-a.Y)*f)
		s.sheet.Dragged(d)
	}
	s.sheet.DragEnd()
	s.hand.Until(100*time.Millisecond, func() bool { return false })
}

// wait runs the window until something is so.
func (s *scene) wait(what string, f func() bool) {
	s.t.Helper()
	if !s.hand.Until(20*time.Second, f) {
		s.t.Fatalf("never happened: %s", what)
	}
}

func (s *scene) save(name string) {
	s.t.Helper()
	dir := os.Getenv("MAPWRIGHT_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // a picture for eyes alone
	if err := png.Encode(f, s.window.Canvas().Capture()); err != nil {
		s.t.Fatal(err)
	}
}

func TestDrawingSelectingMovingAndDeleting(t *testing.T) {
	s := newScene(t)
	s.save("sheet-map.png")
	s.stage.SetTool(stage.ToolPolygon)
	for _, p := range []artwork.Point{{X: 2, Y: 2}, {X: 12, Y: 2}, {X: 12, Y: 12}, {X: 2, Y: 12}} {
		s.click(p)
		time.Sleep(2 * time.Millisecond)
	}
	s.save("sheet-draft.png")
	s.sheet.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.wait("the drawn area is selected", func() bool { return len(s.stage.SelectedFeatures()) == 1 && len(s.sheet.overlay.shapes) == 1 })
	layer, _ := s.stage.Selected()
	id := s.stage.SelectedFeatures()[0]

	s.stage.SetTool(stage.ToolSelect)
	s.drag(artwork.Point{X: 7, Y: 7}, artwork.Point{X: 10, Y: 9})
	s.wait("the area has moved", func() bool {
		shape, err := s.desk.Shape(context.Background(), layer.ID, id)
		return err == nil && near(shape.Parts[0].Points[0], artwork.Point{X: 5, Y: 4})
	})
	s.settle()

	s.stage.SetTool(stage.ToolVertices)
	s.drag(artwork.Point{X: 5, Y: 4}, artwork.Point{X: 3, Y: 3})
	s.wait("its corner has moved", func() bool {
		shape, err := s.desk.Shape(context.Background(), layer.ID, id)
		return err == nil && near(shape.Parts[0].Points[0], artwork.Point{X: 3, Y: 3})
	})
	s.settle()
	s.save("sheet-vertices.png")

	count := func() int {
		l, _ := s.stage.Layer(layer.ID)
		return l.Count
	}
	before := count()
	s.sheet.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	s.wait("it is deleted", func() bool { return count() == before-1 })
	for range 4 {
		s.stage.Undo()
	}
	s.wait("all of it is undone", func() bool { return count() == before-1 && !s.stage.CanUndo() || s.stage.CanRedo() })
}

// near tells whether two places are one but for the rounding of degrees.
func near(a, b artwork.Point) bool {
	return (a.X-b.X)*(a.X-b.X)+(a.Y-b.Y)*(a.Y-b.Y) < 0.05*0.05
}

func TestAClickSelectsTheShapeUnderIt(t *testing.T) {
	s := newScene(t)
	// A building is found by asking the desk; the click has to find the same.
	var at artwork.Point
	var layer string
	for x := 20.0; x < 80 && layer == ""; x += 3 {
		for y := 20.0; y < 60; y += 3 {
			id, _, found, err := s.desk.Hit(context.Background(), 1, artwork.Point{X: x, Y: y}, 0.01)
			if err != nil {
				t.Fatal(err)
			}
			if found {
				at, layer = artwork.Point{X: x, Y: y}, string(id)
				break
			}
		}
	}
	s.click(at)
	s.wait("the shape is selected", func() bool {
		l, _ := s.stage.Selected()
		return string(l.ID) == layer && len(s.stage.SelectedFeatures()) == 1
	})
	s.click(artwork.Point{X: 1, Y: 79})
	s.wait("a click beside it selects nothing", func() bool { return len(s.stage.SelectedFeatures()) == 0 })
}

func TestZoomKeepsThePlaceUnderThePointer(t *testing.T) {
	s := newScene(t)
	e := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 75)}
	e.Position = fyne.NewPos(300, 250)
	before, scale := s.sheet.view.board(e.Position), s.sheet.view.scale
	s.sheet.Scrolled(e)
	after := s.sheet.view.board(e.Position)
	if !near(before, after) || s.sheet.view.scale <= scale {
		t.Errorf("the place under the pointer went from %v to %v, the scale from %v to %v", before, after, scale, s.sheet.view.scale)
	}
	// What is there moves at once: the picture is where the view has its corner.
	if got, want := s.sheet.picture.Position(), s.sheet.view.screen(s.sheet.shown.view.at); got != want {
		t.Errorf("the picture is at %v, want %v", got, want)
	}
	s.settle()
	if s.sheet.shown.view.scale != s.sheet.view.scale {
		t.Error("the picture was not drawn anew for the closer look")
	}
}

// TestKeysTurnFitAndDraw goes through what has a key and no other test.
func TestKeysTurnFitAndDraw(t *testing.T) {
	s := newScene(t)
	s.sheet.TypedRune('{')
	s.wait("the map is turned by 15 degrees", func() bool { return s.stage.Map().View.Rotation == 15 })
	s.sheet.TypedRune(']')
	s.wait("and back by one", func() bool { return s.stage.Map().View.Rotation == 14 })
	s.stage.Undo()
	s.stage.Undo()
	s.wait("both can be undone", func() bool { return s.stage.Map().View.Rotation == 0 })

	fitted := s.sheet.view
	s.sheet.TypedRune('+')
	s.sheet.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if s.sheet.view == fitted {
		t.Error("zooming and panning by keys changed nothing")
	}
	s.sheet.TypedRune('f')
	if s.sheet.view != fitted {
		t.Errorf("the whole board shows as %v, before as %v", s.sheet.view, fitted)
	}

	s.settle()
	layer, _ := s.stage.Selected()
	for _, c := range []struct {
		key    rune
		points []artwork.Point
		want   int // points of the shape
	}{{'p', []artwork.Point{{X: 10, Y: 10}}, 1}, {'l', []artwork.Point{{X: 10, Y: 20}, {X: 30, Y: 20}, {X: 30, Y: 40}}, 3}} {
		s.sheet.TypedRune(c.key)
		for _, p := range c.points {
			s.click(p)
		}
		s.sheet.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		s.wait("the shape is drawn", func() bool {
			ids := s.stage.SelectedFeatures()
			if len(ids) != 1 {
				return false
			}
			shape, err := s.desk.Shape(context.Background(), layer.ID, ids[0])
			return err == nil && len(shape.Parts[0].Points) == c.want
		})
		s.settle()
	}
}

func TestTheModesLookDifferent(t *testing.T) {
	s := newScene(t)
	seen := map[string]bool{}
	for _, m := range []stage.Mode{stage.ModeMap, stage.ModeLaser, stage.ModeWire} {
		s.stage.SetMode(m)
		s.settle()
		s.save([]string{"mode-map.png", "mode-laser.png", "mode-wire.png"}[m])
		o, _ := s.sheet.order()
		img, err := o.paint(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		seen[string(img.Pix)] = true
	}
	if len(seen) != 3 {
		t.Errorf("three modes show %d pictures", len(seen))
	}
}
