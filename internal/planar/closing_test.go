package planar

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// dumbbell is two squares of 1000 with a neck of 100 between them.
var dumbbell = Ring{
	{0, 0},
	{1000, 0},
	{1000, 450},
	{2000, 450},
	{2000, 0},
	{3000, 0},
	{3000, 1000},
	{2000, 1000},
	{2000, 550},
	{1000, 550},
	{1000, 1000},
	{0, 1000},
}

func TestOpening(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		polys []Polygon
		width float64
		want  []Polygon
	}{
		{"all is wide enough", []Polygon{{dumbbell}}, 90, []Polygon{{dumbbell}}},
		{"no width keeps all", []Polygon{{dumbbell}}, 0, []Polygon{{dumbbell}}},
		{"a wall is gone", []Polygon{{rect(0, 0, 5000, 99)}}, 110, nil},
		{"a sharp tip goes, the corners behind it stay", []Polygon{{{{0, -200}, {8000, 0}, {0, 200}}}}, 200, nil},
	}
	for _, tt := range tests[:3] {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Opening(context.Background(), tt.polys, tt.width)
			mustValid(t, got, err)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	t.Run("a neck goes but for its roots", func(t *testing.T) {
		t.Parallel()
		got, err := Opening(context.Background(), []Polygon{{dumbbell}}, 200)
		mustValid(t, got, err)
		if len(got) != 2 || Area(got) < 2e6 || Area(got) > 2e6+2*100*(slack+1) {
			t.Errorf("%d pieces of area %v", len(got), Area(got))
		}
	})
	t.Run(tests[3].name, func(t *testing.T) {
		t.Parallel()
		got, err := Opening(context.Background(), tests[3].polys, tests[3].width)
		mustValid(t, got, err)
		box := Bounds(got)
		if len(got) != 1 || box.Min != (Point{0, -200}) || box.Max.X > 5000 || box.Max.X < 3500 {
			t.Errorf("%v", got)
		}
	})
}

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

// Opening never adds and Closing never takes away, and both find nothing to do
// the second time but for what rounding explains.
func TestOpeningAndClosing(t *testing.T) {
	t.Parallel()
	for seed := range rounds(25) {
		r := rand.New(rand.NewPCG(uint64(seed), 21))
		polys := mustBoolean(t, UnionOp, randomRings(r), nil, EvenOdd)
		box := Bounds(polys)
		if box.Empty() {
			continue
		}
		width := float64(box.Max.X-box.Min.X) / (3 + 40*r.Float64())
		opened, err := Opening(context.Background(), polys, width)
		mustValid(t, opened, err)
		if more := mustBoolean(t, Difference, Rings(opened), Rings(polys), Positive); Area(more) > areaBound(Rings(polys)) {
			t.Errorf("seed %d: opening adds %v", seed, Area(more))
		}
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
