package planar

import "slices"

// graph is a planar graph on grid points: every edge once, at its left end,
// and there sorted from below to above. That of a strip has the vertices of
// the strip, and behind them, once for each edge that leads on to a later
// strip, the point where that ends.
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
	g := &graph{points: arr.points}
	off := make([]int32, len(g.points)+2)
	g.count(off, arr, segs)
	g.open(off)
	if err := g.fill(pc, off, arr, segs); err != nil {
		return nil, err
	}
	g.off = off[:len(off)-1]
	return g, g.merge(pc, keepFlat)
}

// count adds up the edges of chains, those of vertex v at v+2.
func (g *graph) count(off []int32, arr *arrangement, segs []segment) {
	for i := range segs {
		chain := arr.chain(i)
		for j := 1; j < len(chain); j++ {
			off[min(chain[j-1], chain[j])+2]++
		}
	}
}

// open makes room for the edges counted; the next one of v goes to off[v+1],
// and when all are put off is as it should be.
func (g *graph) open(off []int32) {
	for i := 2; i < len(off); i++ {
		off[i] += off[i-1]
	}
	n := int(off[len(off)-1])
	g.edges = roomFor(g.edges, n)
}

// fill puts the edges of chains to their left ends.
func (g *graph) fill(pc *pace, off []int32, arr *arrangement, segs []segment) error {
	for i := range segs {
		chain := arr.chain(i)
		if err := pc.walk(len(chain)); err != nil {
			return err
		}
		for j := 1; j < len(chain); j++ {
			u, e := chain[j-1], edge{chain[j], segs[i].step}
			if u > e.to { // a step straight down, in a segment that falls
				u, e = e.to, edge{u, winding{}.minus(e.step)}
			}
			at := &off[u+1]
			g.edges[*at] = e
			*at++
		}
	}
	return nil
}

// merge sorts the edges of each vertex and makes one of those between the same
// points.
func (g *graph) merge(pc *pace, keepFlat bool) error {
	kept, start := int32(0), int32(0)
	for v := range len(g.off) - 1 {
		fan := g.edges[start:g.off[v+1]]
		start = g.off[v+1]
		if err := pc.walk(1 + len(fan)); err != nil {
			return err
		}
		g.off[v] = kept
		if len(fan) > 1 {
			fan = g.mergeFan(g.points[v], fan)
		}
		for _, e := range fan {
			if keepFlat || e.step != (winding{}) {
				g.edges[kept] = e
				kept++
			}
		}
	}
	g.off[len(g.off)-1] = kept
	g.edges = g.edges[:kept]
	return nil
}

// mergeFan is merge for the edges that leave p.
func (g *graph) mergeFan(p Point, fan []edge) []edge {
	g.sortFan(p, fan)
	last := 0
	for _, e := range fan[1:] {
		if e.to == fan[last].to || g.points[e.to] == g.points[fan[last].to] {
			fan[last].step = fan[last].step.plus(e.step)
			continue
		}
		last++
		fan[last] = e
	}
	return fan[:last+1]
}

// sortFan orders the edges that leave p to the right from below to above.
func (g *graph) sortFan(p Point, fan []edge) {
	const few = 12
	if len(fan) > few {
		slices.SortFunc(fan, func(e, f edge) int {
			switch o := orient(p, g.points[e.to], g.points[f.to]); {
			case o > 0:
				return -1
			case o < 0:
				return 1
			}
			return 0
		})
		return
	}
	for i := 1; i < len(fan); i++ {
		e := fan[i]
		q := g.points[e.to]
		j := i
		for j > 0 && orient(p, g.points[fan[j-1].to], q) < 0 {
			fan[j] = fan[j-1]
			j--
		}
		fan[j] = e
	}
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
