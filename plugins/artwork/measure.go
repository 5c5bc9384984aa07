package artwork

import "math"

// Box is an upright rectangle in mm. The zero Box is the point at the origin;
// EmptyBox holds nothing.
type Box struct{ Min, Max Point }

// EmptyBox is the box of nothing: adding to it gives what was added.
func EmptyBox() Box {
	inf := math.Inf(1)
	return Box{Min: Point{X: inf, Y: inf}, Max: Point{X: -inf, Y: -inf}}
}

// Empty tells whether the box holds no point.
func (b Box) Empty() bool { return b.Min.X > b.Max.X || b.Min.Y > b.Max.Y }

// Add is the smallest box that holds b and q.
func (b Box) Add(q Point) Box {
	return Box{
		Min: Point{X: math.Min(b.Min.X, q.X), Y: math.Min(b.Min.Y, q.Y)},
		Max: Point{X: math.Max(b.Max.X, q.X), Y: math.Max(b.Max.Y, q.Y)},
	}
}

// Union is the smallest box that holds both.
func (b Box) Union(o Box) Box {
	if o.Empty() {
		return b
	}
	return b.Add(o.Min).Add(o.Max)
}

// Width is in mm; an empty box has none.
func (b Box) Width() float64 { return math.Max(0, b.Max.X-b.Min.X) }

// Height is in mm; an empty box has none.
func (b Box) Height() float64 { return math.Max(0, b.Max.Y-b.Min.Y) }

// Bounds is the smallest box around p itself, not around the handles of its
// curves; the empty box where p has no points.
func (p Path) Bounds() Box {
	b := EmptyBox()
	if len(p.Points) > 0 {
		b = b.Add(p.Points[0])
	}
	for s := range p.Segments() {
		b = b.Add(s.End())
		switch s.Verb {
		case CubicTo:
			b = cubicBounds(b, s.Points)
		case ArcTo:
			b = arcBounds(b, s)
		}
	}
	return b
}

// Bounds is the smallest box around all paths of s.
func (s Shape) Bounds() Box {
	b := EmptyBox()
	for _, p := range s.Paths {
		b = b.Union(p.Bounds())
	}
	return b
}

// Length is how far the machine travels along p, the closing line included,
// in mm; cubics count with an error below 1e-6 mm each.
func (p Path) Length() float64 {
	sum := 0.0
	for s := range p.Segments() {
		a, round := arc{}, false
		if s.Verb == ArcTo {
			a, round = newArc(s)
		}
		switch {
		case round:
			sum += 2 * math.Abs(a.turn) * a.radius()
		case s.Verb == ArcTo:
			sum += distance(s.Points[0], s.Points[1]) + distance(s.Points[1], s.Points[2])
		case s.Verb == CubicTo:
			sum += cubicLength(s.Points, 1e-6, 0)
		default:
			sum += distance(s.Points[0], s.Points[1])
		}
	}
	if p.Closed && len(p.Points) > 0 {
		sum += distance(p.Points[len(p.Points)-1], p.Points[0])
	}
	return sum
}

// Area is what p encloses, in mm², as if it were closed: positive where it
// runs anticlockwise, negative where clockwise; parts that it runs around
// twice count twice.
func (p Path) Area() float64 {
	if len(p.Points) == 0 {
		return 0
	}
	// Measured from the start, so that a small ring far from the origin keeps
	// its digits.
	o := p.Points[0]
	cross := func(a, b Point) float64 { return (a.X-o.X)*(b.Y-o.Y) - (a.Y-o.Y)*(b.X-o.X) }
	sum := 0.0 // twice the area
	for s := range p.Segments() {
		c := s.Points
		switch s.Verb {
		case CubicTo: // Green's theorem over the Bernstein basis
			sum += (6*cross(c[0], c[1]) + 3*cross(c[0], c[2]) + cross(c[0], c[3]) +
				3*cross(c[1], c[2]) + 3*cross(c[1], c[3]) + 6*cross(c[2], c[3])) / 10
		case ArcTo:
			a, round := newArc(s)
			if !round {
				sum += cross(c[0], c[1]) + cross(c[1], c[2])
				continue
			}
			r := a.radius()
			sum += cross(c[0], c[2]) + r*r*(2*a.turn-math.Sin(2*a.turn))
		default:
			sum += cross(c[0], c[1])
		}
	}
	return sum / 2
}

// cubicBounds adds the places where the cubic runs along an axis.
func cubicBounds(b Box, c [4]Point) Box {
	for _, axis := range [2]func(Point) float64{
		func(q Point) float64 { return q.X }, func(q Point) float64 { return q.Y },
	} {
		d0, d1, d2 := axis(c[1])-axis(c[0]), axis(c[2])-axis(c[1]), axis(c[3])-axis(c[2])
		for _, t := range quadraticRoots(d0-2*d1+d2, 2*(d1-d0), d0) {
			if t > 0 && t < 1 {
				b = b.Add(cubicAt(c, t))
			}
		}
	}
	return b
}

// arcBounds adds the places where the arc runs along an axis.
func arcBounds(b Box, s Segment) Box {
	a, round := newArc(s)
	if !round {
		return b.Add(s.Points[1])
	}
	start := a.tangent(0)
	heading := math.Atan2(start.Y, start.X)
	for k := range 4 {
		// How far the arc turns until its heading is k quarter turns.
		turn := math.Mod(float64(k)*math.Pi/2-heading, 2*math.Pi)
		if a.turn > 0 && turn < 0 {
			turn += 2 * math.Pi
		} else if a.turn < 0 && turn > 0 {
			turn -= 2 * math.Pi
		}
		if t := turn / (2 * a.turn); t > 0 && t < 1 {
			b = b.Add(a.at(t))
		}
	}
	return b
}

// quadraticRoots solves at²+bt+c = 0 without cancellation.
func quadraticRoots(a, b, c float64) []float64 {
	d := b*b - 4*a*c
	if d < 0 {
		return nil
	}
	q := -(b + math.Copysign(math.Sqrt(d), b)) / 2
	var roots []float64
	if a != 0 {
		roots = append(roots, q/a)
	}
	if q != 0 {
		roots = append(roots, c/q)
	}
	return roots
}

// cubicLength halves the cubic until its control polygon, which is never
// shorter, and its chord, which is never longer, differ by less than err.
func cubicLength(c [4]Point, err float64, depth int) float64 {
	chord := distance(c[0], c[3])
	hull := distance(c[0], c[1]) + distance(c[1], c[2]) + distance(c[2], c[3])
	if hull-chord <= err || depth == 20 {
		return (chord + hull) / 2
	}
	mid := func(a, b Point) Point { return Point{X: (a.X + b.X) / 2, Y: (a.Y + b.Y) / 2} }
	ab, bc, cd := mid(c[0], c[1]), mid(c[1], c[2]), mid(c[2], c[3])
	abc, bcd := mid(ab, bc), mid(bc, cd)
	m := mid(abc, bcd)
	return cubicLength([4]Point{c[0], ab, abc, m}, err/2, depth+1) + cubicLength([4]Point{m, bcd, cd, c[3]}, err/2, depth+1)
}
