package scene_test

import (
	"context"
	"errors"
	"iter"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/scene"
	"github.com/mapwright/mapwright/internal/source"
	"github.com/mapwright/mapwright/internal/source/osm"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

func flat(p orb.Point) artwork.Point { return artwork.Point{X: p[0], Y: p[1]} }

func each(features ...carto.Feature) iter.Seq2[carto.Feature, error] {
	return func(yield func(carto.Feature, error) bool) {
		for _, f := range features {
			if !yield(f, nil) {
				return
			}
		}
	}
}

type fataler interface{ Fatal(...any) }

func index(t fataler, geometries ...orb.Geometry) *scene.Index {
	var features []carto.Feature
	for i, g := range geometries {
		features = append(features, carto.Feature{ID: int64(i + 1), Geometry: g})
	}
	x, err := scene.NewIndex(context.Background(), each(features...), flat)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func frame(x0, y0, x1, y1 float64) orb.Ring {
	return orb.Ring{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}
}

func TestTheShapeUnderThePointerIsFound(t *testing.T) {
	t.Parallel()
	x := index(t,
		orb.Polygon{frame(0, 0, 20, 20), frame(5, 5, 15, 15)},          // 1: with a hole
		orb.Polygon{frame(1, 1, 4, 4)},                                 // 2: a smaller one on it
		orb.LineString{{0, 30}, {20, 30}},                              // 3
		orb.Point{10, 10},                                              // 4: in the hole
		orb.MultiPolygon{{frame(30, 0, 35, 5)}, {frame(40, 0, 45, 5)}}, // 5
		orb.Point{2, 2},                                                // 6: on 2, on 1
	)
	for name, c := range map[string]struct {
		at     artwork.Point
		radius float64
		want   []scene.Hit
	}{
		"inside":                {artwork.Point{X: 17, Y: 17}, 1, []scene.Hit{{1, 0}}},
		"smaller area first":    {artwork.Point{X: 3, Y: 3}, 1, []scene.Hit{{2, 0}, {1, 0}}},
		"point before polygons": {artwork.Point{X: 2, Y: 2}, 0, []scene.Hit{{6, 0}, {2, 0}, {1, 0}}},
		"in the hole":           {artwork.Point{X: 8, Y: 10}, 1, nil},
		"near the hole's edge":  {artwork.Point{X: 6, Y: 10}, 1.5, []scene.Hit{{1, 1}}},
		"near the line":         {artwork.Point{X: 10, Y: 30.5}, 1, []scene.Hit{{3, 0.5}}},
		"beyond its end":        {artwork.Point{X: 23, Y: 34}, 5, []scene.Hit{{3, 5}}},
		"second of a multi":     {artwork.Point{X: 41, Y: 1}, 0.5, []scene.Hit{{5, 0}}},
		"between both":          {artwork.Point{X: 37, Y: 1}, 2.5, []scene.Hit{{5, 2}}},
		"nothing":               {artwork.Point{X: 100, Y: 100}, 5, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(c.want, x.At(c.at, c.radius)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAFrameSelectsWhatLiesInIt(t *testing.T) {
	t.Parallel()
	x := index(t, orb.Point{5, 5}, orb.LineString{{1, 1}, {9, 9}}, orb.LineString{{1, 1}, {11, 9}}, orb.Polygon{frame(2, 2, 3, 3)})
	if diff := cmp.Diff([]int64{1, 2, 4}, x.Within(box(0, 0, 10, 10))); diff != "" {
		t.Error(diff)
	}
}

func TestAChosenShapeIsOutlined(t *testing.T) {
	t.Parallel()
	x := index(t, orb.Polygon{frame(0, 0, 20, 20), frame(5, 5, 15, 15)}, orb.LineString{{0, 0}, {5, 1}}, orb.Collection{orb.Point{1, 2}, orb.Bound{Max: orb.Point{1, 1}}})
	want := []artwork.Path{square(0, 0, 20), square(5, 5, 10)}
	if diff := cmp.Diff(want, x.Outline(1)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]artwork.Path{{Points: []artwork.Point{{}, {X: 5, Y: 1}}}}, x.Outline(2)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]artwork.Path{{Points: []artwork.Point{{X: 1, Y: 2}}}, square(0, 0, 1)}, x.Outline(3)); diff != "" {
		t.Error(diff)
	}
	if got := x.Bounds(2); got != box(0, 0, 5, 1) {
		t.Errorf("bounds %v", got)
	}
	if x.Outline(9) != nil || !x.Bounds(9).Empty() {
		t.Error("a shape that is not there has an outline")
	}
}

func TestThePointerSnaps(t *testing.T) {
	t.Parallel()
	x := index(t, orb.LineString{{0, 0}, {10, 0}}, orb.Polygon{frame(20, 0, 30, 10)}, orb.Point{40, 40})
	for name, c := range map[string]struct {
		at   artwork.Point
		want artwork.Point
		kind scene.SnapKind
	}{
		"vertex beats a nearer edge": {artwork.Point{X: 1.5, Y: 0.1}, artwork.Point{}, scene.SnapVertex},
		"edge":                       {artwork.Point{X: 5, Y: 1}, artwork.Point{X: 5}, scene.SnapEdge},
		"the edge that closes":       {artwork.Point{X: 20.5, Y: 5}, artwork.Point{X: 20, Y: 5}, scene.SnapEdge},
		"a point":                    {artwork.Point{X: 41, Y: 40}, artwork.Point{X: 40, Y: 40}, scene.SnapVertex},
		"from inside":                {artwork.Point{X: 29, Y: 9}, artwork.Point{X: 30, Y: 10}, scene.SnapVertex},
		"nothing":                    {artwork.Point{X: 25, Y: 5}, artwork.Point{}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, kind, ok := x.Snap(c.at, 2)
			if got != c.want || kind != c.kind || ok != (c.kind != 0) {
				t.Errorf("snaps to %v, %v, %v", got, kind, ok)
			}
		})
	}
}

// anyGeometry draws geometries that cross, touch and repeat points; long ones too.
func anyGeometry(t *rapid.T) orb.Geometry {
	coordinate := rapid.OneOf(rapid.Float64Range(-50, 50), rapid.Map(rapid.IntRange(-5, 5), func(i int) float64 { return float64(i) }))
	place := rapid.Custom(func(t *rapid.T) orb.Point {
		return orb.Point{coordinate.Draw(t, "x"), coordinate.Draw(t, "y")}
	})
	line := orb.LineString(rapid.SliceOfN(place, 2, 90).Draw(t, "line"))
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		return line[0]
	case 1:
		return line
	case 2:
		return orb.MultiPoint(line)
	default:
		return orb.Polygon{append(orb.Ring(line), line[0])}
	}
}

// naive is the distance by every edge and orb's own test of what is inside.
func naive(g orb.Geometry, p orb.Point) float64 {
	d := math.Inf(1)
	edges := func(line []orb.Point) {
		for i := range line {
			d = min(d, planar.DistanceFromSegment(line[i], line[min(i+1, len(line)-1)], p))
		}
	}
	switch g := g.(type) {
	case orb.Point:
		return planar.Distance(g, p)
	case orb.MultiPoint:
		for _, q := range g {
			d = min(d, planar.Distance(q, p))
		}
	case orb.LineString:
		edges(g)
	case orb.Polygon:
		edges(g[0])
		if planar.PolygonContains(g, p) {
			d = 0
		}
	}
	return d
}

func TestHitsAgreeWithLookingAtEveryEdge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var all []orb.Geometry
		for range rapid.IntRange(1, 8).Draw(t, "features") {
			all = append(all, anyGeometry(t))
		}
		x := index(t, all...)
		p := orb.Point{rapid.Float64Range(-60, 60).Draw(t, "x"), rapid.Float64Range(-60, 60).Draw(t, "y")}
		radius := rapid.SampledFrom([]float64{0, 0.5, 3, 40}).Draw(t, "radius")
		found := map[int64]float64{}
		last := 0.0
		for _, h := range x.At(flat(p), radius) {
			if h.Distance > radius || h.Distance < last {
				t.Fatalf("a hit at %g mm after one at %g, with a radius of %g", h.Distance, last, radius)
			}
			found[h.Feature], last = h.Distance, h.Distance
		}
		vertex, edge := math.Inf(1), math.Inf(1)
		for i, g := range all {
			want := naive(g, p)
			got, ok := found[int64(i+1)]
			if ok != (want <= radius) && math.Abs(want-radius) > 1e-9 || ok && math.Abs(got-want) > 1e-9 {
				t.Fatalf("%v is found %v at %g, but it is %g away", g, ok, got, want)
			}
			for _, path := range x.Outline(int64(i + 1)) {
				for _, q := range path.Points {
					vertex = min(vertex, math.Hypot(q.X-p[0], q.Y-p[1]))
				}
			}
			if polygon, ok := g.(orb.Polygon); ok {
				g = orb.LineString(polygon[0])
			}
			edge = min(edge, naive(g, p))
		}
		if math.Abs(vertex-radius) < 1e-9 || math.Abs(edge-radius) < 1e-9 {
			return // rounding decides
		}
		q, kind, ok := x.Snap(flat(p), radius)
		want, wantKind := vertex, scene.SnapVertex
		if vertex > radius {
			want, wantKind = edge, scene.SnapEdge
		}
		if d := math.Hypot(q.X-p[0], q.Y-p[1]); ok != (want <= radius) || ok && (kind != wantKind || math.Abs(d-want) > 1e-9) {
			t.Fatalf("snaps to %v (%v, %v) at %g, want %g", q, kind, ok, d, want)
		}
	})
}

func TestAnIndexTellsOfABrokenMap(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	_, err := scene.NewIndex(t.Context(), func(yield func(carto.Feature, error) bool) { yield(carto.Feature{}, broken) }, flat)
	if !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

func TestShapesWithoutAPlaceAreLeftOut(t *testing.T) {
	t.Parallel()
	x := index(t, orb.Point{math.NaN(), 1}, orb.LineString{}, nil, orb.LineString{{0, 0}, {math.Inf(1), 0}, {4, 0}}, orb.Point{1, 1})
	if diff := cmp.Diff([]int64{4, 5}, x.Within(everywhere)); diff != "" {
		t.Error(diff)
	}
}

// TestMunichUnderThePointer points into the middle of every building.
func TestMunichUnderThePointer(t *testing.T) {
	t.Parallel()
	view := orb.Bound{Min: orb.Point{11.5648, 48.1309}, Max: orb.Point{11.5871, 48.1436}}
	got, err := osm.Importer{}.Import(t.Context(), source.Request{
		Path: filepath.Join("..", "..", "assets", "sample", "munich-centre-2020.osm.pbf"), Preset: "city", View: view,
	})
	if err != nil {
		t.Fatal(err)
	}
	boards := carto.Boards{Count: 1, Width: 300, Height: 200, Frame: carto.Frame{Shape: carto.FrameRect}, Margin: 5}
	v, err := carto.Fit(view, boards, 0, "")
	if err != nil {
		t.Fatal(err)
	}
	transform, err := v.Transform(boards)
	if err != nil {
		t.Fatal(err)
	}
	project := func(p orb.Point) artwork.Point {
		x, y := transform.Forward(p)
		return artwork.Point{X: x, Y: y}
	}
	tested := 0
	for _, l := range got.Layers {
		var features []carto.Feature
		for i, f := range l.Features {
			features = append(features, carto.Feature{ID: int64(i + 1), Geometry: f.Geometry})
		}
		x, err := scene.NewIndex(t.Context(), each(features...), project)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range features {
			for _, path := range x.Outline(f.ID) {
				at := path.Points[len(path.Points)/2]
				if !slices.ContainsFunc(x.At(at, 0.01), func(h scene.Hit) bool { return h.Feature == f.ID }) {
					t.Fatalf("%s: shape %d is not found at its own point %v", l.Name, f.ID, at)
				}
				if q, kind, ok := x.Snap(at, 0.5); !ok || kind != scene.SnapVertex || q != at {
					t.Fatalf("%s: %v snaps to %v", l.Name, at, q)
				}
				tested++
			}
		}
	}
	if tested < 1000 {
		t.Errorf("only %d paths were pointed at", tested)
	}
}
