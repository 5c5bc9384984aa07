package planar

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A hole in the core would be filled, and a border in it would be lost.
func TestCoreLiesInside(t *testing.T) {
	t.Parallel()
	found := 0
	for seed := range uint64(rounds(100)) {
		r := rand.New(rand.NewPCG(seed, 70))
		rings := crowd(r)
		k := mustCore(t, rings)
		for row := range k.ny {
			for col := range k.nx {
				if !k.at(row, col) {
					continue
				}
				found++
				for range 3 {
					p := Point{
						k.origin.X + int32(col)<<k.shift + r.Int32N(1<<k.shift),
						k.origin.Y + int32(row)<<k.shift + r.Int32N(1<<k.shift),
					}
					if n := windingNear(rings, p); n < 1 {
						t.Fatalf("seed %d: the winding number at %v, in row %d, column %d of the core, is %d", seed, p, row, col, n)
					}
				}
			}
		}
	}
	if found == 0 {
		t.Error("there was no core")
	}
}

// What the core spares must not show in a map: the union is valid, is the same
// area, and is the same in another order and in other strips.
func TestCoreChangesNoUnion(t *testing.T) {
	t.Parallel()
	spared := 0
	for seed := range uint64(rounds(60)) {
		r := rand.New(rand.NewPCG(seed, 71))
		rings := crowd(r)
		if seed%3 == 0 {
			rings, _ = degenerate(r)
		}
		fill := []Fill{NonZero, Positive}[seed%2]
		got, segs := mustUniteByCore(t, rings, fill, len(rings)*10)
		if err := checkValid(got); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		all, err := ringSegments(newPace(context.Background()), rings, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		spared += all.count() - segs
		want := mustBoolean(t, UnionOp, rings, nil, fill)
		if d := Area(mustBoolean(t, Xor, Rings(got), Rings(want), Positive)); d > 2*areaBound(rings) {
			t.Errorf("seed %d: %v of another area", seed, d)
		}
		for _, per := range []int{2, 7} {
			again, _ := mustUniteByCore(t, turnedAround(r, rings), fill, per)
			if diff := cmp.Diff(got, again); diff != "" {
				t.Fatalf("seed %d: in another order, in strips of %d (-first +again)\n%s", seed, per, diff)
			}
		}
	}
	if spared < 1000 {
		t.Errorf("%d segments were spared", spared)
	}
}

// Short cuts may leave a face in the core without a winding number that is inside,
// where a hole of one ring lies in the loop that another one spares.
func TestCoreHasNoBorder(t *testing.T) {
	t.Parallel()
	outline := rect(0, 0, 1000, 1000)
	rings := []Ring{outline, reversed(disc(Point{500, 500}, 90, 30)), {{420, 420}, {440, 580}, {580, 560}}}
	segs, err := ringSegments(newPace(context.Background()), rings, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	inside, err := insideRule(UnionOp, Positive)
	if err != nil {
		t.Fatal(err)
	}
	k := &core{origin: Point{-4, -4}, shift: 6, nx: 17, ny: 17, words: 1, inside: make([]uint64, 17)}
	for row := 6; row < 11; row++ {
		k.inside[row] = 1<<11 - 1<<6
	}
	for _, per := range []int{1, 3, 10, perStrip} {
		got, err := polygonizeStrips(newPace(context.Background()), segs, rule{inside, k}, per)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]Polygon{{outline}}, got); diff != "" {
			t.Errorf("in strips of %d (-want +got)\n%s", per, diff)
		}
	}
}

// Rings that turn about the corners of the lattice, some units beside them, may
// pass them on either side once they are noded. They count as they lie, and as
// they will.
func TestCoreIsSureAtCorners(t *testing.T) {
	t.Parallel()
	const cells, side, around = 12, 16, 16 + 2*drift - 2
	found := 0
	for seed := range uint64(rounds(1000)) {
		r := rand.New(rand.NewPCG(seed, 72))
		corner := func() Point {
			beside := func() int32 { return -4 + side*(1+r.Int32N(cells-3)) + r.Int32N(2*drift+3) - drift - 1 }
			return Point{beside(), beside()}
		}
		var rings []Ring
		for range r.IntN(4) {
			rings = append(rings, rect(0, 0, cells*side-side, cells*side-side))
		}
		for range 1 + r.IntN(3) {
			ring := Ring{corner(), corner(), corner()}
			for range r.IntN(4) {
				ring = append(ring, corner())
			}
			rings = append(rings, ring)
		}
		k := mustFind(t, rings, 4, cells)
		for row := range cells {
			for col := range cells {
				if k.at(row, col) {
					found++
					x, y := k.origin.X+int32(col)*side, k.origin.Y+int32(row)*side
					for i := range int32(around * around) {
						p := Point{x + i%around - drift + 1, y + i/around - drift + 1}
						if n := windingNear(rings, p); n < 1 {
							t.Fatalf("seed %d: the winding number at %v, in row %d, column %d of the core, is %d", seed, p, row, col, n)
						}
					}
				}
			}
		}
	}
	if found < rounds(5000) {
		t.Errorf("only %d cells are in the core", found)
	}
}

// No corner of a cell lies in all of three rings, of which two end beside each
// other in it; the third holds it all.
func TestCoreKnowsSides(t *testing.T) {
	t.Parallel()
	k := mustFind(t, []Ring{rect(0, 0, 1000, 1000), rect(0, 0, 480, 1000), rect(500, 0, 1000, 1000)}, 6, 17)
	for row := 1; row < 15; row++ {
		if want := k.col(480); want != k.col(500) || !k.at(row, want) {
			t.Errorf("the cell in row %d, where both end, is not in the core", row)
		}
	}
}

// A road that ends on another one takes nothing from it; the end of a hole does.
func TestCoreKnowsTips(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ road, tips Ring }{
		{disc(Point{530, 520}, 190, 30), Ring{{340, 520}, {720, 520}}},
		{rect(308, 308, 690, 690), Ring{{308, 308}, {690, 690}}},
		{Ring{{310, 500}, {500, 310}, {690, 500}, {500, 690}}, Ring{{310, 500}, {690, 500}}},
	} {
		for _, hole := range []bool{false, true} {
			road := test.road
			if hole {
				road = reversed(road)
			}
			k := mustFind(t, []Ring{rect(0, 0, 1000, 1000), road}, 6, 17)
			for _, tip := range test.tips {
				if k.at(k.row(tip.Y), k.col(tip.X)) == hole {
					t.Errorf("of a hole: %v: whether the cell of the tip at %v is in the core is wrong", hole, tip)
				}
			}
		}
	}
}

// The whole of a small ring in a cell, with a tip at either side, adds nothing
// to the core, and neither does one whose sides cross.
func TestCoreTrustsNoSmallRing(t *testing.T) {
	t.Parallel()
	for _, ring := range []Ring{
		{{440, 500}, {460, 480}, {480, 500}, {460, 520}},
		{{300, 440}, {480, 500}, {300, 560}, {440, 570}, {460, 500}, {440, 430}},
		{{300, 520}, {470, 480}, {300, 440}},
	} {
		for _, outline := range []Ring{nil, rect(-100, -100, 100, 100)} {
			k := mustFind(t, []Ring{ring, outline}, 6, 17)
			for row := 5; row < k.ny; row++ {
				for col := 5; col < k.nx; col++ {
					if k.at(row, col) {
						t.Errorf("%v: row %d, column %d is in the core", ring[0], row, col)
					}
				}
			}
		}
	}
}

// So many rings on each other must not count as none because the count runs over.
func TestCoreCountsManyRings(t *testing.T) {
	t.Parallel()
	var rings []Ring
	for range 70000 {
		rings = append(rings, Ring{{0, 0}, {900, 0}, {900, 900}, {0, 900}}, Ring{{300, 300}, {300, 600}, {600, 600}, {600, 300}})
	}
	k := mustCore(t, rings)
	for row := range k.ny {
		for col := range k.nx {
			x, y := k.origin.X+int32(col)<<k.shift, k.origin.Y+int32(row)<<k.shift
			side := int32(1) << k.shift
			if k.at(row, col) && (x < 0 || y < 0 || x+side > 900 || y+side > 900 || x < 600 && x+side > 300 && y < 600 && y+side > 300) {
				t.Errorf("row %d, column %d, at %d, %d, is in the core", row, col, x, y)
			}
		}
	}
}

func mustCore(t testing.TB, rings []Ring) *core {
	t.Helper()
	pc := newPace(context.Background())
	pieces, m, err := measure(pc, rings)
	if err != nil {
		t.Fatal(err)
	}
	k := m.lattice()
	if k == nil {
		return nil
	}
	if _, err := k.find(pc, rings, pieces); err != nil {
		t.Fatal(err)
	}
	return k
}

// mustFind finds the core in a square lattice from just below the origin.
func mustFind(t testing.TB, rings []Ring, shift uint, cells int) *core {
	t.Helper()
	k := &core{origin: Point{-4, -4}, shift: shift, nx: cells, ny: cells, words: 1}
	pc := newPace(context.Background())
	pieces, _, err := measure(pc, rings)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.find(pc, rings, pieces); err != nil {
		t.Fatal(err)
	}
	return k
}

// mustUniteByCore unites rings by a core however little that spares, in strips
// of so many segments. It tells how many segments there were.
func mustUniteByCore(t testing.TB, rings []Ring, fill Fill, per int) ([]Polygon, int) {
	t.Helper()
	polys, segs, err := uniteByCore(rings, fill, per)
	if err != nil {
		t.Fatal(err)
	}
	return polys, segs
}

// crowd is rings that lie over each other, some of them with crossings.
func crowd(r *rand.Rand) []Ring {
	size := int32(1) << (10 + r.IntN(6))
	var rings []Ring
	for range 4 + r.IntN(60) {
		x, y := r.Int32N(4*size), r.Int32N(4*size)
		w, h := 1+r.Int32N(size), 1+r.Int32N(size)
		ring := Ring{{x, y}, {x + w, y + h/3}, {x + w/2, y + h}, {x - w/3, y + h/2}}
		for range r.IntN(6) {
			i := r.IntN(len(ring))
			ring = slices.Insert(ring, i, Point{ring[i].X + r.Int32N(size/4), ring[i].Y + r.Int32N(size/4)})
		}
		if r.IntN(6) == 0 {
			ring = reversed(ring)
		}
		rings = append(rings, ring)
	}
	round := func(reach int32) Ring {
		return disc(Point{r.Int32N(4 * size), r.Int32N(4 * size)}, float64(reach), 20+r.IntN(60))
	}
	for range r.IntN(12) { // as the ends of roads are
		rings = append(rings, round(size/2))
	}
	if r.IntN(2) == 0 { // islands in roundabouts
		rings = append(rings, rect(0, 0, 4*size, 4*size))
		for range r.IntN(8) {
			rings = append(rings, round(size), reversed(round(size/4+r.Int32N(size/2))))
		}
	}
	return rings
}

// disc is a circle with so many corners.
func disc(at Point, reach float64, n int) Ring {
	var ring Ring
	for i := range n {
		v := at.vector().plus(compass(360 * float64(i) / float64(n)).times(reach))
		ring = append(ring, Point{snap(v.x), snap(v.y)})
	}
	return ring
}

// turnedAround is rings in another order, from other starts.
func turnedAround(r *rand.Rand, rings []Ring) []Ring {
	out := slices.Clone(rings)
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	for i, ring := range out {
		k := r.IntN(len(ring))
		out[i] = slices.Concat(ring[k:], ring[:k])
	}
	return out
}

// windingNear is the winding number beside a point.
func windingNear(rings []Ring, p Point) int {
	n := 0
	for _, ring := range rings {
		for i, a := range ring {
			b := ring[(i+1)%len(ring)]
			switch o := orient(a, b, p); {
			case a.Y <= p.Y && b.Y > p.Y && o > 0:
				n++
			case b.Y <= p.Y && a.Y > p.Y && o < 0:
				n--
			}
		}
	}
	return n
}
