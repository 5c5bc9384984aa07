package toolpath

import (
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// merged draws pieces of a chain that follow each other as one where a line, an
// arc or a cubic can stand for several, so that as few as can be are left. Such
// a curve chooses its own directions at its ends, where it may turn a little
// from its neighbours, as the lines did. Corners stay.
func (f *fitter) merged(c *chain, pieces []piece) []piece {
	at, ok := places(c, pieces)
	if !ok {
		return pieces
	}
	n := len(pieces)
	least := make([]int, n+1) // how few pieces lead to a place
	from := make([]int, n+1)  // where the last of them starts
	last := make([]piece, n+1)
	for j := range n {
		least[j+1] = math.MaxInt
	}
	take := func(i, j int, p piece) {
		if least[i]+1 < least[j] {
			least[j], from[j], last[j] = least[i]+1, i, p
		}
	}
	for i, p := range pieces {
		take(i, i+1, p)
		const misses = 2 // a longer span may be drawn where a shorter one can't
		corner := false
		for j, missed := i+2, 0; j <= n && missed < misses; j++ {
			k := f.knot[at[j-1]%len(f.knot)]
			if k.pinned || c.fixedAt(at[j-1]) {
				break
			}
			corner = corner || f.turns(at[j-1])
			p, ok := f.asOne(at[i], at[j], corner)
			if !ok {
				missed++
				continue
			}
			missed = 0
			take(i, j, p)
		}
	}
	out := make([]piece, least[n])
	for j, k := n, least[n]-1; j > 0; j, k = from[j], k-1 {
		out[k] = last[j]
	}
	return out
}

// places gives the points of a chain where pieces start, and where the last one
// ends; those of a loop go on counting beyond its last point.
func places(c *chain, pieces []piece) (at []int, ok bool) {
	n := len(c.points)
	i := c.find(pieces[0].start())
	for _, p := range pieces {
		if i < 0 || c.points[i%n] != p.start() {
			return nil, false
		}
		at = append(at, i)
		end := i + 1
		for end < i+n && c.points[end%n] != p.end() {
			end++
		}
		i = end
	}
	return append(at, i), i-at[0] == len(c.points) && c.loop || i == n-1 && at[0] == 0
}

// fixedAt tells whether a stretch that stays as it is begins or ends at a point.
func (c *chain) fixedAt(i int) bool {
	n := len(c.points)
	return c.fixed[i%n] || c.fixed[(i+n-1)%n]
}

// turns tells whether the lines turn so much at a point that a curve around it
// would be seen to round a corner.
func (f *fitter) turns(i int) bool {
	n := len(f.edge)
	in, out := f.edge[(i+n-1)%n].direction, f.edge[i%n].direction
	return math.Abs(halfTurnTangent(in, out)) > bent
}

// asOne draws the chain from one point to another as one line or, where there
// is no corner between them, as one curve.
func (f *fitter) asOne(from, to int, corner bool) (p piece, ok bool) {
	n := len(f.knot)
	f.run = f.run[:0]
	whole, tight := f.err, uint8(0)
	for i := from; i <= to; i++ {
		f.run = append(f.run, f.knot[i%n])
		tight = max(tight, f.knot[i%n].tight)
	}
	knots := f.run
	f.err = whole / float64(int(1)<<(2*tight))
	defer func() { f.err = whole }()
	a, b := knots[0].at, knots[len(knots)-1].at
	if a == b || tight >= asLines {
		return piece{}, false
	}
	if p = line(a, b, false); f.fits(p, knots) {
		return p, true
	}
	if corner {
		return piece{}, false
	}
	if p, ok = arcThrough(a, knots[len(knots)/2].at, b); ok && f.fits(p, knots) {
		return p, true
	}
	return f.freeCubic(knots)
}

// freeCubic draws knots as one cubic whose handles are those of least squares.
func (f *fitter) freeCubic(knots []knot) (piece, bool) {
	const rounds = 10
	a, b := knots[0].at, knots[len(knots)-1].at
	f.sample(knots)
	for round := range rounds {
		c, ok := f.freeHandles(a, b)
		if !ok {
			return piece{}, false
		}
		worst := f.reparametrize(c)
		if worst > 20*f.err || worst > 4*f.err && round > 1 {
			return piece{}, false
		}
		if worst <= f.err {
			if p := (piece{verb: artwork.CubicTo, p: c}); plain(c) && aims(p, knots) && f.fits(p, knots) {
				return p, true
			}
		}
	}
	return piece{}, false
}

// aims tells whether a curve leaves and arrives about as the lines do.
func aims(p piece, knots []knot) bool {
	const most = 0.1763 // 20°, by the tangent of its half
	off := halfTurnTangent(p.startTangent(), tangentOr(nil, knots, false))
	end := halfTurnTangent(p.endTangent(), tangentOr(nil, knots, true))
	return math.Abs(off) <= most && math.Abs(end) <= most
}

// freeHandles is the cubic with these ends that comes nearest to the samples at
// their parameters.
func (f *fitter) freeHandles(a, b vec) (c [4]vec, ok bool) {
	var m11, m12, m22 float64
	var r1, r2 vec
	for i, u := range f.params {
		v := 1 - u
		uu, vv := float64(u*u), float64(v*v)
		b0, b1, b2, b3 := float64(vv*v), float64(3*vv*u), float64(3*uu*v), float64(uu*u)
		rest := f.samples[i].minus(a.times(b0)).minus(b.times(b3))
		m11, m12, m22 = m11+float64(b1*b1), m12+float64(b1*b2), m22+float64(b2*b2)
		r1, r2 = r1.plus(rest.times(b1)), r2.plus(rest.times(b2))
	}
	det := float64(m11*m22) - float64(m12*m12)
	if !(det > 1e-9*float64(m11*m22)) {
		return c, false
	}
	p1 := r1.times(m22 / det).minus(r2.times(m12 / det))
	p2 := r2.times(m11 / det).minus(r1.times(m12 / det))
	return [4]vec{a, p1, p2, b}, true
}
