package preflight

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/mapwright/mapwright/internal/planar"
)

// TestSimplePolygonsAreThoseOfTheKernel: a shortcut that gave another area
// would hide what burns twice.
func TestSimplePolygonsAreThoseOfTheKernel(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 1))
	taken, same := 0, 0
	for range 20000 {
		r := make(planar.Ring, 3+rng.IntN(5))
		size := int32(4 << rng.IntN(12))
		for i := range r {
			r[i] = planar.Point{X: rng.Int32N(size), Y: rng.Int32N(size)}
		}
		short, ok := simplePolygon(r)
		if !ok {
			continue
		}
		taken++
		whole, err := planar.Union(t.Context(), []planar.Ring{r}, planar.EvenOdd)
		if err != nil {
			t.Fatal(err)
		}
		if len(whole) == 1 && len(whole[0]) == 1 && slices.Equal(short[0], whole[0][0]) {
			same++
			continue
		}
		// The kernel bends an edge that passes within half a step of a point.
		if diff := planar.Area([]planar.Polygon{short}) - planar.Area(whole); math.Abs(diff) > float64(size)*float64(len(r)) {
			t.Fatalf("%v becomes %v, and by the kernel %v", r, short, whole)
		}
	}
	if taken < 1000 || same < taken*9/10 {
		t.Errorf("%d rings were simple, and %d of them came out point by point", taken, same)
	}
}
