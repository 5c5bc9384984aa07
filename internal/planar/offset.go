package planar

import (
	"context"
	"fmt"
	"math"
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
	pc, pen := newPace(ctx), newPen(d, s)
	raw := make([]Ring, 0, len(rings))
	for _, r := range rings {
		if err := pc.walk(len(r)); err != nil {
			return nil, err
		}
		if r = distinct(r); len(r) > 2 {
			pen.around(r)
			raw = append(raw, pen.take())
		}
	}
	return pen.dissolve(ctx, raw)
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

// dissolve unites what was drawn.
func (p *pen) dissolve(ctx context.Context, raw []Ring) ([]Polygon, error) {
	if p.bad != nil {
		return nil, p.bad
	}
	return Union(ctx, raw, Positive)
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
