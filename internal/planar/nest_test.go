package planar

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func mustNest(t testing.TB, rings []Ring) []Node {
	t.Helper()
	got, err := Nest(context.Background(), rings)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestNest(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		rings []Ring
		want  []Node
	}{
		{"none", nil, []Node{}},
		{"beside each other", []Ring{rect(0, 0, 9, 9), rect(20, 0, 29, 9)}, []Node{{-1, 0}, {-1, 0}}},
		{"three deep, whatever their direction and order", []Ring{reversed(rect(3, 3, 6, 6)), rect(0, 0, 9, 9), rect(1, 1, 8, 8)}, []Node{{2, 2}, {-1, 0}, {1, 1}}},
		{"two in one", []Ring{rect(0, 0, 9, 9), rect(1, 1, 3, 3), rect(5, 1, 8, 3)}, []Node{{-1, 0}, {0, 1}, {0, 1}}},
		{"behind a smaller one", []Ring{rect(0, 0, 9, 90), rect(1, 1, 3, 3), rect(1, 5, 3, 8)}, []Node{{-1, 0}, {0, 1}, {0, 1}}},
		{"touches from inside at a corner", []Ring{rect(0, 0, 9, 9), {{0, 0}, {5, 3}, {3, 5}}}, []Node{{-1, 0}, {0, 1}}},
		{"shares a side from inside", []Ring{rect(0, 0, 9, 9), rect(0, 2, 5, 5)}, []Node{{-1, 0}, {0, 1}}},
		{"shares a side from outside", []Ring{rect(0, 0, 9, 9), rect(9, 2, 15, 5), rect(0, 9, 9, 12)}, []Node{{-1, 0}, {-1, 0}, {-1, 0}}},
		{"equal ones", []Ring{rect(0, 0, 9, 9), reversed(rect(0, 0, 9, 9)), rect(2, 2, 3, 3)}, []Node{{-1, 0}, {0, 1}, {1, 2}}},
		{"a line within", []Ring{rect(0, 0, 9, 9), {{2, 2}, {5, 5}}, rect(7, 7, 8, 8)}, []Node{{-1, 0}, {0, 1}, {0, 1}}},
		{"nothing at all", []Ring{rect(0, 0, 9, 9), {{2, 2}}, {}}, []Node{{-1, 0}, {-1, 0}, {-1, 0}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, mustNest(t, tt.rings)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// nestSlowly asks for every pair of rings whether one lies in the other.
func nestSlowly(rings []Ring) []Node {
	within := func(i, j int) bool {
		return max(RingArea(rings[i]), -RingArea(rings[i])) < max(RingArea(rings[j]), -RingArea(rings[j])) && ringWithin(rings[i], rings[j])
	}
	nodes := make([]Node, len(rings))
	for i := range rings {
		nodes[i].Parent = -1
		for j := range rings {
			if i == j || !within(i, j) {
				continue
			}
			nodes[i].Depth++
			if p := nodes[i].Parent; p < 0 || within(j, p) {
				nodes[i].Parent = j
			}
		}
	}
	return nodes
}

// The depth of a ring decides on which side the kerf goes.
func TestNestBesideAllPairs(t *testing.T) {
	t.Parallel()
	deepest := 0
	for seed := range rounds(300) {
		r := rand.New(rand.NewPCG(uint64(seed), 22))
		// islands in lakes on islands: even-odd of many rings
		var all []Ring
		for range 1 + r.IntN(6) {
			all = append(all, randomRings(r)...)
		}
		for k := range r.Int32N(6) {
			all = append(all, rect(-k*5-1, -k*5-1, k*5+9, k*5+9))
		}
		rings := Rings(mustBoolean(t, UnionOp, all, nil, EvenOdd))
		for i := range rings {
			if r.IntN(2) == 0 {
				rings[i] = reversed(rings[i])
			}
		}
		r.Shuffle(len(rings), func(i, j int) { rings[i], rings[j] = rings[j], rings[i] })
		got := mustNest(t, rings)
		if diff := cmp.Diff(nestSlowly(rings), got); diff != "" {
			t.Fatalf("seed %d (-want +got)\n%s", seed, diff)
		}
		for _, n := range got {
			deepest = max(deepest, n.Depth)
		}
	}
	if deepest < 5 {
		t.Errorf("no ring lies deeper than %d", deepest)
	}
}

// A piece that is cut loose takes the holes with it that are not cut yet.
func TestInnerFirst(t *testing.T) {
	t.Parallel()
	rings := []Ring{rect(0, 0, 9, 9), rect(100, 0, 109, 9), rect(1, 1, 8, 8), rect(101, 1, 103, 3), rect(2, 2, 3, 3), rect(5, 5, 6, 6)}
	if diff := cmp.Diff([]int{4, 5, 2, 0, 3, 1}, InnerFirst(mustNest(t, rings))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 23))
		nodes := mustNest(t, Rings(mustBoolean(t, UnionOp, append(randomRings(r), randomRings(r)...), nil, EvenOdd)))
		order := InnerFirst(nodes)
		at := make([]int, len(order))
		for k, i := range order {
			at[i] = k
		}
		for i, n := range nodes {
			if n.Parent >= 0 && at[i] > at[n.Parent] {
				t.Errorf("seed %d: ring %d comes after %d, which it lies in", seed, i, n.Parent)
			}
		}
		slices.Sort(order)
		if !slices.Equal(order, intsUpTo(len(nodes))) {
			t.Errorf("seed %d: not every ring once: %v", seed, order)
		}
	}
}

func intsUpTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// A sheet with very many holes is nested at once and not for minutes.
func TestNestOfMany(t *testing.T) {
	t.Parallel()
	const n = 300
	rings := []Ring{rect(-1, -1, 10*n, 10*n)}
	for x := range int32(n) {
		for y := range int32(n) {
			rings = append(rings, rect(10*x, 10*y, 10*x+5, 10*y+5))
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), soon)
	defer cancel()
	start := time.Now()
	nodes, err := Nest(ctx, rings)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d rings in %v", len(rings), time.Since(start))
	for i, node := range nodes[1:] {
		if node != (Node{0, 1}) {
			t.Fatalf("ring %d: %v", i+1, node)
		}
	}
	over, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Nest(over, rings); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
