package planar

import (
	"context"
	"math"
	"slices"
	"testing"
)

// fuzz tries inputs up to a length: a byte of options, and rings that stretch
// spreads over the board.
func fuzz(f *testing.F, longest int, stretch int32, try func(t *testing.T, options byte, rings []Ring)) {
	f.Helper()
	fuzzSeeds(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 0 && len(data) <= longest {
			try(t, data[0], fuzzRings(data[1:], stretch))
		}
	})
}

// fuzzArea is the valid area that rings fill.
func fuzzArea(t *testing.T, rings []Ring) []Polygon {
	t.Helper()
	return mustBoolean(t, UnionOp, rings, nil, EvenOdd)
}

func FuzzOffset(f *testing.F) {
	fuzz(f, 200, 1000, func(t *testing.T, options byte, rings []Ring) {
		style := Style{Join: Join(options % 3), MitreLimit: 1 + float64(options%7), Tolerance: 100}
		d := 300 * float64(int8(options))
		mustOffset(t, fuzzArea(t, rings), d, style)
	})
}

func FuzzInsetRings(f *testing.F) {
	fuzz(f, 120, 100, func(t *testing.T, options byte, rings []Ring) {
		steps, err := InsetRings(context.Background(), fuzzArea(t, rings), 3000+200*float64(options), 20, Style{Join: Join(options % 3)})
		for _, step := range steps {
			mustValid(t, step, err)
		}
	})
}

func FuzzWidths(f *testing.F) {
	fuzz(f, 80, 10, func(t *testing.T, options byte, rings []Ring) {
		area, width := fuzzArea(t, rings), 1+20*float64(options)
		for _, f := range []func(context.Context, []Polygon, float64) ([]Polygon, error){Opening, Closing, Thicken} {
			got, err := f(context.Background(), area, width)
			mustValid(t, got, err)
		}
	})
}

func FuzzBridges(f *testing.F) {
	fuzz(f, 200, 10, func(t *testing.T, options byte, rings []Ring) {
		area := fuzzArea(t, rings)
		k := min(int(options)%3, len(area))
		bridges, err := Bridges(context.Background(), area[:k], area[k:], 4+50*float64(options), 1+int(options)%4)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range bridges {
			if b.Island < 0 || b.Island >= len(area)-k {
				t.Fatalf("a bridge for island %d of %d", b.Island, len(area)-k)
			}
			for i, r := range b.Strip {
				if err := checkRing(r, i == 0); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func FuzzNest(f *testing.F) {
	fuzz(f, 400, 1, func(t *testing.T, _ byte, rings []Ring) {
		// as they are, crossing each other, it must end with a tree
		nodes := mustNest(t, rings)
		for i, n := range nodes {
			depth := 0
			for p := n.Parent; p >= 0; p = nodes[p].Parent {
				if depth++; depth > len(nodes) {
					t.Fatalf("ring %d lies in itself", i)
				}
			}
			if depth != n.Depth {
				t.Fatalf("ring %d: depth %d, %d rings around it", i, n.Depth, depth)
			}
		}
		if order := slices.Sorted(slices.Values(InnerFirst(nodes))); !slices.Equal(order, intsUpTo(len(rings))) {
			t.Fatalf("not every ring once: %v", order)
		}
	})
}

func FuzzClipPaths(f *testing.F) {
	fuzz(f, 300, 10, func(t *testing.T, _ byte, rings []Ring) {
		half := len(rings) / 2
		area := fuzzArea(t, rings[:half])
		var paths []Path
		for _, r := range rings[half:] {
			paths = append(paths, Path(r))
		}
		for _, side := range []Side{Outside, Border, Inside} {
			pieces, err := ClipPathsIndexed(context.Background(), paths, area, side)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range pieces {
				if len(p.Path) == 0 || p.Source < 0 || p.Source >= len(paths) {
					t.Fatalf("a piece %v", p)
				}
			}
		}
	})
}

func FuzzPaths(f *testing.F) {
	fuzz(f, 300, 3, func(t *testing.T, _ byte, rings []Ring) {
		var paths []Path
		for _, r := range rings {
			paths = append(paths, Path(r))
		}
		noded, err := NodePaths(context.Background(), paths)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[[2]Point]bool{}
		for _, p := range MergePaths(noded) {
			for i := 1; i < len(p); i++ {
				a, b := p[i-1], p[i]
				if b.Compare(a) < 0 {
					a, b = b, a
				}
				if a == b || seen[[2]Point{a, b}] {
					t.Fatalf("%v-%v comes twice", a, b)
				}
				seen[[2]Point{a, b}] = true
			}
		}
	})
}

func FuzzSimplify(f *testing.F) {
	fuzz(f, 300, 10, func(t *testing.T, options byte, rings []Ring) {
		area := fuzzArea(t, rings)
		got, err := SimplifyGroups(context.Background(), [][]Polygon{area}, 20*float64(options))
		if err != nil {
			t.Fatal(err)
		}
		mustValid(t, got[0], nil)
		for _, r := range rings {
			if simple := SimplifyRing(r, float64(options)); len(simple) > len(r) {
				t.Fatalf("%d points of %d", len(simple), len(r))
			}
		}
	})
}

func FuzzHatch(f *testing.F) {
	fuzz(f, 300, 1, func(t *testing.T, options byte, rings []Ring) {
		area := fuzzArea(t, rings)
		spacing := 40 + float64(options)
		lines, err := Hatch(context.Background(), area, 10*float64(options), spacing)
		if err != nil {
			t.Fatal(err)
		}
		index := NewIndex(area)
		sum := 0.0
		for _, l := range lines {
			if len(l) != 2 {
				t.Fatalf("a line %v", l)
			}
			sum += Length(l)
			if mid := halfway(l[0], l[1]); Length(l) > 8 && index.Locate(mid) == Outside && toBorder(area, mid) > 2 {
				t.Fatalf("the line %v runs outside", l)
			}
		}
		if most := Area(area)/spacing + areaBound(Rings(area)); sum > 4*most+spacing && !math.IsInf(most, 0) {
			t.Fatalf("%v of lines for an area of %v", sum, Area(area))
		}
	})
}

func toBorder(area []Polygon, p Point) float64 {
	best := math.Inf(1)
	for _, r := range Rings(area) {
		for i := range r {
			best = min(best, distanceToSegment(p, r[i], r[(i+1)%len(r)]))
		}
	}
	return best
}

func FuzzLocate(f *testing.F) {
	fuzz(f, 300, 1, func(t *testing.T, _ byte, rings []Ring) {
		area := fuzzArea(t, rings)
		index := NewIndex(area)
		for _, r := range rings {
			for i, p := range r {
				for _, q := range []Point{p, halfway(p, r[(i+1)%len(r)]), {p.X + 1, p.Y}} {
					if got, want := index.Locate(q), Contains(area, q); got != want {
						t.Fatalf("%v: the index says %v, all edges say %v", q, got, want)
					}
				}
			}
		}
	})
}

func FuzzUniteByCore(f *testing.F) {
	fuzz(f, 300, 30, func(t *testing.T, options byte, rings []Ring) {
		fill := []Fill{NonZero, Positive}[options%2]
		for range options / 2 % 4 { // more of them on each other
			rings = append(rings, rings...)
		}
		got, _ := mustUniteByCore(t, rings, fill, 1+int(options))
		mustValid(t, got, nil)
		want := mustBoolean(t, UnionOp, rings, nil, fill)
		if d := Area(mustBoolean(t, Xor, Rings(got), Rings(want), Positive)); d > 2*areaBound(rings) {
			t.Errorf("%v of another area", d)
		}
	})
}
