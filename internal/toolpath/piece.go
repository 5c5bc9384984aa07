package toolpath

import (
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// piece is one line, arc or cubic of a fitted path. It holds the start and then
// the points that the verb consumes, as an artwork.Segment does.
type piece struct {
	verb  artwork.Verb
	p     [4]vec
	given bool // it is a segment of the chain as it was
}

func (c piece) start() vec { return c.p[0] }
func (c piece) end() vec   { return c.p[c.verb.Points()] }

func line(a, b vec, given bool) piece {
	return piece{verb: artwork.LineTo, p: [4]vec{a, b}, given: given}
}

// reversed is the piece run the other way.
func (c piece) reversed() piece {
	n := c.verb.Points()
	r := piece{verb: c.verb, given: c.given}
	for i := range n + 1 {
		r.p[i] = c.p[n-i]
	}
	return r
}

// flattened adds the points of the piece after its start, as lines within e.
func (c piece) flattened(out []vec, e float64) []vec {
	switch c.verb {
	case artwork.ArcTo:
		return flatArc(out, c.p[0], c.p[1], c.p[2], e, maxHalvings)
	case artwork.CubicTo:
		return flatCubic(out, c.p, e)
	default:
		return append(out, c.p[1])
	}
}

// maxHalvings ends the halving of arcs: 2¹⁶ chords are more than a board needs.
const maxHalvings = 16

// flatArc halves an arc from a over its middle m to b until the chord lies
// within e of it. An arc is never longer than half a circle here.
func flatArc(out []vec, a, m, b vec, e float64, depth int) []vec {
	chord := a.middle(b)
	if m.distance(chord) <= e || depth == 0 {
		return append(out, b)
	}
	out = flatArc(out, a, halfArc(a, m, chord), m, e, depth-1)
	return flatArc(out, m, halfArc(m, b, chord), b, e, depth-1)
}

// halfArc is the middle of the arc from a to b, which is half of a longer one.
// A right triangle stands over ab: foot is the middle of the longer one's chord,
// and its legs are half of that chord and the bulge. The bulge over half the
// chord is the tangent of a quarter of the longer sweep, and the bulge of the
// half over its own half chord that of half of this angle.
func halfArc(a, b, foot vec) vec {
	d := b.minus(a)
	bulge, half := a.distance(foot), b.distance(foot)
	t := min(bulge, half) / max(bulge, half) // at most half a circle
	n := d.left().times(t / (1 + math.Sqrt(1+float64(t*t))) / 2)
	m := a.middle(b)
	if n.dot(foot.minus(m)) > 0 {
		n = n.negative()
	}
	return m.plus(n)
}

// flatCubic cuts a cubic into equal steps of its parameter: linear
// interpolation over a step h errs by at most h²/8·max|B″|, and |B″| is at
// most six times the larger second difference of its points.
func flatCubic(out []vec, c [4]vec, e float64) []vec {
	m := max(c[0].plus(c[2]).minus(c[1].times(2)).length(), c[1].plus(c[3]).minus(c[2].times(2)).length())
	n := max(1, int(math.Ceil(min(math.Sqrt(0.75*m/e), 1<<maxHalvings))))
	for i := 1; i < n; i++ {
		out = append(out, cubicAt(c, float64(i)/float64(n)))
	}
	return append(out, c[3])
}

// cubicAt is the point of a cubic Bézier at t.
func cubicAt(c [4]vec, t float64) vec {
	u := 1 - t
	tt, uu := float64(t*t), float64(u*u)
	return c[0].times(uu * u).plus(c[1].times(3 * uu * t)).plus(c[2].times(3 * u * tt)).plus(c[3].times(tt * t))
}
