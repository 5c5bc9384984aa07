package trace

import (
	"context"
	"math"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
)

// features are the features of a layer on the grid: not cropped yet, but
// nothing reaches far beyond the frame. Polygons are valid.
type features struct {
	points     []planar.Point
	lines      []line
	areas      []planar.Polygon
	pointOf    []*identity // of each point, and of each area
	areaOf     []*identity
	unreadable int // features with coordinates that are no numbers
}

// line is one line with what its width goes by.
type line struct {
	path  planar.Path
	class string
	of    *identity
}

// identity tells which feature a point, line or area comes from. All parts of a
// feature share one.
type identity struct {
	id    int64
	class string
	name  string
	// attributes are kept of points alone: there are few of them, and only how
	// a point is drawn goes by them.
	attributes map[string]string
}

// gatherer collects the features of a layer.
type gatherer struct {
	toBoard  carto.LayerTransform
	wide     orb.Bound // mm: what can show in the frame lies in here
	features *features
}

func newGatherer(s *Scene, toBoard carto.LayerTransform) *gatherer {
	// A line beyond the frame shows as far as half its width and its mitres
	// reach; the same again keeps the cuts at the box out of sight.
	const reach = 4 * maxWidth
	x0, y0 := s.frame.box.Min.MM()
	x1, y1 := s.frame.box.Max.MM()
	return &gatherer{
		toBoard: toBoard,
		wide: orb.Bound{
			Min: orb.Point{x0 - reach, y0 - reach},
			Max: orb.Point{x1 + reach, y1 + reach},
		},
		features: &features{},
	}
}

func (g *gatherer) add(ctx context.Context, f carto.Feature) error {
	of := &identity{id: f.ID, class: f.Class, name: f.Name}
	switch f.Geometry.(type) {
	case orb.Point, orb.MultiPoint:
		of.attributes = f.Attributes
	}
	readable, err := g.geometry(ctx, f.Geometry, of)
	if err != nil {
		return err
	}
	if !readable {
		g.features.unreadable++
	}
	return nil
}

// geometry adds a geometry and tells whether it could be placed.
func (g *gatherer) geometry(ctx context.Context, geometry orb.Geometry, of *identity) (bool, error) {
	switch t := geometry.(type) {
	case orb.Point:
		return g.point(t, of), nil
	case orb.MultiPoint:
		ok := true
		for _, p := range t {
			ok = g.point(p, of) && ok
		}
		return ok, nil
	case orb.LineString:
		return g.line(t, of), nil
	case orb.MultiLineString:
		ok := true
		for _, l := range t {
			ok = g.line(l, of) && ok
		}
		return ok, nil
	case orb.Ring:
		return g.polygon(ctx, orb.Polygon{t}, of)
	case orb.Bound:
		return g.polygon(ctx, t.ToPolygon(), of)
	case orb.Polygon:
		return g.polygon(ctx, t, of)
	case orb.MultiPolygon:
		return each(t, func(p orb.Polygon) (bool, error) { return g.polygon(ctx, p, of) })
	case orb.Collection:
		return each(t, func(part orb.Geometry) (bool, error) { return g.geometry(ctx, part, of) })
	default:
		return false, nil
	}
}

// each adds the parts of a geometry; it was placed when all parts were.
func each[T any](parts []T, add func(T) (bool, error)) (bool, error) {
	all := true
	for _, part := range parts {
		ok, err := add(part)
		if err != nil {
			return false, err
		}
		all = all && ok
	}
	return all, nil
}

func (g *gatherer) point(p orb.Point, of *identity) bool {
	at, ok := g.place(p)
	if ok && g.wide.Contains(at) {
		g.features.points = append(g.features.points, planar.FromMM(at[0], at[1]))
		g.features.pointOf = append(g.features.pointOf, of)
	}
	return ok
}

func (g *gatherer) line(l orb.LineString, of *identity) bool {
	placed, ok := g.placeAll(l)
	if !ok || len(placed) < 2 {
		return ok
	}
	for _, piece := range clip.LineString(g.wide, orb.LineString(placed)) {
		if path := onGrid(piece); len(path) > 1 {
			g.features.lines = append(g.features.lines, line{path, of.class, of})
		}
	}
	return true
}

// polygon adds a polygon, repaired: what an odd number of its rings surround.
func (g *gatherer) polygon(ctx context.Context, p orb.Polygon, of *identity) (bool, error) {
	rings := make([]planar.Ring, 0, len(p))
	for _, r := range p {
		placed, ok := g.placeAll(r)
		if !ok {
			return false, nil
		}
		ring := planar.Ring(onGrid(clipRing(placed, g.wide)))
		for len(ring) > 1 && ring[0] == ring[len(ring)-1] {
			ring = ring[:len(ring)-1]
		}
		if len(ring) > 2 {
			rings = append(rings, ring)
		}
	}
	if len(rings) == 0 {
		return true, nil
	}
	valid, err := planar.Union(ctx, rings, planar.EvenOdd)
	if err != nil {
		return false, err
	}
	for range valid {
		g.features.areaOf = append(g.features.areaOf, of)
	}
	g.features.areas = append(g.features.areas, valid...)
	return true, nil
}

// place puts a point on the board, mm; false for one that has no place there.
func (g *gatherer) place(p orb.Point) (orb.Point, bool) {
	x, y := g.toBoard.Forward(p)
	finite := !math.IsNaN(x) && !math.IsNaN(y) && !math.IsInf(x, 0) && !math.IsInf(y, 0)
	return orb.Point{x, y}, finite
}

func (g *gatherer) placeAll(points []orb.Point) ([]orb.Point, bool) {
	placed := make([]orb.Point, len(points))
	for i, p := range points {
		var ok bool
		if placed[i], ok = g.place(p); !ok {
			return nil, false
		}
	}
	return placed, true
}

// onGrid rounds points to the grid and drops those that repeat the one before.
func onGrid(points []orb.Point) planar.Path {
	path := make(planar.Path, 0, len(points))
	for _, p := range points {
		q := planar.FromMM(p[0], p[1])
		if len(path) == 0 || path[len(path)-1] != q {
			path = append(path, q)
		}
	}
	return path
}

// clipRing clips a ring to a box side by side. Where the ring leaves the box
// and comes back the result runs along the side, there and back where several
// parts remain: by the even-odd rule the area is that of ring and box.
//
// I. E. Sutherland, G. W. Hodgman, "Reentrant polygon clipping",
// Communications of the ACM 17 (1974) 32–42.
func clipRing(ring []orb.Point, box orb.Bound) []orb.Point {
	if inBox(ring, box) {
		return ring
	}
	for axis := range 2 {
		ring = clipHalf(ring, axis, box.Min[axis], 1)
		ring = clipHalf(ring, axis, box.Max[axis], -1)
	}
	return ring
}

func inBox(points []orb.Point, box orb.Bound) bool {
	for _, p := range points {
		if !box.Contains(p) {
			return false
		}
	}
	return true
}

// clipHalf keeps what lies on the side of a limit to which sign points.
func clipHalf(ring []orb.Point, axis int, limit, sign float64) []orb.Point {
	kept := make([]orb.Point, 0, len(ring)+4)
	for i, p := range ring {
		from := ring[(i+len(ring)-1)%len(ring)]
		in, was := (p[axis]-limit)*sign >= 0, (from[axis]-limit)*sign >= 0
		if in != was {
			t := (limit - from[axis]) / (p[axis] - from[axis])
			var cut orb.Point
			cut[axis] = limit
			cut[1-axis] = from[1-axis] + float64(t*(p[1-axis]-from[1-axis]))
			kept = append(kept, cut)
		}
		if in {
			kept = append(kept, p)
		}
	}
	return kept
}
