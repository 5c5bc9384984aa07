package planar

import "math/bits"

// segment is a piece of the input with its ends in order (a before b). The
// steps say by how much the winding number of the subject and of the clip
// grows from below the segment to above it (from right to left of a vertical).
type segment struct {
	a, b Point
	step winding
}

// winding holds the winding number of the subject and of the clip.
type winding struct{ subject, clip int32 }

func (w winding) plus(v winding) winding {
	return winding{w.subject + v.subject, w.clip + v.clip}
}

func (w winding) minus(v winding) winding {
	return winding{w.subject - v.subject, w.clip - v.clip}
}

// way is above 0 for the step of a segment that goes the way of its ring, below 0
// for one that goes the other way, and 0 for one of no ring. Segments of rings are
// always closed lines: each ends where another one starts.
func (w winding) way() int32 { return w.subject | w.clip }

// newSegment orients a→b; step belongs to that direction.
func newSegment(a, b Point, step winding) segment {
	if b.Compare(a) < 0 {
		return segment{b, a, winding{}.minus(step)}
	}
	return segment{a, b, step}
}

func (s *segment) low() int32  { return min(s.a.Y, s.b.Y) }
func (s *segment) high() int32 { return max(s.a.Y, s.b.Y) }

// passes tells whether the segment meets the pixel of p: the half-open square
// [p−½, p+½) in x and in y (Hobby 1999, section 2).
//
// The ends of the segment and p are grid points, so the boxes of segment and
// pixel overlap exactly when p lies in the box of the segment, and then they
// overlap strictly: no end lies on a pixel's border. What remains to separate
// them is the line of the segment itself. The signed area o of (a, b, corner)
// over the four corners of the pixel runs over o(p) ± (|dx|+|dy|)/2. If it
// takes both signs the line runs through the open square, and hits. If it
// reaches zero at its extreme only, the line touches one corner; of the
// corners only the lower left belongs to the pixel, and a line touches that
// one alone when it falls (dy < 0) and the pixel lies on its left.
func (s *segment) passes(p Point) bool {
	if p.X < s.a.X || p.X > s.b.X || p.Y < s.low() || p.Y > s.high() {
		return false
	}
	dx, dy := int64(s.b.X-s.a.X), int64(s.b.Y-s.a.Y)
	o := 2 * orient(s.a, s.b, p)
	if dy < 0 {
		return o <= dx-dy && -o < dx-dy
	}
	return o < dx+dy && -o < dx+dy
}

// crossing gives the pixel that holds the point where two segments properly
// cross: each has its ends strictly on both sides of the other. Other meetings
// need none, because there an end, which is hot by itself, lies on a segment.
func crossing(s, t *segment) (Point, bool) {
	o1, o2 := orient(s.a, s.b, t.a), orient(s.a, s.b, t.b)
	if !opposite(o1, o2) {
		return Point{}, false
	}
	if !opposite(orient(t.a, t.b, s.a), orient(t.a, t.b, s.b)) {
		return Point{}, false
	}
	part, whole := magnitude(o1), magnitude(o1)+magnitude(o2)
	return Point{
		X: t.a.X + share(t.b.X-t.a.X, part, whole),
		Y: t.a.Y + share(t.b.Y-t.a.Y, part, whole),
	}, true
}

func opposite(u, v int64) bool { return u > 0 && v < 0 || u < 0 && v > 0 }

func magnitude(v int64) uint64 {
	if v < 0 {
		return uint64(-v)
	}
	return uint64(v)
}

// share is d·part/whole rounded to the nearest integer, halves upwards, as the
// half-open pixels want it. Exact, in 128 bits.
func share(d int32, part, whole uint64) int32 {
	hi, lo := bits.Mul64(magnitude(int64(d)), part)
	q, r := bits.Div64(hi, lo, whole)
	if d >= 0 {
		if r >= whole-r {
			q++
		}
		return int32(q)
	}
	if r > whole-r {
		q++
	}
	return -int32(q)
}
