package toolpath

import (
	"math"

	"github.com/mapwright/mapwright/internal/planar"
)

// conflict tells whether two pieces meet elsewhere than in a common end, and
// did not do so as lines.
func (d *draft) conflict(p, q *part) bool {
	if !overlap(p.box, q.box) {
		return false
	}
	a, b := d.flat(p), d.flat(q)
	for i := 1; i < len(a); i++ {
		for j := 1; j < len(b); j++ {
			if !meet(a[i-1], a[i], b[j-1], b[j]) || commonEnd(a, b, i, j) {
				continue
			}
			return !d.metBefore(p, q)
		}
	}
	return false
}

// commonEnd tells whether segments i and j of two pieces meet in an end of both
// and nowhere else.
func commonEnd(a, b []planar.Point, i, j int) bool {
	ends := func(s []planar.Point, k int) (out []planar.Point) {
		if k == 1 {
			out = append(out, s[0])
		}
		if k == len(s)-1 {
			out = append(out, s[k])
		}
		return out
	}
	for _, x := range ends(a, i) {
		for _, y := range ends(b, j) {
			if x != y {
				continue
			}
			// The other ends must lie off the other segment.
			u, v := a[i-1], b[j-1]
			if u == x {
				u = a[i]
			}
			if v == y {
				v = b[j]
			}
			if !onSegment(x, a[i-1], a[i]) || !onSegment(x, b[j-1], b[j]) {
				continue
			}
			return !onSegment(u, b[j-1], b[j]) && !onSegment(v, a[i-1], a[i])
		}
	}
	return false
}

// metBefore tells whether the lines that two pieces stand for meet near there,
// other than where one goes on as the other.
func (d *draft) metBefore(p, q *part) bool {
	c, e := &d.net.chains[p.chain], &d.net.chains[q.chain]
	reach := int32(math.Ceil(max(c.err, e.err))) + touching
	zone := planar.Box{
		Min: planar.Point{X: max(p.box.Min.X, q.box.Min.X) - reach, Y: max(p.box.Min.Y, q.box.Min.Y) - reach},
		Max: planar.Point{X: min(p.box.Max.X, q.box.Max.X) + reach, Y: min(p.box.Max.Y, q.box.Max.Y) + reach},
	}
	same := p.chain == q.chain
	s, t := c.segments(d.net.ids[p.chain], d.net, zone), e.segments(d.net.ids[q.chain], d.net, zone)
	for _, x := range s {
		for _, y := range t {
			if !meet(x.a, x.b, y.a, y.b) {
				continue
			}
			if same {
				gap := max(x.at-y.at, y.at-x.at)
				if neighbours := gap <= 1 || c.loop && gap == len(c.points)-1; !neighbours {
					return true
				}
				continue
			}
			shared, isShared := x.shared(y)
			parting := c.fill || e.fill || c.endsAt(shared) && e.endsAt(shared)
			if !isShared || !parting {
				return true
			}
		}
	}
	return false
}

// shared gives the end that two segments have in common.
func (s stretch) shared(t stretch) (planar.Point, bool) {
	if s.a == t.a || s.a == t.b {
		return s.a, true
	}
	return s.b, s.b == t.a || s.b == t.b
}

// endsAt tells whether a chain has an end at a point.
func (c *chain) endsAt(p planar.Point) bool {
	v := vecOf(p)
	return !c.loop && (c.points[0] == v || c.points[len(c.points)-1] == v)
}

// stretch is one segment of a chain.
type stretch struct {
	a, b planar.Point
	at   int
}

// segments gives those of a chain that touch a box.
func (c *chain) segments(ids []int32, n *net, box planar.Box) []stretch {
	var out []stretch
	last := len(ids) - 1
	if c.loop {
		last++
	}
	for i := range last {
		a, b := n.at(ids[i]), n.at(ids[(i+1)%len(ids)])
		if overlap(planar.Path{a, b}.Bounds(), box) {
			out = append(out, stretch{a, b, i})
		}
	}
	return out
}

func overlap(a, b planar.Box) bool {
	return a.Min.X <= b.Max.X && b.Min.X <= a.Max.X && a.Min.Y <= b.Max.Y && b.Min.Y <= a.Max.Y
}

// meet tells whether two segments have a point in common, exactly.
func meet(a, b, c, d planar.Point) bool {
	if max(a.X, b.X) < min(c.X, d.X) || max(c.X, d.X) < min(a.X, b.X) ||
		max(a.Y, b.Y) < min(c.Y, d.Y) || max(c.Y, d.Y) < min(a.Y, b.Y) {
		return false
	}
	s, t := side(a, b, c), side(a, b, d)
	u, v := side(c, d, a), side(c, d, b)
	return s*t <= 0 && u*v <= 0
}

// side is the sign of the side of ab on which p lies.
func side(a, b, p planar.Point) int {
	cross := int64(b.X-a.X)*int64(p.Y-a.Y) - int64(b.Y-a.Y)*int64(p.X-a.X)
	switch {
	case cross > 0:
		return 1
	case cross < 0:
		return -1
	default:
		return 0
	}
}

// onSegment tells whether p lies on ab, exactly.
func onSegment(p, a, b planar.Point) bool {
	return side(a, b, p) == 0 && planar.Path{a, b}.Bounds().Contains(p)
}
