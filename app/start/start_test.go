package start

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/paulmach/orb"
	"go.uber.org/goleak"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	munich = "../../assets/sample/munich-centre-2020.osm.pbf"
	soon   = 30 * time.Second
)

// opened is what the page asked to be opened.
type opened struct {
	path  string
	bring *workshop.Import
}

// scene is a window with the page over a real workshop.
type scene struct {
	t       *testing.T
	shop    *workshop.Workshop
	folder  string
	win     fyne.Window
	hand    *loop.Hand
	page    *Page
	opened  []opened
	notices []stage.Notice
	open    string // the title of the map behind the page
	back    int
}

// shopIn is a workshop whose maps go to a folder of the test.
type shopIn struct {
	*workshop.Workshop
	folder string
}

func (s shopIn) MapsFolder() string { return s.folder }

var now = time.Date(2026, 11, 9, 12, 0, 0, 0, time.UTC)

func newScene(t *testing.T, mode look.Mode, size fyne.Size, prepare func(*workshop.Workshop, string)) *scene {
	t.Helper()
	shop, err := workshop.Open(workshop.Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	s := &scene{t: t, shop: shop, folder: filepath.Join(t.TempDir(), "Mapwright")}
	if prepare != nil {
		prepare(shop, s.folder)
	}
	test.NewTempApp(t).Settings().SetTheme(look.Theme{Mode: mode})
	var l *loop.Loop
	l, s.hand = loop.Manual()
	t.Cleanup(l.Close)
	s.win = test.NewTempWindow(t, container.NewWithoutLayout())
	s.win.SetPadded(false)
	s.page = New(s.win, l, shopIn{shop, s.folder}, Options{
		Opened:  func(path string, bring *workshop.Import) { s.opened = append(s.opened, opened{path, bring}) },
		Back:    func() { s.back++ },
		OpenMap: func() string { return s.open },
		Notify:  func(n stage.Notice) { s.notices = append(s.notices, n) },
		Clock:   func() time.Time { return now },
	})
	s.win.SetContent(container.NewStack(newSurface("background"), s.page))
	s.win.Resize(size)
	s.until("the outlines of the world", func() bool { return s.page.middle.world.Name(orb.Point{11, 48}) != "" })
	return s
}

func (s *scene) until(what string, condition func() bool) {
	s.t.Helper()
	if !s.hand.Until(soon, condition) {
		s.t.Fatalf("%s never came; notices: %+v", what, s.notices)
	}
}

// next waits for what is to be opened.
func (s *scene) next() opened {
	s.t.Helper()
	s.until("a map to open", func() bool { return len(s.opened) > 0 })
	o := s.opened[0]
	s.opened = s.opened[1:]
	return o
}

// mapAt reads a map that was made.
func (s *scene) mapAt(path string) *carto.Map {
	s.t.Helper()
	d, err := s.shop.OpenMap(s.t.Context(), path)
	if err != nil {
		s.t.Fatal(err)
	}
	m := d.Map()
	if err := d.Close(); err != nil {
		s.t.Fatal(err)
	}
	return m
}

var whole = fyne.NewSize(1440, 844)

// TestAMapOfAPlaceOnTheWorld: what is framed on the world, on the board that is
// chosen, must be the map that is made.
func TestAMapOfAPlaceOnTheWorld(t *testing.T) {
	s := newScene(t, look.Light, whole, nil)
	f := s.page.form
	f.presets.Select(2)
	f.frames.Select(1)
	f.margin.OnCommitted(0)
	w := s.page.middle.world
	before := s.page.view
	center := s.onScreen(before.Center)
	w.Dragged(drag(center, fyne.NewDelta(40, 0)))
	w.DragEnd()
	if s.page.view.Center[0] <= before.Center[0] || s.page.view.Center[1] != before.Center[1] || s.page.view.Scale != before.Scale {
		t.Fatalf("moving the frame east made %+v of %+v", s.page.view, before)
	}
	if f.name.Text != "Iceland" {
		t.Errorf("the name offered is %q", f.name.Text)
	}
	f.button.Tapped(nil)
	got := s.next()
	if got.bring != nil || filepath.Base(got.path) != "Iceland.gpkg" {
		t.Errorf("%+v", got)
	}
	m := s.mapAt(got.path)
	if m.Title != "Iceland" || m.Boards.Width != 300 || m.Boards.Height != 300 || m.Boards.Frame.Shape != carto.FrameCircle || m.View != s.page.view {
		t.Errorf("made was %+v", m)
	}
	// Once more: the name was only offered, so the second map is numbered.
	f.button.Tapped(nil)
	if again := s.next(); filepath.Base(again.path) != "Iceland 2.gpkg" {
		t.Errorf("the second map is %s", again.path)
	}
}

// drag is the pointer's way from a place by a distance.
func drag(from fyne.Position, by fyne.Delta) *fyne.DragEvent {
	return &fyne.DragEvent{PointEvent: fyne.PointEvent{Position: from.Add(by)}, Dragged: by}
}

// onScreen is where the middle of the world shows; the frame is looked at, so
// its centre is there.
func (s *scene) onScreen(orb.Point) fyne.Position {
	s.page.middle.world.ShowFrame()
	size := s.page.middle.world.Size()
	return fyne.NewPos(size.Width/2, size.Height/2)
}

// TestAWrittenNameIsKept: a name that a person wrote is never numbered, and no
// map of theirs is written over.
func TestAWrittenNameIsKept(t *testing.T) {
	s := newScene(t, look.Light, whole, nil)
	f := s.page.form
	s.win.Canvas().Focus(f.name)
	test.Type(f.name, "Our: harbour")
	f.name.TypedShortcut(makeShortcut())
	got := s.next()
	if filepath.Base(got.path) != "Our_ harbour.gpkg" || s.mapAt(got.path).Title != "Our: harbour" {
		t.Errorf("%+v", got)
	}
	f.name.SetText("")
	f.name.SetText("Our: harbour")
	f.make()
	s.until("the refusal", func() bool { return f.nameBad.Visible() })
	if f.nameBad.Text != "A map of this name is there already." || len(s.opened) != 0 {
		t.Errorf("%q, %v", f.nameBad.Text, s.opened)
	}
	f.name.SetText("")
	if f.nameBad.Visible() {
		t.Error("the refusal stays while a new name is written")
	}
	f.make()
	if f.nameBad.Text != "Give the map a name." || !f.nameBad.Visible() {
		t.Errorf("without a name: %q", f.nameBad.Text)
	}
}

// TestAMapOfAFile: the extent of a file becomes the place, and the file is
// brought along.
func TestAMapOfAFile(t *testing.T) {
	s := newScene(t, look.Light, whole, nil)
	s.page.ShowNewFrom(munich)
	if !s.page.middle.filed.card.Visible() || s.page.middle.filed.title.Text != "Reading munich-centre-2020.osm.pbf" {
		t.Errorf("while it is read the page says %q", s.page.middle.filed.title.Text)
	}
	s.until("the extent", func() bool { return s.page.file != nil })
	if !strings.HasPrefix(s.page.middle.filed.what.Text, "munich-centre-2020.osm.pbf · OpenStreetMap, 842 kB") {
		t.Errorf("it says %q", s.page.middle.filed.what.Text)
	}
	s.page.form.make()
	got := s.next()
	if got.bring == nil || got.bring.Source != munich || got.bring.Preset != "city" || filepath.Base(got.path) != "munich-centre-2020.gpkg" {
		t.Fatalf("%+v", got)
	}
	m := s.mapAt(got.path)
	if c := m.View.Center; c[0] < 11.5 || c[0] > 11.65 || c[1] < 48.1 || c[1] > 48.2 {
		t.Errorf("the map is of %v", c)
	}
	// Its layers come in through the same door as when data is added.
	in := *got.bring
	in.Map = got.path
	if _, err := s.shop.Import(t.Context(), in); err != nil {
		t.Fatal(err)
	}

	// A file that can't be read is told, and the place stays.
	place := s.page.view
	track := filepath.Join(t.TempDir(), "walk.gpx")
	if err := os.WriteFile(track, []byte("<gpx/>"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.page.ShowNewFrom(track)
	s.until("the refusal", func() bool { return s.page.middle.filed.bad })
	if p := s.page.middle.filed; p.title.Text != "walk.gpx was not taken" || !strings.Contains(p.words.Text, "GPX track") || s.page.view != place {
		t.Errorf("%q, %q", p.title.Text, p.words.Text)
	}
}

// TestReadingAFileIsStopped: a large extract must not have to be waited for.
func TestReadingAFileIsStopped(t *testing.T) {
	s := newScene(t, look.Light, whole, nil)
	s.page.shop = hanging{shopIn{s.shop, s.folder}}
	s.page.ShowNewFrom(munich)
	s.page.middle.filed.ask.Tapped(nil)
	s.until("the end of the reading", func() bool { return s.page.middle.filed.stop == nil })
	if s.page.file != nil || s.page.middle.filed.title.Text != "Drop map data here" || s.page.form.filled.chosen {
		t.Errorf("after stopping: %q", s.page.middle.filed.title.Text)
	}
}

// hanging measures until it is stopped.
type hanging struct{ shopIn }

func (hanging) SourceExtent(ctx context.Context, _ string) (orb.Bound, error) {
	<-ctx.Done()
	return orb.Bound{}, ctx.Err()
}

// TestCoordinates: typed figures must be what is made, to the digit.
func TestCoordinates(t *testing.T) {
	s := newScene(t, look.Light, whole, nil)
	s.page.middle.show(tabCoordinates)
	c := s.page.middle.coords
	for i, v := range []float64{7.409, 43.7247, 7.4399, 43.7519} {
		c.box[i].SetValue(v)
	}
	c.box[3].OnCommitted(43.7519)
	want, err := carto.Fit(orb.Bound{Min: orb.Point{7.409, 43.7247}, Max: orb.Point{7.4399, 43.7519}}, s.page.form.boards(), 0, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := s.page.view; got.Center != want.Center || got.Scale < want.Scale || got.Scale > want.Scale*1.01 {
		t.Errorf("the view is %+v, want %+v", got, want)
	}
	c.box[2].SetValue(7)
	c.box[2].OnCommitted(7)
	if !c.bad.Visible() || c.bad.Text != "West has to be less than east." {
		t.Errorf("it says %q", c.bad.Text)
	}
	c.how.Select(1)
	c.center[0].SetValue(-21.9)
	c.center[1].SetValue(64.14)
	c.scale.SetValue(12345)
	c.scale.OnCommitted(12345)
	s.page.form.presets.Select(5) // a larger board shows more at the scale that was typed
	if v := s.page.view; v.Scale != 12345 || v.Center != (orb.Point{-21.9, 64.14}) || s.page.form.scale.Text != "1 : 12,345" {
		t.Errorf("the view is %+v, shown as %q", v, s.page.form.scale.Text)
	}
}

// TestABoardThatCantBe is told in words, and makes no map.
func TestABoardThatCantBe(t *testing.T) {
	s := newScene(t, look.Light, whole, nil)
	f := s.page.form
	test.Type(f.name, "x")
	f.height.SetValue(150)
	f.margin.SetValue(80)
	f.margin.OnCommitted(80)
	if !strings.Contains(f.noteText.Text, "margin must be") || !f.noted.Visible() {
		t.Errorf("it says %q", f.noteText.Text)
	}
	f.make()
	if f.stop != nil || len(s.opened) != 0 {
		t.Error("a map was made")
	}
	f.margin.SetValue(5)
	f.margin.OnCommitted(5)
	if f.noted.Visible() {
		t.Errorf("it still says %q", f.noteText.Text)
	}
}

// TestRecentMaps: the maps of yesterday are one tap away, and one that is gone
// says so.
func TestRecentMaps(t *testing.T) {
	s := newScene(t, look.Light, whole, remembered)
	s.until("the recent maps", func() bool { return len(s.page.left.shown) == 2 })
	s.until("the picture of the town", func() bool { return s.page.left.shown[0].picture.Image != nil })
	first := s.page.left.shown[0]
	if first.Title != workshop.SampleTitle {
		t.Errorf("the first is %q", first.Title)
	}
	first.row.Tapped(nil)
	if got := s.next(); got.path != first.Path {
		t.Errorf("opened was %s", got.path)
	}
	gone := s.page.left.shown[1]
	if err := os.Remove(gone.Path); err != nil {
		t.Fatal(err)
	}
	gone.row.Tapped(nil)
	s.until("the notice", func() bool { return len(s.notices) == 1 })
	if n := s.notices[0]; n.Title != "Andorra is not there any more" || len(s.opened) != 0 {
		t.Fatalf("%+v", n)
	}
	s.notices[0].Actions[0].Do()
	s.until("the shorter list", func() bool { return len(s.page.left.shown) == 1 })
	// With a map behind the page there is a way back to it.
	if s.page.left.back.Visible() {
		t.Error("there is a way back to no map")
	}
	s.open = "Lisbon"
	s.page.Refresh()
	if !s.page.left.back.Visible() || s.page.left.backTo.Text != "Back to Lisbon" {
		t.Error("there is no way back")
	}
	s.page.left.back.Tapped(nil)
	if s.back != 1 {
		t.Error("the way back leads nowhere")
	}
}

// remembered prepares two recent maps.
func remembered(shop *workshop.Workshop, folder string) {
	ctx := context.Background()
	sample := filepath.Join(folder, workshop.SampleTitle+".gpkg")
	_, err := shop.SampleMap(ctx, sample)
	other := filepath.Join(folder, "Andorra.gpkg")
	box := orb.Bound{Min: orb.Point{1.4, 42.4}, Max: orb.Point{1.8, 42.7}}
	_, err2 := shop.New(ctx, workshop.NewMap{Path: other, Box: &box, Width: 200, Height: 200, Frame: carto.FrameCircle})
	_, err3 := shop.ChangeSettings(ctx, func(s *workshop.Settings) {
		s.Opened(workshop.RecentMap{Path: other, Title: "Andorra", Width: 200, Height: 200, OpenedAt: now.AddDate(0, 0, -12)})
		s.Opened(workshop.RecentMap{Path: sample, Title: workshop.SampleTitle, Width: 300, Height: 260, OpenedAt: now.Add(-79 * time.Minute)})
	})
	if err := errors.Join(err, err2, err3); err != nil {
		panic(err)
	}
}

// TestTheSampleMap: the first click of a new person must lead to a town.
func TestTheSampleMap(t *testing.T) {
	s := newScene(t, look.Light, whole, nil)
	s.page.left.sample.Tapped(nil)
	if !s.page.left.sample.Disabled() {
		t.Error("the sample map can be made twice at once")
	}
	got := s.next()
	if m := s.mapAt(got.path); len(m.Layers) < 5 || got.bring != nil {
		t.Errorf("%d layers", len(m.Layers))
	}
	info, err := os.Stat(got.path)
	if err != nil {
		t.Fatal(err)
	}
	s.page.left.sample.Tapped(nil)
	again := s.next()
	if later, err := os.Stat(again.path); err != nil || again.path != got.path || !later.ModTime().Equal(info.ModTime()) {
		t.Error("the sample map was made again over what was done with it")
	}
}

// TestCtrlEnterOnlyOnThePage: a map must not be made from another page.
func TestCtrlEnterOnlyOnThePage(t *testing.T) {
	s := newScene(t, look.Light, whole, nil)
	if !s.page.onShow() {
		t.Error("the page is not in its window")
	}
	s.win.SetContent(container.NewWithoutLayout())
	if s.page.onShow() {
		t.Error("the page is thought to be in the window that shows another")
	}
}
