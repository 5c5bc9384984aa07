package planar

import (
	"cmp"
	"math"
	"slices"
)

// arrangement is what snap rounding leaves of segments: the centres of the hot
// pixels, sorted, and for each segment the chain of them that replaces it,
// from its a to its b.
//
// No centre lies inside an edge of a chain: a point of the edge AB at the
// parameter λ has the pixel λA+(1−λ)B (as sets), and so the segment, which
// passes through the pixels of A and B, passes through that one too.
type arrangement struct {
	points []Point
	ids    []int32
	off    []int32 // chain of segment i: ids[off[i]:off[i+1]]
}

func (a *arrangement) chain(i int) []int32 { return a.ids[a.off[i]:a.off[i+1]] }

// chainFrom is the chain from the segment's a, or from its b when reversed.
func (a *arrangement) chainFrom(i int, reverse bool) []int32 {
	chain := a.chain(i)
	if reverse {
		chain = slices.Clone(chain)
		slices.Reverse(chain)
	}
	return chain
}

// node rounds segments to the grid (see the package comment). None may be of
// length zero.
func node(pc *pace, segs []segment) (*arrangement, error) {
	if len(segs) == 0 {
		return &arrangement{off: make([]int32, 1)}, nil
	}
	hot := make([]Point, 0, len(segs)*3)
	for i := range segs {
		s := &segs[i]
		hot = append(hot, s.a, s.b)
	}
	box := emptyBox().around(hot)
	if !box.Min.onGrid() || !box.Max.onGrid() {
		return nil, offGrid(hot)
	}
	x := crossings{pc: pc, segs: segs, hot: hot}
	if err := x.search(upTo(len(segs)), box); err != nil {
		return nil, err
	}
	arr := &arrangement{points: sortUnique(x.hot), off: make([]int32, 1, len(segs)+1)}
	return arr, arr.link(pc, segs, box)
}

func offGrid(points []Point) error {
	for _, p := range points {
		if !p.onGrid() {
			x, y := p.MM()
			return &RangeError{x, y}
		}
	}
	return nil
}

// crossings gathers the pixels of all proper crossings, some more than once.
type crossings struct {
	pc   *pace
	segs []segment
	hot  []Point
}

// search looks at the segments of these indexes within a box.
func (x *crossings) search(ids []int32, box Box) error {
	if err := x.pc.walk(len(ids)); err != nil {
		return err
	}
	g := newGrid(box, len(ids))
	if err := g.holdSegments(x.segs, ids); err != nil {
		return err
	}
	if !g.helps(len(ids)) {
		return x.compare(ids)
	}
	for c := range g.nx * g.ny {
		items := g.items[g.off[c]:g.off[c+1]]
		var err error
		if g.divides(c) {
			err = x.search(items, g.box(c))
		} else {
			err = x.compare(items)
		}
		if err != nil {
			return err
		}
		if len(x.hot) > math.MaxInt32 {
			return ErrTooLarge
		}
	}
	return nil
}

// compare looks at all pairs.
func (x *crossings) compare(ids []int32) error {
	for i, si := range ids {
		if err := x.pc.walk(len(ids) - i); err != nil {
			return err
		}
		s := &x.segs[si]
		low, high := s.low(), s.high()
		for _, ti := range ids[i+1:] {
			t := &x.segs[ti]
			if t.a.X > s.b.X || s.a.X > t.b.X || t.low() > high || t.high() < low {
				continue
			}
			if p, ok := crossing(s, t); ok {
				x.hot = append(x.hot, p)
			}
		}
	}
	return nil
}

// link finds the hot pixels along every segment, in order.
func (a *arrangement) link(pc *pace, segs []segment, box Box) error {
	g := newPointGrid(a.points, upTo(len(a.points)), box)
	a.ids = make([]int32, 0, len(segs)*3)
	for i := range segs {
		s := &segs[i]
		first := len(a.ids)
		seen := 0
		g.near(s, func(items []int32) {
			seen += 1 + len(items)
			for _, id := range items {
				if s.passes(a.points[id]) {
					a.ids = append(a.ids, id)
				}
			}
		})
		if err := pc.walk(seen); err != nil {
			return err
		}
		if len(a.ids) > math.MaxInt32 {
			return ErrTooLarge
		}
		a.sortAlong(s, a.ids[first:])
		a.off = append(a.off, int32(len(a.ids)))
	}
	return nil
}

// sortAlong orders the pixels as a segment meets them. Its x never falls and
// its y goes one way, so that columns and then rows give the order; ids are in
// that order already where y rises.
func (a *arrangement) sortAlong(s *segment, ids []int32) {
	rising := s.b.Y >= s.a.Y
	if len(ids) == 2 {
		if a.points[ids[0]] != s.a {
			ids[0], ids[1] = ids[1], ids[0]
		}
		return
	}
	if rising {
		slices.Sort(ids)
		return
	}
	slices.SortFunc(ids, func(i, j int32) int {
		p, q := a.points[i], a.points[j]
		if c := cmp.Compare(p.X, q.X); c != 0 {
			return c
		}
		return cmp.Compare(q.Y, p.Y)
	})
}
