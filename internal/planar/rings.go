package planar

import (
	"cmp"
	"slices"
)

// borders are the edges with the result on one side only, directed so that it
// lies on their left, in the order of the sweep.
type borders struct {
	points []Point
	edges  []border
	out    []int32 // borders by the vertex that they leave: out[off[v]:off[v+1]]
	off    []int32
}

// border leads from a vertex to another; under is the border below its left
// end, -1 for none.
type border struct{ from, to, under int32 }

// collect is the visitor that gathers the borders of the area inside.
func (b *borders) collect(g *graph, inside func(winding) bool) visitor {
	return func(e, left int32, below, above winding, under int32) int32 {
		in := inside(above)
		if inside(below) == in {
			return under
		}
		from, to := left, g.edges[e].to
		if !in {
			from, to = to, from
		}
		b.edges = append(b.edges, border{from, to, under})
		return int32(len(b.edges) - 1)
	}
}

// loop is a simple ring of borders. The first of them in the order of the
// sweep is the lowest one at the loop's leftmost vertex.
type loop struct {
	edges []int32
	first int32
	area  float64
}

// polygons traces the borders into loops and gives the holes to their shells.
func (b *borders) polygons(pc *pace) ([]Polygon, error) {
	b.index()
	loops, err := b.trace(pc)
	if err != nil {
		return nil, err
	}
	// What lies under a hole's first border comes before it in the sweep, so
	// that in this order its polygon is known already.
	slices.SortFunc(loops, func(l, m loop) int { return cmp.Compare(l.first, m.first) })
	loopOf := make([]int32, len(b.edges))
	for i, l := range loops {
		for _, e := range l.edges {
			loopOf[e] = int32(i)
		}
	}
	var polys []Polygon
	polyOf := make([]int32, len(loops))
	for i, l := range loops {
		if l.area > 0 {
			polyOf[i] = int32(len(polys))
			polys = append(polys, Polygon{b.ring(l)})
		}
	}
	for i, l := range loops {
		if l.area > 0 {
			continue
		}
		polyOf[i] = polyOf[loopOf[b.edges[l.first].under]]
		polys[polyOf[i]] = append(polys[polyOf[i]], b.ring(l))
	}
	return canonical(polys), nil
}

func (b *borders) index() {
	b.off = make([]int32, len(b.points)+1)
	for i := range b.edges {
		b.off[b.edges[i].from+1]++
	}
	next := offsets(b.off)
	b.out = make([]int32, len(b.edges))
	for i := range b.edges {
		from := b.edges[i].from
		b.out[next[from]] = int32(i)
		next[from]++
	}
}

// branches tells whether several borders leave a vertex.
func (b *borders) branches(v int32) bool { return b.off[v+1]-b.off[v] > 1 }

// trace follows each border to the next one around the same face of the
// result, and cuts the walk wherever it comes back to a vertex, so that every
// loop is simple: a hole that touches its shell becomes a hole.
func (b *borders) trace(pc *pace) ([]loop, error) {
	var loops []loop
	used := make([]bool, len(b.edges))
	seen := map[int32]int{} // branching vertex -> where the walk left it
	var walk []int32
	cut := func(at int) {
		l := loop{edges: slices.Clone(walk[at:])}
		l.first = slices.Min(l.edges)
		l.area = b.area(l.edges)
		for _, e := range l.edges {
			if from := b.edges[e].from; b.branches(from) {
				delete(seen, from)
			}
		}
		loops = append(loops, l)
		walk = walk[:at]
	}
	for i := range b.edges {
		if used[i] {
			continue
		}
		for e := int32(i); !used[e]; e = b.next(e) {
			if err := pc.walk(1); err != nil {
				return nil, err
			}
			if from := b.edges[e].from; b.branches(from) {
				if at, ok := seen[from]; ok {
					cut(at)
				}
				seen[from] = len(walk)
			}
			used[e] = true
			walk = append(walk, e)
		}
		cut(0)
	}
	return loops, nil
}

// next is the border that goes on around the face on the left of e: the first
// one clockwise from the way back.
func (b *borders) next(e int32) int32 {
	at := b.edges[e].to
	out := b.out[b.off[at]:b.off[at+1]]
	best := out[0]
	if len(out) == 1 {
		return best
	}
	p := b.points[at]
	back := b.points[b.edges[e].from].minus(p)
	for _, c := range out[1:] {
		if clockwiseBefore(back, b.points[b.edges[c].to].minus(p), b.points[b.edges[best].to].minus(p)) {
			best = c
		}
	}
	return best
}

// clockwiseBefore tells whether the direction p is met before q when turning
// clockwise from r.
func clockwiseBefore(r, p, q Point) bool {
	hp, hq := quarter(r, p), quarter(r, q)
	if hp != hq {
		return hp < hq
	}
	return cross(p, q) < 0
}

// quarter tells where p lies when turning clockwise from r: 0 on its right, 1
// straight opposite, 2 on its left, 3 a full turn away.
func quarter(r, p Point) int {
	c := cross(r, p)
	switch {
	case c < 0:
		return 0
	case c > 0:
		return 2
	case dot(r, p) < 0:
		return 1
	}
	return 3
}

func (b *borders) area(edges []int32) float64 {
	o := b.points[b.edges[edges[0]].from]
	var sum float64
	for _, e := range edges {
		sum += float64(orient(o, b.points[b.edges[e].from], b.points[b.edges[e].to]))
	}
	return sum
}

// ring gives the points of a loop without those in the middle of a straight
// line.
func (b *borders) ring(l loop) Ring {
	r := make(Ring, 0, len(l.edges))
	prev := b.points[b.edges[l.edges[len(l.edges)-1]].from]
	for _, e := range l.edges {
		p, next := b.points[b.edges[e].from], b.points[b.edges[e].to]
		if orient(prev, p, next) != 0 {
			r = append(r, p)
		}
		prev = p
	}
	return r
}
