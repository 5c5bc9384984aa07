package preflight

import "github.com/mapwright/mapwright/internal/planar"

// mostSimple is how many points a ring may have to be looked at edge by edge.
const mostSimple = 24

// simplePolygon gives the polygon of a ring that surely neither crosses nor
// touches itself, as planar.Union would: anticlockwise from its leftmost point.
// Most shapes of a map are such rings, and need no plane sweep.
func simplePolygon(r planar.Ring) (planar.Polygon, bool) {
	n := len(r)
	if n < 3 || n > mostSimple {
		return nil, false
	}
	for i := range n {
		a, b := r[i], r[(i+1)%n]
		if c := r[(i+2)%n]; a == b || side(a, b, c) == 0 {
			return nil, false // a spike, or a point that stands for nothing
		}
		for j := i + 2; j < n; j++ {
			if i == 0 && j == n-1 {
				continue // they meet at the first point
			}
			if meet(a, b, r[j], r[(j+1)%n]) {
				return nil, false
			}
		}
	}
	first := 0
	for i, p := range r {
		if p.Compare(r[first]) < 0 {
			first = i
		}
	}
	step := 1
	if planar.RingArea(r) < 0 {
		step = n - 1
	}
	out := make(planar.Ring, n)
	for i := range out {
		out[i] = r[(first+i*step)%n]
	}
	return planar.Polygon{out}, true
}

// side is positive when c lies to the left of a→b, exactly: coordinates of the
// grid have 29 bits.
func side(a, b, c planar.Point) int {
	v := (int64(b.X)-int64(a.X))*(int64(c.Y)-int64(a.Y)) - (int64(b.Y)-int64(a.Y))*(int64(c.X)-int64(a.X))
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	default:
		return 0
	}
}

// meet tells whether two straight lines may have a point in common: they do
// when the ends of each lie on both sides of the other, or on it.
func meet(a, b, c, d planar.Point) bool {
	if max(a.X, b.X) < min(c.X, d.X) || max(c.X, d.X) < min(a.X, b.X) || max(a.Y, b.Y) < min(c.Y, d.Y) || max(c.Y, d.Y) < min(a.Y, b.Y) {
		return false
	}
	return side(a, b, c)*side(a, b, d) <= 0 && side(c, d, a)*side(c, d, b) <= 0
}
