package toolpath

import (
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// arcFrom is the arc that leaves a along tangent, a unit vector, and ends at b:
// at most half a circle. There is none for a straight line.
func arcFrom(a, tangent, b vec) (piece, bool) {
	d := b.minus(a)
	size := d.length()
	if size == 0 || tangent.dot(d) < 0 {
		return piece{}, false
	}
	// The angle between tangent and chord is half of the sweep, and the bulge
	// is half the chord times the tangent of half of that angle.
	bulge := halfTurnTangent(tangent, d.times(1/size))
	if float64(math.Abs(bulge)*size) < 1 {
		return piece{}, false // half a grid step: a line
	}
	m := a.middle(b).minus(d.left().times(bulge / 2))
	return piece{verb: artwork.ArcTo, p: [4]vec{a, m, b}}, true
}

// arcThrough is the arc from a over m to b: at most half a circle.
func arcThrough(a, m, b vec) (piece, bool) {
	// The tangent at a turns from am by the angle between mb and ab.
	u, v, w := m.minus(a).unit(), b.minus(m).unit(), b.minus(a).unit()
	sin, cos := w.cross(v), w.dot(v)
	tangent := vec{float64(u.x*cos) + float64(u.y*sin), float64(u.y*cos) - float64(u.x*sin)}
	return arcFrom(a, tangent, b)
}

// startTangent is the unit direction in which the piece starts.
func (c piece) startTangent() vec { return c.reversed().endTangent().negative() }

// endTangent is the unit direction in which the piece ends.
func (c piece) endTangent() vec {
	switch c.verb {
	case artwork.ArcTo:
		// The chord from the middle to the end turns by a quarter of the sweep
		// from the tangent there, and by the same from the whole chord.
		return c.p[2].minus(c.p[0]).unit().mirrored(c.p[2].minus(c.p[1]).unit())
	case artwork.CubicTo:
		if c.p[3] != c.p[2] {
			return c.p[3].minus(c.p[2]).unit()
		}
		return c.p[3].minus(c.p[1]).unit()
	default:
		return c.p[1].minus(c.p[0]).unit()
	}
}

// arc draws knots as one arc. Where a tangent is given the arc starts along
// it, and ends along the next one nearly: what follows takes the arc's own.
func (f *fitter) arc(knots []knot, tangent, endTangent *vec) (piece, bool) {
	a, b := knots[0].at, knots[len(knots)-1].at
	var p piece
	ok := false
	switch {
	case tangent != nil:
		p, ok = arcFrom(a, *tangent, b)
	case endTangent != nil:
		p, ok = arcFrom(b, endTangent.negative(), a)
		p = p.reversed()
	case len(knots) > 2:
		p, ok = arcThrough(a, knots[len(knots)/2].at, b)
	}
	if !ok {
		return p, false
	}
	if endTangent != nil && tangent != nil && !along(p.endTangent(), *endTangent) {
		return p, false
	}
	return p, f.fits(p, knots)
}

// circle draws a loop as two half circles where all of its points lie on one.
func (f *fitter) circle(c *chain) ([]piece, bool) {
	if len(c.points) < 8 {
		return nil, false
	}
	for i := range c.points {
		if c.pinned[i] || c.fixed[i] {
			return nil, false
		}
	}
	centre, r, ok := circleOf(c.points)
	if !ok {
		return nil, false
	}
	for _, p := range c.points {
		if math.Abs(p.distance(centre)-r) > f.err/2 {
			return nil, false
		}
	}
	out := c.points[0].minus(centre).unit().times(r)
	side := out.left()
	if signedArea(c.points) < 0 {
		side = side.negative()
	}
	a, b := centre.plus(out), centre.minus(out)
	pieces := []piece{
		{verb: artwork.ArcTo, p: [4]vec{a, centre.plus(side), b}},
		{verb: artwork.ArcTo, p: [4]vec{b, centre.minus(side), a}},
	}
	const flatness = 1.0 / 16
	flat := pieces[0].flattened([]vec{a}, f.err*flatness)
	flat = pieces[1].flattened(flat, f.err*flatness)
	// The two lines start within the error of each other.
	ring := append(append([]vec{}, c.points...), c.points[0])
	return pieces, within(flat, ring, f.err*(1-flatness))
}

// circleOf is the circle that comes nearest to points by least squares of the
// squares of their distances (I. Kåsa 1976), which is a linear problem.
func circleOf(points []vec) (centre vec, r float64, ok bool) {
	mean := vec{}
	for _, p := range points {
		mean = mean.plus(p)
	}
	mean = mean.times(1 / float64(len(points)))
	var xx, xy, yy, xz, yz, zz float64
	for _, p := range points {
		d := p.minus(mean)
		z := d.dot(d)
		xx, xy, yy = xx+float64(d.x*d.x), xy+float64(d.x*d.y), yy+float64(d.y*d.y)
		xz, yz, zz = xz+float64(d.x*z), yz+float64(d.y*z), zz+z
	}
	det := float64(xx*yy) - float64(xy*xy)
	if det <= 0 {
		return vec{}, 0, false
	}
	u := vec{(float64(yy*xz) - float64(xy*yz)) / (2 * det), (float64(xx*yz) - float64(xy*xz)) / (2 * det)}
	r = math.Sqrt(zz/float64(len(points)) + u.dot(u))
	return mean.plus(u), r, true
}

// signedArea is twice the area of a ring, positive when counter-clockwise.
func signedArea(ring []vec) float64 {
	sum := 0.0
	for i := 1; i+1 < len(ring); i++ {
		sum += ring[i].minus(ring[0]).cross(ring[i+1].minus(ring[0]))
	}
	return sum
}
