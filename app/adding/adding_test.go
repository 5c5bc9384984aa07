package adding

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"
	"go.uber.org/goleak"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	munich = "../../assets/sample/munich-centre-2020.osm.pbf"
	monaco = "../../assets/sample/monaco-2021.osm.pbf"
	soon   = 30 * time.Second
)

// scene is a window over a real map, its UI thread in the test's hand.
type scene struct {
	t       *testing.T
	win     fyne.Window
	hand    *loop.Hand
	stage   *stage.Stage
	shop    *workshop.Workshop
	notices []stage.Notice
}

// newScene lays a map of a part of Munich on the stage; wrap may stand between.
func newScene(t *testing.T, wrap func(stage.Map) stage.Map) *scene {
	t.Helper()
	shop, err := workshop.Open(workshop.Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "munich.gpkg")
	box := orb.Bound{Min: orb.Point{11.5728, 48.1359}, Max: orb.Point{11.5791, 48.1396}}
	if _, err := shop.New(t.Context(), workshop.NewMap{Path: path, Box: &box, Width: 100, Height: 80, Margin: 5}); err != nil {
		t.Fatal(err)
	}
	desk, err := shop.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	var open stage.Map = desk
	if wrap != nil {
		open = wrap(desk)
	}
	test.NewTempApp(t).Settings().SetTheme(look.Theme{Mode: look.Light})
	l, hand := loop.Manual()
	s := &scene{t: t, hand: hand, shop: shop, win: test.NewTempWindow(t, container.NewWithoutLayout()), stage: stage.New(l, open)}
	s.win.Resize(fyne.NewSize(900, 640))
	s.stage.Notify = func(n stage.Notice) { s.notices = append(s.notices, n) }
	t.Cleanup(func() {
		l.Close()
		if err := desk.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func (s *scene) until(what string, condition func() bool) {
	s.t.Helper()
	if !s.hand.Until(soon, condition) {
		s.t.Fatalf("%s never came; notices: %+v", what, s.notices)
	}
}

// notice waits for the next notice and takes it.
func (s *scene) notice() stage.Notice {
	s.t.Helper()
	s.until("a notice", func() bool { return len(s.notices) > 0 })
	n := s.notices[0]
	s.notices = s.notices[1:]
	return n
}

// asked waits for the question and gives it.
func (s *scene) asked() fyne.CanvasObject {
	s.t.Helper()
	s.until("the question", func() bool { return s.win.Canvas().Overlays().Top() != nil })
	return s.win.Canvas().Overlays().Top()
}

func (s *scene) layers() []string { return s.stage.Map().LayerNames() }

// find gives the part of the type of which ok holds.
func find[T fyne.CanvasObject](t *testing.T, in fyne.CanvasObject, ok func(T) bool) T {
	t.Helper()
	for _, o := range test.LaidOutObjects(in) {
		if w, is := o.(T); is && ok(w) {
			return w
		}
	}
	var none T
	t.Fatalf("there is no such %T", none)
	return none
}

func (s *scene) tap(in fyne.CanvasObject, label string) {
	s.t.Helper()
	test.Tap(find(s.t, in, func(b *parts.Button) bool { return b.Label() == label }))
}

func (s *scene) entry(in fyne.CanvasObject, hint string) *field {
	s.t.Helper()
	return find(s.t, in, func(f *field) bool { return f.PlaceHolder == hint })
}

// TestAFileBecomesLayersAndGoesAgain: adding, and taking it back, is the first
// thing that a maker does.
func TestAFileBecomesLayersAndGoesAgain(t *testing.T) {
	s := newScene(t, nil)
	Add(s.win, s.stage, Options{Shop: s.shop}, munich)
	ask := s.asked()
	s.tap(ask, "Add")
	if s.win.Canvas().Overlays().Top() != nil {
		t.Error("the question is still there")
	}
	if jobs := s.stage.Jobs(); len(jobs) != 1 || jobs[0].Name() != "Adding munich-centre-2020.osm.pbf" || !jobs[0].CanStop() {
		t.Errorf("the jobs are %+v", jobs)
	}
	var most float64
	s.stage.OnChange(func(stage.Change) {
		for _, j := range s.stage.Jobs() {
			most = max(most, j.Fraction())
		}
	})
	n := s.notice()
	if n.Title != "Added munich-centre-2020.osm.pbf" || !strings.Contains(n.Text, "buildings") ||
		!strings.Contains(n.Text, "© OpenStreetMap contributors") || most < 0.5 || len(s.stage.Jobs()) != 0 {
		t.Errorf("%q, %q; progress %g; jobs %d", n.Title, n.Text, most, len(s.stage.Jobs()))
	}
	layers := len(s.layers())
	if selected, ok := s.stage.Selected(); layers < 5 || !ok || selected.Name != s.layers()[0] {
		t.Errorf("layers %v, selected %q", s.layers(), selected.Name)
	}
	n.Actions[0].Do()
	s.until("the undoing", func() bool { return len(s.layers()) == 0 })

	// After another edit, taking back must not undo that one.
	s.stage.Redo()
	s.until("the making again", func() bool { return len(s.layers()) == layers })
	s.stage.SetLayer(s.stage.Map().Layers[layers-1].ID, map[string]string{"name": "mine"})
	s.until("the renaming", func() bool { return s.layers()[0] == "mine" })
	if _, err := s.stage.Open().AddLayer(t.Context(), "drawn", nil); err != nil {
		t.Fatal(err)
	}
	n.Actions[0].Do()
	s.until("the removal", func() bool { return len(s.layers()) == 1 })
	if s.layers()[0] != "drawn" {
		t.Errorf("left are %v", s.layers())
	}
}

// TestOneLayerOfWhatIsWanted: a maker who wants the houses alone gets those.
func TestOneLayerOfWhatIsWanted(t *testing.T) {
	s := newScene(t, nil)
	Add(s.win, s.stage, Options{Shop: s.shop}, munich)
	ask := s.asked()
	find(t, ask, func(*parts.Segmented) bool { return true }).Select(1)
	find(t, ask, func(*parts.Select) bool { return true }).Select(1)
	name := s.entry(ask, "Name of the layer")
	if name.Text != "houses" {
		t.Errorf("the name offered is %q", name.Text)
	}
	name.SetText("")
	s.tap(ask, "Add")
	find(t, ask, func(x *parts.Text) bool { return x.Text == "Give the layer a name." })
	if s.win.Canvas().Focused() != fyne.Focusable(name) || len(s.stage.Jobs()) != 0 {
		t.Error("a layer without a name was added, or the field is not shown")
	}
	test.Type(name, "old houses")
	name.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if n := s.notice(); n.Title != "Added munich-centre-2020.osm.pbf" || !strings.HasPrefix(n.Text, "Layer old houses with ") {
		t.Errorf("%+v", n)
	}
	l, _ := s.stage.Selected()
	if l.Name != "old houses" || l.Count < 100 {
		t.Errorf("%q has %d shapes", l.Name, l.Count)
	}
}

// TestOwnKeyAndValue: what has no word of ours can be wanted too.
func TestOwnKeyAndValue(t *testing.T) {
	s := newScene(t, nil)
	Add(s.win, s.stage, Options{Shop: s.shop}, munich)
	ask := s.asked()
	find(t, ask, func(*parts.Segmented) bool { return true }).Select(1)
	find(t, ask, func(*parts.Select) bool { return true }).Select(own)
	s.tap(ask, "Add")
	find(t, ask, func(x *parts.Text) bool { return x.Text == "Name the key, such as building." })
	test.Type(s.entry(ask, "key"), "amenity")
	s.tap(ask, "Add")
	s.notice()
	l, ok := s.stage.Selected()
	if !ok || l.Count == 0 || l.Name != "munich-centre-2020" {
		t.Fatalf("%+v", l)
	}
	f, err := s.stage.Open().Feature(t.Context(), l.ID, 1)
	if err != nil || f.Attributes["amenity"] == "" {
		t.Errorf("%v, %v", f.Attributes, err)
	}
}

type desk = stage.Map

// held stands between a stage and its map and holds the importing up until it
// is stopped.
type held struct {
	desk
	reading chan struct{}
}

func (h *held) Import(ctx context.Context, i workshop.Import) (workshop.Imported, error) {
	i.Progress(50, 100)
	close(h.reading)
	<-ctx.Done()
	return h.desk.Import(ctx, i)
}

// TestStoppingLeavesTheMapAsItWas: a stopped import must leave nothing behind.
func TestStoppingLeavesTheMapAsItWas(t *testing.T) {
	h := &held{reading: make(chan struct{})}
	s := newScene(t, func(m stage.Map) stage.Map { h.desk = m; return h })
	Run(s.stage, Options{Shop: s.shop}, workshop.Import{Source: munich})
	<-h.reading
	s.until("the progress", func() bool { return s.stage.Jobs()[0].Fraction() == 0.45 })
	s.stage.Jobs()[0].Stop()
	n := s.notice()
	if n.Title != "Stopped" || !strings.Contains(n.Text, "The map is as it was") || len(s.layers()) != 0 || s.stage.CanUndo() || len(s.stage.Jobs()) != 0 {
		t.Errorf("%+v; layers %v", n, s.layers())
	}
}

// TestAPlaceBesideTheBoardIsOffered: nobody should be left with an empty map and
// no way on.
func TestAPlaceBesideTheBoardIsOffered(t *testing.T) {
	s := newScene(t, nil)
	var wanted string
	Run(s.stage, Options{Shop: s.shop, MakeMapOf: func(path string) { wanted = path }}, workshop.Import{Source: monaco})
	n := s.notice()
	if !strings.Contains(n.Text, "lies on the board") || strings.Contains(n.Text, "--") || len(n.Actions) != 1 {
		t.Fatalf("%+v", n)
	}
	n.Actions[0].Do()
	if wanted != monaco {
		t.Errorf("a map of %q was asked for", wanted)
	}
	if s.stage.CanUndo() {
		t.Error("there is something to undo")
	}
}

// TestSeveralFilesInTheirOrder: dropped files are asked for one by one, what
// can't be read is told by name, and one answer can be for all.
func TestSeveralFilesInTheirOrder(t *testing.T) {
	s := newScene(t, nil)
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	point := `{"type":"Feature","geometry":{"type":"Point","coordinates":[11.575,48.137]},"properties":{}}`
	track := write("walk.gpx", "<gpx></gpx>")
	one, two, three := write("one.geojson", point), write("two.geojson", point), write("three.geojson", point)
	Add(s.win, s.stage, Options{Shop: s.shop}, one, track, two, three)
	ask := s.asked()
	if n := s.notice(); n.Title != "walk.gpx was not added" || !strings.Contains(n.Text, "GPX track, which Mapwright can't read yet") {
		t.Errorf("%+v", n)
	}
	find(t, ask, func(x *parts.Text) bool { return strings.HasPrefix(x.Text, "1 of 3. GeoJSON, ") })
	s.tap(ask, "Leave this one out")
	ask = s.asked()
	find(t, ask, func(x *parts.Text) bool { return x.Text == "Add two.geojson" })
	test.Tap(find(t, ask, func(*widget.Check) bool { return true }))
	s.tap(ask, "Add")
	if n := s.notice(); n.Title != "Added two.geojson" {
		t.Errorf("%+v", n)
	}
	if n := s.notice(); n.Title != "Added three.geojson" {
		t.Errorf("%+v", n)
	}
	if got := strings.Join(s.layers(), " "); got != "three two" {
		t.Errorf("the layers are %s", got)
	}
}

// TestTheQuestionFitsAndHearsTheKeys: a question as high as the window hides
// the map and its own buttons.
func TestTheQuestionFitsAndHearsTheKeys(t *testing.T) {
	s := newScene(t, nil)
	ask := func() {
		Add(s.win, s.stage, Options{Shop: s.shop}, munich)
		s.asked()
	}
	key := func(name fyne.KeyName) { s.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: name}) }
	ask()
	popup, ok := s.win.Canvas().Overlays().Top().(*widget.PopUp)
	if !ok || popup.Content.Size().Height > 250 || popup.Content.Size().Width > questionWidth {
		t.Fatalf("the question is %v", popup.Content.Size())
	}
	key(fyne.KeyEscape)
	if s.win.Canvas().Overlays().Top() != nil || s.win.Canvas().OnTypedKey() != nil {
		t.Fatal("Escape leaves the question, or its keys")
	}
	for range 2 {
		ask()
		key(fyne.KeyReturn)
		if n := s.notice(); n.Title != "Added munich-centre-2020.osm.pbf" {
			t.Errorf("%+v", n)
		} else if len(n.Text) > 300 {
			t.Errorf("too long to be read: %s", n.Text)
		}
	}
}

// TestPicture shows the question as it looks, for eyes.
func TestPicture(t *testing.T) {
	dir := os.Getenv("MAPWRIGHT_PICTURES")
	if dir == "" {
		t.Skip("MAPWRIGHT_PICTURES names no folder")
	}
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		s := newScene(t, nil)
		fyne.CurrentApp().Settings().SetTheme(look.Theme{Mode: mode})
		Add(s.win, s.stage, Options{Shop: s.shop}, munich, monaco)
		ask := s.asked()
		picture(t, filepath.Join(dir, "adding-city-"+string(mode)+".png"), s.win)
		find(t, ask, func(*parts.Segmented) bool { return true }).Select(1)
		find(t, ask, func(*parts.Select) bool { return true }).Select(own)
		s.tap(ask, "Add")
		picture(t, filepath.Join(dir, "adding-layer-"+string(mode)+".png"), s.win)
	}
}
