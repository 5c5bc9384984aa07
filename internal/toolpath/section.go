package toolpath

import "math"

// smooth is the sine of the angle by which tangents that meet may differ: 1°.
const smooth = 0.0175

// section draws a curve through knots: corners, if any, are its ends. From
// each piece's end the longest span is looked for that one piece can stand
// for, by doubling and then halving the step.
func (f *fitter) section(out []piece, knots []knot) []piece {
	last := len(knots) - 1
	begin := 0
	var tangent *vec // of travel at begin, where the curve has one
	if !knots[0].corner {
		tangent = &knots[0].tangent
	}
	for begin < last {
		end := begin + 1
		for end < last && !knots[end].pinned {
			end++
		}
		best, to := f.longest(knots, begin, end, tangent)
		out = append(out, best)
		t := best.endTangent()
		tangent, begin = &t, to
	}
	return out
}

// longest finds the longest span from begin, up to limit, and its piece.
func (f *fitter) longest(knots []knot, begin, limit int, tangent *vec) (best piece, to int) {
	if p, ok := f.span(knots[begin:limit+1], tangent); ok {
		return p, limit
	}
	good, bad := begin+1, limit
	best = f.short(knots[begin:begin+2], tangent)
	for step := 2; begin+step < limit; step *= 2 {
		p, ok := f.span(knots[begin:begin+step+1], tangent)
		if !ok {
			bad = begin + step
			break
		}
		best, good = p, begin+step
	}
	for bad-good > 1 {
		middle := (good + bad) / 2
		if p, ok := f.span(knots[begin:middle+1], tangent); ok {
			best, good = p, middle
		} else {
			bad = middle
		}
	}
	return best, good
}

// short draws one edge: as a curve that fits its tangents, or else as a line.
func (f *fitter) short(knots []knot, tangent *vec) piece {
	if p, ok := f.span(knots, tangent); ok {
		return p
	}
	return line(knots[0].at, knots[1].at, knots[0].given)
}

// span draws all knots as one piece that starts along tangent, if it can.
func (f *fitter) span(knots []knot, tangent *vec) (piece, bool) {
	a, b := knots[0], knots[len(knots)-1]
	var endTangent *vec
	if !b.corner {
		endTangent = &b.tangent
	}
	whole := f.err
	for _, k := range knots {
		f.err = min(f.err, whole/float64(int(1)<<(2*k.tight)))
	}
	defer func() { f.err = whole }()
	if len(knots) == 2 {
		d := b.at.minus(a.at).unit()
		if (tangent == nil || along(*tangent, d)) && (endTangent == nil || along(d, *endTangent)) {
			return line(a.at, b.at, a.given), true
		}
	}
	if p, ok := f.arc(knots, tangent, endTangent); ok {
		return p, true
	}
	return f.cubic(knots, tangent, endTangent)
}

// along tells whether two unit vectors point the same way, within the angle
// that counts as smooth.
func along(v, w vec) bool { return v.dot(w) > 0 && math.Abs(v.cross(w)) <= smooth }

// fits tells whether a piece keeps within the error of the line through knots.
func (f *fitter) fits(p piece, knots []knot) bool {
	const flatness = 1.0 / 16
	f.flat = p.flattened(append(f.flat[:0], p.p[0]), f.err*flatness)
	f.line = f.line[:0]
	for _, k := range knots {
		f.line = append(f.line, k.at)
	}
	return within(f.flat, f.line, f.err*(1-flatness))
}
