package trace

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// streets is a net of streets around 12 blocks, one of them with a lake that
// has an island with a pond.
func (b *table) streets() []carto.Feature {
	var out []carto.Feature
	for i := range 5 {
		out = append(out, b.way("", 20+12*float64(i), 10, 22+12*float64(i), 70))
	}
	for i := range 4 {
		out = append(out, b.way("", 10, 15+15*float64(i), 90, 18+15*float64(i)))
	}
	return append(out, b.patch(rect(59, 36, 67, 44), rect(60.5, 37.5, 65.5, 42.5)), b.patch(rect(62, 39, 64, 41)))
}

// A stencil that falls apart is no stencil.
func TestAStencilIsOnePiece(t *testing.T) {
	t.Parallel()
	made := map[string]int{}
	for name, options := range map[string]map[string]string{
		"two bridges":   {"bridge-width": "1"},
		"one bridge":    {"bridges": "1", "bridge-width": "0.8"},
		"many bridges":  {"bridges": "6", "bridge-width": "1"},
		"with kerf":     {"kerf": "0.2", "bridge-width": "1.2"},
		"without a rim": {"rim": "0", "width": "2", "bridge-width": "1"},
	} {
		b := newTable(t, carto.FrameRect)
		b.layer("x", artwork.Cut, "stencil", options, b.streets()...)
		l, report := b.trace("x")
		sheet := enclosed(t, *l)
		if len(sheet) != 1 {
			t.Errorf("%s: %d pieces", name, len(sheet))
		}
		if n := len(report.Of(KindBridged)); n != 1 {
			t.Fatalf("%s: the report tells %d times of bridges", name, n)
		}
		// It still hangs together when all of it gets nearly as much thinner as
		// a bridge is wide: no bridge is thinner than promised.
		width := 2.0
		if v, ok := options["bridge-width"]; ok {
			if _, err := fmt.Sscan(v, &width); err != nil {
				t.Fatal(err)
			}
		}
		eaten, err := planar.Offset(t.Context(), sheet, -0.48*width*unitsPerMM, planar.Style{})
		if err != nil {
			t.Fatal(err)
		}
		if len(eaten) != 1 {
			t.Errorf("%s: thinned by nearly a bridge's width there are %d pieces", name, len(eaten))
		}
		made[name] = report.Of(KindBridged)[0].Count
	}
	if made["one bridge"] >= made["two bridges"] || made["two bridges"] >= made["many bridges"] {
		t.Errorf("bridges: %v", made)
	}
}

// Flooding the board with the beam's cuts taken out finds what falls: of a
// stencil only the openings.
func TestOnlyTheOpeningsOfAStencilFall(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Cut, "stencil", map[string]string{"kerf": "0.15"}, b.streets()...)
	l, _ := b.trace("x")
	pieces := afterBeam(t, *l, 0.15)
	sheet := at(t, pieces, 8, 8)
	for _, p := range []struct{ x, y float64 }{{27, 25}, {39, 25}, {51, 55}, {63, 38.5}, {70, 25}} {
		if planar.Contains([]planar.Polygon{sheet}, planar.FromMM(p.x, p.y)) != planar.Inside {
			t.Errorf("the block at %v falls out of the stencil", p)
		}
	}
	if planar.Contains([]planar.Polygon{sheet}, planar.FromMM(63, 40)) == planar.Inside {
		t.Error("the pond is no opening")
	}
}

func TestAPlateIsLandWithoutWater(t *testing.T) {
	t.Parallel()
	water := func(b *table) []carto.Feature {
		return []carto.Feature{b.patch(rect(-50, 30, 150, 60), rect(30, 35, 40, 45), rect(50, 40, 52, 42))}
	}
	for name, c := range map[string]struct {
		options map[string]string
		make    func(b *table)
		pieces  int
		mm2     float64 // of all pieces
	}{
		"the whole frame": {nil, func(*table) {}, 1, 90 * 70},
		"water of its own, islands as pieces": {
			nil,
			func(b *table) { b.data["x"] = water(b) },
			2, 90*70 - 70*30 + 100,
		},
		"small islands too": {
			map[string]string{"min-island": "0"},
			func(b *table) { b.data["x"] = water(b) },
			3, 90*70 - 70*30 + 100 + 4,
		},
		"no islands": {
			map[string]string{"pieces": "drop"},
			func(b *table) { b.data["x"] = water(b) },
			1, 90*70 - 70*30,
		},
		"islands that hang on": {
			map[string]string{"pieces": "bridge", "bridges": "2", "bridge-width": "3"},
			func(b *table) { b.data["x"] = water(b) },
			1, 90*70 - 70*30 + 100 + 5*3 + 15*3, // one bridge to the near shore, 5 mm off, and one to another
		},
		"without a rim the land falls in two": {
			map[string]string{"rim": "0"},
			func(b *table) { b.data["x"] = water(b) },
			3, 90*70 - 90*30 + 100,
		},
		"water of another layer": {
			map[string]string{"minus": "water", "pieces": "drop"},
			func(b *table) { b.layer("water", artwork.Engrave, "filled", nil, water(b)...) },
			1, 90*70 - 70*30,
		},
		"all that lies above": {
			map[string]string{"minus": "above", "pieces": "drop"},
			func(b *table) {
				b.layer("water", artwork.Engrave, "filled", nil, water(b)...)
				b.layer("hole", artwork.Cut, "drill", map[string]string{"diameter": "2", "curve-error": "0.001"}, b.spot(50, 20))
			},
			1, 90*70 - 70*30 - math.Pi,
		},
		"a layer of land less water": {
			map[string]string{"land": "areas", "minus": "water", "min-island": "0"},
			func(b *table) {
				b.data["x"] = []carto.Feature{b.patch(rect(20, 20, 50, 70))}
				b.layer("water", artwork.Engrave, "filled", nil, b.patch(rect(0, 30, 100, 40)))
			},
			2, 30 * 40,
		},
	} {
		b := newTable(t, carto.FrameRect)
		b.layer("x", artwork.Cut, "plate", c.options)
		c.make(b)
		l, _ := b.trace("x")
		land := enclosed(t, *l)
		tolerance := 0.2
		if c.options["pieces"] == "bridge" {
			tolerance = 15 // bridges reach into what they join, and the second may lie aslant
		}
		if got := squareMM(land...); len(land) != c.pieces || math.Abs(got-c.mm2) > tolerance {
			t.Errorf("%s: %d pieces of %.2f mm², want %d of %.2f", name, len(land), got, c.pieces, c.mm2)
		}
	}
}

// Bridges are only worth their marks when nothing falls out in the end.
func TestBridgesHoldEveryPiece(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	var houses []carto.Feature
	for i := range 6 {
		for k := range 3 { // terraces: houses that share walls, one of them with a yard
			x, y := 10+8*float64(i), 10+20*float64(k)
			rings := [][]float64{rect(x, y, x+8, y+10)}
			if i == 2 {
				rings = append(rings, rect(x+2, y+2, x+6, y+8))
			}
			houses = append(houses, b.patch(rings...))
		}
	}
	houses = append(houses, b.patch(rect(80, 20, 80.3, 20.2))) // too small for a bridge
	for _, n := range []string{"1", "2", "5"} {
		b.m.Layers = nil
		b.layer("x", artwork.Cut, "outline", map[string]string{"pieces": "bridge", "bridges": n, "bridge-width": "0.6", "kerf": "0.1"}, houses...)
		l, report := b.trace("x")
		pieces := afterBeam(t, *l, 0.1)
		if len(pieces) != 1 {
			t.Errorf("%s bridges: %d pieces, want a sheet that everything hangs on", n, len(pieces))
		}
		// The bridges have their width when the beam has burned.
		thinner, err := planar.Offset(t.Context(), pieces, -0.25*unitsPerMM, planar.Style{})
		if err != nil {
			t.Fatal(err)
		}
		if len(thinner) != 1 {
			t.Errorf("%s bridges: some are thinner than 0.5 mm: %d pieces", n, len(thinner))
		}
		if notes := report.Of(KindBridged); len(notes) != 1 || strings.Contains(notes[0].Message, "narrower") || len(report.Of(KindTooSmall)) != 1 {
			t.Errorf("%s bridges: the report says %+v", n, report.Notes)
		}
	}
}

// Two halves of a disc whose only straight side is the one that they share: with
// one bridge each they hang on each other, and on nothing else.
func TestPiecesDoNotHangOnEachOtherAlone(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	half := func(from float64) carto.Feature {
		var xy []float64
		for k := range 25 {
			a := (from + 7.5*float64(k)) * math.Pi / 180
			xy = append(xy, 50+20*math.Cos(a), 40+20*math.Sin(a))
		}
		return b.patch(xy)
	}
	b.layer("x", artwork.Cut, "outline", map[string]string{"pieces": "bridge", "bridges": "1"}, half(0), half(180))
	l, _ := b.trace("x")
	if pieces := afterBeam(t, *l, 0.01); len(pieces) != 1 {
		t.Errorf("%d pieces, want one sheet", len(pieces))
	}
}

// A bridge that another layer's cut goes through holds nothing.
// What hangs on by so little that the cut closes in the end falls out.
func TestAHairHoldsNothing(t *testing.T) {
	t.Parallel()
	for _, hair := range []float64{0.01, 0.025, 0.035} {
		b := newTable(t, carto.FrameRect)
		b.layer("x", artwork.Cut, "centreline", map[string]string{"pieces": "bridge", "bridge-width": "1", "close-gap": "0"},
			b.way("", 20, 20, 60, 20, 60, 50, 20, 50, 20, 20+hair))
		art, _ := b.job()
		if n := len(enclosed(t, art.Layers[0])); n != 0 {
			t.Errorf("%g mm: %d pieces fall out", hair, n)
		}
		if got := burned(art.Layers[0]); got > 139.5 {
			t.Errorf("%g mm: %.3f mm are cut, so there is no bridge", hair, got)
		}
	}
}

func TestOtherLayersDoNotCutBridges(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("below", artwork.Cut, "outline", nil, b.patch(rect(40, 20, 60, 40)))
	b.layer("x", artwork.Cut, "outline", map[string]string{"pieces": "bridge"}, b.patch(rect(20, 20, 40, 40)))
	b.layer("score", artwork.Score, "outline", nil, b.patch(rect(20, 20, 40, 40)))
	art, _ := b.job()
	var cuts artwork.Layer
	for _, l := range art.Layers {
		if l.Operation == artwork.Cut {
			cuts.Shapes = append(cuts.Shapes, l.Shapes...)
		}
	}
	pieces := afterBeam(t, cuts, 0.01)
	sheet := at(t, pieces, 10, 10)
	if planar.Contains([]planar.Polygon{sheet}, planar.FromMM(30, 30)) != planar.Inside {
		t.Error("the piece that is to hang on falls out")
	}
}

func TestSmallPiecesThatAreNotWantedAreNotCut(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Cut, "outline", map[string]string{"pieces": "drop", "min-area": "5"},
		b.patch(rect(20, 20, 40, 40), rect(22, 22, 24, 24), rect(30, 30, 36, 36)), b.patch(rect(50, 50, 52, 52)))
	l, report := b.trace("x")
	if closed, open, length := shapesOf(l); closed != 2 || open != 0 || math.Abs(length-80-24) > 0.05 {
		t.Errorf("%d closed and %d open lines of %.2f mm", closed, open, length)
	}
	if n := len(report.Of(KindTooSmall)); n != 2 {
		t.Errorf("%d notes, want one of the area and one of the hole", n)
	}
}

func TestWhatBecomesOfThinParts(t *testing.T) {
	t.Parallel()
	// A square with a tail 0.2 mm wide, and a strip of 0.3 mm for itself.
	shapes := func(b *table) []carto.Feature {
		return []carto.Feature{
			b.patch([]float64{20, 20, 30, 20, 30, 25, 40, 25, 40, 25.2, 30, 25.2, 30, 30, 20, 30}),
			b.patch(rect(50, 20, 50.3, 40)),
		}
	}
	for thin, want := range map[string][2]float64{ // least and most, mm²
		"drop":    {100, 100.1},
		"keep":    {100 + 2 + 6, 100 + 2 + 6.1},
		"thicken": {100 + 10*0.6 + 20*0.6, 100 + 10*0.8 + 20*0.8 + 2},
	} {
		for _, strategy := range []string{"filled", "outline"} {
			b := newTable(t, carto.FrameRect)
			op := artwork.Engrave
			if strategy == "outline" {
				op = artwork.Cut
			}
			b.layer("x", op, strategy, map[string]string{"thin": thin, "min-width": "0.6"}, shapes(b)...)
			l, _ := b.trace("x")
			got := filledMM(*l)
			if op == artwork.Cut {
				got = squareMM(enclosed(t, *l)...)
			}
			if got < want[0]-0.1 || got > want[1]+0.1 {
				t.Errorf("%s %s: %.3f mm², want %.2f to %.2f", strategy, thin, got, want[0], want[1])
			}
		}
	}
}

func TestNearAreasMerge(t *testing.T) {
	t.Parallel()
	for gap, want := range map[string]int{"0": 3, "0.5": 2, "2": 1} {
		b := newTable(t, carto.FrameRect)
		b.layer("x", artwork.Cut, "outline", map[string]string{"merge-gap": gap},
			b.patch(rect(20, 20, 30, 30)), b.patch(rect(30.4, 20, 40, 30)), b.patch(rect(41, 20, 50, 30)))
		l, _ := b.trace("x")
		if closed, open, _ := shapesOf(l); closed != want || open != 0 {
			t.Errorf("with a gap of %s mm there are %d pieces, want %d", gap, closed, want)
		}
	}
}

// Of data that was drawn by hand ends miss each other: a chain of many short
// lines is slow to burn, and its strokes have notches.
func TestEndsThatNearlyMeetAreJoined(t *testing.T) {
	t.Parallel()
	for gap, want := range map[string][2]int{"0.05": {2, 1}, "0": {1, 4}, "1": {3, 0}} { // closed, open
		b := newTable(t, carto.FrameRect)
		b.layer("x", artwork.Score, "centreline", map[string]string{"close-gap": gap},
			b.way("", 10, 10, 20, 10), b.way("", 20.03, 10, 20, 20), b.way("", 20.02, 20.03, 10.01, 10.01), // a triangle
			b.way("", 50, 10, 60, 10, 60, 20, 50, 10.02),  // a ring
			b.way("", 70, 10, 80, 10, 80, 20, 70.5, 10.5)) // one with a gap
		l, _ := b.trace("x")
		closed, open, _ := shapesOf(l)
		if closed != want[0] || open != want[1] {
			t.Errorf("%s mm: %d closed and %d open lines, want %d and %d", gap, closed, open, want[0], want[1])
		}
	}
}

func TestOptionsThatNameLayers(t *testing.T) {
	t.Parallel()
	for value, says := range map[string]string{
		"water":        "",
		"WATER , road": "",
		"road, a, b":   "", // the layer "a, b"
		"lake":         `layer "x": minus names the layer "lake", and the map has none of that name`,
		"water,":       `minus can't be "water,": write the names of layers, separated by commas, or one of above, below, all`,
		"x":            "minus names the layer itself",
		"other":        `layers "x" and "other" each wait for the other: "x" by its option minus, "other" by knock-out`,
	} {
		b := newTable(t, carto.FrameRect)
		b.layer("x", artwork.Cut, "plate", map[string]string{"minus": value})
		b.layer("water", artwork.Engrave, "filled", nil, b.patch(rect(20, 20, 40, 40)))
		b.layer("road", artwork.Engrave, "filled", nil, b.way("", 20, 30, 60, 30))
		b.layer("a, b", artwork.Engrave, "filled", nil, b.way("", 20, 30, 60, 30))
		b.layer("other", artwork.Engrave, "filled", map[string]string{"knock-out": "all"})
		_, _, err := traceOf(t.Context(), b.scene(), "x")
		if says == "" && err != nil || says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
			t.Errorf("%q: got %v, want %q", value, err, says)
		}
	}
}

func TestStrategiesThatReadOthersAreJudgedTogether(t *testing.T) {
	t.Parallel()
	arts := map[string]*artwork.Artwork{}
	for _, op := range []artwork.Operation{artwork.Cut, artwork.Score, artwork.Engrave} {
		b := newTable(t, carto.FrameCircle)
		b.layer("plate", op, "plate", map[string]string{"minus": "river", "rim": "3"}, b.streets()...)
		b.layer("river", op, "groove", map[string]string{"width": "3", "kerf": "0.1"}, b.way("", 5, 35, 95, 50))
		b.layer("inlay", op, "inlay", map[string]string{"of": "river", "kerf": "0.1"})
		b.layer("stencil", op, "stencil", map[string]string{"width": "0.6"}, b.streets()...)
		arts[string(op)], _ = b.job()
	}
	allInnocent(t, arts)
}

// A hole for a pin is no piece: it stays round also when other cuts of its layer
// were joined late.
func TestDrillCirclesGetNoBridges(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Cut, "centreline", map[string]string{"pieces": "bridge", "diameter": "6", "curves": "off"},
		b.way("", 20, 60, 40, 60), b.way("", 39, 60.02, 41, 60.02, 60, 61), b.spot(50, 20), b.patch(rect(70, 30, 85, 45)))
	l, _ := b.trace("x")
	circles := 0
	for _, p := range linesOf(*l) {
		if w, h := sizeOf(planar.Ring(p)); p.Closed() && math.Abs(w-6) < 0.01 && math.Abs(h-6) < 0.01 {
			circles++
		}
	}
	if circles != 1 {
		t.Errorf("%d drill circles are whole, want 1", circles)
	}
}
