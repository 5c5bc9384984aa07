package trace

import (
	"math"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// thing is a part of the layer "Frame and text" at a place on the board, mm,
// with attributes as key, value, key, value …
func thing(class, text string, x, y float64, attributes ...string) carto.Feature {
	f := carto.Feature{Class: class, Name: text, Geometry: orb.Point{x, y}, Attributes: map[string]string{}}
	for i := 0; i+1 < len(attributes); i += 2 {
		f.Attributes[attributes[i]] = attributes[i+1]
	}
	return f
}

// furnish adds a layer "Frame and text" above the others.
func (b *table) furnish(op artwork.Operation, options map[string]string, parts ...carto.Feature) {
	b.layer("frame", op, FurnitureStrategy, options, parts...)
	b.m.Layers[len(b.m.Layers)-1].CRS = carto.BoardCRS
}

// usual is what a map of 100 × 80 mm begins with.
func usual() []carto.Feature {
	return []carto.Feature{
		thing(ClassBorder, "", 5, 5),
		thing(ClassTitle, "Munich", 50, 72, "anchor", "top"),
		thing(ClassScaleBar, "", 9, 9, "anchor", "bottom-left", "size", "30"),
		thing(ClassNorthArrow, "", 91, 71, "anchor", "top-right"),
		thing(ClassCredit, "© OpenStreetMap contributors", 91, 9, "anchor", "bottom-right"),
		thing(ClassHole, "", 10, 70), thing(ClassHole, "", 10, 55, "size", "6"),
		thing(ClassScale, "", 9, 15, "anchor", "bottom-left"),
		thing(ClassCoordinates, "", 91, 15, "anchor", "bottom-right"),
	}
}

func TestFurnitureBurnsEachPartByItsOwnOperation(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.furnish(artwork.Engrave, map[string]string{"corner-radius": "3", "curve-error": "0.001"}, usual()...)
	art, report := b.job()
	if len(report.Notes) > 0 {
		t.Errorf("%+v", report.Notes)
	}
	got := map[string]int{}
	for i, s := range art.Layers[0].Shapes {
		got[string(s.Operation)+" "+s.Setting]++
		if outer := s.Setting == "outer"; outer != (i == len(art.Layers[0].Shapes)-1) {
			t.Error("the border is not what burns last")
		}
		if s.Setting == "outer" {
			if l, want := s.Paths[0].Length(), 2*(90+70-12)+6*math.Pi; math.Abs(l-want) > 0.01 {
				t.Errorf("the border is %.3f mm long, want %.3f", l, want)
			}
		}
	}
	if got["cut outer"] != 1 || got["cut inner"] != 2 || got["engrave light"] < 50 || len(got) != 3 {
		t.Errorf("%v", got)
	}
	innocent(t, art)
}

func TestFurnitureIsInnocentInEveryOperationAndFrame(t *testing.T) {
	t.Parallel()
	arts := map[string]*artwork.Artwork{}
	for _, shape := range carto.FrameShapes() {
		for _, op := range []artwork.Operation{artwork.Engrave, artwork.Score, artwork.Cut} {
			b := newTable(t, shape)
			b.m.View.Rotation = 33
			b.layer("plate", artwork.Cut, "outline", nil, b.patch(rect(-20, -20, 200, 200)))
			b.layer("land", artwork.Engrave, "filled", nil, b.patch(rect(-20, -20, 200, 200)))
			b.layer("rows", artwork.Score, "hatch", map[string]string{"spacing": "3"}, b.patch(rect(-20, -20, 200, 200)))
			b.furnish(op, map[string]string{"corner-radius": "3", "kerf": "0.12", "min-width": "0"}, usual()...)
			arts[string(shape)+" "+string(op)], _ = b.job()
		}
	}
	allInnocent(t, arts)
}
