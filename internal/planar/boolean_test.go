package planar

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func rect(x0, y0, x1, y1 int32) Ring { return RectRing(Point{x0, y0}, Point{x1, y1}) }

// Each case is a shape that a maker would see go wrong on the board.
func TestBoolean(t *testing.T) {
	t.Parallel()
	a, b := rect(0, 0, 4, 4), rect(2, 2, 6, 6)
	tests := []struct {
		name          string
		op            Op
		subject, clip []Ring
		fill          Fill
		want          []Polygon
	}{
		{"nothing gives nothing", UnionOp, nil, nil, NonZero, nil},
		{
			"union of overlapping squares", UnionOp,
			[]Ring{a},
			[]Ring{b},
			NonZero,
			[]Polygon{{{{0, 0}, {4, 0}, {4, 2}, {6, 2}, {6, 6}, {2, 6}, {2, 4}, {0, 4}}}},
		},
		{"intersection", Intersection, []Ring{a}, []Ring{b}, NonZero, []Polygon{{rect(2, 2, 4, 4)}}},
		{
			"difference", Difference,
			[]Ring{a},
			[]Ring{b},
			NonZero,
			[]Polygon{{{{0, 0}, {4, 0}, {4, 2}, {2, 2}, {2, 4}, {0, 4}}}},
		},
		{"xor parts at the touching corners", Xor, []Ring{a}, []Ring{b}, NonZero, []Polygon{
			{{{0, 0}, {4, 0}, {4, 2}, {2, 2}, {2, 4}, {0, 4}}},
			{{{2, 4}, {4, 4}, {4, 2}, {6, 2}, {6, 6}, {2, 6}}},
		}},
		{
			"neighbours dissolve without a seam", UnionOp,
			[]Ring{rect(0, 0, 2, 2)},
			[]Ring{rect(2, 0, 4, 2)},
			NonZero,
			[]Polygon{{rect(0, 0, 4, 2)}},
		},
		{
			"a hole keeps its shell", Difference,
			[]Ring{a},
			[]Ring{rect(1, 1, 3, 3)},
			NonZero,
			[]Polygon{{rect(0, 0, 4, 4), {{1, 1}, {1, 3}, {3, 3}, {3, 1}}}},
		},
		{
			"an island in a lake stays", Xor,
			[]Ring{rect(0, 0, 9, 9), rect(3, 3, 6, 6)},
			[]Ring{rect(1, 1, 8, 8)},
			NonZero,
			[]Polygon{{rect(0, 0, 9, 9), {{1, 1}, {1, 8}, {8, 8}, {8, 1}}}},
		},
		{
			"even-odd fills islands", UnionOp,
			[]Ring{rect(0, 0, 9, 9), rect(1, 1, 8, 8), rect(3, 3, 6, 6)},
			nil, EvenOdd,
			[]Polygon{{rect(0, 0, 9, 9), {{1, 1}, {1, 8}, {8, 8}, {8, 1}}}, {rect(3, 3, 6, 6)}},
		},
		{
			"a bow tie becomes two triangles", UnionOp,
			[]Ring{{{0, 0}, {4, 4}, {4, 0}, {0, 4}}},
			nil, NonZero,
			[]Polygon{{{{0, 0}, {2, 2}, {0, 4}}}, {{{2, 2}, {4, 0}, {4, 4}}}},
		},
		{
			"positive leaves out what turns clockwise", UnionOp,
			[]Ring{{{0, 0}, {4, 4}, {4, 0}, {0, 4}}},
			nil, Positive,
			[]Polygon{{{{0, 0}, {2, 2}, {0, 4}}}},
		},
		{"a spike vanishes", UnionOp, []Ring{{{0, 0}, {4, 0}, {9, 0}, {4, 0}, {4, 4}, {0, 4}}}, nil, NonZero, []Polygon{{a}}},
		{"a ring without area vanishes", UnionOp, []Ring{{{0, 0}, {4, 0}}, {{1, 1}}, {}, {{0, 0}, {2, 2}, {5, 5}}}, nil, NonZero, nil},
		{"minus itself is nothing", Difference, []Ring{a}, []Ring{a}, EvenOdd, nil},
		{
			"a hole that touches its shell at a point", Difference,
			[]Ring{rect(0, 0, 4, 4)},
			[]Ring{{{0, 2}, {2, 1}, {2, 3}}},
			NonZero,
			[]Polygon{{a, {{0, 2}, {2, 3}, {2, 1}}}},
		},
		{
			"a ring of blocks encloses a hole", UnionOp,
			[]Ring{rect(0, 0, 3, 1), rect(0, 2, 3, 3), rect(0, 0, 1, 3), rect(2, 0, 3, 3)},
			nil, NonZero,
			[]Polygon{{rect(0, 0, 3, 3), {{1, 1}, {1, 2}, {2, 2}, {2, 1}}}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := mustBoolean(t, tt.op, tt.subject, tt.clip, tt.fill)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// cells rasterises rings whose edges follow the lattice: the winding number of
// every unit cell.
func cells(rings []Ring, side int32) [][]int32 {
	w := make([][]int32, side)
	for y := range w {
		w[y] = make([]int32, side)
		for x := range w[y] {
			for _, r := range rings {
				for i := range r {
					a, b := r[i], r[(i+1)%len(r)]
					switch {
					case a.X != b.X || a.X > int32(x):
					case a.Y <= int32(y) && b.Y > int32(y):
						w[y][x]--
					case b.Y <= int32(y) && a.Y > int32(y):
						w[y][x]++
					}
				}
			}
		}
	}
	return w
}

func drawBlocks(t *rapid.T, label string, side int32) []Ring {
	ring := rapid.Custom(func(t *rapid.T) Ring {
		var r Ring
		at := Point{rapid.Int32Range(0, side).Draw(t, "x"), rapid.Int32Range(0, side).Draw(t, "y")}
		for range rapid.IntRange(1, 6).Draw(t, "corners") {
			r = append(r, at)
			at.X = rapid.Int32Range(0, side).Draw(t, "x")
			r = append(r, at)
			at.Y = rapid.Int32Range(0, side).Draw(t, "y")
		}
		return append(r, at, Point{r[0].X, at.Y})
	})
	return rapid.SliceOfN(ring, 0, 4).Draw(t, label)
}

// Streets on a lattice: every operation and fill rule against counting cells,
// to the last square.
func TestBooleanCountsCells(t *testing.T) {
	t.Parallel()
	const side = 10
	rapid.Check(t, func(t *rapid.T) {
		subject, clip := drawBlocks(t, "subject", side), drawBlocks(t, "clip", side)
		ws, wc := cells(subject, side), cells(clip, side)
		for op := UnionOp; op <= Xor; op++ {
			for fill := NonZero; fill <= Positive; fill++ {
				inside, err := insideRule(op, fill)
				if err != nil {
					t.Fatal(err)
				}
				polys, err := Boolean(context.Background(), op, subject, clip, fill)
				if err != nil {
					t.Fatal(err)
				}
				if err := checkValid(polys); err != nil {
					t.Fatalf("op %d, fill %d: %v", op, fill, err)
				}
				result := cells(Rings(polys), side)
				for y := range result {
					for x := range result[y] {
						want := inside(winding{ws[y][x], wc[y][x]})
						if got := result[y][x]; got != 0 != want || got < 0 || got > 1 {
							t.Fatalf("op %d, fill %d: cell %d,%d is %d, want %v", op, fill, x, y, got, want)
						}
					}
				}
			}
		}
	})
}

func TestBooleanProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawRings(t, "a"), drawRings(t, "b")
		fill := rapid.SampledFrom([]Fill{NonZero, EvenOdd, Positive}).Draw(t, "fill")
		run := func(op Op, s, c []Ring) []Polygon {
			polys, err := Boolean(context.Background(), op, s, c, fill)
			if err != nil {
				t.Fatal(err)
			}
			if err := checkValid(polys); err != nil {
				t.Fatalf("op %d: %v\n%v", op, err, polys)
			}
			return polys
		}
		union, both := run(UnionOp, a, b), run(Intersection, a, b)
		minus, back, xor := run(Difference, a, b), run(Difference, b, a), run(Xor, a, b)

		// One noding serves all operations on the same rings, so that their
		// areas add up exactly, but for the float64 sums.
		same := func(what string, x, y float64) {
			if math.Abs(x-y) > 1e-9*(math.Abs(x)+math.Abs(y)) {
				t.Errorf("%s: %v and %v", what, x, y)
			}
		}
		same("A-B + A∩B + B-A = A∪B", Area(minus)+Area(both)+Area(back), Area(union))
		same("A-B + B-A = A xor B", Area(minus)+Area(back), Area(xor))

		alone := run(UnionOp, a, nil)
		if got, want := Area(minus)+Area(both), Area(alone); math.Abs(got-want) > areaBound(a, b) {
			t.Errorf("A-B + A∩B = %v, A = %v", got, want)
		}
		again, err := Union(context.Background(), Rings(union), NonZero)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := Area(again), Area(union); math.Abs(got-want) > areaBound(Rings(union)) {
			t.Errorf("united again: %v instead of %v", got, want)
		}
	})
}

// A map must not change because its layers were imported in another order.
func TestInputOrderChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawRings(t, "a"), drawRings(t, "b")
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		want, err := Boolean(context.Background(), Xor, a, b, EvenOdd)
		if err != nil {
			t.Fatal(err)
		}
		shuffle := func(rings []Ring) []Ring {
			out := slices.Clone(rings)
			r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
			for i, ring := range out {
				k := r.IntN(len(ring))
				out[i] = slices.Concat(ring[k:], ring[:k])
				if r.IntN(2) == 0 {
					slices.Reverse(out[i])
				}
			}
			return out
		}
		got, err := Boolean(context.Background(), Xor, shuffle(a), shuffle(b), EvenOdd)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}

// Many edges under the sweep line at once: the status splits and joins its
// chunks, and every tooth of the comb must come out.
func TestManyEdgesUnderTheSweep(t *testing.T) {
	t.Parallel()
	const n = 1500
	var rings []Ring
	for i := range int32(n) {
		rings = append(rings, rect(i%7, 10*i, 1000+i%11, 10*i+5))
	}
	if got := len(mustBoolean(t, UnionOp, rings, nil, NonZero)); got != n {
		t.Errorf("%d stripes, want %d", got, n)
	}
	comb := slices.Concat(rings, []Ring{rect(500, -10, 510, 10*n)})
	polys := mustBoolean(t, UnionOp, comb, nil, NonZero)
	if len(polys) != 1 || len(polys[0]) != 1 {
		t.Errorf("%d polygons, want one without holes", len(polys))
	}
	closed := slices.Concat(comb, []Ring{rect(900, -10, 910, 10*n)})
	polys = mustBoolean(t, UnionOp, closed, nil, NonZero)
	if len(polys) != 1 || len(polys[0]) != n {
		t.Errorf("%d polygons, the first of %d rings, want 1 with %d", len(polys), len(polys[0]), n)
	}
}

func TestBooleanRefuses(t *testing.T) {
	t.Parallel()
	_, err := Union(context.Background(), []Ring{{{0, 0}, {Max + 1, 0}, {0, 5}}}, NonZero)
	var off *RangeError
	if !errors.As(err, &off) || off.X != (Max+1)*Unit {
		t.Errorf("a point off the grid gives %v", err)
	}
	if _, err := Boolean(context.Background(), Op(9), nil, nil, NonZero); err == nil {
		t.Error("an unknown operation is accepted")
	}
	if _, err := Boolean(context.Background(), UnionOp, nil, nil, Fill(9)); err == nil {
		t.Error("an unknown fill rule is accepted")
	}
}

// The corners of the board are the largest coordinates that there are.
func TestWholeBoard(t *testing.T) {
	t.Parallel()
	board := rect(-Max, -Max, Max, Max)
	cross := []Ring{
		{{-Max, -Max}, {Max, Max}, {Max, Max - 1}, {-Max + 1, -Max}},
		{{-Max, Max}, {-Max, Max - 1}, {Max, -Max}},
	}
	got := mustBoolean(t, Difference, []Ring{board}, cross, NonZero)
	rest := mustBoolean(t, Intersection, []Ring{board}, cross, NonZero)
	if a, b := Area(got)+Area(rest), math.Ldexp(1, 58); a != b {
		t.Errorf("the parts have %v of %v", a, b)
	}
}
