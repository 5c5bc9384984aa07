package trace

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

func TestEverySymbolIsOneThatCanBeBurned(t *testing.T) {
	t.Parallel()
	if n := len(symbolNames()); n < 16 {
		t.Errorf("%d symbols", n)
	}
	for _, op := range []artwork.Operation{artwork.Engrave, artwork.Score, artwork.Cut} {
		b := newTable(t, carto.FrameRect)
		var points []carto.Feature
		for i, name := range symbolNames() {
			f := b.spot(12+float64(i%7)*12, 12+float64(i/7)*12)
			f.Class = name
			points = append(points, f)
		}
		b.layer("x", op, "symbol", map[string]string{"size": "10", "kerf": "0.12", "rotate": "7"}, points...)
		art, report := b.job()
		if len(report.Notes) > 0 {
			t.Errorf("%s: %s", op, kinds(report))
		}
		if n := len(art.Layers[0].Shapes); n < len(points) {
			t.Errorf("%s: %d shapes of %d symbols", op, n, len(points))
		}
		innocent(t, art)
	}
}

func TestSymbolsHaveTheirSizeAndPlace(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("square", artwork.Engrave, "symbol", map[string]string{"symbol": "square", "size": "8"}, b.spot(30, 30))
	l, _ := b.trace("square")
	// The square is 18 of the 24 units of its box.
	if box := boxOf(l, artwork.Engrave, "light"); math.Abs(box.Max.X-box.Min.X-6) > 0.001 || math.Abs(box.Min.X-27) > 0.001 {
		t.Errorf("the square lies in %v", box)
	}
	b.layer("pin", artwork.Score, "symbol", map[string]string{"symbol": "pin", "size": "24"}, b.spot(50, 40))
	l, _ = b.trace("pin")
	if box := boxOf(l, artwork.Score, "1"); math.Abs(box.Min.Y-40) > 0.001 || math.Abs(box.Max.Y-62) > 0.05 {
		t.Errorf("the pin lies in %v: its tip belongs on its place", box)
	}
	b.layer("cut", artwork.Cut, "symbol", map[string]string{"symbol": "square", "size": "24", "kerf": "0.2", "join": "mitre"}, b.spot(50, 40))
	l, _ = b.trace("cut")
	if box := boxOf(l, artwork.Cut, "outer"); math.Abs(box.Max.X-box.Min.X-18.2) > 0.001 {
		t.Errorf("the piece is cut along %v", box)
	}
}

func TestSymbolsOfLinesAndAreas(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Score, "symbol", map[string]string{"symbol": "square", "size": "4", "distance": "10"},
		b.way("", 20, 20, 72, 20), // 52 mm: 6 symbols, 1 mm left over at each end
		b.patch(rect(20, 40, 80, 70), rect(20.5, 40.5, 60, 69.5)))
	l, report := b.trace("x")
	var xs, inArea []float64
	for i := range l.Shapes {
		one := *l
		one.Shapes = l.Shapes[i : i+1]
		box := boxOf(&one, artwork.Score, "1")
		if x := (box.Min.X + box.Max.X) / 2; box.Max.Y < 30 {
			xs = append(xs, x)
		} else {
			inArea = append(inArea, x)
		}
	}
	slices.Sort(xs)
	if len(xs) != 6 || len(inArea) != 1 || len(report.Notes) > 0 {
		t.Fatalf("symbols at %v\n%s", xs, kinds(report))
	}
	for i, want := range []float64{21, 31, 41, 51, 61, 71} {
		if math.Abs(xs[i]-want) > 0.01 {
			t.Errorf("symbol %d stands at %g, want %g", i, xs[i], want)
		}
	}
	if inArea[0] < 68 || inArea[0] > 72 {
		t.Errorf("the symbol of the area stands at %g, not in its widest part", inArea[0])
	}
}

func TestSymbolsThatMeet(t *testing.T) {
	t.Parallel()
	for overlap, want := range map[string]int{"unite": 1, "first": 1} {
		b := newTable(t, carto.FrameRect)
		b.layer("x", artwork.Cut, "symbol", map[string]string{"symbol": "square", "size": "8", "overlap": overlap},
			b.spot(30, 30), b.spot(33, 30), b.spot(5.5, 30))
		art, report := b.job()
		innocent(t, art)
		if n := len(art.Layers[0].Shapes); n != want {
			t.Errorf("%s: %d shapes", overlap, n)
		}
		width := boxOf(&art.Layers[0], artwork.Cut, "outer")
		if w := width.Max.X - width.Min.X; overlap == "unite" && math.Abs(w-9) > 0.01 || overlap == "first" && math.Abs(w-6) > 0.01 {
			t.Errorf("%s: %.3f mm wide", overlap, w)
		}
		if said := kinds(report); !strings.Contains(said, "1 symbol across the edge") || (overlap == "first") != strings.Contains(said, "others stand") {
			t.Errorf("%s: the report says\n%s", overlap, said)
		}
	}
}

func TestASymbolThatIsOtherThanItLooksIsRefused(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{
		"", `<path d=""/>`, `<path d="L1 1"/>`, `<path d="M1 1 m2 2"/>`, `<path d="M1 1 A1 1 0 0 0 2 2"/>`, `<path d="M1"/>`,
		`<path d="M1 99"/>`, `<path d="M1 NaN"/>`, `<path d="M1 1 L2 2 L3 3 Z"/><path d="M1 1"/>`,
	} {
		if g, err := parseSymbol(bad); err == nil {
			t.Errorf("%q is read as %v", bad, g)
		}
	}
}
