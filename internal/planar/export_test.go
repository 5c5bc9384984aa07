package planar

import "math/rand/v2"

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
