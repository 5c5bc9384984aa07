package workshop

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// listed reads the parts of the layer "Frame and text".
func listed(t *testing.T, d *Desk) (carto.LayerID, []Part) {
	t.Helper()
	layer, _, ok := findFurniture(d.Map())
	if !ok {
		t.Fatal("there is no layer of parts")
	}
	parts, err := d.Parts(t.Context(), layer.ID)
	if err != nil {
		t.Fatal(err)
	}
	return layer.ID, parts
}

// only gives the one part of a class.
func only(t *testing.T, parts []Part, class string) Part {
	t.Helper()
	parts = slices.DeleteFunc(slices.Clone(parts), func(p Part) bool { return p.Class != class })
	if len(parts) != 1 {
		t.Fatalf("there are %d of %s", len(parts), class)
	}
	return parts[0]
}

func setParts(t *testing.T, d *Desk, id int64, keys map[string]string) {
	t.Helper()
	layer, _ := listed(t, d)
	if err := d.SetParts(t.Context(), layer, []int64{id}, keys); err != nil {
		t.Fatal(err)
	}
}

func TestTheTitleFollowsTheMapUntilSomebodyWritesAnother(t *testing.T) {
	t.Parallel()
	_, d := titled(t, 300, 200, carto.FrameRect)
	retitle := func(to string) string {
		t.Helper()
		if err := d.Do(t.Context(), carto.SetTitle{Title: to}); err != nil {
			t.Fatal(err)
		}
		_, parts := partsOf(t, d)
		return parts[trace.ClassTitle][0].Name
	}
	if got := retitle("Monaco"); got != "Monaco" {
		t.Errorf("the title says %q after the map was renamed", got)
	}
	if err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, parts := partsOf(t, d); d.Map().Title != "Munich old town" || parts[trace.ClassTitle][0].Name != "Munich old town" {
		t.Errorf("one step of undo leaves %q on %q", parts[trace.ClassTitle][0].Name, d.Map().Title)
	}
	_, parts := listed(t, d)
	title := only(t, parts, PartTitle)
	if title.Text != "" || title.Usual != "Munich old town" {
		t.Errorf("%+v", title)
	}
	setParts(t, d, title.ID, map[string]string{"text": "Home"})
	if got := retitle("Rome"); got != "Home" {
		t.Errorf("a title of the maker's own became %q", got)
	}
	setParts(t, d, title.ID, map[string]string{"text": ""})
	if got := retitle("Oslo"); got != "Oslo" {
		t.Errorf("a title that follows again says %q", got)
	}
}

func TestAPartThatIsSwitchedOffIsKept(t *testing.T) {
	t.Parallel()
	_, d := titled(t, 300, 200, carto.FrameRect)
	layer, parts := listed(t, d)
	title := only(t, parts, PartTitle)
	setParts(t, d, title.ID, map[string]string{"text": "Home", "size": "11", "visible": "no"})
	at := artwork.Point{X: title.At.X - 10, Y: title.At.Y - 5}
	if _, _, found, err := d.Hit(t.Context(), 1, at, 1); found || err != nil {
		t.Errorf("what is switched off is under the pointer: %v", err)
	}
	drawn, err := d.Trace(t.Context(), d.Map())
	if err != nil {
		t.Fatal(err)
	}
	without := drawn.Figures[layer].Paths
	if err := d.SetLayer(t.Context(), layer, map[string]string{"title": "on"}); err != nil {
		t.Fatal(err)
	}
	_, parts = listed(t, d)
	if back := only(t, parts, PartTitle); back.Text != "Home" || back.Keys["size"] != "11" || !back.Shown() {
		t.Errorf("switched on again it is %+v", back)
	}
	if drawn, err = d.Trace(t.Context(), d.Map()); err != nil || drawn.Figures[layer].Paths <= without {
		t.Errorf("%d paths without the title, %d with it: %v", without, drawn.Figures[layer].Paths, err)
	}
}

func TestOneOfSeveralPartsIsChangedByItsNumber(t *testing.T) {
	t.Parallel()
	_, d := titled(t, 300, 200, carto.FrameRect)
	layer, _ := listed(t, d)
	set := func(keys map[string]string) error { return d.SetLayer(t.Context(), layer, keys) }
	for _, keys := range []map[string]string{
		{"hole": "on", "hole.size": "5", "hole.2.at": "50,60", "hole.5": "on", "text.1": "one", "text.2": "two", "text.2.size": "4"},
		{"hole.1": "off", "text.3": "three"},
		{"text.4": "four", "text.5": "five"},
		{"text.4": "off", "text.5": "off"}, // counted as they were before
	} {
		if err := set(keys); err != nil {
			t.Fatal(err)
		}
	}
	_, parts := partsOf(t, d)
	holes, texts := parts[trace.ClassHole], parts[trace.ClassText]
	if len(holes) != 4 || holes[0].Geometry != orb.Geometry(orb.Point{50, 60}) || holes[0].Attributes["size"] != "5" {
		t.Errorf("the holes are %v", holes)
	}
	if len(texts) != 3 || texts[1].Name != "two" || texts[1].Attributes["size"] != "4" || texts[2].Name != "three" {
		t.Errorf("the texts are %v", texts)
	}
	for _, bad := range []map[string]string{{"text.9": "nine"}, {"hole.9": "off"}, {"text.1": ""}, {"hole.at": "1,1"}, {"border.place": "top"}, {"title.edge": "3"}} {
		if set(bad) == nil {
			t.Errorf("%v is taken", bad)
		}
	}
}

func TestPartsArePutToPlacesOnThePiece(t *testing.T) {
	t.Parallel()
	_, d := titled(t, 300, 200, carto.FrameRect) // the frame is 5 mm inside
	layer, _ := listed(t, d)
	if err := d.SetLayer(t.Context(), layer, map[string]string{
		"border.inset": "10", "title.place": "bottom-right", "north-arrow.place": "left", "north-arrow.offset": "20,-5",
		"hole": "on", "hole.edge": "6.5",
	}); err != nil {
		t.Fatal(err)
	}
	// The keys of one call see the piece as it was; a next one sees its inset.
	if err := d.SetLayer(t.Context(), layer, map[string]string{"title.place": "bottom-right", "north-arrow.offset": "20,-5", "hole.edge": "6.5"}); err != nil {
		t.Fatal(err)
	}
	_, parts := listed(t, d)
	if title := only(t, parts, PartTitle); title.At != (artwork.Point{X: 285 - edgeGap, Y: 15 + edgeGap}) || title.Offset != (artwork.Point{X: edgeGap, Y: edgeGap}) {
		t.Errorf("the title is %+v", title)
	}
	if arrow := only(t, parts, PartNorthArrow); arrow.At != (artwork.Point{X: 35, Y: 95}) || arrow.Offset != (artwork.Point{X: 20, Y: -5}) {
		t.Errorf("the arrow is %+v", arrow)
	}
	for _, p := range parts {
		if p.Class == PartHole && p.Edge != 6.5 {
			t.Errorf("a hole is %+v", p)
		}
	}
}

func TestPartsKeepTheirPlacesOnAPieceOfAnotherSize(t *testing.T) {
	t.Parallel()
	_, d := titled(t, 300, 200, carto.FrameRect)
	layer, _ := listed(t, d)
	if err := d.SetLayer(t.Context(), layer, map[string]string{"hole": "on", "hole.5": "on"}); err != nil {
		t.Fatal(err)
	}
	_, before := listed(t, d)
	m := d.Map()
	b := m.Boards
	b.Width, b.Height = 150, 260
	if err := d.Do(t.Context(), carto.Batch{carto.SetView{View: m.View}, carto.SetBoards{Boards: b}}); err != nil {
		t.Fatal(err)
	}
	_, after := listed(t, d)
	for i, p := range after {
		if was := before[i]; p.Class != PartHole && p.Class != PartBorder && p.Offset != was.Offset || p.Edge != was.Edge && p.Class == PartHole {
			t.Errorf("%s lies at %v, and lay at %v", p.Class, p.Offset, was.Offset)
		}
	}
	if title := only(t, after, PartTitle); title.At.X != 75 {
		t.Errorf("the title is at %v, not in the middle", title.At)
	}
	if err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, back := listed(t, d); !reflect.DeepEqual(back, before) {
		t.Errorf("one step of undo leaves %+v", back)
	}
}

func TestPlacesOnARoundPieceLieInsideIt(t *testing.T) {
	t.Parallel()
	_, d := titled(t, 200, 200, carto.FrameCircle)
	layer, _ := listed(t, d)
	for _, place := range PartAnchors() {
		if err := d.SetLayer(t.Context(), layer, map[string]string{"north-arrow.place": place}); err != nil {
			t.Fatal(err)
		}
		_, parts := listed(t, d)
		if at := only(t, parts, PartNorthArrow).At; math.Hypot(at.X-100, at.Y-100) > 95 {
			t.Errorf("%s is at %v", place, at)
		}
	}
}

func TestAPartIsTriedWithoutBeingChanged(t *testing.T) {
	t.Parallel()
	_, d := titled(t, 300, 200, carto.FrameRect)
	layer, parts := listed(t, d)
	title := only(t, parts, PartTitle)
	length := func(drawn *Drawn, err error) float64 {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return drawn.Figures[layer].LengthMM
	}
	before := length(d.Trace(t.Context(), d.Map()))
	tried := length(d.TraceParts(t.Context(), layer, []int64{title.ID}, map[string]string{"text": "A much longer title than that", "size": "7"}))
	if after := length(d.Trace(t.Context(), d.Map())); after != before || tried <= before {
		t.Errorf("drawn before %.1f, tried %.1f, after it %.1f mm", before, tried, after)
	}
	if d.CanUndo() {
		t.Error("trying is an edit")
	}
}

func TestDraggedPartsComeToRestOnGuides(t *testing.T) {
	t.Parallel()
	_, d := titled(t, 300, 200, carto.FrameRect)
	layer, parts := listed(t, d)
	title := only(t, parts, PartTitle)
	s, err := d.Shape(t.Context(), layer, title.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !s.Seen.Closed || !s.Near(artwork.Point{X: title.At.X - 15, Y: title.At.Y - 4}, 0.1) {
		t.Errorf("the title is seen at %v", s.Seen)
	}
	g, err := d.Guides(t.Context(), layer, []int64{title.ID})
	if err != nil {
		t.Fatal(err)
	}
	box := s.Seen.Bounds()
	w := box.Max.X - box.Min.X
	box.Min.X, box.Max.X = 151.2-w/2, 151.2+w/2 // 1.2 mm beside the middle
	by, x, y := g.Snap(box, 2)
	if math.Abs(by.X+1.2) > 1e-9 || x == nil || x.Share != 0.5 || y == nil {
		t.Errorf("it moves by %v to %v and %v", by, x, y)
	}
	if by, x, _ := g.Snap(box, 0.5); by.X != 0 || x != nil {
		t.Errorf("from afar it moves by %v", by)
	}
	border := only(t, parts, PartBorder)
	if err := d.Move(t.Context(), layer, []int64{border.ID}, artwork.Point{X: 3}); err == nil {
		t.Error("a border that was dragged lies where it did, and nobody says why")
	}
}

func TestWhatTheDataAsksForIsMissed(t *testing.T) {
	t.Parallel()
	_, d := titled(t, 300, 200, carto.FrameRect)
	if _, err := d.Import(t.Context(), Import{Source: munichData}); err != nil {
		t.Fatal(err)
	}
	missing := func() int {
		_, parts := listed(t, d)
		return len(CreditMissing(d.Map(), parts))
	}
	_, parts := listed(t, d)
	credit := only(t, parts, PartCredit)
	for _, c := range []struct {
		keys map[string]string
		want int
	}{
		{map[string]string{"size": "3", "place": "top-left"}, 0},
		{map[string]string{"text": `© OpenStreetMap\ncontributors`}, 0},
		{map[string]string{"text": "Made by Ann"}, 1},
		{map[string]string{"text": ""}, 0},
		{map[string]string{"visible": "no"}, 1},
	} {
		setParts(t, d, credit.ID, c.keys)
		if got := missing(); got != c.want {
			t.Errorf("%v: %d lines are missed, want %d", c.keys, got, c.want)
		}
	}
}

func TestFrameAndTextIsAddedWithItsKeys(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	if err := w.AddLayer(t.Context(), gpkg, FurnitureName, map[string]string{"strategy": "furniture", "title": "Home", "hole": "on", "scale-bar": "off", "halo": "0.6"}); err != nil {
		t.Fatal(err)
	}
	info, parts, err := w.Parts(t.Context(), gpkg, "")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, p := range parts {
		got[p.Class]++
	}
	if info.Options["halo"] != "0.6" || only(t, parts, PartTitle).Text != "Home" || got[PartHole] != 4 || got[PartScaleBar] != 0 {
		t.Errorf("%+v %v", info, parts)
	}
}

func TestAJobIsTimedByItself(t *testing.T) {
	t.Parallel()
	_, d := titled(t, 300, 200, carto.FrameRect)
	if _, err := d.Import(t.Context(), Import{Source: munichData}); err != nil {
		t.Fatal(err)
	}
	var all []carto.LayerID
	for _, l := range d.Map().Layers {
		if l.Visible {
			all = append(all, l.ID)
		}
	}
	whole, err := d.Time(t.Context(), all)
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := d.Trace(t.Context(), d.Map())
	if err != nil {
		t.Fatal(err)
	}
	checked, err := d.Check(t.Context(), drawn)
	if err != nil {
		t.Fatal(err)
	}
	one, err := d.Time(t.Context(), all[len(all)-2:])
	if err != nil {
		t.Fatal(err)
	}
	if whole.Seconds != checked.Estimate.Seconds || one.Seconds <= 0 || one.Seconds >= whole.Seconds {
		t.Errorf("all take %.1f s, the check says %.1f, two layers %.1f", whole.Seconds, checked.Estimate.Seconds, one.Seconds)
	}
}
