package toolpath

import (
	"testing"

	"github.com/mapwright/mapwright/internal/planar"
)

// TestANeedlesEdgeIsSharedAllTheSame fits an area in the tip of a hole that ends
// in a needle of four units. They share the hole's long edge, and curves must
// not bring one into the other.
func TestANeedlesEdgeIsSharedAllTheSame(t *testing.T) {
	t.Parallel()
	hole := planar.Ring{{X: 20935, Y: 23017}, {X: 24453, Y: 24203}, {X: 24457, Y: 24205}, {X: 806, Y: 919}, {X: 806, Y: 23017}}
	area := planar.Ring{{X: 23159, Y: 22927}, {X: 24399, Y: 24148}, {X: 24381, Y: 24179}, {X: 22730, Y: 23622}}
	got := fit(t, []Stroke{
		{Path: append(planar.Path(hole), hole[0]), Fill: true, Error: 0.05},
		{Path: append(planar.Path(area), area[0]), Fill: true, Error: 0.05},
	}, Options{})
	beside, err := planar.Boolean(t.Context(), planar.Difference,
		[]planar.Ring{planar.Ring(flatOnGrid(got[1]))}, []planar.Ring{planar.Ring(flatOnGrid(got[0]))}, planar.NonZero)
	if err != nil {
		t.Fatal(err)
	}
	if a := planar.Area(beside); a > 2000 {
		t.Errorf("%.0f square units of the area lie beside the hole that holds it", a)
	}
}
