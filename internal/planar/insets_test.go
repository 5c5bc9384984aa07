package planar

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// hole is a square that is one, in the order of results.
func hole(from, to int32) Ring { return fromLeftmost(reversed(rect(from, from, to, to))) }

func TestInsetRings(t *testing.T) {
	t.Parallel()
	square := []Polygon{{rect(0, 0, 1000, 1000)}}
	tests := []struct {
		name     string
		polys    []Polygon
		distance float64
		n        int
		want     [][]Polygon
	}{
		{"a square until nothing is left", square, 200, 0, [][]Polygon{
			{{rect(200, 200, 800, 800)}},
			{{rect(400, 400, 600, 600)}},
		}},
		{"no more rings than wanted", square, 100, 2, [][]Polygon{
			{{rect(100, 100, 900, 900)}},
			{{rect(200, 200, 800, 800)}},
		}},
		{"too narrow for one", square, 500, 0, nil},
		{"nothing", nil, 100, 0, nil},
		{"a small neighbour ends earlier", []Polygon{{rect(0, 0, 100, 100)}, {rect(200, 0, 500, 300)}}, 40, 0, [][]Polygon{
			{{rect(40, 40, 60, 60)}, {rect(240, 40, 460, 260)}},
			{{rect(280, 80, 420, 220)}},
			{{rect(320, 120, 380, 180)}},
		}},
		{"around a hole", frame(500, 100), 90, 0, [][]Polygon{
			{{rect(-410, -410, 410, 410), hole(-190, 190)}},
			{{rect(-320, -320, 320, 320), hole(-280, 280)}},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := InsetRings(context.Background(), tt.polys, tt.distance, tt.n, Style{Join: MitreJoin})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A pen that goes around must never cross or meet the line of the turn before.
func TestInsetRingsLieInEachOther(t *testing.T) {
	t.Parallel()
	for seed := range rounds(50) {
		r := rand.New(rand.NewPCG(uint64(seed), 20))
		polys := mustBoolean(t, UnionOp, randomRings(r), nil, EvenOdd)
		box := Bounds(polys)
		if box.Empty() {
			continue
		}
		width := float64(box.Max.X - box.Min.X)
		distance := max(leastInset, width/(10+60*r.Float64()))
		style := Style{Join: Join(r.IntN(3)), Tolerance: math.Exp(6 * r.Float64())}
		steps, err := InsetRings(context.Background(), polys, distance, 0, style)
		if err != nil {
			t.Fatal(err)
		}
		outer := polys
		for k, step := range steps {
			if err := checkValid(step); err != nil {
				t.Fatalf("seed %d, step %d: %v", seed, k+1, err)
			}
			index := NewIndex(outer)
			for _, ring := range Rings(step) {
				for _, p := range ring {
					if index.Locate(p) != Inside {
						t.Fatalf("seed %d, step %d: %v does not lie within the ring before", seed, k+1, p)
					}
				}
			}
			if got := mustBoolean(t, Difference, Rings(step), Rings(outer), NonZero); len(got) > 0 {
				t.Fatalf("seed %d, step %d: crosses the ring before", seed, k+1)
			}
			outer = step
		}
	}
}

func TestInsetRingsRefuses(t *testing.T) {
	t.Parallel()
	square := []Polygon{{rect(0, 0, 1000, 1000)}}
	for _, d := range []float64{0, -5, 7.9, math.NaN(), math.Inf(1)} {
		if _, err := InsetRings(context.Background(), square, d, 0, Style{}); err == nil {
			t.Errorf("a distance of %g is accepted", d)
		}
	}
	if _, err := InsetRings(context.Background(), square, 50, 0, Style{Join: 9}); err == nil {
		t.Error("an unknown join is accepted")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := InsetRings(ctx, square, 50, 0, Style{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
