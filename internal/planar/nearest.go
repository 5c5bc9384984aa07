package planar

import "math"

// owned is a directed edge of a border, whose it is, and how far along its ring
// it starts, in grid units.
type owned struct {
	a, b  Point
	owner int32
	along float64
}

// proximity finds the borders nearest to points on them.
type proximity struct {
	edges []owned
	grid  *grid
	round []int32 // the last query that looked at each edge
	query int32
}

// newProximity holds edges of which none has length zero. All lie on the grid.
func newProximity(edges []owned) (*proximity, error) {
	box := emptyBox()
	segs := make([]segment, len(edges))
	for i, e := range edges {
		box = box.around([]Point{e.a, e.b})
		segs[i] = newSegment(e.a, e.b, winding{})
	}
	x := &proximity{edges: edges, round: make([]int32, len(edges))}
	if len(edges) == 0 {
		return x, nil
	}
	x.grid = newGrid(box, len(edges))
	return x, x.grid.holdSegments(segs, upTo(len(segs)))
}

// footing is the place on a border that is nearest to a point.
type footing struct {
	edge int32
	at   Point
	d2   int64 // square of the distance
}

// nearest gives the place nearest to p, within the box of all edges, on edges
// that are wanted. It looks at the cells around p, farther and farther out,
// until none that is left can hold a nearer one.
func (x *proximity) nearest(p Point, wanted func(owner int32) bool) (footing, bool) {
	best := footing{edge: -1, d2: math.MaxInt64}
	if x.grid == nil {
		return best, false
	}
	x.query++
	g := x.grid
	col, row := int(p.X-g.origin.X)>>g.shift, int(p.Y-g.origin.Y)>>g.shift
	look := func(c, r int) {
		if c < 0 || r < 0 || c >= g.nx || r >= g.ny {
			return
		}
		cell := r*g.nx + c
		for _, i := range g.items[g.off[cell]:g.off[cell+1]] {
			if x.round[i] == x.query || !wanted(x.edges[i].owner) {
				continue
			}
			x.round[i] = x.query
			at := nearestOn(p, x.edges[i].a, x.edges[i].b)
			d := at.minus(p)
			if d2 := dot(d, d); d2 < best.d2 || d2 == best.d2 && i < best.edge {
				best = footing{i, at, d2}
			}
		}
	}
	for k := 0; k <= max(g.nx, g.ny); k++ {
		if clear := int64(k-1) << g.shift; k > 0 && best.edge >= 0 && clear*clear > best.d2 {
			break
		}
		for c := col - k; c <= col+k; c++ {
			look(c, row-k)
			if k > 0 {
				look(c, row+k)
			}
		}
		for r := row - k + 1; r < row+k; r++ {
			look(col-k, r)
			look(col+k, r)
		}
	}
	return best, best.edge >= 0
}

// nearestOn is the grid point nearest to where ab comes nearest to p.
func nearestOn(p, a, b Point) Point {
	d, e := b.minus(a), p.minus(a)
	along, whole := dot(d, e), dot(d, d)
	switch {
	case along <= 0:
		return a
	case along >= whole:
		return b
	}
	return Point{
		a.X + share(d.X, uint64(along), uint64(whole)),
		a.Y + share(d.Y, uint64(along), uint64(whole)),
	}
}

// place is how far along its ring a footing lies.
func (x *proximity) place(f footing) float64 {
	return x.edges[f.edge].along + distance(x.edges[f.edge].a, f.at)
}

// appendOwned adds the edges of a ring and gives its length.
func appendOwned(edges []owned, r Ring, owner int32) ([]owned, float64) {
	along := 0.0
	for i, a := range r {
		b := r[(i+1)%len(r)]
		if a != b {
			edges = append(edges, owned{a, b, owner, along})
			along += distance(a, b)
		}
	}
	return edges, along
}
