package planar

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSimplifyPath(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		path Path
		tol  float64
		want Path
	}{
		{"small wiggles go", Path{{0, 0}, {10, 1}, {20, -1}, {30, 0}}, 2, Path{{0, 0}, {30, 0}}},
		{"corners stay", Path{{0, 0}, {10, 0}, {10, 10}}, 2, Path{{0, 0}, {10, 0}, {10, 10}}},
		{"no tolerance keeps all but repeats", Path{{0, 0}, {0, 0}, {5, 0}, {9, 0}}, 0, Path{{0, 0}, {5, 0}, {9, 0}}},
		{"a closed path keeps its farthest point", Path{{0, 0}, {5, 0}, {9, 1}, {4, 3}, {0, 0}}, 100, Path{{0, 0}, {0, 0}}},
		{"two points stay", Path{{0, 0}, {1, 0}}, 100, Path{{0, 0}, {1, 0}}},
		{"a way out and back is no wiggle", Path{{0, 0}, {50, 0}, {10, 0}}, 5, Path{{0, 0}, {50, 0}, {10, 0}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, SimplifyPath(tt.path, tt.tol)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestSimplifyRing(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		ring Ring
		tol  float64
		want Ring
	}{
		{"a square loses its wiggles", Ring{{0, 0}, {50, 2}, {100, 0}, {100, 100}, {49, 99}, {0, 100}}, 5, rect(0, 0, 100, 100)},
		{"a speck vanishes", rect(0, 0, 3, 3), 5, nil},
		{"a sliver vanishes", Ring{{0, 0}, {100, 1}, {200, 0}, {100, -1}}, 5, nil},
		{"a line is no ring", Ring{{0, 0}, {5, 0}}, 0, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, SimplifyRing(tt.ring, tt.tol)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// wiggly is a field of cells whose borders wind, as parcels do: neighbours
// share them point by point.
func wiggly(r *rand.Rand, side int, amplitude int32) []Polygon {
	const cell, steps = 1000, 10
	type key struct {
		x, y  int
		right bool
	}
	edges := map[key]Path{}
	edge := func(x, y int, right bool) Path {
		k := key{x, y, right}
		if p, ok := edges[k]; ok {
			return p
		}
		var p Path
		for i := range int32(steps) {
			along, off := i*cell/steps, int32(0)
			if i > 0 {
				off = r.Int32N(2*amplitude+1) - amplitude
			}
			if right {
				p = append(p, Point{int32(x)*cell + along, int32(y)*cell + off})
			} else {
				p = append(p, Point{int32(x)*cell + off, int32(y)*cell + along})
			}
		}
		end := Point{int32(x) * cell, int32(y) * cell}
		if right {
			end.X += cell
		} else {
			end.Y += cell
		}
		p = append(p, end)
		edges[k] = p
		return p
	}
	var polys []Polygon
	for x := range side {
		for y := range side {
			ring := Ring{}
			add := func(p Path) { ring = append(ring, p[:len(p)-1]...) }
			add(edge(x, y, true))
			add(edge(x+1, y, false))
			add(reversed(edge(x, y+1, true)))
			add(reversed(edge(x, y, false)))
			polys = append(polys, Polygon{ring})
		}
	}
	return polys
}

// Parcels that fit without a gap before must fit without a gap after: else the
// laser burns a sliver between them.
func TestSimplifyPolygonsKeepsSharedBorders(t *testing.T) {
	t.Parallel()
	const side = 6
	for _, tol := range []float64{1, 30, 90, 400} {
		for seed := range uint64(20) {
			polys := wiggly(rand.New(rand.NewPCG(seed, 4)), side, 80)
			got, err := SimplifyPolygons(context.Background(), polys, tol)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != side*side {
				t.Fatalf("tolerance %g, seed %d: %d cells, want %d", tol, seed, len(got), side*side)
			}
			whole := mustBoolean(t, UnionOp, Rings(got), nil, Positive)
			if len(whole) != 1 || len(whole[0]) != 1 {
				t.Errorf("tolerance %g, seed %d: gaps between the cells", tol, seed)
			}
			if a, b := Area(got), Area(whole); a != b {
				t.Errorf("tolerance %g, seed %d: cells overlap: %v together, %v united", tol, seed, a, b)
			}
		}
	}
}

func TestSimplifyPolygonsIsValid(t *testing.T) {
	t.Parallel()
	for seed := range rounds(1000) {
		r := rand.New(rand.NewPCG(uint64(seed), 5))
		polys := mustBoolean(t, UnionOp, randomRings(r), nil, EvenOdd)
		tol := math.Exp(8 * r.Float64())
		got, err := SimplifyGroups(context.Background(), [][]Polygon{polys}, tol)
		if err != nil {
			t.Fatal(err)
		}
		if err := checkValid(got[0]); err != nil {
			t.Errorf("seed %d, tolerance %g: %v", seed, tol, err)
		}
	}
}

// A shore that is drawn straight must not cut through the lake behind it.
func TestSimplifyPolygonsDoesNotCross(t *testing.T) {
	t.Parallel()
	shell := Ring{{0, 0}, {500, -80}, {1000, 0}, {1000, 1000}, {0, 1000}}
	lake := Ring{{400, -40}, {400, 400}, {600, 400}, {600, -40}}
	got, err := SimplifyPolygons(context.Background(), []Polygon{{shell, lake}}, 100)
	mustValid(t, got, err)
	if diff := cmp.Diff([]Polygon{{shell, lake}}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestSimplifyGroupsKeepTheirPlace(t *testing.T) {
	t.Parallel()
	got, err := SimplifyGroups(context.Background(), [][]Polygon{nil, {{rect(0, 0, 3, 3)}}, {{rect(10, 0, 99, 99)}, {rect(200, 0, 300, 99)}}}, 5)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]Polygon{nil, nil, {{rect(10, 0, 99, 99)}, {rect(200, 0, 300, 99)}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
