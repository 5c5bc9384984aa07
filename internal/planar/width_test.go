package planar

import (
	"context"
	"errors"
	"math"
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
		if len(got) != 2 || Area(got) < 2e6 || Area(got) > 2e6+2*100*20 {
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

// hourglass is two triangles that meet in a neck of 100.
var hourglass = Ring{{0, 0}, {1000, 950}, {2000, 0}, {2000, 2000}, {1000, 1050}, {0, 2000}}

func mustThin(t testing.TB, polys []Polygon, width float64) []Narrow {
	t.Helper()
	got, err := Thin(context.Background(), polys, width)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestThin(t *testing.T) {
	t.Parallel()
	star := Ring{{0, 0}, {4000, 1500}, {8000, 0}, {6500, 4000}, {8000, 8000}, {4000, 6500}, {0, 8000}, {1500, 4000}}
	circle := mustStroke(t, []Path{{{0, 0}}}, 5000, Style{})
	slit := []Polygon{{rect(0, 0, 5000, 5000), fromLeftmost(reversed(rect(300, 300, 4700, 4700)))}}
	tests := []struct {
		name   string
		polys  []Polygon
		width  float64
		widths []float64
		at     []Point
	}{
		{"a square has corners, not thin parts", []Polygon{{rect(0, 0, 5000, 5000)}}, 1000, nil, nil},
		{"nor has a star", []Polygon{{star}}, 500, nil, nil},
		{"nor has a circle", circle, 3000, nil, nil},
		{"a strip", []Polygon{{rect(0, 0, 9000, 300)}}, 400, []float64{300}, []Point{{4500, 150}}},
		{"a strip that is wide enough", []Polygon{{rect(0, 0, 9000, 300)}}, 290, nil, nil},
		{"the neck of a dumbbell", []Polygon{{dumbbell}}, 300, []float64{100}, []Point{{1500, 500}}},
		{"the neck of an hourglass", []Polygon{{hourglass}}, 400, []float64{100}, []Point{{1000, 1000}}},
		{"walls around a hole, but for their corners", slit, 350, []float64{300, 300, 300, 300}, []Point{{150, 361}, {361, 150}, {361, 4850}, {4850, 361}}},
		{"a needle", []Polygon{{{{0, -200}, {8000, 0}, {0, 200}}}}, 200, []float64{90}, []Point{{6000, 0}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := mustThin(t, tt.polys, tt.width)
			if len(got) != len(tt.widths) {
				t.Fatalf("%d thin parts, want %d: %v", len(got), len(tt.widths), got)
			}
			for i, n := range got {
				mustValid(t, []Polygon{n.Part}, nil)
				if math.Abs(n.Width-tt.widths[i]) > 0.15*tt.widths[i] {
					t.Errorf("%g wide, want about %g", n.Width, tt.widths[i])
				}
				if distance(n.At, tt.at[i]) > tt.width && len(tt.at) == 1 {
					t.Errorf("at %v, want about %v", n.At, tt.at[i])
				}
				if Contains([]Polygon{n.Part}, n.At) == Outside {
					t.Errorf("%v lies beside the part", n.At)
				}
			}
		})
	}
}

// Width for width: what the opening keeps is thick, what it drops is not, and
// together they are the area.
func TestOpeningParts(t *testing.T) {
	t.Parallel()
	for seed := range rounds(40) {
		r := rand.New(rand.NewPCG(uint64(seed), 27))
		polys := mustBoolean(t, UnionOp, []Ring{stretched(randomRings(r)[0], 60000)}, nil, EvenOdd)
		width := 300 + 5000*r.Float64()
		opened, err := Opening(context.Background(), polys, width)
		mustValid(t, opened, err)
		thin := partRings(mustThin(t, polys, width))
		if more := mustBoolean(t, Difference, Rings(opened), Rings(polys), Positive); Area(more) > areaBound(Rings(polys)) {
			t.Errorf("seed %d: opening adds %v", seed, Area(more))
		}
		if both := mustBoolean(t, Intersection, Rings(opened), thin, Positive); Area(both) > areaBound(thin) {
			t.Errorf("seed %d: %v are thin and thick", seed, Area(both))
		}
		if got, want := Area(opened)+Area(mustBoolean(t, UnionOp, thin, nil, Positive)), Area(polys); math.Abs(got-want) > areaBound(Rings(polys), thin) {
			t.Errorf("seed %d: the parts have %v of %v", seed, got, want)
		}
		// a disc of the width fits wherever the area is deep enough
		core := mustOffset(t, polys, -width/2-2, Style{})
		if gone := mustBoolean(t, Difference, Rings(core), Rings(opened), Positive); len(gone) > 0 {
			t.Errorf("seed %d: takes off what is thick: %v", seed, gone)
		}
	}
}

func TestWidthsRefuse(t *testing.T) {
	t.Parallel()
	square := []Polygon{{rect(0, 0, 1000, 1000)}}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, f := range map[string]func(context.Context, []Polygon, float64) ([]Polygon, error){"Opening": Opening, "Closing": Closing, "Thicken": Thicken} {
		for _, w := range []float64{-1, math.NaN(), math.Inf(1)} {
			if _, err := f(context.Background(), square, w); err == nil {
				t.Errorf("%s by %g is accepted", name, w)
			}
		}
		if _, err := f(ctx, square, 50); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, cancelled: %v", name, err)
		}
		if got, err := f(context.Background(), nil, 50); err != nil || len(got) > 0 {
			t.Errorf("%s of nothing: %v, %v", name, got, err)
		}
	}
}
