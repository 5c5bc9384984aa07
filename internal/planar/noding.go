package planar

import (
	"cmp"
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
	return nodeStrips(pc, segs, perStrip)
}

// nodeStrips is node in strips of so many segments.
func nodeStrips(pc *pace, segs []segment, per int) (*arrangement, error) {
	d, err := newDivided(pc, paged(segs), per)
	if err != nil {
		return nil, err
	}
	c := make(chains, len(d.strips))
	err = inParallel(len(d.strips), func(k int) error {
		return d.node(pc, k, func(n *noder, t *strip) error { return c.keep(n, t, k) })
	})
	if err != nil {
		return nil, err
	}
	return c.join(d, len(segs))
}

// sortAlong orders the pixels as a segment meets them. Its x never falls and
// its y goes one way, so that columns and then rows give the order; ids are in
// that order already where y rises.
func (a *arrangement) sortAlong(s *segment, ids []int32) {
	if len(ids) < 2 {
		return
	}
	rising := s.b.Y >= s.a.Y
	if len(ids) == 2 {
		p, q := a.points[ids[0]], a.points[ids[1]]
		if p.X > q.X || p.X == q.X && p.Y > q.Y == rising {
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
