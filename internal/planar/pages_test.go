package planar

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Pages of several parts, of which the last one of each is not full, hold what was
// put there, in its order.
func TestPagesHoldAllSegments(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 93))
	var p pages
	var want []segment
	box := emptyBox()
	for _, n := range []int{0, 1, pageSize, pageSize - 1, pageSize + 1, 0, 3*pageSize + 7} {
		part := make([]segment, n)
		for i := range part {
			a := Point{r.Int32N(1e6), r.Int32N(1e6)}
			part[i] = newSegment(a, Point{a.X + 1 + r.Int32N(9), r.Int32N(1e6)}, winding{subject: 1})
			box = box.around([]Point{part[i].a, part[i].b})
		}
		want = append(want, part...)
		p = append(p, paged(part)...)
	}
	if p.count() != len(want) {
		t.Errorf("%d segments, want %d", p.count(), len(want))
	}
	var got []segment
	for _, i := range p.all() {
		got = append(got, *p.at(i))
	}
	if !slices.Equal(want, got) {
		t.Error("the segments are others, or in another order")
	}
	if !slices.IsSorted(p.all()) {
		t.Error("the indexes are not in the order of the segments")
	}
	if diff := cmp.Diff(box, p.bounds()); diff != "" {
		t.Errorf("bounds (-want +got)\n%s", diff)
	}
	for i := range pageSize + 7 { // where all are full, indexes are those of the slice
		if *paged(want[:pageSize+7]).at(int32(i)) != want[i] {
			t.Fatalf("segment %d is another one", i)
		}
	}
}

// A sample is spread evenly over all segments, however full their pages are.
func TestPagesSample(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 7, pageSize, 5*pageSize + 3} {
		segs := make([]segment, n)
		for i := range segs {
			segs[i].a.X = int32(i)
		}
		p := append(paged(segs[:n/3]), paged(segs[n/3:])...)
		for k, s := range p.sample(16) {
			if want := k * n / 16; int(s.a.X) != want {
				t.Errorf("of %d segments, sample %d is %d, want %d", n, k, s.a.X, want)
			}
		}
	}
}
