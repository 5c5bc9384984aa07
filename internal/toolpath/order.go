package toolpath

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// Order puts shapes into an order with little travel between them, starting at
// the origin of the board, and gives them so. Open paths may come reversed and
// closed ones may start at another of their nodes; a filled shape and a shape of
// several paths stay as they are inside. Where the order given is as short, it
// stays: hatches go to and fro already.
//
// depth tells how many cuts lie around each shape: deeper ones come first, so
// that nothing falls out before what lies in it is done. Nil: none do.
//
// The order is that of the nearest neighbour, made better by turning stretches
// around (2-opt) and moving short ones (Or-opt) as long as that helps. The same
// shapes give the same order on every machine. It fails only when ctx ends.
func Order(ctx context.Context, shapes []artwork.Shape, depth []int) ([]artwork.Shape, error) {
	out := make([]artwork.Shape, 0, len(shapes))
	head := artwork.Point{}
	for _, group := range byDepth(len(shapes), depth) {
		stops := make([]stop, len(group))
		for k, i := range group {
			stops[k] = newStop(&shapes[i])
		}
		t := newTour(stops, head)
		if err := t.improve(ctx); err != nil {
			return nil, err
		}
		given := make([]visit, len(group))
		for k := range group {
			given[k] = visit{stop: int32(k)}
		}
		if travel(stops, given, head) <= travel(stops, t.visits, head) {
			t.visits = given
		}
		for _, v := range t.visits {
			s := shapes[group[v.stop]]
			if st := &stops[v.stop]; st.turns {
				p := s.Paths[0]
				if p.Closed {
					p = startingAt(p, int(v.entry))
				} else if v.backward {
					p = Reversed(p)
				}
				s.Paths = []artwork.Path{p}
			}
			out = append(out, s)
			head = stops[v.stop].exit(v)
		}
	}
	return out, nil
}

// byDepth groups the numbers below n, the deepest first.
func byDepth(n int, depth []int) [][]int {
	var groups [][]int
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	if depth == nil {
		return append(groups, all)
	}
	slices.SortStableFunc(all, func(a, b int) int { return depth[b] - depth[a] })
	for from, i := 0, 1; i <= n; i++ {
		if i == n || depth[all[i]] != depth[all[from]] {
			groups = append(groups, all[from:i])
			from = i
		}
	}
	return groups
}

// Reversed is the path run the other way; a closed one keeps its start.
func Reversed(p artwork.Path) artwork.Path {
	r := artwork.Path{Points: slices.Clone(p.Points), Closed: p.Closed}
	if p.Closed && p.Verbs == nil {
		slices.Reverse(r.Points[min(1, len(r.Points)):])
		return r
	}
	if p.Closed {
		p = closedBySegments(p)
		r.Points = slices.Clone(p.Points)
	}
	slices.Reverse(r.Points)
	if p.Verbs != nil {
		r.Verbs = slices.Clone(p.Verbs)
		slices.Reverse(r.Verbs)
	}
	return r
}

// closedBySegments is a closed path whose last segment ends at its start.
func closedBySegments(p artwork.Path) artwork.Path {
	if p.Points[0] == p.Points[len(p.Points)-1] {
		return p
	}
	return artwork.Path{
		Points: append(slices.Clone(p.Points), p.Points[0]),
		Verbs:  append(slices.Clone(p.Verbs), artwork.LineTo),
		Closed: true,
	}
}

// startingAt is a closed path that starts at its k-th node.
func startingAt(p artwork.Path, k int) artwork.Path {
	switch {
	case k == 0:
		return p
	case p.Verbs == nil:
		return artwork.Path{Points: slices.Concat(p.Points[k:], p.Points[:k]), Closed: true}
	}
	p = closedBySegments(p)
	at := 0 // the index of the node's point
	for _, v := range p.Verbs[:k] {
		at += v.Points()
	}
	r := artwork.Path{
		Points: slices.Concat(p.Points[at:], p.Points[1:at+1]),
		Verbs:  slices.Concat(p.Verbs[k:], p.Verbs[:k]),
		Closed: true,
	}
	if last := len(r.Verbs) - 1; r.Verbs[last] == artwork.LineTo {
		r.Points, r.Verbs = r.Points[:len(r.Points)-1], r.Verbs[:last]
	}
	return r
}

// nodes gives the places where segments of a path meet, its start first.
func nodes(p artwork.Path) []artwork.Point {
	if p.Verbs == nil {
		return p.Points
	}
	out := []artwork.Point{p.Points[0]}
	for s := range p.Segments() {
		out = append(out, s.End())
	}
	if p.Closed && len(out) > 1 && out[len(out)-1] == out[0] {
		out = out[:len(out)-1]
	}
	return out
}
