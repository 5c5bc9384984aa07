package artwork

import "math"

// minError is the smallest error in mm that Flatten and Cubics work to: below
// it the rounding of float64 on a board of metres would count.
const minError = 1e-9

// maxPieces keeps a curve of kilometres from filling the memory; a curve on a
// board needs a thousandth of it.
const maxPieces = 1 << 20

// Flatten gives p as straight lines that are nowhere further than err mm from
// it. A path of straight lines is given back as it is, sharing its points; p
// must be valid.
//
// A cubic B is cut into n equal steps of its parameter. Linear interpolation
// over a step h errs by at most h²/8·max|B″|, and |B″| is at most six times
// the larger second difference M of its points, so n = √(6M/8err) is enough.
// An arc of radius r is cut so that the height of a chord, r(1-cos(θ/2)), is
// at most err. All new points lie on the curve.
func (p Path) Flatten(err float64) Path {
	if p.Straight() {
		return Path{Points: p.Points, Closed: p.Closed}
	}
	err = math.Max(err, minError)
	points := append(make([]Point, 0, 4*len(p.Points)), p.Points[0])
	for s := range p.Segments() {
		switch s.Verb {
		case CubicTo:
			points = flattenCubic(points, s, err)
		case ArcTo:
			points = flattenArc(points, s, err)
		default:
			points = append(points, s.Points[1])
		}
	}
	return Path{Points: points, Closed: p.Closed}
}

// Cubics gives p with each arc as cubic Béziers that are nowhere further than
// err mm from it, for formats that know curves but no arcs. A path without
// arcs is given back as it is, sharing its points; p must be valid.
func (p Path) Cubics(err float64) Path {
	arcs := false
	for _, v := range p.Verbs {
		arcs = arcs || v == ArcTo
	}
	if !arcs {
		return p
	}
	err = math.Max(err, minError)
	out := Path{Points: []Point{p.Points[0]}, Verbs: []Verb{}, Closed: p.Closed}
	for s := range p.Segments() {
		a, round := newArc(s)
		if s.Verb != ArcTo {
			out.Points = append(out.Points, s.Points[1:1+s.Verb.Points()]...)
			out.Verbs = append(out.Verbs, s.Verb)
			continue
		}
		if !round {
			out.Points = append(out.Points, s.Points[1], s.Points[2])
			out.Verbs = append(out.Verbs, LineTo, LineTo)
			continue
		}
		a.cubics(err, func(h1, h2, end Point) {
			out.Points = append(out.Points, h1, h2, end)
			out.Verbs = append(out.Verbs, CubicTo)
		})
	}
	return out
}

func flattenCubic(points []Point, s Segment, err float64) []Point {
	c := s.Points
	m := math.Max(
		math.Hypot(c[0].X-2*c[1].X+c[2].X, c[0].Y-2*c[1].Y+c[2].Y),
		math.Hypot(c[1].X-2*c[2].X+c[3].X, c[1].Y-2*c[2].Y+c[3].Y))
	n := int(math.Ceil(math.Min(math.Sqrt(0.75*m/err), maxPieces)))
	for i := 1; i < n; i++ {
		points = append(points, cubicAt(c, float64(i)/float64(n)))
	}
	return append(points, c[3])
}

func flattenArc(points []Point, s Segment, err float64) []Point {
	a, round := newArc(s)
	if !round {
		return append(points, s.Points[1], s.Points[2])
	}
	// acos(1-x) without loss for small x: 2·asin(√(x/2)).
	step := 4 * math.Asin(math.Min(1, math.Sqrt(err/(2*a.radius()))))
	n := max(int(math.Ceil(math.Min(2*math.Abs(a.turn)/step, maxPieces))), 2)
	for i := 1; i < n; i++ {
		points = append(points, a.at(float64(i)/float64(n)))
	}
	return append(points, a.end)
}

// cubicAt is the point of a cubic Bézier at t.
func cubicAt(c [4]Point, t float64) Point {
	u := 1 - t
	w0, w1, w2, w3 := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
	return Point{
		X: float64(w0*c[0].X) + float64(w1*c[1].X) + float64(w2*c[2].X) + float64(w3*c[3].X),
		Y: float64(w0*c[0].Y) + float64(w1*c[1].Y) + float64(w2*c[2].Y) + float64(w3*c[3].Y),
	}
}
