package planar

import (
	"context"
	"math/rand/v2"
)

// For the tests that ask GEOS, which may not be in this package because
// geostest imports it.

// CheckValid says what is wrong with polygons.
func CheckValid(polys []Polygon) error { return checkValid(polys) }

// AreaBound is how far the area of a result may be from the exact one.
func AreaBound(rings ...[]Ring) float64 { return areaBound(rings...) }

// CurveBound is the same for strokes and offsets.
func CurveBound(polys []Polygon, half, tolerance float64) float64 {
	return curveBound(polys, half, tolerance)
}

// Degenerate makes two sets of rings that are hard.
func Degenerate(r *rand.Rand) (subject, clip []Ring) { return degenerate(r) }

// Rule is the inside of an operation, by the winding numbers of both inputs.
func Rule(op Op, fill Fill) func(subject, clip int32) bool {
	inside, err := insideRule(op, fill)
	if err != nil {
		panic(err)
	}
	return func(subject, clip int32) bool { return inside(winding{subject, clip}) }
}

// UniteByCore unites rings by a core however little that spares.
func UniteByCore(rings []Ring, fill Fill) ([]Polygon, error) {
	polys, _, err := uniteByCore(rings, fill, perStrip)
	return polys, err
}

// uniteByCore does so in strips of so many segments, and tells how many there
// were.
func uniteByCore(rings []Ring, fill Fill, per int) ([]Polygon, int, error) {
	pc := newPace(context.Background())
	pieces, m, err := measure(pc, rings)
	if err != nil {
		return nil, 0, err
	}
	k := m.lattice()
	if k != nil {
		if _, err := k.find(pc, rings, pieces); err != nil {
			return nil, 0, err
		}
	}
	segs, err := ringSegments(pc, rings, nil, k)
	if err != nil {
		return nil, 0, err
	}
	inside, err := insideRule(UnionOp, fill)
	if err != nil {
		return nil, 0, err
	}
	polys, err := polygonizeStrips(pc, segs, rule{inside, k}, per)
	return polys, segs.count(), err
}
