package planar

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestClipPaths(t *testing.T) {
	t.Parallel()
	square := []Polygon{{rect(0, 0, 10, 10)}}
	tests := []struct {
		name string
		path []Path
		area []Polygon
		keep Side
		want []Path
	}{
		{"a street is cut at the frame", []Path{{{-5, 5}, {15, 5}}}, square, Inside, []Path{{{0, 5}, {10, 5}}}},
		{"and goes on beyond it", []Path{{{-5, 5}, {15, 5}}}, square, Outside, []Path{{{-5, 5}, {0, 5}}, {{10, 5}, {15, 5}}}},
		{"direction stays", []Path{{{15, 5}, {-5, 5}}}, square, Inside, []Path{{{10, 5}, {0, 5}}}},
		{"nothing is cut within", []Path{{{1, 1}, {5, 5}, {2, 8}}}, square, Inside, []Path{{{1, 1}, {5, 5}, {2, 8}}}},
		{"what lies elsewhere is gone", []Path{{{20, 1}, {25, 5}}}, square, Inside, nil},
		{"a run along the border is inside", []Path{{{-5, 0}, {15, 0}}}, square, Inside, []Path{{{0, 0}, {10, 0}}}},
		{"and not outside", []Path{{{-5, 0}, {15, 0}}}, square, Outside, []Path{{{-5, 0}, {0, 0}}, {{10, 0}, {15, 0}}}},
		{"and alone as border", []Path{{{-5, 0}, {5, 0}, {5, 5}}}, square, Border, []Path{{{0, 0}, {5, 0}}}},
		{
			"a border that two areas share is kept once",
			[]Path{{{10, -5}, {10, 15}}},
			[]Polygon{{rect(0, 0, 10, 10)}, {rect(10, 0, 20, 10)}},
			Inside,
			[]Path{{{10, 0}, {10, 10}}},
		},
		{
			"crossing paths gain no points",
			[]Path{{{1, 5}, {9, 5}}, {{5, 1}, {5, 9}}},
			square, Inside,
			[]Path{{{1, 5}, {9, 5}}, {{5, 1}, {5, 9}}},
		},
		{
			"a hole takes its part",
			[]Path{{{0, 5}, {10, 5}}},
			[]Polygon{{rect(0, 0, 10, 10), reversed(rect(3, 3, 6, 6))}},
			Inside,
			[]Path{{{0, 5}, {3, 5}}, {{6, 5}, {10, 5}}},
		},
		{"a closed path stays whole", []Path{{{1, 1}, {5, 1}, {5, 5}, {1, 1}}}, square, Inside, []Path{{{1, 1}, {5, 1}, {5, 5}, {1, 1}}}},
		{
			"a closed path that is cut has no seam at its start",
			[]Path{{{5, 5}, {15, 5}, {15, 8}, {5, 8}, {5, 5}}},
			square, Inside,
			[]Path{{{10, 8}, {5, 8}, {5, 5}, {10, 5}}},
		},
		{"points inside and on the border stay", []Path{{{5, 5}}, {{0, 5}}, {{11, 5}}}, square, Inside, []Path{{{5, 5}}, {{0, 5}}}},
		{"no area keeps all outside", []Path{{{1, 1}, {2, 2}}}, nil, Outside, []Path{{{1, 1}, {2, 2}}}},
		{"no area keeps nothing inside", []Path{{{1, 1}, {2, 2}}}, nil, Inside, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := ClipPaths(context.Background(), tt.path, tt.area, tt.keep)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) == 0 {
				got = nil
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Inside and outside together are every path, without a gap or a double.
func TestClipPathsParts(t *testing.T) {
	t.Parallel()
	for seed := range rounds(2000) {
		r := rand.New(rand.NewPCG(uint64(seed), 3))
		area := mustBoolean(t, UnionOp, randomRings(r), nil, EvenOdd)
		paths := randomPaths(r)
		length := make([]float64, len(paths))
		cuts := make([]float64, len(paths))
		for _, side := range []Side{Inside, Outside} {
			pieces, err := ClipPathsIndexed(context.Background(), paths, area, side)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range pieces {
				length[p.Source] += Length(p.Path)
				cuts[p.Source] += float64(len(p.Path))
				for i := 1; i < len(p.Path); i++ {
					a, b := p.Path[i-1], p.Path[i]
					if distance(a, b) < 100 {
						continue
					}
					mid := Point{a.X/2 + b.X/2, a.Y/2 + b.Y/2}
					where := Contains(area, mid)
					if where != side && where != Border && borderDistance(area, mid) > 2 {
						t.Errorf("seed %d: %v is %v, want %v", seed, mid, where, side)
					}
				}
			}
		}
		for i, p := range paths {
			if want := Length(p); math.Abs(length[i]-want) > 2*cuts[i]+2 {
				t.Errorf("seed %d: path %d of length %v is parted to %v", seed, i, want, length[i])
			}
		}
	}
}

func borderDistance(area []Polygon, q Point) float64 {
	best := math.Inf(1)
	for _, r := range Rings(area) {
		for i := range r {
			best = min(best, distanceToSegment(q, r[i], r[(i+1)%len(r)]))
		}
	}
	return best
}

func TestMergePaths(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		in, merged []Path
	}{
		{"pieces of a street become one", []Path{{{2, 0}, {1, 0}}, {{0, 0}, {1, 0}}, {{2, 0}, {3, 1}}}, []Path{{{0, 0}, {1, 0}, {2, 0}, {3, 1}}}},
		{
			"a street twice, also backwards, is burned once",
			[]Path{{{0, 0}, {1, 0}, {2, 0}}, {{2, 0}, {1, 0}, {0, 0}}, {{0, 0}, {1, 0}}},
			[]Path{{{0, 0}, {1, 0}, {2, 0}}},
		},
		{
			"junctions end chains",
			[]Path{{{0, 0}, {5, 0}}, {{5, 0}, {9, 0}}, {{5, 0}, {5, 5}}},
			[]Path{{{0, 0}, {5, 0}}, {{5, 0}, {5, 5}}, {{5, 0}, {9, 0}}},
		},
		{
			"a closed chain comes back to its start",
			[]Path{{{5, 5}, {0, 0}}, {{0, 0}, {5, 0}}, {{5, 0}, {5, 5}}},
			[]Path{{{0, 0}, {5, 0}, {5, 5}, {0, 0}}},
		},
		{
			"a loop on a stem",
			[]Path{{{0, 0}, {5, 0}, {8, 3}, {8, -3}, {5, 0}}},
			[]Path{{{0, 0}, {5, 0}}, {{5, 0}, {8, -3}, {8, 3}, {5, 0}}},
		},
		{"points are dropped", []Path{{{1, 1}}, {{2, 2}, {2, 2}}, {}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.merged, MergePaths(tt.in)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Noding first, lines that overlap in part are burned once as well.
func TestNodeAndMerge(t *testing.T) {
	t.Parallel()
	noded, err := NodePaths(context.Background(), []Path{{{0, 0}, {10, 0}}, {{20, 0}, {5, 0}}, {{7, -5}, {7, 5}}})
	if err != nil {
		t.Fatal(err)
	}
	want := []Path{{{0, 0}, {5, 0}, {7, 0}}, {{7, -5}, {7, 0}}, {{7, 0}, {7, 5}}, {{7, 0}, {10, 0}, {20, 0}}}
	if diff := cmp.Diff(want, MergePaths(noded)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestMergeKeepsEverySegmentOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var paths []Path
		for _, r := range drawRings(t, "paths") {
			paths = append(paths, Path(r))
		}
		type pair [2]Point
		key := func(a, b Point) pair {
			if b.Compare(a) < 0 {
				return pair{b, a}
			}
			return pair{a, b}
		}
		want := map[pair]bool{}
		for _, p := range paths {
			for i := 1; i < len(p); i++ {
				if p[i] != p[i-1] {
					want[key(p[i-1], p[i])] = true
				}
			}
		}
		for _, p := range MergePaths(paths) {
			for i := 1; i < len(p); i++ {
				k := key(p[i-1], p[i])
				if !want[k] {
					t.Errorf("%v comes twice or from nowhere", k)
				}
				delete(want, k)
			}
		}
		if len(want) > 0 {
			t.Errorf("%v are lost", want)
		}
	})
}
