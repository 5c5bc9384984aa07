package planar

// visitor sees every edge of a graph once, from left to right and from below
// to above at each vertex, with the winding numbers on both sides. left is the
// vertex of its left end, under what an earlier visit returned for the nearest
// edge below it (-1 for none); what it returns is passed on to the edges above.
type visitor func(e, left int32, below, above winding, under int32) int32

// sweep moves a vertical line over the graph and keeps the edges that it cuts
// in order (M. de Berg et al., "Computational Geometry", 3rd edition, chapter
// 2; here without crossings, and so without events but the vertices).
//
// What a visit returned stays with its edge while that is cut, even when edges
// further below end. That is enough for its use, to tell which face a hole
// lies in: under an edge that is no border of the result the same face goes on
// for the edge's whole length, and so the older answer names a border of that
// same face.
func (g *graph) sweep(pc *pace, visit visitor) error {
	var cut status
	var fresh []cutEdge
	for v, p := range g.points {
		first, last := g.off[v], g.off[v+1]
		if err := pc.walk(1 + int(last-first)); err != nil {
			return err
		}
		at := cut.find(p)
		ended := cut.ending(at, int32(v))
		if first == last && ended == 0 {
			continue
		}
		w, under := winding{}, int32(-1)
		if prev := cut.before(at); prev != nil {
			w, under = prev.above, prev.mark
		}
		fresh = fresh[:0]
		for e := first; e < last; e++ {
			x := &g.edges[e]
			above := w.plus(x.step)
			under = visit(e, int32(v), w, above, under)
			fresh = append(fresh, cutEdge{a: p, b: g.points[x.to], to: x.to, above: above, mark: under})
			w = above
		}
		cut.replace(at, ended, fresh)
	}
	return nil
}
