package planar

import (
	"math"
	"slices"
)

// pen draws raw offset curves at a distance on one side of a line. What it
// draws is a ring; points that round to the one before are left out.
type pen struct {
	style Style
	// d is the signed distance: curves run on the right of the line for a
	// positive one, on its left for a negative one.
	d    float64
	arc  float64 // largest angle of an arc's step, radians
	ring Ring
	bad  *RangeError // the first point off the grid
}

// minArcCosine is the cosine of half the largest step of an arc: a circle has
// at least eight corners, however small.
const minArcCosine = 0.92388

func newPen(d float64, s Style) *pen {
	reach := math.Abs(d)
	tol := max(s.Tolerance, 0.5)
	half := max(1-tol/reach, minArcCosine)
	return &pen{style: s, d: d, arc: 2 * arctan2(half, math.Sqrt(1-float64(half*half)))}
}

// take returns what was drawn and starts a new ring.
func (p *pen) take() Ring {
	r := p.ring
	for len(r) > 1 && r[0] == r[len(r)-1] {
		r = r[:len(r)-1]
	}
	p.ring = p.ring[:0]
	return slices.Clone(r)
}

// to draws to the grid point nearest to v.
func (p *pen) to(v vector) {
	if !(math.Abs(v.x) <= Max && math.Abs(v.y) <= Max) {
		if p.bad == nil {
			p.bad = &RangeError{v.x * Unit, v.y * Unit}
		}
		return
	}
	p.toPoint(Point{snap(v.x), snap(v.y)})
}

func (p *pen) toPoint(q Point) {
	if n := len(p.ring); n == 0 || p.ring[n-1] != q {
		p.ring = append(p.ring, q)
	}
}

// leg is an edge of the line that the pen follows.
type leg struct {
	dir    vector
	length float64
}

func newLeg(a, b Point) leg {
	d := b.minus(a).vector()
	length := d.length()
	return leg{d.times(1 / length), length}
}

// turn draws around the corner at q between two legs.
func (p *pen) turn(q Point, from, to leg) {
	at := q.vector()
	t1, t2 := from.dir, to.dir
	n1, n2 := t1.perpendicular().times(p.d), t2.perpendicular().times(p.d)
	sin, cos := t1.cross(t2), t1.dot(t2)
	if sin == 0 && cos > 0 {
		p.to(at.plus(n1))
		return
	}
	if float64(sin*p.d) < 0 {
		p.inner(q, n1, n2, math.Abs(p.d)*math.Abs(sin)/(1+cos), min(from.length, to.length), cos)
		return
	}
	p.to(at.plus(n1))
	sin = math.Abs(sin)
	switch p.style.Join {
	case MitreJoin:
		p.mitre(at, t1, t2, arctan2(cos, sin)/2, p.style.MitreLimit)
	case SquareJoin:
		p.mitre(at, t1, t2, arctan2(cos, sin)/2, 1)
	case RoundJoin:
		p.round(at, n1, arctan2(cos, sin))
	}
	p.to(at.plus(n2))
}

// inner draws a corner that closes on the pen's side (see offset.go): at once
// where its two curves meet, no farther than the middle of both legs, or else
// back through the corner. n1 and n2 lead from the corner to the curves, which
// meet back by so much along the legs.
func (p *pen) inner(q Point, n1, n2 vector, back, leg, cos float64) {
	at := q.vector()
	const nearlyBack = -0.9 // where 1+cos would have few digits left
	if cos > nearlyBack && 2*back <= leg {
		p.to(at.plus(n1.plus(n2).times(1 / (1 + cos))))
		return
	}
	p.to(at.plus(n1))
	p.toPoint(q)
	p.to(at.plus(n2))
}

// mitre draws the tip of a corner that turns by twice the angle half, cut off
// at limit·|d| from the corner.
func (p *pen) mitre(at, t1, t2 vector, half, limit float64) {
	h := rotation(half)
	reach := math.Abs(p.d)
	n1, n2 := t1.perpendicular().times(p.d), t2.perpendicular().times(p.d)
	if h.x > 0 && 1 <= float64(limit*h.x) { // the tip lies at 1/cos(half)
		s := float64(reach*h.y) / h.x
		p.to(at.plus(n1).plus(t1.times(s)))
		return
	}
	s := float64(reach*(limit-h.x)) / h.y
	p.to(at.plus(n1).plus(t1.times(s)))
	p.to(at.plus(n2).plus(t2.times(-s)))
}

// round draws the inner points of an arc that starts at n1 from its centre
// and sweeps an angle outwards.
func (p *pen) round(at, n1 vector, angle float64) {
	steps := int(math.Ceil(angle/p.arc - 1e-9))
	if steps < 2 {
		return
	}
	step := rotation(angle / float64(steps))
	if p.d < 0 {
		step.y = -step.y
	}
	for v, i := n1, 1; i < steps; i++ {
		v = v.turned(step)
		p.to(at.plus(v))
	}
}

// dot draws a round or square spot around q.
func (p *pen) dot(q Point) {
	at := q.vector()
	switch p.style.Cap {
	case RoundCap:
		p.to(at.plus(vector{p.d, 0}))
		p.round(at, vector{p.d, 0}, 2*math.Pi)
	case SquareCap:
		for _, v := range []vector{{1, -1}, {1, 1}, {-1, 1}, {-1, -1}} {
			p.to(at.plus(v.times(p.d)))
		}
	}
}

// end draws the cap at q, where a line arrives in the direction t.
func (p *pen) end(q Point, t vector) {
	at := q.vector()
	n := t.perpendicular().times(p.d)
	beyond := vector{}
	if p.style.Cap == SquareCap {
		beyond = t.times(p.d)
	}
	p.to(at.plus(n).plus(beyond))
	if p.style.Cap == RoundCap {
		p.round(at, n, math.Pi)
	}
	p.to(at.plus(n.times(-1)).plus(beyond))
}
