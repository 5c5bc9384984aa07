package preflight

import (
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// distance is the same on every machine, which math.Hypot is not.
func distance(a, b artwork.Point) float64 { return length(b.X-a.X, b.Y-a.Y) }

// length of a vector; also of one whose squares are beyond float64, as in
// artwork that is nonsense.
func length(dx, dy float64) float64 {
	const large = 1e150
	switch m := max(math.Abs(dx), math.Abs(dy)); {
	case math.IsInf(m, 0):
		return math.MaxFloat64
	case m > large:
		return large * length(dx/large, dy/large)
	}
	return math.Sqrt(float64(dx*dx) + float64(dy*dy))
}

// between is the point at a part of the way from a to b, 0 being a.
func between(a, b artwork.Point, part float64) artwork.Point {
	return artwork.Point{X: a.X + float64(part*(b.X-a.X)), Y: a.Y + float64(part*(b.Y-a.Y))}
}

// along is the point at a distance from the start of a line.
func along(points []artwork.Point, at float64) artwork.Point {
	for i := 1; i < len(points); i++ {
		length := distance(points[i-1], points[i])
		if at <= length && length > 0 {
			return between(points[i-1], points[i], at/length)
		}
		at -= length
	}
	return points[len(points)-1]
}

// nearest is the point of the segment ab that is nearest to p.
func nearest(p, a, b artwork.Point) artwork.Point {
	dx, dy := b.X-a.X, b.Y-a.Y
	square := float64(dx*dx) + float64(dy*dy)
	if square == 0 {
		return a
	}
	t := (float64((p.X-a.X)*dx) + float64((p.Y-a.Y)*dy)) / square
	return between(a, b, max(0, min(1, t)))
}

// fromSegment is the distance of p from the segment ab: that from the nearest
// point, written out, because the check asks for nothing more often.
func fromSegment(p, a, b artwork.Point) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	square := float64(dx*dx) + float64(dy*dy)
	if square == 0 {
		return distance(p, a)
	}
	t := max(0, min(1, (float64((p.X-a.X)*dx)+float64((p.Y-a.Y)*dy))/square))
	return distance(p, artwork.Point{X: a.X + float64(t*dx), Y: a.Y + float64(t*dy)})
}

// apart is the distance between two straight lines, 0 where they cross.
func apart(a, b, c, d artwork.Point) float64 {
	if cross(a, b, c)*cross(a, b, d) < 0 && cross(c, d, a)*cross(c, d, b) < 0 {
		return 0
	}
	return min(fromSegment(a, c, d), fromSegment(b, c, d), fromSegment(c, a, b), fromSegment(d, a, b))
}

// boxesApart tells cheaply whether two straight lines are farther apart than
// reach; false says nothing.
func boxesApart(a, b, c, d artwork.Point, reach float64) bool {
	return min(a.X, b.X)-reach > max(c.X, d.X) || min(c.X, d.X)-reach > max(a.X, b.X) ||
		min(a.Y, b.Y)-reach > max(c.Y, d.Y) || min(c.Y, d.Y)-reach > max(a.Y, b.Y)
}

// cross is positive when p lies to the left of a→b.
func cross(a, b, p artwork.Point) float64 {
	return float64((b.X-a.X)*(p.Y-a.Y)) - float64((b.Y-a.Y)*(p.X-a.X))
}

func in(b artwork.Box, p artwork.Point) bool {
	return p.X >= b.Min.X && p.X <= b.Max.X && p.Y >= b.Min.Y && p.Y <= b.Max.Y
}

func pointMM(p planar.Point) artwork.Point {
	x, y := p.MM()
	return artwork.Point{X: x, Y: y}
}

func onGrid(points []artwork.Point) planar.Ring {
	r := make(planar.Ring, len(points))
	for i, p := range points {
		r[i] = planar.FromMM(p.X, p.Y)
	}
	return r
}
