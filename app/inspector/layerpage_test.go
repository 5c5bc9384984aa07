package inspector

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

var size = fyne.NewSize(312, 812)

func line(class string, at float64) carto.Feature {
	return carto.Feature{Class: class, Geometry: orb.LineString{{11.573, at}, {11.578, at}}}
}

// roads is a map of roads of two classes on a park.
func roads(t *testing.T) (*stagetest.Scene, *Inspector, fyne.Window) {
	t.Helper()
	layer := func(id string, features ...carto.Feature) carto.AddLayer {
		return carto.AddLayer{At: carto.Top, Features: features, Layer: carto.Layer{
			ID: carto.LayerID(id), Name: id, Operation: artwork.Score, Strategy: "outline", Visible: true, CRS: "EPSG:4326",
		}}
	}
	s := stagetest.New(t,
		layer("park", carto.Feature{Class: "park", Name: "Hofgarten", Attributes: map[string]string{"leisure": "park", "access": "yes"}, Geometry: orb.Polygon{
			{{11.575, 48.137}, {11.577, 48.137}, {11.577, 48.138}, {11.575, 48.138}, {11.575, 48.137}},
			{{11.5755, 48.1373}, {11.5755, 48.1376}, {11.5765, 48.1376}, {11.5755, 48.1373}},
		}}),
		layer("roads", line("main", 48.136), line("main", 48.1365), line("side", 48.139)))
	i, w, _ := inspectorOf(t, s, look.Light, size)
	return s, i, w
}

func (p *layerPage) row(t *testing.T, key string) *optionRow {
	t.Helper()
	for _, r := range append(append([]*optionRow{p.widths.all}, p.widths.rows...), p.rows...) {
		if r.key == key {
			return r
		}
	}
	t.Fatalf("there is no row for %s", key)
	return nil
}

func layerNow(s *stagetest.Scene) carto.Layer { l, _ := s.Stage.Selected(); return l }

func TestEachOperationSettingAndStrategyCanBeChosen(t *testing.T) {
	s, i, _ := roads(t)
	for n, o := range []artwork.Operation{artwork.Cut, artwork.Score, artwork.Engrave, artwork.Relief, artwork.Guide} {
		i.layer.operation.Select(n)
		s.Until("the operation "+string(o), func() bool { return layerNow(s).Operation == o })
		for k, setting := range artwork.Settings(o) {
			i.layer.settings.Select(k)
			s.Until("the setting "+setting, func() bool { return layerNow(s).Setting == setting })
		}
		if one := len(artwork.Settings(o)) == 1; one != i.layer.setting.Hidden {
			t.Errorf("%s: settings hidden is %v", o, i.layer.setting.Hidden)
		}
	}
	i.layer.operation.Select(1)
	for n, strategy := range workshop.Strategies() {
		i.layer.strategy.Select(n)
		s.Until("the strategy "+strategy.ID, func() bool { return layerNow(s).Strategy == strategy.ID })
		for _, o := range strategy.Options {
			if family, ok := strings.CutSuffix(o.Key, classSuffix); ok {
				i.layer.row(t, family+".main") // of a class of the roads
				continue
			}
			i.layer.row(t, o.Key)
		}
	}
	s.Stage.Undo()
	s.Until("the strategy before", func() bool { return i.layer.strategy.Selected() == len(workshop.Strategies())-2 })
	if len(s.Notices) > 0 {
		t.Errorf("%+v", s.Notices)
	}
}

// TestEveryOptionCanBeReached: an option that the command line knows and the
// window does not show is lost to the person.
func TestEveryOptionCanBeReached(t *testing.T) {
	s, i, _ := roads(t)
	s.Until("the classes", func() bool { return len(i.layer.widths.rows) == 2 })
	for _, o := range workshop.CommonOptions() {
		if strings.HasSuffix(o.Key, classSuffix) {
			continue
		}
		r := i.layer.row(t, o.Key)
		if r.number == nil && r.choice == nil && r.text == nil && r.fonts == nil {
			t.Errorf("%s has no field", o.Key)
		}
		if as := display(o); as.label == o.Key || o.Enum == nil && as.step == 0 {
			t.Errorf("%s is shown as %+v", o.Key, as)
		}
	}
	if i.layer.rare.Visible() {
		t.Error("what is rare is not folded away")
	}
	test.Tap(i.layer.more)
	if !i.layer.rare.Visible() || i.layer.more.Label() != "Fewer options" {
		t.Errorf("%q does not unfold", i.layer.more.Label())
	}
}

func TestAnOptionNotKnownToTheWindowIsShownAllTheSame(t *testing.T) {
	t.Parallel()
	as := display(workshop.Option{Key: "tooth-width", Unit: "mm", Default: "0.8", Min: 0.1, Max: 100})
	if as.label != "Tooth width" || as.to != 8 || as.step <= 0 || as.step > 1 {
		t.Errorf("%+v", as)
	}
}

func drag(t *testing.T, s *parts.Slider, share float32) {
	t.Helper()
	s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(share*s.Size().Width, 10)}})
}

func slider(t *testing.T, r *optionRow) *parts.Slider {
	t.Helper()
	s, ok := stagetest.Find(r, func(*parts.Slider) bool { return true })
	if !ok {
		t.Fatalf("%s has no slider", r.key)
	}
	return s
}

func TestStrategiesForOtherShapesAreFoldedAway(t *testing.T) {
	s, i, _ := roads(t)
	seen := func() (ids []string) {
		for n, s := range workshop.Strategies() {
			if i.layer.strategy.Offers(n) {
				ids = append(ids, s.ID)
			}
		}
		return ids
	}
	s.Until("the strategies for lines", func() bool { return !slices.Contains(seen(), "hatch") })
	if !slices.Contains(seen(), "dashes") || slices.Contains(seen(), "drill") || !i.layer.all.Visible() {
		t.Errorf("for lines there are %v", seen())
	}
	test.Tap(i.layer.all)
	if len(seen()) != len(workshop.Strategies()) {
		t.Errorf("of all there are only %v", seen())
	}
	i.layer.strategy.Select(slices.IndexFunc(workshop.Strategies(), func(s workshop.Strategy) bool { return s.ID == "hatch" }))
	s.Until("a hatch", func() bool { return layerNow(s).Strategy == "hatch" })
	test.Tap(i.layer.all)
	if !slices.Contains(seen(), "hatch") || slices.Contains(seen(), "drill") {
		t.Errorf("for lines that are hatched there are %v", seen())
	}
	s.Stage.Select("park")
	s.Until("the strategies for areas", func() bool { return !slices.Contains(seen(), "dashes") && slices.Contains(seen(), "hatch") })
}

func TestDraggingAnOptionDrawsItAndLettingGoSetsIt(t *testing.T) {
	s, i, _ := roads(t)
	s.Until("the classes", func() bool { return len(i.layer.widths.rows) == 2 })
	s.Settled()
	area := func() float64 { return boxOf(s, "roads") }
	before, undo := area(), s.Stage.CanUndo()
	r := i.layer.row(t, "width")
	drag(t, slider(t, r), 1)
	s.Until("wider roads", func() bool { return area() > before+5 })
	if s.Stage.CanUndo() != undo || layerNow(s).Options["width"] != "" {
		t.Error("the map was changed before the slider was let go")
	}
	slider(t, r).DragEnd()
	s.Until("the width", func() bool { return layerNow(s).Options["width"] == "10" })
	s.Settled()
	if !r.reset.Visible() {
		t.Fatal("there is no way back to the default")
	}
	test.Tap(r.reset)
	s.Until("the default", func() bool { _, set := layerNow(s).Options["width"]; return !set })
	s.Settled()
	if got := area(); got > before+1e-6 || got < before-1e-6 {
		t.Errorf("the roads take %g mm, took %g mm", got, before)
	}
	if r.number.Value() != 1 || r.reset.Visible() {
		t.Errorf("the row shows %g", r.number.Value())
	}
}

// boxOf is how high the drawn artwork of a layer is, mm.
func boxOf(s *stagetest.Scene, layer string) float64 {
	low, high := 1e9, -1e9
	for _, l := range s.Stage.Drawn().Artwork.Layers {
		if l.Name != layer {
			continue
		}
		for _, shape := range l.Shapes {
			for _, p := range shape.Paths {
				for _, q := range p.Points {
					low, high = min(low, q.Y), max(high, q.Y)
				}
			}
		}
	}
	return high - low
}

func TestADefaultIsNotStored(t *testing.T) {
	s, i, _ := roads(t)
	r := i.layer.row(t, "simplify")
	r.number.OnCommitted(0.2)
	s.Until("the value", func() bool { return layerNow(s).Options["simplify"] == "0.2" })
	r.number.OnCommitted(0.05)
	s.Until("no value", func() bool { return len(layerNow(s).Options) == 0 })
	s.Stage.Edit("", carto.SetLayer{Layer: "roads", Options: map[string]string{"simplify": "0.05"}})
	s.Until("a default that was written", func() bool { return layerNow(s).Options["simplify"] == "0.05" })
	if r.reset.Visible() {
		t.Error("there is a way back to where the option is")
	}
	s.Stage.Undo()
	c := i.layer.row(t, "join")
	c.choice.Select(1)
	s.Until("the choice", func() bool { return layerNow(s).Options["join"] == "mitre" })
	c.choice.Select(0)
	s.Until("no choice", func() bool { return len(layerNow(s).Options) == 0 })
}

func TestWidthsGoByTheClassesOfLines(t *testing.T) {
	s, i, _ := roads(t)
	w := i.layer.widths
	s.Until("the classes", func() bool { return len(w.rows) == 2 })
	if w.rows[0].key != "width.main" || w.classes[0].Features != 2 {
		t.Fatalf("%+v", w.classes)
	}
	w.all.number.OnCommitted(2)
	s.Until("classes follow the width of all", func() bool { return w.rows[0].number.Value() == 2 })
	w.rows[1].number.OnCommitted(0.5)
	s.Until("a width of one class", func() bool { return layerNow(s).Options["width.side"] == "0.5" })
	if w.rows[0].number.Value() != 2 || !w.rows[1].reset.Visible() || w.rows[0].reset.Visible() {
		t.Error("the rows show other widths than the layer has")
	}
	s.Stage.Edit("", carto.PutFeatures{Layer: "roads", Features: []carto.Feature{line("path", 48.1395)}})
	s.Until("a new class", func() bool { return len(w.rows) == 3 })
	other := line("lane", 48.139)
	other.ID = 3 // in the place of the side road, so that nothing else of the map changes
	s.Stage.Edit("", carto.PutFeatures{Layer: "roads", Features: []carto.Feature{other}})
	s.Until("the class in its place", func() bool { return len(w.classes) == 3 && w.classes[1].Name == "lane" })
	i.layer.strategy.Select(0)
	s.Until("no widths for lines without", func() bool { return !w.root.Visible() })
	s.Stage.Select("park")
	i.layer.strategy.Select(1)
	s.Settled()
	s.Until("the classes of the park", func() bool { return len(w.classes) == 0 })
	if w.root.Visible() {
		t.Error("areas are offered a width")
	}
}

func TestTheResultStaysAndTellsTheTruth(t *testing.T) {
	s, i, _ := roads(t)
	s.Settled()
	r := i.result
	if r.values[0].Text != "3" || r.captions[0].Text != "paths" || r.captions[2].Text != "to score" || !r.values[0].Visible() {
		t.Errorf("%q %q %q", r.values[0].Text, r.captions[0].Text, r.captions[2].Text)
	}
	s.Stage.SetLayer("roads", map[string]string{"visible": "no"})
	s.Until("a word that it is hidden", func() bool { return strings.HasPrefix(r.note, "Hidden") })
	s.Stage.SetLayer("roads", map[string]string{"visible": "yes"})
	s.Settled()
	s.Stage.SetLayer("roads", map[string]string{"width": "3"})
	s.Until("a drawing that is made", func() bool { return s.Stage.Drawing() && layerNow(s).Options["width"] == "3" })
	s.Stage.StopDrawing()
	if !r.act.Visible() || r.act.Label() != "Draw again" {
		t.Fatalf("the figures are old, and the bar offers %q", r.act.Label())
	}
	test.Tap(r.act)
	s.Settled()
	if r.act.Visible() {
		t.Error("the figures are new, and marked as old")
	}
}

func TestWhatCantBeDrawnIsSaid(t *testing.T) {
	s, i, _ := roads(t)
	s.Settled()
	for _, id := range []carto.LayerID{"roads", "park"} {
		s.Stage.SetLayer(id, map[string]string{"operation": "engrave", "strategy": "filled", "knock-out": "all"})
	}
	s.Until("an error", func() bool { return s.Stage.DrawError() != nil })
	if r := i.result; !r.failed || !strings.Contains(r.note, "knocked out") || r.act.Label() != "Draw again" {
		t.Errorf("%q", i.result.note)
	}
	s.Stage.Undo()
	s.Settled()
	if i.result.failed || i.result.note != "" {
		t.Errorf("the error stays: %q", i.result.note)
	}
}

func TestTheKeyboardChangesALayer(t *testing.T) {
	s, i, w := roads(t)
	w.Canvas().Focus(i.layer.operation)
	i.layer.operation.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	s.Until("engrave", func() bool { return layerNow(s).Operation == artwork.Engrave })
	w.Canvas().Focus(i.tabs)
	i.tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if !i.shape.root.Visible() || i.layer.root.Visible() {
		t.Error("the keyboard does not turn the pages")
	}
}

func TestAMapWithoutLayersSaysWhatIsMissing(t *testing.T) {
	s := stagetest.New(t)
	i, w, _ := inspectorOf(t, s, look.Dark, size)
	if i.layer.page.Visible() || !i.layer.none.Visible() || i.result.note != "No layer is selected" {
		t.Error("a layer is shown where there is none")
	}
	stagetest.Save(t, "layer-none", w.Canvas().Capture())
	s.Stage.Edit("", carto.AddLayer{Layer: carto.Layer{ID: "a", Name: "a", Operation: artwork.Cut, Strategy: "outline", Visible: true}})
	s.Until("the layer", func() bool { return len(s.Stage.Map().Layers) == 1 })
	s.Stage.Select("a")
	if !i.layer.page.Visible() || i.layer.none.Visible() {
		t.Error("the new layer is not shown")
	}
}
