package planar

import "math"

// SimplifyPath leaves out points that lie within tol grid units of the line
// through those that stay (U. Ramer 1972; D. Douglas and T. Peucker 1973). The
// ends stay; of a closed path also the point farthest from them. Alone, it may
// make a path cross itself.
func SimplifyPath(p Path, tol float64) Path {
	p = withoutRepeats(p)
	if len(p) < 3 || !(tol > 0) {
		return append(Path(nil), p...)
	}
	keep := make([]bool, len(p))
	keep[0], keep[len(p)-1] = true, true
	thin(p, keep, tol)
	out := Path{}
	for i, k := range keep {
		if k {
			out = append(out, p[i])
		}
	}
	return out
}

// SimplifyRing is [SimplifyPath] around a ring from its leftmost (lowest)
// point. It is nil when nothing with an area is left.
func SimplifyRing(r Ring, tol float64) Ring {
	r = distinct(r)
	if len(r) < 3 {
		return nil
	}
	r = fromLeftmost(r)
	closed := SimplifyPath(append(append(Path{}, r...), r[0]), tol)
	out := Ring(closed[:len(closed)-1])
	if len(out) < 3 || RingArea(out) == 0 {
		return nil
	}
	return out
}

// thin marks the points to keep between those marked at both ends.
func thin(p []Point, keep []bool, tol float64) {
	type span struct{ from, to int }
	todo := []span{{0, len(p) - 1}}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		far, at := -1.0, 0
		for i := s.from + 1; i < s.to; i++ {
			if d := distanceToSegment(p[i], p[s.from], p[s.to]); d > far {
				far, at = d, i
			}
		}
		if far > tol {
			keep[at] = true
			todo = append(todo, span{s.from, at}, span{at, s.to})
		}
	}
}

// distanceToSegment is the distance of p from the segment ab, in grid units.
func distanceToSegment(p, a, b Point) float64 {
	d, e := b.minus(a), p.minus(a)
	along := dot(d, e)
	if along <= 0 {
		return distance(a, p)
	}
	if whole := dot(d, d); along < whole {
		return math.Abs(float64(cross(d, e))) / math.Sqrt(float64(whole))
	}
	return distance(b, p)
}
