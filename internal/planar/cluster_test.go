package planar

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"
)

// soon is far more than these inputs need and far less than they would take
// if every segment were compared with every other.
const soon = 20 * time.Second

// A river that runs far out of the town must not make the town slow, nor
// should streets that were imported many times.
func TestClustersStayFast(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 9))
	town := func(n int, at Point, size int32) []Ring {
		rings := make([]Ring, n)
		for i := range rings {
			x, y := at.X+r.Int32N(size), at.Y+r.Int32N(size)
			w := size / 200
			rings[i] = Ring{{x, y}, {x + w, y + w/3}, {x + w/2, y + w}}
		}
		return rings
	}
	const edge = Max - 1<<20
	bundle := make([]Ring, 1500)
	for i := range int32(len(bundle)) {
		bundle[i] = Ring{{0, i % 3}, {1 << 27, 1<<26 + i%5}, {1 << 26, 1 << 27}}
	}
	tests := map[string][]Ring{
		"a town and a house far away": append(town(40000, Point{}, 1<<19), rect(-edge, -edge, 5-edge, 5-edge), rect(edge, edge, edge+5, edge+5)),
		"two towns":                   append(town(20000, Point{-edge, -edge}, 1<<16), town(20000, Point{edge, edge}, 1<<16)...),
		"a town under a long road":    append(town(40000, Point{}, 1<<16), Ring{{-edge, -edge}, {edge, edge}, {edge, edge - 9}}),
		"roads along each other":      bundle,
	}
	for name, rings := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithTimeout(t.Context(), soon)
			defer cancel()
			polys, err := Union(ctx, rings, NonZero)
			if err != nil || len(polys) == 0 {
				t.Fatalf("%d polygons: %v", len(polys), err)
			}
		})
	}
}
