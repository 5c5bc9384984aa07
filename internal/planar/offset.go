package planar

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Why raw curves and one union give the right area: the raw curve of a ring
// runs beside each edge and around each corner that opens to its side; at
// other corners it goes back through the corner itself. Cut along the lines
// from the corners to the curve, it falls apart into the ring, a quadrilateral
// for each edge and a wedge for each opening corner, all turning the same way.
// Its winding number is therefore that of the ring plus (or for a negative
// distance minus) the number of these pieces over a point: positive exactly
// for what grew, or for what no piece has eaten. The same holds for strokes.
//
// Where a corner closes, its two curves cross, and going straight on from
// there leaves out a loop around the kite between corner and crossing, over
// which both quadrilaterals lie. That takes one from the number of pieces over
// the kite. It is done only when the crossing lies before the middle of both
// edges: kites at both ends of an edge are then apart, so that over k kites
// there are 2k quadrilaterals, and k pieces are left.

// Offset grows polygons by d grid units, or shrinks them by -d. Holes shrink as
// shells grow. What becomes narrower than nothing is gone. Polygons that share
// a border are shrunk each from its own side; unite them first where that is
// not wanted.
//
// The polygons must be valid, as all functions here return them. It fails as
// [Boolean] does, and for a style or distance that makes no sense.
func Offset(ctx context.Context, polys []Polygon, d float64, s Style) ([]Polygon, error) {
	s, err := s.complete()
	if err != nil {
		return nil, err
	}
	if math.IsNaN(d) || math.IsInf(d, 0) {
		return nil, fmt.Errorf("an offset by %g grid units: take a finite distance", d)
	}
	rings := Rings(polys)
	if d == 0 {
		return Union(ctx, rings, Positive)
	}
	return drawn(ctx, rings, d, s, func(p *pen, raw []Ring, r Ring) []Ring {
		if r = distinct(r); len(r) > 2 {
			p.around(r)
			raw = append(raw, p.take())
		}
		return raw
	})
}

// around draws the raw curve of a ring without repeated points.
func (p *pen) around(r Ring) {
	last := len(r) - 1
	t := newLeg(r[last], r[0])
	for i, q := range r {
		next := r[0]
		if i < last {
			next = r[i+1]
		}
		u := newLeg(q, next)
		p.turn(q, t, u)
		t = u
	}
}

// drawn draws raw curves for lines, many at a time side by side, and unites
// them.
func drawn[L ~[]Point](ctx context.Context, lines []L, d float64, s Style, draw func(*pen, []Ring, L) []Ring) ([]Polygon, error) {
	starts := batches(lines)
	raw := make([][]Ring, len(starts)-1)
	err := inParallel(len(raw), func(i int) error {
		pc, pen := newPace(ctx), newPen(d, s)
		mine := make([]Ring, 0, starts[i+1]-starts[i])
		for _, line := range lines[starts[i]:starts[i+1]] {
			if err := pc.walk(len(line)); err != nil {
				return err
			}
			mine = draw(pen, mine, line)
		}
		if pen.bad != nil {
			return pen.bad
		}
		raw[i] = mine
		return nil
	})
	if err != nil {
		return nil, err
	}
	all := raw[0]
	if len(raw) > 1 {
		all = slices.Concat(raw...)
	}
	return Union(ctx, all, Positive)
}

// batches cuts lines into runs of some thousand points, and gives the index at
// which each starts, and the end.
func batches[L ~[]Point](lines []L) []int {
	const points = 2048
	starts := []int{0}
	n := 0
	for i, line := range lines {
		if n > points {
			starts = append(starts, i)
			n = 0
		}
		n += len(line)
	}
	return append(starts, len(lines))
}

// distinct drops points that repeat the one before, around the ring.
func distinct(r Ring) Ring {
	for len(r) > 1 && r[0] == r[len(r)-1] {
		r = r[:len(r)-1]
	}
	return Ring(withoutRepeats(r))
}

// withoutRepeats drops points that repeat the one before. It copies only when
// there are any.
func withoutRepeats(points []Point) []Point {
	for i := 1; i < len(points); i++ {
		if points[i] != points[i-1] {
			continue
		}
		kept := append([]Point(nil), points[:i]...)
		for _, q := range points[i+1:] {
			if q != kept[len(kept)-1] {
				kept = append(kept, q)
			}
		}
		return kept
	}
	return points
}
