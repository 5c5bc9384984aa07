package planar

import (
	"context"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func mustStroke(t testing.TB, paths []Path, half float64, s Style) []Polygon {
	t.Helper()
	got, err := Stroke(context.Background(), paths, half, s)
	return mustValid(t, got, err)
}

func TestStroke(t *testing.T) {
	t.Parallel()
	butt := Style{Cap: ButtCap, Join: MitreJoin}
	square := Style{Cap: SquareCap, Join: MitreJoin}
	tests := []struct {
		name  string
		paths []Path
		style Style
		want  []Polygon
	}{
		{"butt caps end with the line", []Path{{{0, 0}, {100, 0}}}, butt, []Polygon{{rect(0, -10, 100, 10)}}},
		{"square caps reach on", []Path{{{0, 0}, {100, 0}}}, square, []Polygon{{rect(-10, -10, 110, 10)}}},
		{"a square dot", []Path{{{5, 5}}}, square, []Polygon{{rect(-5, -5, 15, 15)}}},
		{"a point that repeats is a dot", []Path{{{5, 5}, {5, 5}}}, square, []Polygon{{rect(-5, -5, 15, 15)}}},
		{"a butt dot is nothing", []Path{{{5, 5}}}, butt, nil},
		{"an empty path is nothing", []Path{{}}, square, nil},
		{
			"a mitred bend",
			[]Path{{{0, 0}, {100, 0}, {100, 100}}},
			butt,
			[]Polygon{{{{0, -10}, {110, -10}, {110, 100}, {90, 100}, {90, 10}, {0, 10}}}},
		},
		{
			"streets dissolve where they cross",
			[]Path{{{0, 0}, {100, 0}}, {{50, -50}, {50, 50}}},
			butt,
			[]Polygon{{{{0, -10}, {40, -10}, {40, -50}, {60, -50}, {60, -10}, {100, -10}, {100, 10}, {60, 10}, {60, 50}, {40, 50}, {40, 10}, {0, 10}}}},
		},
		{
			"a closed path has no caps",
			[]Path{{{0, 0}, {100, 0}, {100, 100}, {0, 100}, {0, 0}}},
			butt,
			[]Polygon{{rect(-10, -10, 110, 110), {{10, 10}, {10, 90}, {90, 90}, {90, 10}}}},
		},
		{"a street twice is a street", []Path{{{0, 0}, {100, 0}}, {{100, 0}, {0, 0}}}, butt, []Polygon{{rect(0, -10, 100, 10)}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, mustStroke(t, tt.paths, 10, tt.style)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A line that turns back keeps its full round end.
func TestStrokeOfASpike(t *testing.T) {
	t.Parallel()
	got := mustStroke(t, []Path{{{0, 0}, {10000, 0}, {5000, 0}}}, 1000, Style{Tolerance: 1})
	if b := Bounds(got); b != (Box{Point{-1000, -1000}, Point{11000, 1000}}) {
		t.Errorf("it reaches over %v", b)
	}
	if want := math.Pi*1e6 + 2e7; math.Abs(Area(got)-want) > 1e-3*want {
		t.Errorf("area %v, want %v", Area(got), want)
	}
}

// Whatever the style, every point of a line is burned, and nothing lies
// farther from it than the style may reach.
func TestStrokeCoversItsPath(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var paths []Path
		for _, r := range drawRings(t, "paths") {
			paths = append(paths, Path(r))
		}
		style := Style{
			Join:       rapid.SampledFrom([]Join{RoundJoin, MitreJoin, SquareJoin}).Draw(t, "join"),
			Cap:        rapid.SampledFrom([]Cap{RoundCap, ButtCap, SquareCap}).Draw(t, "cap"),
			MitreLimit: rapid.Float64Range(1, 5).Draw(t, "limit"),
		}
		half := rapid.Float64Range(3, 5000).Draw(t, "half")
		got, err := Stroke(context.Background(), paths, half, style)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkValid(got); err != nil {
			t.Fatal(err)
		}
		index := NewIndex(got)
		for _, p := range paths {
			for i := 1; i < len(p); i++ {
				mid := Point{p[i].X/2 + p[i-1].X/2, p[i].Y/2 + p[i-1].Y/2}
				if distance(p[i], p[i-1]) > 8 && index.Locate(mid) == Outside {
					t.Errorf("%v is not covered", mid)
				}
			}
		}
		// a cut mitre has its corners beside the bisector
		reach := half*math.Sqrt(1+style.MitreLimit*style.MitreLimit) + 2
		for _, r := range Rings(got) {
			for _, q := range r {
				if near := nearest(paths, q); near > reach {
					t.Errorf("%v lies %g from the line, no more than %g is right", q, near, reach)
				}
			}
		}
	})
}

func nearest(paths []Path, q Point) float64 {
	best := math.Inf(1)
	for _, p := range paths {
		best = min(best, distance(p[0], q))
		for i := 1; i < len(p); i++ {
			best = min(best, distanceToSegment(q, p[i-1], p[i]))
		}
	}
	return best
}
