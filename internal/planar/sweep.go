package planar

import "sync"

// visitor sees every edge of a graph once, from left to right and from below
// to above at each vertex, with the winding numbers on both sides. left is the
// vertex of its left end, under what an earlier visit returned for the nearest
// edge below it (-1 for none); what it returns is passed on to the edges above.
type visitor func(e, left int32, below, above winding, under int32) int32

// joiner sees at every vertex what ends there and what starts there, each from
// below to above; not where one edge goes on as another one and a visit to either
// returned what it was told.
type joiner func(ended, fresh []cutEdge)

// sweep moves a vertical line over the graph and keeps the edges that it cuts
// in order (M. de Berg et al., "Computational Geometry", 3rd edition, chapter
// 2; here without crossings, and so without events but the vertices).
//
// What a visit returned stays with its edge while that is cut, even when edges
// further below end. That is enough for its use, to tell which face a hole
// lies in: under an edge that is no border of the result the same face goes on
// for the edge's whole length, and so the older answer names a border of that
// same face. For the same reason an edge that starts where another one ends
// takes over what lay below that one.
func (g *graph) sweep(pc *pace, visit visitor) error {
	w := borrowSweeper()
	defer w.giveBack()
	return w.sweep(pc, g, nil, visit, nil)
}

// sweeper is the sweep line at a vertex.
type sweeper struct {
	g        *graph
	cut      status
	arrivals []arrival // by vertex
	ended    []cutEdge
	fresh    []cutEdge
	borders  []border // room for those of a strip
	places   []int32  // and for where they come to lie
}

// arrival tells how many edges of the status end at a vertex, and the slot of
// one of them.
type arrival struct{ slot, n int32 }

// sweepers keeps the room of sweepers for the next ones.
var sweepers = sync.Pool{New: func() any { return new(sweeper) }}

func borrowSweeper() *sweeper { return sweepers.Get().(*sweeper) }

func (w *sweeper) giveBack() {
	w.g = nil
	sweepers.Put(w)
}

// sweep starts with the edges that lead into a graph from the left, and leaves
// in the status those that lead on to the right. join may be nil.
func (w *sweeper) sweep(pc *pace, g *graph, start []cutEdge, visit visitor, join joiner) error {
	n := len(g.off) - 1
	w.g = g
	w.arrivals = roomFor(w.arrivals, n)
	clear(w.arrivals)
	w.cut.clear()
	w.fresh = append(w.fresh[:0], start...)
	w.cut.replace(place{}, 0, w.fresh, w.put())
	for v := range int32(n) {
		first, last := g.off[v], g.off[v+1]
		if err := pc.walk(1 + int(last-first)); err != nil {
			return err
		}
		if first == last && w.arrivals[v].n == 0 {
			continue
		}
		w.pass(v, visit, join)
	}
	return nil
}

// pass goes over the vertex v.
func (w *sweeper) pass(v int32, visit visitor, join joiner) {
	in := w.arrivals[v]
	first, last := w.g.off[v], w.g.off[v+1]
	if in.n == 1 && last-first == 1 { // the usual case
		slot := &w.cut.slots[in.slot]
		x := &w.g.edges[first]
		above := slot.below.plus(x.step)
		mark := visit(first, v, slot.below, above, slot.under)
		marked := slot.mark != slot.under || mark != slot.under
		if marked {
			w.ended = append(w.ended[:0], *slot)
		}
		slot.a, slot.b, slot.to, slot.above, slot.mark = w.g.points[v], w.g.points[x.to], x.to, above, mark
		w.arrive(slot, in.slot)
		if !marked {
			return // there is nothing to join
		}
		w.fresh = append(w.fresh[:0], *slot)
	} else {
		below, under := winding{}, int32(-1)
		var at place
		if in.n > 0 {
			at = w.cut.lowest(in.slot)
			w.ended = w.cut.edges(w.ended[:0], at, int(in.n))
			below, under = w.ended[0].below, w.ended[0].under
		} else {
			w.ended = w.ended[:0]
			at = w.cut.find(w.g.points[v])
			if prev := w.cut.before(at); prev != nil {
				below, under = prev.above, prev.mark
			}
		}
		w.visit(v, below, under, visit)
		w.cut.replace(at, int(in.n), w.fresh, w.put())
	}
	if join != nil {
		join(w.ended, w.fresh)
	}
}

// visit makes the edges that start at the vertex v.
func (w *sweeper) visit(v int32, below winding, under int32, visit visitor) {
	w.fresh = w.fresh[:0]
	for e := w.g.off[v]; e < w.g.off[v+1]; e++ {
		x := &w.g.edges[e]
		above := below.plus(x.step)
		mark := visit(e, v, below, above, under)
		w.fresh = append(w.fresh, cutEdge{
			a: w.g.points[v], b: w.g.points[x.to], to: x.to,
			below: below, above: above, under: under, mark: mark,
		})
		below, under = above, mark
	}
}

// put returns what notes the slots of the fresh edges, one after the other.
func (w *sweeper) put() func(slot int32) {
	k := 0
	return func(slot int32) {
		w.arrive(&w.fresh[k], slot)
		k++
	}
}

// arrive notes where an edge will end.
func (w *sweeper) arrive(e *cutEdge, slot int32) {
	if i := int(e.to); i < len(w.arrivals) {
		w.arrivals[i] = arrival{slot, w.arrivals[i].n + 1}
	}
}
