package planar

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestClosing(t *testing.T) {
	t.Parallel()
	two := []Polygon{{rect(0, 0, 1000, 1000)}, {rect(1100, 0, 2000, 1000)}}
	tests := []struct {
		name  string
		polys []Polygon
		gap   float64
		want  []Polygon
	}{
		{"far apart stays apart", two, 95, two},
		{"no gap is a union", []Polygon{{rect(0, 0, 10, 10)}, {rect(5, 0, 15, 10)}}, 0, []Polygon{{rect(0, 0, 15, 10)}}},
		{"a narrow hole fills up", frame(1000, 45), 100, []Polygon{{rect(-1000, -1000, 1000, 1000)}}},
		{"a wide hole stays as it is", frame(1000, 200), 100, []Polygon{{rect(-1000, -1000, 1000, 1000), hole(-200, 200)}}},
		{"an inner corner stays sharp", []Polygon{{{{0, 0}, {900, 0}, {900, 500}, {500, 500}, {500, 900}, {0, 900}}}}, 100, []Polygon{{{{0, 0}, {900, 0}, {900, 500}, {500, 500}, {500, 900}, {0, 900}}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Closing(context.Background(), tt.polys, tt.gap)
			mustValid(t, got, err)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	t.Run("near ones become one", func(t *testing.T) {
		t.Parallel()
		got, err := Closing(context.Background(), two, 120)
		mustValid(t, got, err)
		if len(got) != 1 || len(got[0]) != 1 || Area(got) < 1.9e6+0.8e5 || Area(got) > 2e6 {
			t.Errorf("%d pieces of area %v", len(got), Area(got))
		}
	})
}

// Closing never takes away, and joins what it can.
func TestClosingAddsOnly(t *testing.T) {
	t.Parallel()
	for seed := range rounds(8) {
		r := rand.New(rand.NewPCG(uint64(seed), 21))
		polys := mustBoolean(t, UnionOp, randomRings(r), nil, EvenOdd)
		box := Bounds(polys)
		if box.Empty() {
			continue
		}
		width := float64(box.Max.X-box.Min.X) / (3 + 40*r.Float64())
		closed, err := Closing(context.Background(), polys, width)
		mustValid(t, closed, err)
		if less := mustBoolean(t, Difference, Rings(polys), Rings(closed), Positive); Area(less) > areaBound(Rings(polys)) {
			t.Errorf("seed %d: closing takes %v", seed, Area(less))
		}
		if width > 100 && len(closed) > len(polys) {
			t.Errorf("seed %d: closing makes %d pieces of %d", seed, len(closed), len(polys))
		}
	}
}
