package toolpath

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// TestAroundFindsTheNearest compares with looking at all stops: a neighbour
// that is missed is a way that the head travels for nothing.
func TestAroundFindsTheNearest(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(9, 10))
	stops := make([]stop, 500)
	for i := range stops {
		at := artwork.Point{X: float64(rng.IntN(60)), Y: float64(rng.IntN(40))} // some lie equally far
		p := artwork.Path{Points: []artwork.Point{at, {X: at.X + rng.Float64(), Y: at.Y}}}
		stops[i] = newStop(&artwork.Shape{Paths: []artwork.Path{p}})
	}
	grid := newPlaceGrid(stops)
	far := func(a, b *stop) float64 {
		best := math.Inf(1)
		for _, p := range [2]artwork.Point{a.first, a.last} {
			best = min(best, apart(p, b.first), apart(p, b.last))
		}
		return best
	}
	for i := range stops {
		all := make([]int32, 0, len(stops))
		for o := range stops {
			if o != i {
				all = append(all, int32(o))
			}
		}
		slices.SortFunc(all, func(a, b int32) int {
			return cmp.Or(cmp.Compare(far(&stops[i], &stops[a]), far(&stops[i], &stops[b])), cmp.Compare(a, b))
		})
		got := grid.around(int32(i))
		// Eight ends are looked for, and a stop has two: half of the stops are sure.
		if sure := neighbours / 2; len(got) < sure || !slices.Equal(got[:sure], all[:sure]) {
			t.Fatalf("next to stop %d are %v, want %v first", i, got, all[:sure])
		}
	}
}
