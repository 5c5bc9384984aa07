package trace

import (
	"math"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// boxOf is the box around all shapes of an operation and setting.
func boxOf(l *artwork.Layer, op artwork.Operation, setting string) artwork.Box {
	box := artwork.EmptyBox()
	for _, s := range l.Shapes {
		if s.Operation != op || s.Setting != setting {
			continue
		}
		for _, p := range s.Paths {
			for _, q := range p.Flatten(0.001).Points {
				box = box.Add(q)
			}
		}
	}
	return box
}

func kinds(r *Report) string {
	var list []string
	for _, n := range r.Notes {
		list = append(list, string(n.Kind)+": "+n.Message)
	}
	return strings.Join(list, "\n")
}

func TestTextHasTheSizeAndThePlaceThatItIsGiven(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.furnish(artwork.Engrave, nil, thing(ClassTitle, "HIT", 20, 30, "anchor", "bottom-left", "size", "6", "operation", "score"))
	l, report := b.trace("frame")
	box := boxOf(l, artwork.Score, "1")
	if h := box.Max.Y - box.Min.Y; math.Abs(h-6) > 0.1 || math.Abs(box.Min.Y-30) > 0.05 || box.Min.X < 20 || box.Min.X > 22 || len(report.Notes) > 0 {
		t.Errorf("the title lies in %v\n%s", box, kinds(report))
	}
}

func TestTextStaysInsideTheBorder(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		part carto.Feature
		note string
	}{
		"over a side":     {thing(ClassTitle, "Over", 94, 40), "moved"},
		"over a corner":   {thing(ClassTitle, "Over", 4, 76), "moved"},
		"beside the map":  {thing(ClassTitle, "Over", 50, 140), "moved"},
		"wider than it":   {thing(ClassTitle, "A very long title of a map", 50, 60), "smaller than 8"},
		"larger than all": {thing(ClassTitle, strings.Repeat("much too long ", 20), 50, 60), "left out"},
		"a bar too long":  {thing(ClassScaleBar, "", 50, 10, "size", "120"), ""},
	} {
		for _, shape := range []carto.FrameShape{carto.FrameRect, carto.FrameCircle} {
			b := newTable(t, shape)
			b.furnish(artwork.Engrave, nil, c.part, thing(ClassBorder, "", 0, 0))
			l, report := b.trace("frame")
			if c.note != "" && !strings.Contains(kinds(report), c.note) {
				t.Errorf("%s, %s: the report says\n%s", name, shape, kinds(report))
			}
			box := boxOf(l, artwork.Engrave, "light")
			if c.note == "left out" {
				if !box.Empty() {
					t.Errorf("%s, %s: it is drawn", name, shape)
				}
				continue
			}
			for _, x := range []float64{box.Min.X, box.Max.X} {
				for _, y := range []float64{box.Min.Y, box.Max.Y} {
					inside := x > 5.4 && x < 94.6 && y > 5.4 && y < 74.6
					if shape == carto.FrameCircle {
						inside = math.Hypot(x-50, y-40) < 34.6
					}
					if !inside {
						t.Errorf("%s, %s: %g, %g is at the border", name, shape, x, y)
					}
				}
			}
		}
	}
}

// TestTheScaleBarIsTrue measures bars by the scale of the map.
func TestTheScaleBarIsTrue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scale float64
		units string
		mm    float64
		text  string
	}{
		{10_000, "metric", 50, "500 m"},
		{25_000, "metric", 40, "1 km"},
		{3_333, "metric", 200 / 3.333, "200 m"},
		{1, "metric", 50, "5 cm"},
		{10_000_000, "metric", 50, "500 km"},
		{10_000, "imperial", 1000 * 0.3048 / 10, "1000 ft"},
		{63_360, "imperial", 50.8, "2 mi"},
		{25_000, "imperial", 0.5 * 1609.344 / 25, "0.5 mi"},
	} {
		most := 61.0
		if c.mm < 51 {
			most = 51
		}
		s := roundSpan(most*c.scale/1000, c.units)
		if got := figure(s.count) + " " + s.unit; got != c.text {
			t.Errorf("1:%g gives %s, want %s", c.scale, got, c.text)
			continue
		}
		b := newTable(t, carto.FrameRect)
		b.m.View.Scale = c.scale
		b.furnish(artwork.Score, map[string]string{"scale-bar-length": "61", "units": c.units},
			thing(ClassScaleBar, "", 50, 20, "size", figure(most)))
		l, report := b.trace("frame")
		bar := *l
		bar.Shapes = bar.Shapes[:1]
		box := boxOf(&bar, artwork.Score, "1")
		if got := box.Max.X - box.Min.X; math.Abs(got-c.mm) > 0.001 || len(report.Notes) > 0 {
			t.Errorf("1:%g: the bar of %s is %.3f mm, want %.3f\n%s", c.scale, c.text, got, c.mm, kinds(report))
		}
	}
}

// TestTheArrowPointsNorth compares with the line from the arrow to a place
// further north, in views turned and far from the middle of their projection.
func TestTheArrowPointsNorth(t *testing.T) {
	t.Parallel()
	for _, v := range []carto.View{
		{Center: [2]float64{11.575, 48.137}, Scale: 10_000, Projection: "local"},
		{Center: [2]float64{11.575, 48.137}, Scale: 10_000, Rotation: 70, Projection: "local"},
		{Center: [2]float64{-70, -50}, Scale: 50_000_000, Rotation: -160, Projection: "local-equal-area"},
		{Center: [2]float64{14, 60}, Scale: 10_000, Projection: "EPSG:32632"},
	} {
		b := newTable(t, carto.FrameRect)
		b.m.View = v
		b.furnish(artwork.Score, nil, thing(ClassNorthArrow, "", 80, 20, "size", "20"))
		l, _ := b.trace("frame")
		back, err := v.Transform(b.m.Boards)
		if err != nil {
			t.Fatal(err)
		}
		place := back.Inverse(80, 20)
		place[1] += 0.01
		x, y := back.Forward(place)
		tip, notch := tipAndNotch(t, l)
		want := math.Atan2(y-20, x-80)
		got := math.Atan2(tip.Y-notch.Y, tip.X-notch.X)
		if off := math.Abs(math.Remainder(got-want, 2*math.Pi)); off > 0.002 {
			t.Errorf("%+v: the arrow is %.2f° beside north", v, off*180/math.Pi)
		}
	}
}

// tipAndNotch gives the ends of the axis of an arrow: the tip is the one that
// lies further from the wings, the other two corners.
func tipAndNotch(t *testing.T, l *artwork.Layer) (tip, notch artwork.Point) {
	t.Helper()
	var axis, corners []artwork.Point
	for _, s := range l.Shapes {
		switch p := s.Paths[0]; {
		case len(p.Points) == 2:
			axis = p.Points
		case len(p.Points) == 4 && p.Closed:
			corners = p.Points
		}
	}
	if axis == nil || corners == nil {
		t.Fatal("there is no arrow")
	}
	far := func(a artwork.Point) (sum float64) {
		for _, c := range corners {
			sum += math.Hypot(c.X-a.X, c.Y-a.Y)
		}
		return sum
	}
	if far(axis[0]) < far(axis[1]) {
		return axis[1], axis[0]
	}
	return axis[0], axis[1]
}

// A title stands in a box that layers below leave free, a quarter of its height
// around it.
func TestLayersBelowLeaveABoxFree(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("rail", artwork.Score, "centreline", nil, b.way("", 10, 40, 90, 40))
	b.furnish(artwork.Engrave, nil, thing(ClassTitle, "HIH", 50, 40))
	art, _ := b.job()
	innocent(t, art)
	title, _ := b.trace("frame")
	box := boxOf(title, artwork.Engrave, "light")
	if got, want := 80-burned(art.Layers[0]), box.Max.X-box.Min.X+2*8/4; math.Abs(got-want) > 0.1 {
		t.Errorf("the rail gives way by %.2f mm, not by %.2f", got, want)
	}
}

func TestLayersBelowLeaveTextFree(t *testing.T) {
	t.Parallel()
	make := func(with bool) (*artwork.Artwork, *table) {
		b := newTable(t, carto.FrameRect)
		b.layer("lake", artwork.Engrave, "filled", nil, b.patch(rect(20, 20, 80, 60)))
		b.layer("rail", artwork.Score, "centreline", nil, b.way("", 10, 40, 90, 40))
		b.layer("piece", artwork.Cut, "centreline", nil, b.way("", 10, 42, 90, 42))
		if with {
			b.furnish(artwork.Engrave, map[string]string{"halo": "1", "backing": "letters"}, thing(ClassTitle, "HIH", 50, 40))
		}
		art, _ := b.job()
		return art, b
	}
	bare, _ := make(false)
	art, b := make(true)
	innocent(t, art)
	title, _ := b.trace("frame")
	box := boxOf(title, artwork.Engrave, "light")
	width := box.Max.X - box.Min.X
	if got := burned(bare.Layers[1]) - burned(art.Layers[1]); math.Abs(got-(width+2)) > 0.3 {
		t.Errorf("the rail gives way by %.2f mm to a title of %.2f", got, width)
	}
	if got := burned(bare.Layers[2]) - burned(art.Layers[2]); got != 0 {
		t.Errorf("a cut gives way by %.2f mm: its piece would not come free", got)
	}
	for _, s := range art.Layers[0].Shapes {
		for _, p := range s.Paths {
			for _, q := range p.Points {
				if q.X > box.Min.X-0.7 && q.X < box.Max.X+0.7 && q.Y > box.Min.Y && q.Y < box.Max.Y && q.X > 21 {
					t.Fatalf("the lake comes near the title at %v", q)
				}
			}
		}
	}
	// A hidden title takes nothing away.
	b.m.Layers[3].Visible = false
	if l, _ := b.trace("rail"); math.Abs(burned(*l)-burned(bare.Layers[1])) > 0.001 {
		t.Error("the rail gives way to a hidden title")
	}
}

// TestPartsSayWhatIsWrong: attributes may come from another program.
func TestPartsSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.furnish(artwork.Engrave, nil,
		thing(ClassTitle, "Odd", 50, 40, "size", "huge", "anchor", "north", "operation", "melt", "setting", "outer"),
		thing(ClassHole, "", 5.5, 40))
	l, report := b.trace("frame")
	if got := kinds(report); strings.Count(got, "unreadable") != 4 || strings.Count(got, "at-frame") != 1 {
		t.Errorf("the report says\n%s", got)
	}
	if box := boxOf(l, artwork.Engrave, "light"); math.Abs(box.Max.Y-box.Min.Y-8) > 0.3 {
		t.Errorf("the title lies in %v", box)
	}
}

func TestTheBorderIsCutBesideTheBeam(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.furnish(artwork.Engrave, map[string]string{"kerf": "0.2", "join": "mitre"},
		thing(ClassBorder, "", 5, 5, "inset", "10"), thing(ClassHole, "", 30, 40, "size", "4"))
	l, _ := b.trace("frame")
	if box := boxOf(l, artwork.Cut, "outer"); math.Abs(box.Min.X-14.9) > 0.001 || math.Abs(box.Max.Y-65.1) > 0.001 {
		t.Errorf("the border runs along %v", box)
	}
	if box := boxOf(l, artwork.Cut, "inner"); math.Abs(box.Max.X-box.Min.X-3.8) > 0.001 {
		t.Errorf("the hole is cut along %v", box)
	}
}
