package toolpath

import "math"

// chain is a stretch that is fitted as one: between two places where other
// paths meet it, or a whole ring.
type chain struct {
	points []vec   // of a loop the start is not repeated
	pinned []bool  // places that the curve must pass through, by point
	fixed  []bool  // stretches that stay straight lines, by their first point
	left   []bool  // where points were left out after a point; nil: nowhere
	tight  []uint8 // how often the error was quartered, by point; nil: nowhere
	loop   bool
	fill   bool    // the border of an area
	line   bool    // a line that burns by itself, which may be a border as well
	err    float64 // grid units; 0 keeps the lines
}

// asLines is how often the error is quartered before a stretch keeps its lines.
const asLines = 3

// lines is the chain as it is.
func (c *chain) lines() []piece {
	var out []piece
	for i := 1; i < len(c.points); i++ {
		out = append(out, line(c.points[i-1], c.points[i], c.isGiven(i-1)))
	}
	if n := len(c.points); c.loop && n > 1 {
		out = append(out, line(c.points[n-1], c.points[0], c.isGiven(n-1)))
	}
	return out
}

// fitter fits chains one after the other, with the room for it.
type fitter struct {
	err     float64 // of the chain that is fitted
	edge    []edge
	knot    []knot
	run     []knot // a part of them
	flat    []vec  // the piece that is tried, as lines
	line    []vec  // what it would stand for
	samples []vec
	params  []float64
}

// isGiven tells whether nothing was left out after a point.
func (c *chain) isGiven(i int) bool { return c.left == nil || !c.left[i] }

// edge is the stretch from a point of a chain to the next one.
type edge struct {
	direction vec
	length    float64
	given     bool // nothing was left out of it
	straight  bool // no curve: a line that is seen as one
}

// knot is what a chain does at a point.
type knot struct {
	at      vec
	corner  bool
	pinned  bool
	given   bool  // nothing was left out after it
	tight   uint8 // how often the error was quartered
	tangent vec   // of travel, where it is no corner
}

// fit draws a chain with few pieces.
func (f *fitter) fit(c *chain) []piece {
	if c.err <= 0 || len(c.points) < 3 {
		return c.lines()
	}
	// What is left out beforehand is part of the error.
	fine := min(c.err/8, 0.004*unitsPerMM)
	f.err = c.err - fine
	t := c.thinned(fine)
	switch {
	case t.loop && len(t.points) < 3:
		return c.lines()
	case len(t.points) < 3:
		return t.lines()
	}
	if t.loop && t.tight == nil {
		if circle, ok := f.circle(t); ok {
			return circle
		}
	}
	f.judge(t)
	return f.merged(t, f.sections(t))
}

// thinned leaves out points within e of the line through those that stay;
// pinned ones and the ends of what is fixed stay.
func (c *chain) thinned(e float64) *chain {
	n := len(c.points)
	last := n - 1
	at := func(i int) vec { return c.points[i%n] }
	if c.loop {
		last = n
	}
	keep := make([]bool, last+1)
	keep[0], keep[last] = true, true
	for i := range c.points {
		keep[i] = keep[i] || c.pinned[i] || c.fixed[i] || c.tight != nil && c.tight[i] > 0
		if c.fixed[i] && i+1 <= last {
			keep[i+1] = true
		}
	}
	type span struct{ from, to int }
	var todo []span
	if c.loop {
		far, k := -1.0, 0
		for i := 1; i < n; i++ {
			if d := at(i).distance(at(0)); d > far {
				far, k = d, i
			}
		}
		keep[k] = true
	}
	for i, from := 1, 0; i <= last; i++ {
		if keep[i] {
			todo = append(todo, span{from, i})
			from = i
		}
	}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		far, k := e, -1
		for i := s.from + 1; i < s.to; i++ {
			if d := fromSegment(at(i), at(s.from), at(s.to)); d > far {
				far, k = d, i
			}
		}
		if k >= 0 {
			keep[k] = true
			todo = append(todo, span{s.from, k}, span{k, s.to})
		}
	}
	t := &chain{loop: c.loop, err: c.err}
	for i := range c.points {
		if keep[i] {
			t.points = append(t.points, c.points[i])
			t.pinned = append(t.pinned, c.pinned[i])
			t.fixed = append(t.fixed, c.fixed[i])
			t.left = append(t.left, i+1 < len(keep) && !keep[i+1])
			if c.tight != nil {
				t.tight = append(t.tight, c.tight[i])
			}
		}
	}
	return t
}

// Angles by the tangent of their half.
const (
	sharp = 0.7673 // 75°: a corner, whatever the lengths
	bent  = 0.3153 // 35°: a corner where it is seen
)

// seen is how many errors a corner must stand out from the curve that would
// round it, to be one.
const seen = 2

// judge tells corners, straight edges and tangents.
//
// At a point where two edges turn by θ, an arc that touches both at a distance
// of t passes the point at t·tan(θ/4). An edge whose half is so long that this
// is more than the error allows is no part of a curve there but a line. A point
// between two lines is a corner; between a line and a curve the tangent is the
// line's, on a curve that of the circle through the point and its neighbours.
// Points that were set on a circle to stand for it turn so little that no edge
// is taken for a line.
func (f *fitter) judge(c *chain) {
	n := len(c.points)
	edges := n - 1
	if c.loop {
		edges = n
	}
	f.edge, f.knot = f.edge[:0], f.knot[:0]
	for i := range edges {
		d := c.points[(i+1)%n].minus(c.points[i])
		f.edge = append(f.edge, edge{direction: d.unit(), length: d.length(), given: c.isGiven(i), straight: c.fixed[i]})
	}
	for i := range n {
		f.knot = append(f.knot, knot{at: c.points[i], pinned: c.pinned[i], corner: !c.loop && (i == 0 || i == n-1)})
	}
	if c.tight != nil {
		f.tighten(c)
	}
	for i := range n {
		if f.knot[i].corner {
			continue
		}
		in, out := &f.edge[(i+edges-1)%edges], &f.edge[i]
		t := math.Abs(halfTurnTangent(in.direction, out.direction))
		quarter := 1.0
		if !math.IsInf(t, 1) {
			quarter = t / (1 + math.Sqrt(1+float64(t*t)))
		}
		stands := min(in.length, out.length) / 2 * quarter
		f.knot[i].corner = t > sharp || stands > seen*f.err || t > bent && stands > f.err/2 ||
			c.fixed[i] || c.fixed[(i+edges-1)%edges]
		in.straight = in.straight || in.length/2*quarter > seen*f.err
		out.straight = out.straight || out.length/2*quarter > seen*f.err
	}
	for i := range n {
		k := &f.knot[i]
		if k.corner {
			continue
		}
		in, out := f.edge[(i+edges-1)%edges], f.edge[i]
		switch {
		case in.straight && out.straight:
			k.corner = true
		case in.straight:
			k.tangent = in.direction
		case out.straight:
			k.tangent = out.direction
		default:
			k.tangent = in.direction.times(out.length).plus(out.direction.times(in.length)).unit()
		}
	}
}

// tighten marks where a chain was drawn too far from its lines before.
func (f *fitter) tighten(c *chain) {
	for i := range f.knot {
		f.knot[i].tight = c.tight[i]
	}
	for i := range f.edge {
		f.edge[i].straight = f.edge[i].straight || c.tight[i] >= asLines && c.tight[(i+1)%len(c.tight)] >= asLines
	}
}

// sections draws lines and the curves between them.
func (f *fitter) sections(c *chain) []piece {
	n, edges := len(f.knot), len(f.edge)
	start := 0
	if c.loop {
		// Begin where a curve does not go on.
		for i := range n {
			if f.knot[i].corner || f.edge[i].straight {
				start = i
				break
			}
		}
	}
	var out []piece
	for done := 0; done < edges; {
		i := start + done
		if f.edge[i%edges].straight {
			out = append(out, line(f.knot[i%n].at, f.knot[(i+1)%n].at, f.edge[i%edges].given))
			done++
			continue
		}
		size := 1
		for done+size < edges && !f.knot[(i+size)%n].corner && !f.edge[(i+size)%edges].straight {
			size++
		}
		knots := make([]knot, 0, size+1)
		for k := range size + 1 {
			knots = append(knots, f.knot[(i+k)%n])
			knots[k].given = f.edge[(i+k)%edges].given
		}
		out = f.section(out, knots)
		done += size
	}
	return out
}
