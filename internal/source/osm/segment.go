package osm

import (
	"math/bits"
	"slices"
)

// segment is a straight line between two places, a before b.
type segment struct{ a, b location }

func (s segment) compare(o segment) int {
	if c := s.a.compare(o.a); c != 0 {
		return c
	}
	return s.b.compare(o.b)
}

// segmentsOf takes lines apart, sorted. Of segments that coincide, pairs are
// taken out: what lies on both sides of them is of one kind.
func segmentsOf(lines [][]location) []segment {
	n := 0
	for _, l := range lines {
		n += len(l)
	}
	all := make([]segment, 0, n)
	for _, l := range lines {
		for i := 1; i < len(l); i++ {
			switch c := l[i-1].compare(l[i]); {
			case c < 0:
				all = append(all, segment{l[i-1], l[i]})
			case c > 0:
				all = append(all, segment{l[i], l[i-1]})
			}
		}
	}
	slices.SortFunc(all, segment.compare)
	kept := all[:0]
	for _, s := range all {
		if n := len(kept); n > 0 && kept[n-1] == s {
			kept = kept[:n-1]
			continue
		}
		kept = append(kept, s)
	}
	return kept
}

// orientation tells on which side of the line from a to b the place c is:
// 1 left, -1 right, 0 on it. It is exact.
func orientation(a, b, c location) int {
	left := product(int64(b.lon)-int64(a.lon), int64(c.lat)-int64(a.lat))
	right := product(int64(b.lat)-int64(a.lat), int64(c.lon)-int64(a.lon))
	return left.compare(right)
}

// wide is a product of two differences of coordinates: up to 66 bits and a sign.
type wide struct {
	sign   int
	hi, lo uint64
}

func product(x, y int64) wide {
	w := wide{sign: sign(x) * sign(y)}
	w.hi, w.lo = bits.Mul64(uint64(x*int64(sign(x))), uint64(y*int64(sign(y))))
	return w
}

func (w wide) compare(o wide) int {
	if w.sign != o.sign {
		return sign(int64(w.sign - o.sign))
	}
	switch {
	case w.hi == o.hi && w.lo == o.lo:
		return 0
	case w.hi > o.hi, w.hi == o.hi && w.lo > o.lo:
		return w.sign
	default:
		return -w.sign
	}
}

func sign(x int64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	default:
		return 0
	}
}

// firstCrossing finds two segments that meet elsewhere than in an end of both.
// The segments are sorted.
func firstCrossing(all []segment) (location, bool) {
	for i, s := range all {
		low, high := min(s.a.lat, s.b.lat), max(s.a.lat, s.b.lat)
		for _, o := range all[i+1:] {
			if o.a.lon > s.b.lon {
				break
			}
			if max(o.a.lat, o.b.lat) < low || min(o.a.lat, o.b.lat) > high {
				continue
			}
			if at, ok := cross(s, o); ok {
				return at, true
			}
		}
	}
	return location{}, false
}

// cross tells whether two different segments meet elsewhere than in an end of
// both, and names an end that is near.
func cross(s, o segment) (location, bool) {
	switch {
	case s.a == o.a:
		return o.a, orientation(s.a, s.b, o.b) == 0
	case s.b == o.b:
		return o.b, orientation(s.a, s.b, o.a) == 0
	case s.b == o.a, s.a == o.b:
		return o.a, false // one ends where the other begins: they can't overlap
	}
	oa, ob := orientation(s.a, s.b, o.a), orientation(s.a, s.b, o.b)
	sa, sb := orientation(o.a, o.b, s.a), orientation(o.a, o.b, s.b)
	switch {
	case oa*ob < 0 && sa*sb < 0:
		return o.a, true
	case oa == 0 && s.spans(o.a), sa == 0 && o.spans(s.a):
		return o.a, true
	case ob == 0 && s.spans(o.b), sb == 0 && o.spans(s.b):
		return o.b, true
	}
	return location{}, false
}

// spans tells whether a place on the segment's line is on the segment.
func (s segment) spans(l location) bool {
	return s.a.compare(l) <= 0 && l.compare(s.b) <= 0
}
