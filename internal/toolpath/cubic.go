package toolpath

import (
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// cubic draws knots as one cubic along the tangents at its ends; where there is
// none it takes that of the circle through the first knots. The lengths of the
// two handles are those of least squares over points along the line, whose
// parameters are then brought nearer to the curve (P. J. Schneider 1990).
func (f *fitter) cubic(knots []knot, tangent, endTangent *vec) (piece, bool) {
	const rounds = 4
	a, b := knots[0].at, knots[len(knots)-1].at
	start := tangentOr(tangent, knots, false)
	end := tangentOr(endTangent, knots, true)
	f.sample(knots)
	for round := range rounds {
		c, ok := f.leastSquares(a, start, end, b)
		if !ok {
			return piece{}, false
		}
		worst := f.reparametrize(c)
		if worst > 4*f.err && round > 0 || worst > 20*f.err {
			return piece{}, false
		}
		if worst <= f.err {
			if p := (piece{verb: artwork.CubicTo, p: c}); plain(c) && f.fits(p, knots) {
				return p, true
			}
		}
	}
	return piece{}, false
}

// tangentOr is the tangent given, or that of the circle through the first
// (last) three knots at its end.
func tangentOr(given *vec, knots []knot, last bool) vec {
	if given != nil {
		return *given
	}
	n := len(knots)
	i, j := 0, 1
	if last {
		i, j = n-2, n-1
	}
	chord := knots[j].at.minus(knots[i].at).unit()
	next := knots[j]
	if last {
		next = knots[i]
	}
	if next.corner || next.tangent == (vec{}) {
		return chord
	}
	return next.tangent.mirrored(chord)
}

// sample puts points along the line through knots, with parameters by length.
func (f *fitter) sample(knots []knot) {
	f.samples, f.params = append(f.samples[:0], knots[0].at), append(f.params[:0], 0)
	at := 0.0
	for i := 1; i < len(knots); i++ {
		a, b := knots[i-1].at, knots[i].at
		d := a.distance(b)
		parts := 2.0
		if len(knots) < 4 {
			parts = 4
		}
		for k := 1.0; k <= parts; k++ {
			p := b
			if k < parts {
				p = a.plus(b.minus(a).times(k / parts))
			}
			f.samples = append(f.samples, p)
			f.params = append(f.params, at+float64(d*(k/parts)))
		}
		at += d
	}
	for i := range f.params {
		f.params[i] /= at
	}
}

// leastSquares is the cubic with these ends and directions that comes nearest
// to the samples at their parameters.
func (f *fitter) leastSquares(a, start, end, b vec) (c [4]vec, ok bool) {
	var c00, c01, c11, x0, x1 float64
	back := end.negative()
	for i, u := range f.params {
		v := 1 - u
		uu, vv := float64(u*u), float64(v*v)
		b0, b1, b2, b3 := float64(vv*v), float64(3*vv*u), float64(3*uu*v), float64(uu*u)
		a0, a1 := start.times(b1), back.times(b2)
		rest := f.samples[i].minus(a.times(b0 + b1)).minus(b.times(b2 + b3))
		c00, c01, c11 = c00+a0.dot(a0), c01+a0.dot(a1), c11+a1.dot(a1)
		x0, x1 = x0+a0.dot(rest), x1+a1.dot(rest)
	}
	det := float64(c00*c11) - float64(c01*c01)
	chord := a.distance(b)
	h0, h1 := chord/3, chord/3
	if det > 1e-9*float64(c00*c11) {
		h0 = (float64(x0*c11) - float64(x1*c01)) / det
		h1 = (float64(c00*x1) - float64(c01*x0)) / det
	}
	if !(h0 > chord*0.01 && h1 > chord*0.01) {
		h0, h1 = chord/3, chord/3
	}
	return [4]vec{a, a.plus(start.times(h0)), b.plus(back.times(h1)), b}, chord > 0
}

// reparametrize brings the parameters of the samples nearer to the curve by
// one step of Newton's method each, and gives the largest distance before it.
func (f *fitter) reparametrize(c [4]vec) (worst float64) {
	d1 := [3]vec{c[1].minus(c[0]).times(3), c[2].minus(c[1]).times(3), c[3].minus(c[2]).times(3)}
	d2 := [2]vec{d1[1].minus(d1[0]).times(2), d1[2].minus(d1[1]).times(2)}
	for i, u := range f.params {
		v := 1 - u
		off := cubicAt(c, u).minus(f.samples[i])
		worst = max(worst, off.dot(off))
		if i == 0 || i == len(f.params)-1 {
			continue
		}
		first := d1[0].times(float64(v * v)).plus(d1[1].times(2 * float64(u*v))).plus(d1[2].times(float64(u * u)))
		second := d2[0].times(v).plus(d2[1].times(u))
		slope := first.dot(first) + off.dot(second)
		if slope > 0 {
			f.params[i] = min(1, max(0, u-off.dot(first)/slope))
		}
	}
	return math.Sqrt(worst)
}

// plain tells whether the cubic has no loop and no sharp turn: its handles
// point forward along the chord, or stop short of each other.
func plain(c [4]vec) bool {
	chord := c[3].minus(c[0])
	length := chord.length()
	h0, h1, mid := c[1].minus(c[0]), c[3].minus(c[2]), c[2].minus(c[1])
	if h0.length()+h1.length() > 3*length {
		return false
	}
	// A control polygon that turns by less than half a circle has no loop.
	forward := h0.dot(chord) >= 0 && h1.dot(chord) >= 0 && mid.dot(chord) >= 0
	return forward || mid.dot(chord) >= 0 && float64(h0.cross(mid)*mid.cross(h1)) >= 0
}
