package trace

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// filledMM is the filled area of a layer, mm²: shells turn one way and holes the
// other.
func filledMM(l artwork.Layer) float64 {
	sum := 0.0
	for _, s := range l.Shapes {
		for _, p := range s.Paths {
			if s.Fill {
				sum += p.Area()
			}
		}
	}
	return sum
}

func TestAreasBurnOnce(t *testing.T) {
	t.Parallel()
	above := map[string]string{"knock-out": "above"}
	arts := map[string]*artwork.Artwork{}
	for name, c := range map[string]struct {
		make func(b *table)
		want map[string]float64 // mm² by layer
	}{
		"overlapping areas of a layer are one": {
			func(b *table) {
				b.layer("water", artwork.Engrave, "filled", nil, b.patch(rect(10, 10, 30, 30)), b.patch(rect(20, 20, 40, 40)))
			},
			map[string]float64{"water": 700},
		},
		"islands stay dry": {
			func(b *table) {
				b.layer("water", artwork.Engrave, "filled", nil, b.patch(rect(10, 10, 40, 40), rect(20, 20, 30, 30)))
			},
			map[string]float64{"water": 800},
		},
		"an island that touches the frame": {
			func(b *table) {
				b.layer("water", artwork.Engrave, "filled", nil, b.patch(rect(0, 0, 40, 40), rect(5, 10, 15, 20)))
			},
			map[string]float64{"water": 35*35 - 100},
		},
		"water around the whole map": {
			func(b *table) {
				b.layer("water", artwork.Engrave, "filled", nil, b.patch(rect(-3e5, -3e5, 3e5, 3e5), rect(20, 20, 30, 30)))
			},
			map[string]float64{"water": 90*70 - 100},
		},
		"an outline that crosses itself": {
			func(b *table) {
				b.layer("water", artwork.Engrave, "filled", nil, b.patch([]float64{10, 10, 30, 30, 30, 10, 10, 30}))
			},
			map[string]float64{"water": 200},
		},
		"the upper layer keeps what two fill": {
			func(b *table) {
				b.layer("water", artwork.Engrave, "filled", nil, b.patch(rect(10, 10, 30, 30)))
				b.layer("road", artwork.Engrave, "filled", map[string]string{"width": "2"}, b.way("", 0, 20, 40, 20))
			},
			// The round end of the road adds π/2 mm², the other end meets the frame.
			map[string]float64{"water": 360, "road": 70 + math.Pi/2},
		},
		"knocked out with a halo": {
			func(b *table) {
				b.layer("house", artwork.Engrave, "filled", map[string]string{"knock-out": "above", "halo": "0.5"}, b.patch(rect(10, 10, 30, 30)))
				b.layer("road", artwork.Engrave, "filled", map[string]string{"width": "2"}, b.way("", -10, 20, 110, 20))
			},
			map[string]float64{"house": 340, "road": 180},
		},
		"a halo around a thin line": {
			func(b *table) {
				b.layer("house", artwork.Engrave, "filled", map[string]string{"knock-out": "above", "halo": "0.5"}, b.patch(rect(10, 10, 30, 30)))
				b.layer("rail", artwork.Score, "centreline", nil, b.way("", -10, 20, 110, 20))
			},
			map[string]float64{"house": 380, "rail": 0},
		},
		"hidden layers, guides, other boards and layers below knock nothing out": {
			func(b *table) {
				b.m.Boards.Count = 2
				b.layer("below", artwork.Engrave, "filled", map[string]string{"width": "2"}, b.way("", 0, 12, 100, 12))
				b.layer("house", artwork.Engrave, "filled", above, b.patch(rect(10, 20, 30, 30)))
				for _, id := range []string{"hidden", "guide", "elsewhere"} {
					b.layer(id, artwork.Engrave, "filled", map[string]string{"width": "2"}, b.way("", 0, 25, 100, 25))
				}
				b.m.Layers[2].Visible = false
				b.m.Layers[3].Operation = artwork.Guide
				b.m.Layers[4].Board = 2
			},
			// The hidden layer is part of the job all the same, and above.
			map[string]float64{"below": 180, "house": 160, "hidden": 180, "guide": 0, "elsewhere": 180},
		},
		"all knocks out what lies below too": {
			func(b *table) {
				b.layer("road", artwork.Engrave, "filled", map[string]string{"width": "2"}, b.way("", 0, 20, 100, 20))
				b.layer("house", artwork.Engrave, "filled", map[string]string{"knock-out": "all"}, b.patch(rect(10, 10, 30, 30)))
			},
			map[string]float64{"road": 180, "house": 360},
		},
		"slivers that a knock-out leaves go": {
			func(b *table) {
				b.layer("house", artwork.Engrave, "filled", map[string]string{"knock-out": "above", "min-width": "0.3", "min-area": "2"},
					b.patch(rect(10, 10, 30, 30)), b.patch(rect(40, 10, 41.5, 12.5)))
				b.layer("road", artwork.Engrave, "filled", map[string]string{"width": "2"},
					b.way("", 0, 28.8, 100, 28.8), b.way("", 41, 0, 41, 100))
			},
			// Both roads run out of the map; where they cross they count once.
			map[string]float64{"house": 20 * 17.8, "road": 180 + 140 - 4},
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newTable(t, carto.FrameRect)
			c.make(b)
			art, _ := b.job()
			for _, l := range art.Layers {
				if got := filledMM(l); math.Abs(got-c.want[l.Name]) > 0.08 {
					t.Errorf("layer %s fills %.3f mm², want %.3f", l.Name, got, c.want[l.Name])
				}
			}
			arts[name] = art
		})
	}
	allInnocent(t, arts)
}

func TestLayersKnockedOutUnderEachOtherAreRefused(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	all := map[string]string{"knock-out": "all"}
	b.layer("water", artwork.Engrave, "filled", all, b.patch(rect(10, 10, 30, 30)))
	b.layer("house", artwork.Engrave, "filled", all, b.patch(rect(20, 20, 40, 40)))
	_, _, err := traceOf(t.Context(), b.scene(), "house")
	if err == nil || !strings.Contains(err.Error(), `"water"`) || !strings.Contains(err.Error(), `"house"`) {
		t.Errorf("got %v, want an error that names both layers", err)
	}
}

func TestReadsNamesTheLayersAbove(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	for _, id := range []string{"a", "b", "c"} {
		b.layer(id, artwork.Engrave, "filled", map[string]string{"knock-out": "above"})
	}
	for id, want := range map[carto.LayerID][]carto.LayerID{"a": {"b", "c"}, "b": {"c"}, "c": {}} {
		if got, err := Reads(b.scene(), id); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s reads %v (%v), want %v", id, got, err, want)
		}
	}
}

func TestAnAreaThatCannotBeFilledIsOutlined(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("house", artwork.Cut, "filled", nil, b.patch(rect(10, 10, 30, 30)))
	l, report := b.trace("house")
	if len(l.Shapes) != 1 || l.Shapes[0].Fill || !l.Shapes[0].Paths[0].Closed {
		t.Errorf("want one closed line, got %+v", l.Shapes)
	}
	if len(report.Of(KindNotFilled)) != 1 {
		t.Error("the report does not say that the area is not filled")
	}
}

func TestALayerThatOthersTakeIsNoErrorOnlyWhenTheyBurnToo(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("house", artwork.Engrave, "filled", map[string]string{"knock-out": "above"}, b.patch(rect(20, 20, 30, 30)))
	b.layer("water", artwork.Engrave, "filled", nil, b.patch(rect(10, 10, 40, 40)))
	for _, c := range []struct {
		ids  []carto.LayerID
		want NoteKind
	}{
		{[]carto.LayerID{"house", "water"}, KindEmptied},
		{[]carto.LayerID{"house"}, KindEmpty},
	} {
		_, report, err := Job(t.Context(), b.scene(), c.ids)
		if err != nil || len(report.Notes) != 1 || report.Notes[0].Kind != c.want || report.Notes[0].Layer != "house" {
			t.Errorf("job of %v: %+v (%v), want one note %s", c.ids, report, err, c.want)
		}
	}
}

// A layer in which there is nothing must not be taken for one that others burn:
// that one may be left out of an export, this one is a mistake.
func TestALayerWithoutShapesIsNotCalledCovered(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		strategy string
		options  map[string]string
		want     NoteKind
	}{
		"an inlay of nothing":                  {"inlay", nil, KindEmpty},
		"an inlay of an empty layer":           {"inlay", map[string]string{"of": "nothing"}, KindEmpty},
		"a plate without land":                 {"plate", map[string]string{"land": "areas"}, KindEmpty},
		"names of nothing":                     {"label", nil, KindEmpty},
		"lines of nothing":                     {"centreline", nil, KindEmpty},
		"a plate that other layers take whole": {"plate", map[string]string{"minus": "all", "rim": "0"}, KindEmptied},
	} {
		b := newTable(t, carto.FrameRect)
		b.layer("nothing", artwork.Cut, "groove", nil)
		b.layer("x", artwork.Cut, c.strategy, c.options)
		b.layer("all", artwork.Engrave, "filled", nil, b.patch(rect(-20, -20, 200, 200)))
		_, report := b.job()
		for _, n := range report.Notes {
			if n.Layer == "x" && n.Kind != c.want {
				t.Errorf("%s: it is said to be %s: %s", name, n.Kind, n.Message)
			}
		}
		if len(report.Of(c.want)) == 0 {
			t.Errorf("%s: nothing says %s", name, c.want)
		}
	}
}
