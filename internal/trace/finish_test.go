package trace

import (
	"slices"
	"testing"

	"github.com/mapwright/mapwright/internal/planar"
)

// TestSpecksAreNotDrawn: a hole like a hair turned inside out as a curve.
func TestSpecksAreNotDrawn(t *testing.T) {
	t.Parallel()
	square := func(x, y, side int32) planar.Ring {
		return planar.Ring{{X: x, Y: y}, {X: x + side, Y: y}, {X: x + side, Y: y + side}, {X: x, Y: y + side}}
	}
	hole := square(10_000, 10_000, 410) // a tenth of a millimetre
	slices.Reverse(hole)
	hair := planar.Ring{{X: 5000, Y: 5000}, {X: 5000, Y: 5003}, {X: 11_000, Y: 5003}}
	w := &work{area: []planar.Polygon{{square(0, 0, 40_960), hole, hair}, {square(50_000, 50_000, 40)}}}
	if err := w.settleArea(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(w.area) != 1 || len(w.area[0]) != 2 {
		t.Errorf("what is drawn is %v", w.area)
	}
}
