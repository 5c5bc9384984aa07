package planar

import (
	"cmp"
	"fmt"
	"math"
)

const (
	// Unit is one step of the grid in millimetres.
	Unit = 1.0 / 4096
	// Max is the largest coordinate, in grid units, on either side of zero.
	Max = 1 << 28

	unitsPerMM = 4096
)

// Point is a point of the grid, in grid units.
type Point struct{ X, Y int32 }

// FromMM gives the grid point nearest to x, y in millimetres; a tie goes to
// the even neighbour. What lies off the grid is brought to its edge (and NaN to
// zero), so ask [InRange] first where that would be a mistake.
func FromMM(x, y float64) Point {
	return Point{snap(x * unitsPerMM), snap(y * unitsPerMM)}
}

// InRange tells whether x, y in millimetres lies on the grid.
func InRange(x, y float64) bool {
	return math.Abs(x*unitsPerMM) <= Max && math.Abs(y*unitsPerMM) <= Max
}

// MM gives the point in millimetres, without rounding.
func (p Point) MM() (x, y float64) {
	return float64(p.X) * Unit, float64(p.Y) * Unit
}

// Compare orders points from left to right, and from below to above in a
// column: negative when p comes first.
func (p Point) Compare(q Point) int {
	if c := cmp.Compare(p.X, q.X); c != 0 {
		return c
	}
	return cmp.Compare(p.Y, q.Y)
}

// RangeError says that a point lies off the grid.
type RangeError struct {
	X, Y float64 // millimetres
}

// Error names the point and what to do.
func (e *RangeError) Error() string {
	return fmt.Sprintf("a point at %.6g, %.6g mm lies more than %d mm from the origin: move the map nearer or make it smaller",
		e.X, e.Y, Max/unitsPerMM)
}

func (p Point) onGrid() bool {
	return p.X >= -Max && p.X <= Max && p.Y >= -Max && p.Y <= Max
}

func (p Point) minus(q Point) Point { return Point{p.X - q.X, p.Y - q.Y} }

// snap rounds half to even and keeps to the grid.
func snap(v float64) int32 {
	switch {
	case v >= Max:
		return Max
	case v <= -Max:
		return -Max
	case v != v:
		return 0
	}
	return int32(math.RoundToEven(v))
}

// orient is twice the area of the triangle a, b, p: positive when p lies to
// the left of a→b. Exact: at most 2⁵⁹ on the grid.
func orient(a, b, p Point) int64 {
	return int64(b.X-a.X)*int64(p.Y-a.Y) - int64(b.Y-a.Y)*int64(p.X-a.X)
}

// cross is the cross product of two differences of grid points.
func cross(a, b Point) int64 { return int64(a.X)*int64(b.Y) - int64(a.Y)*int64(b.X) }

// dot is the dot product of two differences of grid points.
func dot(a, b Point) int64 { return int64(a.X)*int64(b.X) + int64(a.Y)*int64(b.Y) }
