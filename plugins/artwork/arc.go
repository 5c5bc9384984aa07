package artwork

import "math"

// arc is a circular arc from its start through a point to its end, described
// by its chord and the turn: half of the angle that the arc sweeps. Neither
// needs the centre, so that very flat arcs lose no digits.
type arc struct {
	start, end Point
	turn       float64 // radians, positive to the left, |turn| < π
	full       Point   // centre of a whole circle, where whole is set
	whole      bool
}

// newArc reads an ArcTo segment. It is false where the three points lie on no
// circle: they are collinear or two of them coincide; then the segment means
// the straight lines start, through, end. Start and end at one place mean the
// whole circle, anticlockwise, on whose other side the middle point lies.
func newArc(s Segment) (arc, bool) {
	a, m, b := s.Points[0], s.Points[1], s.Points[2]
	if a == b && m != a {
		return arc{
			start: a, end: b, whole: true, turn: math.Pi,
			full: Point{X: a.X + (m.X-a.X)/2, Y: a.Y + (m.Y-a.Y)/2},
		}, true
	}
	// The angle between the two chords of an inscribed triangle is half of the
	// arc's sweep (Euclid III.20, III.22).
	ux, uy, vx, vy := m.X-a.X, m.Y-a.Y, b.X-m.X, b.Y-m.Y
	cross := float64(ux*vy) - float64(uy*vx)
	dot := float64(ux*vx) + float64(uy*vy)
	limit := 1e-12 * (math.Hypot(ux, uy) * math.Hypot(vx, vy))
	if math.Abs(cross) <= limit {
		return arc{}, false
	}
	return arc{start: a, end: b, turn: math.Atan2(cross, dot)}, true
}

// radius is the arc's radius in mm.
func (a arc) radius() float64 {
	if a.whole {
		return distance(a.full, a.start)
	}
	return distance(a.start, a.end) / (2 * math.Abs(math.Sin(a.turn)))
}

// at is the point at t of the arc, from 0 at the start to 1 at the end.
func (a arc) at(t float64) Point {
	switch {
	case t <= 0:
		return a.start
	case t >= 1:
		return a.end
	case a.whole:
		sin, cos := math.Sincos(2 * math.Pi * t)
		dx, dy := a.start.X-a.full.X, a.start.Y-a.full.Y
		return a.full.turned(dx, dy, sin, cos)
	}
	// The chord from the start to the point at t turns from the tangent by
	// t·turn and is as long as sin(t·turn)/sin(turn) of the whole chord.
	k := math.Sin(t*a.turn) / math.Sin(a.turn)
	sin, cos := math.Sincos((t - 1) * a.turn)
	dx, dy := k*(a.end.X-a.start.X), k*(a.end.Y-a.start.Y)
	return a.start.turned(dx, dy, sin, cos)
}

// tangent is the unit direction of travel at t.
func (a arc) tangent(t float64) Point {
	if a.whole {
		sin, cos := math.Sincos(2 * math.Pi * t)
		dx, dy := a.start.X-a.full.X, a.start.Y-a.full.Y
		r := math.Hypot(dx, dy)
		return Point{X: (-dx*sin - dy*cos) / r, Y: (dx*cos - dy*sin) / r}
	}
	sin, cos := math.Sincos((2*t - 1) * a.turn)
	dx, dy := a.end.X-a.start.X, a.end.Y-a.start.Y
	l := math.Hypot(dx, dy)
	return Point{X: (dx*cos - dy*sin) / l, Y: (dx*sin + dy*cos) / l}
}

// cubics calls add with the three points of each Bézier of an approximation
// that is never further than err mm from the arc.
//
// The usual handles of 4/3·tan(θ/4) leave 2.73e-4 of the radius at a quarter
// turn, and the error falls with the sixth power of the angle (Goldapp 1991).
func (a arc) cubics(err float64, add func(h1, h2, end Point)) {
	const quarterError = 2.7254e-4
	sweep := 2 * math.Abs(a.turn)
	step := math.Pi / 2 * math.Min(1, math.Pow(err/(quarterError*a.radius()), 1.0/6))
	n := int(math.Ceil(sweep / step))
	handle := 4.0 / 3 * math.Tan(sweep/float64(n)/4) * a.radius()
	p, d := a.start, a.tangent(0)
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		q, e := a.at(t), a.tangent(t)
		add(Point{X: p.X + handle*d.X, Y: p.Y + handle*d.Y}, Point{X: q.X - handle*e.X, Y: q.Y - handle*e.Y}, q)
		p, d = q, e
	}
}

// turned is p plus (dx, dy) turned by an angle. The conversions keep
// processors from joining steps, which would round differently.
func (p Point) turned(dx, dy, sin, cos float64) Point {
	return Point{
		X: p.X + (float64(dx*cos) - float64(dy*sin)),
		Y: p.Y + (float64(dx*sin) + float64(dy*cos)),
	}
}

func distance(a, b Point) float64 { return math.Hypot(b.X-a.X, b.Y-a.Y) }
