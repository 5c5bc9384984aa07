package inspector

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// hofgarten is the park of the map, selected.
func hofgarten(t *testing.T) (*stagetest.Scene, *Inspector, fyne.Window) {
	t.Helper()
	s, i, w := roads(t)
	i.ShowShape()
	s.Stage.Select("park", 1)
	s.Until("the shape", func() bool { return i.shape.loaded })
	return s, i, w
}

func (p *shapePage) attribute(t *testing.T, key string) *attributeRow {
	t.Helper()
	for _, r := range p.fixed {
		if r.key.Text == key {
			return r
		}
	}
	r := p.rows[key]
	if r == nil {
		t.Fatalf("there is no row for %s", key)
	}
	return r
}

func feature(t *testing.T, s *stagetest.Scene, layer carto.LayerID, id int64) carto.Feature {
	t.Helper()
	f, err := s.Desk.Feature(t.Context(), layer, id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func write(r *attributeRow, text string) {
	r.field.SetText(text)
	r.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

func TestAShapeShowsWhatIsKnownOfIt(t *testing.T) {
	_, i, _ := hofgarten(t)
	p := i.shape
	if p.name.Text != "Hofgarten" || p.from.Text != "park · 1 of 1" || p.attribute(t, "leisure").field.Text != "park" {
		t.Errorf("%q, %q", p.name.Text, p.from.Text)
	}
	if p.measure.points != 7 || p.measure.holes != 1 {
		t.Errorf("%+v", p.measure)
	}
	// 0.002° × 0.001° at this latitude are 148.8 m × 111.2 m: 24.8 mm × 18.5 mm.
	hole := 0.001 * 0.0003 / 2 / (0.002 * 0.001)
	if want := 24.8 * 18.53 * (1 - hole); math.Abs(p.measure.area-want) > 0.01*want {
		t.Errorf("%.1f mm², want about %.1f", p.measure.area, want)
	}
	if !i.shape.root.Visible() || i.shape.none.Visible() {
		t.Error("the page does not show")
	}
}

func TestWhatIsKnownOfAShapeIsChanged(t *testing.T) {
	s, i, _ := hofgarten(t)
	p := i.shape
	write(p.attribute(t, "name"), " Court garden ")
	s.Until("the name", func() bool { return p.name.Text == "Court garden" })
	write(p.attribute(t, "leisure"), "garden")
	s.Until("the attribute", func() bool { return p.feature.Attributes["leisure"] == "garden" })
	f := feature(t, s, "park", 1)
	if f.Name != "Court garden" || f.Attributes["leisure"] != "garden" || f.Attributes["access"] != "yes" {
		t.Errorf("%+v", f)
	}
	test.Tap(p.attribute(t, "access").remove)
	s.Until("an attribute less", func() bool { return len(p.feature.Attributes) == 1 && p.rows["access"] == nil })
	for range 3 {
		s.Stage.Undo()
		s.Settled()
	}
	s.Until("all as before", func() bool {
		return p.name.Text == "Hofgarten" && p.feature.Attributes["access"] == "yes" && p.attribute(t, "leisure").field.Text == "park"
	})
	if len(s.Notices) > 0 {
		t.Errorf("%+v", s.Notices)
	}
}

func TestEscapeLeavesAnAttributeAsItWas(t *testing.T) {
	s, i, _ := hofgarten(t)
	r := i.shape.attribute(t, "leisure")
	r.field.SetText("nonsense")
	r.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	r.field.FocusLost()
	s.Settled()
	if r.field.Text != "park" || feature(t, s, "park", 1).Attributes["leisure"] != "park" {
		t.Errorf("%q", r.field.Text)
	}
}

func TestTypingIsNotLostWhenAnotherChangeComes(t *testing.T) {
	s, i, _ := hofgarten(t)
	r := i.shape.attribute(t, "leisure")
	r.field.SetText("gar")
	write(i.shape.attribute(t, "class"), "garden")
	s.Until("the class", func() bool { return i.shape.feature.Class == "garden" })
	i.shape.put("leisure", "pitch") // as an undo or another program would
	s.Until("the other value", func() bool { return r.field.value == "pitch" })
	if r.field.Text != "gar" {
		t.Errorf("what was typed became %q", r.field.Text)
	}
	r.field.FocusLost()
	s.Until("what was typed", func() bool { return i.shape.feature.Attributes["leisure"] == "gar" })
}

func TestAnAttributeIsAdded(t *testing.T) {
	s, i, w := hofgarten(t)
	a := i.shape.add
	test.Tap(a.button)
	if !a.form.Visible() || w.Canvas().Focused() != fyne.Focusable(a.key) {
		t.Fatal("there is no form to type into")
	}
	a.key.SetText("opening_hours")
	a.submit()
	if w.Canvas().Focused() != fyne.Focusable(a.value) {
		t.Error("an attribute without a value was added, or the value was not asked for")
	}
	a.value.SetText("24/7")
	a.value.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.Until("the attribute", func() bool { return i.shape.feature.Attributes["opening_hours"] == "24/7" })
	if a.form.Visible() {
		t.Error("the form is still there")
	}
}

func TestShapesOfALockedLayerStay(t *testing.T) {
	s, i, _ := hofgarten(t)
	locked := true
	s.Stage.Edit("", carto.SetLayer{Layer: "park", Locked: &locked})
	s.Until("the lock", func() bool { return i.shape.locked.Visible() })
	if !i.shape.attribute(t, "leisure").field.Disabled() || !i.shape.remove.Disabled() || i.shape.add.button.Visible() {
		t.Error("a locked shape can be changed")
	}
	i.layer.row(t, "simplify").number.OnCommitted(0.3)
	s.Until("an option of the locked layer", func() bool { return layerNow(s).Options["simplify"] == "0.3" })
}

func TestSeveralShapesAreCountedAndDeleted(t *testing.T) {
	s, i, _ := roads(t)
	s.Stage.Select("roads", 1, 3)
	if i.shape.name.Text != "2 shapes" || i.shape.from.Text != "of 3 in roads" || i.shape.fields.Visible() {
		t.Errorf("%q %q", i.shape.name.Text, i.shape.from.Text)
	}
	i.ShowShape()
	test.Tap(i.shape.remove)
	s.Until("one road", func() bool { l, _ := s.Stage.Layer("roads"); return l.Count == 1 })
	if len(s.Stage.SelectedFeatures()) > 0 || !i.shape.none.Visible() {
		t.Error("what is gone is still selected")
	}
	if len(s.Notices) != 1 || !strings.Contains(s.Notices[0].Text, "2 shapes of roads") {
		t.Fatalf("%+v", s.Notices)
	}
	s.Notices[0].Actions[0].Do()
	s.Until("three roads", func() bool { l, _ := s.Stage.Layer("roads"); return l.Count == 3 })
}

func TestAShapeThatIsGoneIsNoLongerSelected(t *testing.T) {
	s, i, _ := hofgarten(t)
	s.Stage.Edit("", carto.RemoveFeatures{Layer: "park", IDs: []int64{1}})
	s.Until("nothing is selected", func() bool { return len(s.Stage.SelectedFeatures()) == 0 })
	if !i.shape.none.Visible() || len(s.Notices) > 0 {
		t.Errorf("%+v", s.Notices)
	}
}

func TestManyAttributesFoldAway(t *testing.T) {
	s, i, _ := hofgarten(t)
	f := feature(t, s, "park", 1)
	for _, key := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i"} {
		f.Attributes[key] = key
	}
	s.Stage.Edit("", carto.PutFeatures{Layer: "park", Features: []carto.Feature{f}})
	s.Until("the attributes", func() bool { return len(i.shape.feature.Attributes) == 11 })
	if len(i.shape.rows) != fewAttributes || i.shape.more.Label() != "3 more" {
		t.Errorf("%d rows, %q", len(i.shape.rows), i.shape.more.Label())
	}
	test.Tap(i.shape.more)
	if len(i.shape.rows) != 11 || i.shape.more.Visible() {
		t.Errorf("%d rows", len(i.shape.rows))
	}
}

func TestShapesAreMeasuredOnTheBoard(t *testing.T) {
	t.Parallel()
	board := func(p orb.Point) artwork.Point { return artwork.Point{X: p[0] * 10, Y: p[1] * 10} }
	square := orb.Ring{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}
	for _, c := range []struct {
		name string
		g    orb.Geometry
		want figures
	}{
		{"point", orb.Point{1, 1}, figures{points: 1, parts: 1}},
		{"points", orb.MultiPoint{{1, 1}, {2, 2}}, figures{points: 2, parts: 2}},
		{"line", orb.LineString{{0, 0}, {3, 4}}, figures{points: 2, parts: 1, length: 50}},
		{"lines", orb.MultiLineString{{{0, 0}, {1, 0}}, {{0, 0}, {0, 2}}}, figures{points: 4, parts: 2, length: 30}},
		{"area", orb.Polygon{square}, figures{points: 4, parts: 1, length: 40, area: 100}},
		{
			"areas with a hole",
			orb.MultiPolygon{{square, {{0.2, 0.2}, {0.2, 0.4}, {0.4, 0.4}, {0.2, 0.2}}}, {square}},
			figures{points: 11, parts: 2, holes: 1, length: 80 + 4 + math.Sqrt(8), area: 198},
		},
		{"mixed", orb.Collection{orb.Point{1, 1}, orb.LineString{{0, 0}, {1, 0}}}, figures{points: 3, parts: 2, length: 10}},
	} {
		got := measure(c.g, board)
		if math.Abs(got.length-c.want.length) > 1e-9 || math.Abs(got.area-c.want.area) > 1e-9 {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
		got.length, got.area = c.want.length, c.want.area
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}
