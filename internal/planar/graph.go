package planar

import "slices"

// graph is a planar graph on grid points: every edge once, at its left end,
// and there sorted from below to above.
type graph struct {
	points []Point
	off    []int32 // edges to the right of vertex v: edges[off[v]:off[v+1]]
	edges  []edge
}

// edge leads to a vertex further right (or straight above); step is the
// growth of the winding numbers from below it to above.
type edge struct {
	to   int32
	step winding
}

// newGraph merges the chains of an arrangement. Edges across which no winding
// number changes are dropped unless keepFlat asks for them.
func newGraph(pc *pace, arr *arrangement, segs []segment, keepFlat bool) (*graph, error) {
	g := &graph{points: arr.points, off: make([]int32, len(arr.points)+1)}
	for i := range segs {
		chain := arr.chain(i)
		for j := 1; j < len(chain); j++ {
			g.off[min(chain[j-1], chain[j])+1]++
		}
	}
	next := offsets(g.off)
	g.edges = make([]edge, g.off[len(g.off)-1])
	for i := range segs {
		chain, step := arr.chain(i), segs[i].step
		if err := pc.walk(len(chain)); err != nil {
			return nil, err
		}
		for j := 1; j < len(chain); j++ {
			u, v, st := chain[j-1], chain[j], step
			if u > v { // a step straight down, in a segment that falls
				u, v, st = v, u, winding{}.minus(step)
			}
			g.edges[next[u]] = edge{v, st}
			next[u]++
		}
	}
	return g, g.merge(pc, keepFlat)
}

// merge sorts the edges of each vertex and makes one of those between the same
// vertices.
func (g *graph) merge(pc *pace, keepFlat bool) error {
	kept := g.edges[:0]
	for v := range g.points {
		fan := g.edges[g.off[v]:g.off[v+1]]
		if err := pc.walk(1 + len(fan)); err != nil {
			return err
		}
		g.sortFan(g.points[v], fan)
		g.off[v] = int32(len(kept))
		for i := 0; i < len(fan); {
			e := fan[i]
			for i++; i < len(fan) && fan[i].to == e.to; i++ {
				e.step = e.step.plus(fan[i].step)
			}
			if keepFlat || e.step != (winding{}) {
				kept = append(kept, e)
			}
		}
	}
	g.off[len(g.points)] = int32(len(kept))
	g.edges = kept
	return nil
}

// sortFan orders the edges that leave p to the right from below to above.
func (g *graph) sortFan(p Point, fan []edge) {
	if len(fan) < 2 {
		return
	}
	slices.SortFunc(fan, func(e, f edge) int {
		if e.to == f.to {
			return 0
		}
		if orient(p, g.points[e.to], g.points[f.to]) > 0 {
			return -1
		}
		return 1
	})
}

// edgeBetween gives the index of the edge between two vertices, in either
// order; -1 when there is none.
func (g *graph) edgeBetween(u, v int32) int32 {
	if u > v {
		u, v = v, u
	}
	for i := g.off[u]; i < g.off[u+1]; i++ {
		if g.edges[i].to == v {
			return i
		}
	}
	return -1
}
