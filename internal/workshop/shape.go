package workshop

import (
	"fmt"
	"math"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// Shape is a feature as it lies on the board: its parts in the order of its
// coordinates. A point is a part of one point; a closed part is a ring and does
// not repeat its start.
type Shape struct {
	Feature carto.Feature
	Parts   []artwork.Path
	// Seen is where a part of the layer "Frame and text" is seen, closed where
	// its inside is the part's too; without points for all else.
	Seen artwork.Path
}

// Vertex is a place in a Shape.
type Vertex struct {
	Part  int
	Index int
}

// shapeOf puts a feature on the board.
func shapeOf(f carto.Feature, p Placer) Shape {
	s := Shape{Feature: f}
	eachPart(f.Geometry, func(points []orb.Point, closed bool) []orb.Point {
		path := artwork.Path{Closed: closed}
		for _, q := range points {
			path.Points = append(path.Points, p.Board(q))
		}
		s.Parts = append(s.Parts, path)
		return points
	})
	return s
}

// eachPart gives the parts of a geometry to f, rings without their repeated
// start, and builds the geometry that f makes of them. A part of which f leaves
// too little is gone; a geometry of which nothing is left is nil.
func eachPart(g orb.Geometry, f func(points []orb.Point, closed bool) []orb.Point) orb.Geometry {
	line := func(l []orb.Point) []orb.Point {
		if l = f(l, false); len(l) < 2 {
			return nil
		}
		return l
	}
	ring := func(r orb.Ring) orb.Ring {
		open := []orb.Point(r)
		if n := len(open); n > 1 && open[0] == open[n-1] {
			open = open[:n-1]
		}
		if open = f(open, true); len(open) < 3 {
			return nil
		}
		return append(append(orb.Ring(nil), open...), open[0])
	}
	polygon := func(p orb.Polygon) orb.Polygon {
		var out orb.Polygon
		for i, r := range p {
			r = ring(r)
			if r == nil && i == 0 {
				return nil // without its shell there is nothing to have holes in
			}
			if r != nil {
				out = append(out, r)
			}
		}
		return out
	}
	switch g := g.(type) {
	case orb.Point:
		if p := f([]orb.Point{g}, false); len(p) == 1 {
			return p[0]
		}
	case orb.MultiPoint:
		var out orb.MultiPoint
		for _, p := range g {
			out = append(out, f([]orb.Point{p}, false)...)
		}
		return orNil(out, len(out))
	case orb.LineString:
		l := line(g)
		return orNil(orb.LineString(l), len(l))
	case orb.MultiLineString:
		var out orb.MultiLineString
		for _, l := range g {
			if l := line(l); l != nil {
				out = append(out, l)
			}
		}
		return orNil(out, len(out))
	case orb.Ring:
		r := ring(g)
		return orNil(r, len(r))
	case orb.Polygon:
		p := polygon(g)
		return orNil(p, len(p))
	case orb.MultiPolygon:
		var out orb.MultiPolygon
		for _, p := range g {
			if p := polygon(p); p != nil {
				out = append(out, p)
			}
		}
		return orNil(out, len(out))
	case orb.Collection:
		var out orb.Collection
		for _, part := range g {
			if part := eachPart(part, f); part != nil {
				out = append(out, part)
			}
		}
		return orNil(out, len(out))
	}
	return nil
}

// orNil is nil in the place of a geometry without anything in it.
func orNil(g orb.Geometry, n int) orb.Geometry {
	if n == 0 {
		return nil
	}
	return g
}

// edited gives a feature with one of its parts changed.
func edited(f carto.Feature, part int, change func([]orb.Point) []orb.Point) (carto.Feature, error) {
	n := -1
	g := eachPart(f.Geometry, func(points []orb.Point, _ bool) []orb.Point {
		if n++; n != part {
			return points
		}
		return change(append([]orb.Point(nil), points...))
	})
	if part < 0 || part > n {
		return f, fmt.Errorf("the shape has no part %d: it has %d", part, n+1)
	}
	f.Geometry = g
	return f, nil
}

// Near tells whether the shape is within a distance of a place on the board,
// mm; a place inside an area is near it.
func (s Shape) Near(p artwork.Point, distance float64) bool {
	inside := false
	for _, part := range append(slices.Clone(s.Parts), s.Seen) {
		n := len(part.Points)
		for i, a := range part.Points {
			b := part.Points[(i+1)%n]
			if i == n-1 && !part.Closed {
				b = a
			}
			if toSegment(p, a, b) <= distance {
				return true
			}
			if part.Closed && (a.Y > p.Y) != (b.Y > p.Y) && p.X < a.X+(p.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X) {
				inside = !inside
			}
		}
	}
	return inside
}

// NearestVertex finds the vertex that is nearest to a place, within a distance
// in mm.
func (s Shape) NearestVertex(p artwork.Point, distance float64) (v Vertex, ok bool) {
	for i, part := range s.Parts {
		for j, q := range part.Points {
			if d := math.Hypot(q.X-p.X, q.Y-p.Y); d <= distance {
				v, distance, ok = Vertex{i, j}, d, true
			}
		}
	}
	return v, ok
}

// NearestEdge finds the edge that is nearest to a place, within a distance in
// mm: the vertex that it begins at.
func (s Shape) NearestEdge(p artwork.Point, distance float64) (v Vertex, ok bool) {
	for i, part := range s.Parts {
		n := len(part.Points)
		for j, a := range part.Points {
			if j == n-1 && !part.Closed {
				break
			}
			if d := toSegment(p, a, part.Points[(j+1)%n]); d <= distance {
				v, distance, ok = Vertex{i, j}, d, true
			}
		}
	}
	return v, ok
}

// toSegment is the distance from a place to a straight line, mm.
func toSegment(p, a, b artwork.Point) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	t := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		t = math.Min(1, math.Max(0, ((p.X-a.X)*dx+(p.Y-a.Y)*dy)/l))
	}
	return math.Hypot(p.X-a.X-t*dx, p.Y-a.Y-t*dy)
}
