package planar

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Lined up, borders are as they were but for where they lie: each line in one
// piece, and its first one the first that was left in the order of the sweep.
func TestBordersLineUp(t *testing.T) {
	t.Parallel()
	for seed := range uint64(rounds(300)) {
		r := rand.New(rand.NewPCG(seed, 91))
		n := 1 + r.IntN(40)
		mark := func(below int) int32 { return int32(r.IntN(below+4) - 4) }
		b := borders{edges: make([]border, n)}
		for i, next := range r.Perm(n) {
			if r.IntN(4) == 0 {
				next = -1
			}
			b.edges[i] = border{from: Point{int32(i), 0}, rank: int32(i), next: int32(next), under: mark(i)}
			b.late = append(b.late, seam{from: mark(n), to: mark(n)})
			b.leave = append(b.leave, mark(n))
		}
		was := borders{edges: slices.Clone(b.edges), late: slices.Clone(b.late), leave: slices.Clone(b.leave)}
		b.line(nil)

		now := func(mark int32) int32 { // in the order that was
			if mark < 0 {
				return mark
			}
			return b.edges[mark].rank
		}
		back := borders{edges: make([]border, n)}
		for i, e := range b.edges {
			lowest := slices.MinFunc(b.edges[i:], func(c, d border) int { return int(c.rank - d.rank) })
			if (i == 0 || b.edges[i-1].next != int32(i)) && e.rank != lowest.rank {
				t.Fatalf("seed %d: a line starts with %d, and %d is left", seed, e.rank, lowest.rank)
			}
			if e.next > int32(i)+1 {
				t.Fatalf("seed %d: border %d goes on at %d", seed, i, e.next)
			}
			e.next, e.under = now(e.next), now(e.under)
			back.edges[e.rank] = e
		}
		for _, l := range b.late {
			back.late = append(back.late, seam{now(l.from), now(l.to), l.forks})
		}
		for _, mark := range b.leave {
			back.leave = append(back.leave, now(mark))
		}
		if diff := cmp.Diff(was, back, cmp.AllowUnexported(borders{}, border{}, seam{}, rule{})); diff != "" {
			t.Fatalf("seed %d: (-was +now)\n%s", seed, diff)
		}
	}
}

// A strip with many borders is lined up, one with few is not: nobody may see it.
// Squares that touch at corners make the walks fork.
func TestLinesLeaveNoTrace(t *testing.T) {
	t.Parallel()
	for seed := range uint64(rounds(4)) {
		r := rand.New(rand.NewPCG(seed, 92))
		var segs []segment
		for range 2500 {
			x, y := int32(r.IntN(90)*10), int32(r.IntN(90)*10)
			segs = appendRing(segs, rect(x, y, x+10, y+10), winding{subject: 1})
		}
		inside, err := insideRule(UnionOp, []Fill{NonZero, EvenOdd}[seed%2])
		if err != nil {
			t.Fatal(err)
		}
		lined := mustPolygonize(t, segs, inside, len(segs)+1)
		if err := checkValid(lined); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		points := 0
		for _, ring := range Rings(lined) {
			points += len(ring)
		}
		if points < 2048 {
			t.Fatalf("seed %d: %d points only", seed, points)
		}
		for _, per := range []int{100, 3000} {
			if diff := cmp.Diff(lined, mustPolygonize(t, segs, inside, per)); diff != "" {
				t.Fatalf("seed %d: in strips of %d (-one +strips)\n%s", seed, per, diff)
			}
		}
	}
}
