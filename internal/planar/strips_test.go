package planar

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Maps are computed in strips, side by side. Where the strips part must not
// show, however many there are: not in the shapes, not in the order of their
// points.
func TestStripsLeaveNoTrace(t *testing.T) {
	t.Parallel()
	for seed := range uint64(rounds(1500)) {
		r := rand.New(rand.NewPCG(seed, 3))
		var rings []Ring
		for range 1 + r.IntN(3) {
			rings = append(rings, randomRings(r)...)
		}
		var segs []segment
		for i, ring := range rings {
			segs = appendRing(segs, ring, winding{subject: int32(i & 1), clip: int32(i&1 ^ 1)})
		}
		inside, err := insideRule(Op(r.IntN(4)), Fill(r.IntN(3)))
		if err != nil {
			t.Fatal(err)
		}
		whole := mustPolygonize(t, segs, inside, len(segs)+1)
		for _, per := range []int{1, 2, 5} {
			if diff := cmp.Diff(whole, mustPolygonize(t, segs, inside, per)); diff != "" {
				t.Fatalf("seed %d: in strips of %d segments of %v (-whole +strips)\n%s", seed, per, rings, diff)
			}
		}
	}
}

func mustPolygonize(t *testing.T, segs []segment, inside func(winding) bool, per int) []Polygon {
	t.Helper()
	polys, err := polygonizeStrips(newPace(context.Background()), paged(segs), rule{inside, nil}, per)
	if err != nil {
		t.Fatal(err)
	}
	return polys
}

// The same for lines that are only noded.
func TestStripsNodeAsTheWhole(t *testing.T) {
	t.Parallel()
	for seed := range uint64(rounds(1500)) {
		r := rand.New(rand.NewPCG(seed, 4))
		var segs []segment
		for _, ring := range append(randomRings(r), randomRings(r)...) {
			segs = appendRing(segs, ring, winding{})
		}
		if len(segs) == 0 {
			continue
		}
		whole := mustNode(t, segs, len(segs)+1)
		for _, per := range []int{1, 2, 5} {
			got := mustNode(t, segs, per)
			if !slices.Equal(got.points, whole.points) || !slices.Equal(got.off, whole.off) || !slices.Equal(got.ids, whole.ids) {
				t.Fatalf("seed %d: in strips of %d segments: %v, whole %v", seed, per, got, whole)
			}
		}
	}
}

func mustNode(t *testing.T, segs []segment, per int) *arrangement {
	t.Helper()
	arr, err := nodeStrips(newPace(context.Background()), segs, per)
	if err != nil {
		t.Fatal(err)
	}
	return arr
}

// A processor more or less must not change a map either.
func TestLargeUnionIsTheSameInStrips(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 12))
	var segs []segment
	for range 4000 {
		x, y := r.Int32N(1<<20), r.Int32N(1<<20)
		w, h := 1+r.Int32N(1<<15), 1+r.Int32N(1<<15)
		segs = appendRing(segs, Ring{{x, y}, {x + w, y + h/3}, {x + w/2, y + h}, {x - w/3, y + h/2}}, winding{subject: 1})
	}
	inside, err := insideRule(UnionOp, NonZero)
	if err != nil {
		t.Fatal(err)
	}
	whole := mustPolygonize(t, segs, inside, len(segs)+1)
	for _, per := range []int{50, 700, 4000} {
		if diff := cmp.Diff(whole, mustPolygonize(t, segs, inside, per)); diff != "" {
			t.Fatalf("in strips of %d segments (-whole +strips)\n%s", per, diff)
		}
	}
}
