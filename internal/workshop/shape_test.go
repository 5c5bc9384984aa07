package workshop

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// drawn adds a shape to a new layer and reads it back.
func drawShape(t *testing.T, d *Desk, points []artwork.Point, closed bool) (carto.LayerID, int64) {
	t.Helper()
	layer, id, err := d.DrawLayer(t.Context(), "drawing", points, closed)
	if err != nil {
		t.Fatal(err)
	}
	return layer, id
}

func shapeAt(t *testing.T, d *Desk, layer carto.LayerID, id int64) Shape {
	t.Helper()
	s, err := d.Shape(t.Context(), layer, id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func near(t *testing.T, got []artwork.Point, want ...artwork.Point) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d points, want %d: %v", len(got), len(want), got)
	}
	for i := range got {
		if math.Hypot(got[i].X-want[i].X, got[i].Y-want[i].Y) > 1e-5 {
			t.Errorf("point %d is at %v, want %v", i, got[i], want[i])
		}
	}
}

var square = []artwork.Point{{X: 20, Y: 20}, {X: 40, Y: 20}, {X: 40, Y: 40}, {X: 20, Y: 40}}

func TestADrawnShapeIsWhereItWasDrawn(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	layer, id := drawShape(t, d, square, true)
	s := shapeAt(t, d, layer, id)
	near(t, s.Parts[0].Points, square...)
	if !s.Parts[0].Closed {
		t.Error("the area is open")
	}
	line, err := d.Draw(t.Context(), layer, square[:2], false)
	if err != nil || line == id {
		t.Fatalf("the line got id %d beside %d: %v", line, id, err)
	}
	if _, ok := shapeAt(t, d, layer, line).Feature.Geometry.(orb.LineString); !ok {
		t.Error("the line is no line")
	}
	for _, wrong := range []struct {
		points []artwork.Point
		closed bool
	}{{square[:2], true}, {[]artwork.Point{square[0], square[0]}, false}} {
		if _, err := d.Draw(t.Context(), layer, wrong.points, wrong.closed); Explain(err).Code != CodeUsage {
			t.Errorf("drawing %v: %v", wrong, err)
		}
	}
}

func TestShapesMoveByMillimetresAndBack(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	layer, id := drawShape(t, d, square, true)
	before := shapeAt(t, d, layer, id)
	if err := d.Move(t.Context(), layer, []int64{id}, artwork.Point{X: 5, Y: -2.5}); err != nil {
		t.Fatal(err)
	}
	near(t, shapeAt(t, d, layer, id).Parts[0].Points,
		artwork.Point{X: 25, Y: 17.5}, artwork.Point{X: 45, Y: 17.5}, artwork.Point{X: 45, Y: 37.5}, artwork.Point{X: 25, Y: 37.5})
	if err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, shapeAt(t, d, layer, id)); diff != "" {
		t.Errorf("undo left a trace:\n%s", diff)
	}
}

func TestVerticesMoveComeAndGo(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	layer, id := drawShape(t, d, square, true)
	ctx := t.Context()
	// The first point of a ring is stored twice: both have to move.
	if err := d.MoveVertex(ctx, layer, id, Vertex{0, 0}, artwork.Point{X: 10, Y: 10}); err != nil {
		t.Fatal(err)
	}
	near(t, shapeAt(t, d, layer, id).Parts[0].Points, artwork.Point{X: 10, Y: 10}, square[1], square[2], square[3])
	if err := d.InsertVertex(ctx, layer, id, Vertex{0, 3}, artwork.Point{X: 15, Y: 30}); err != nil {
		t.Fatal(err)
	}
	near(t, shapeAt(t, d, layer, id).Parts[0].Points, artwork.Point{X: 10, Y: 10}, square[1], square[2], square[3], artwork.Point{X: 15, Y: 30})
	for range 2 {
		if err := d.RemoveVertex(ctx, layer, id, Vertex{0, 1}); err != nil {
			t.Fatal(err)
		}
	}
	near(t, shapeAt(t, d, layer, id).Parts[0].Points, artwork.Point{X: 10, Y: 10}, square[3], artwork.Point{X: 15, Y: 30})
	if err := d.RemoveVertex(ctx, layer, id, Vertex{0, 1}); Explain(err).Code != CodeUsage {
		t.Errorf("a triangle lost a corner: %v", err)
	}
	for _, v := range []Vertex{{0, 3}, {1, 0}, {-1, 0}, {0, -1}} {
		if err := d.MoveVertex(ctx, layer, id, v, square[0]); err == nil {
			t.Errorf("moved vertex %v, which is not there", v)
		}
	}
}

func TestHolesAndPartsOfAShapeStay(t *testing.T) {
	t.Parallel()
	ring := func(x, y, size float64) orb.Ring {
		return orb.Ring{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}, {x, y}}
	}
	g := orb.Collection{
		orb.MultiPolygon{{ring(0, 0, 10), ring(2, 2, 2), ring(6, 6, 2)}, {ring(20, 0, 5)}},
		orb.MultiLineString{{{0, 0}, {1, 1}}, {{2, 2}, {3, 3}}},
		orb.MultiPoint{{1, 2}, {3, 4}},
		orb.Point{5, 6},
		orb.LineString{{7, 7}, {8, 8}},
	}
	same := func(p []orb.Point, _ bool) []orb.Point { return p }
	if diff := cmp.Diff(orb.Geometry(g), eachPart(g, same)); diff != "" {
		t.Errorf("taking a geometry apart and together changed it:\n%s", diff)
	}
	f, err := edited(carto.Feature{Geometry: g}, 1, func([]orb.Point) []orb.Point { return nil })
	if err != nil {
		t.Fatal(err)
	}
	polygons := f.Geometry.(orb.Collection)[0].(orb.MultiPolygon)
	if len(polygons) != 2 || len(polygons[0]) != 2 || len(g[0].(orb.MultiPolygon)[0]) != 3 {
		t.Errorf("removing a hole left %v of %v", polygons, g[0])
	}
}
