package toolpath

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/mapwright/mapwright/internal/planar"
)

// TestANeedlesEdgeIsSharedAllTheSame fits an area in the tip of a hole that ends
// in a needle of four units. They share the hole's long edge, and curves must
// not bring one into the other.
func TestANeedlesEdgeIsSharedAllTheSame(t *testing.T) {
	t.Parallel()
	hole := planar.Ring{{X: 20935, Y: 23017}, {X: 24453, Y: 24203}, {X: 24457, Y: 24205}, {X: 806, Y: 919}, {X: 806, Y: 23017}}
	area := planar.Ring{{X: 23159, Y: 22927}, {X: 24399, Y: 24148}, {X: 24381, Y: 24179}, {X: 22730, Y: 23622}}
	liesIn(t, area, hole)
}

// TestANeedlesTipGoes fits an area that ends in a needle of its own, in the tip of
// a hole: the needle's sides are one edge of the hole.
func TestANeedlesTipGoes(t *testing.T) {
	t.Parallel()
	area := planar.Ring{{X: 944391, Y: 1097938}, {X: 946624, Y: 1100469}, {X: 946860, Y: 1102231}, {X: 946799, Y: 1102688}, {X: 944749, Y: 1098644}, {X: 944914, Y: 1098532}}
	hole := planar.Ring{
		{X: 944391, Y: 1097938},
		{X: 955101, Y: 1119068},
		{X: 955204, Y: 1119320},
		{X: 957846, Y: 1127760},
		{X: 957903, Y: 1128013},
		{X: 957943, Y: 1128286},
		{X: 959434, Y: 1127930},
		{X: 962248, Y: 1126262},
		{X: 963985, Y: 1124508},
		{X: 964415, Y: 1122691},
		{X: 963321, Y: 1119398},
	}
	for start := range area { // wherever a path starts, and either way
		turned := append(slices.Clone(area[start:]), area[:start]...)
		liesIn(t, turned, hole)
		slices.Reverse(turned)
		liesIn(t, turned, hole)
	}
}

// TestNeedlesTipsGo does the same with needles of all lengths and directions,
// with several points on a side.
func TestNeedlesTipsGo(t *testing.T) {
	t.Parallel()
	for seed := range 400 {
		rng := rand.New(rand.NewPCG(uint64(seed), 3))
		sin, cos := math.Sincos(2 * math.Pi * rng.Float64())
		long := 500 + 8000*rng.Float64()
		at := func(along, left float64) planar.Point { // of a tip
			return planar.Point{X: 100_000 + int32(math.Round(along*cos-left*sin)), Y: 100_000 + int32(math.Round(along*sin+left*cos))}
		}
		area := planar.Ring{at(0, 0), at(long, 0), at(long*(1+0.3*rng.Float64()), long*(0.1+0.3*rng.Float64()))}
		side := 0.3 + 0.6*rng.Float64()
		for range 1 + rng.IntN(3) {
			area = append(area, at(long*side, 0))
			side *= 0.4 + 0.4*rng.Float64()
		}
		hole := planar.Ring{at(0, 0), at(3*long, 0), at(3*long, 3*long)}
		liesIn(t, area, hole)
	}
}

// liesIn fits an area and a hole that holds it.
func liesIn(t *testing.T, area, hole planar.Ring) {
	t.Helper()
	got := fit(t, []Stroke{
		{Path: append(planar.Path(hole), hole[0]), Fill: true, Error: 0.05},
		{Path: append(planar.Path(area), area[0]), Fill: true, Error: 0.05},
	}, Options{})
	beside, err := planar.Boolean(t.Context(), planar.Difference,
		[]planar.Ring{planar.Ring(flatOnGrid(got[1]))}, []planar.Ring{planar.Ring(flatOnGrid(got[0]))}, planar.NonZero)
	if err != nil {
		t.Fatal(err)
	}
	if a := planar.Area(beside); a > 2000 {
		t.Errorf("%.0f square units of the area lie beside the hole that holds it", a)
	}
}

func TestSpikesGo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ walk, want []int32 }{
		"none":                {[]int32{1, 2, 3}, []int32{1, 2, 3}},
		"one":                 {[]int32{1, 2, 9, 2, 3}, []int32{1, 2, 3}},
		"one with sides":      {[]int32{1, 2, 8, 9, 8, 2, 3}, []int32{1, 2, 3}},
		"its tip is first":    {[]int32{9, 2, 3, 1, 2}, []int32{2, 3, 1}},
		"its tip is last":     {[]int32{2, 3, 1, 2, 9}, []int32{2, 3, 1}},
		"its side is around":  {[]int32{8, 2, 3, 1, 2, 8, 9}, []int32{2, 3, 1}},
		"two":                 {[]int32{1, 7, 1, 2, 3, 9, 3}, []int32{1, 2, 3}},
		"nothing but a spike": {[]int32{1, 2, 3, 2}, []int32{1, 2}},
	} {
		if got := withoutSpikes(c.walk); !sameWalk(got, c.want) && (len(c.want) > 2 || len(got) > 2) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// sameWalk tells whether closed walks are the same, wherever they start.
func sameWalk(a, b []int32) bool {
	for range a {
		if slices.Equal(a, b) {
			return true
		}
		a = append(slices.Clone(a[1:]), a[0])
	}
	return false
}
