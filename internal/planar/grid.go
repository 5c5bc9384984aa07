package planar

import (
	"errors"
	"math"
)

// ErrTooLarge says that an input has more crossings than can be held at once.
var ErrTooLarge = errors.New("the shapes cross each other too often to be computed at once: simplify them or take fewer")

// crowded is from how many items on a cell is divided again.
const crowded = 64

// grid is a table of square cells over a box, each with the items that may
// meet it. Its cells are about as many as the items. Where the items are
// clustered, a crowded cell has a grid of its own.
type grid struct {
	shift  uint // a cell is 2^shift units wide
	origin Point
	nx, ny int
	off    []int32 // items of cell c: items[off[c]:off[c+1]]
	items  []int32
	deeper []*grid // of points, by cell; nil where no cell is crowded
}

// newGrid chooses the cells for a box and a number of items.
func newGrid(box Box, items int) *grid {
	g := &grid{origin: Point{box.Min.X - 1, box.Min.Y - 1}}
	w := int64(box.Max.X) - int64(box.Min.X) + 3
	h := int64(box.Max.Y) - int64(box.Min.Y) + 3
	limit := int64(max(64, items))
	for (w>>g.shift+1)*(h>>g.shift+1) > limit {
		g.shift++
	}
	g.nx, g.ny = int(w>>g.shift+1), int(h>>g.shift+1)
	return g
}

func (g *grid) cell(p Point) int {
	return int(p.Y-g.origin.Y)>>g.shift*g.nx + int(p.X-g.origin.X)>>g.shift
}

// box is what belongs to a cell.
func (g *grid) box(cell int) Box {
	x := g.origin.X + int32(cell%g.nx)<<g.shift
	y := g.origin.Y + int32(cell/g.nx)<<g.shift
	side := int32(1)<<g.shift - 1
	return Box{Point{x, y}, Point{x + side, y + side}}
}

// divides tells whether a cell is crowded and can be divided.
func (g *grid) divides(cell int) bool {
	return g.off[cell+1]-g.off[cell] > crowded && g.shift > 0
}

// reach calls f for every cell that holds a point within one unit of the
// segment, row by row, each once. It may name a few cells more. What lies
// beside the grid's box is left out.
func (g *grid) reach(s *segment, f func(cell int)) {
	x0, y0 := int(s.a.X-g.origin.X), int(s.a.Y-g.origin.Y)
	x1, y1 := int(s.b.X-g.origin.X), int(s.b.Y-g.origin.Y)
	r0, r1 := max(min(y0, y1)-1, 0)>>g.shift, min((max(y0, y1)+1)>>g.shift, g.ny-1)
	c0, c1 := max(x0-1, 0)>>g.shift, min((x1+1)>>g.shift, g.nx-1)
	if c0 == c1 || r0 == r1 || y0 == y1 {
		for r := r0; r <= r1; r++ {
			for c := c0; c <= c1; c++ {
				f(r*g.nx + c)
			}
		}
		return
	}
	slope := float64(x1-x0) / float64(y1-y0)
	for r := r0; r <= r1; r++ {
		below, above := float64(r<<g.shift-2), float64((r+1)<<g.shift+1)
		xa := float64(x0) + float64((below-float64(y0))*slope)
		xb := float64(x0) + float64((above-float64(y0))*slope)
		if xa > xb {
			xa, xb = xb, xa
		}
		from := max(int(math.Floor(xa))-2, x0-1, 0) >> g.shift
		to := min(min(int(math.Ceil(xb))+2, x1+1)>>g.shift, g.nx-1)
		for c := from; c <= to; c++ {
			f(r*g.nx + c)
		}
	}
}

// holdSegments fills the table with the segments of these indexes.
func (g *grid) holdSegments(segs []segment, ids []int32) error {
	g.off = make([]int32, g.nx*g.ny+1)
	total := 0
	for _, i := range ids {
		g.reach(&segs[i], func(c int) { g.off[c+1]++; total++ })
	}
	if total > math.MaxInt32 {
		return ErrTooLarge
	}
	next := g.open(total)
	for _, i := range ids {
		g.reach(&segs[i], func(c int) { g.items[next[c]] = i; next[c]++ })
	}
	return nil
}

// helps tells whether the table spares comparisons of the n segments that it
// holds, or at least costs little. It does neither for bundles of segments that
// run along each other through the whole box: to divide these again and again
// would only multiply them.
func (g *grid) helps(n int) bool {
	pairs := 0.0
	for c := range g.nx * g.ny {
		k := float64(g.off[c+1] - g.off[c])
		pairs += float64(k * k)
	}
	return len(g.items) <= 2*n || pairs <= float64(n)*float64(n)/2
}

// newPointGrid holds the points of these indexes, which lie in the box.
func newPointGrid(points []Point, ids []int32, box Box) *grid {
	g := newGrid(box, len(ids))
	g.off = make([]int32, g.nx*g.ny+1)
	for _, i := range ids {
		g.off[g.cell(points[i])+1]++
	}
	next := g.open(len(ids))
	for _, i := range ids {
		c := g.cell(points[i])
		g.items[next[c]] = i
		next[c]++
	}
	for c := range g.nx * g.ny {
		if g.divides(c) {
			if g.deeper == nil {
				g.deeper = make([]*grid, g.nx*g.ny)
			}
			g.deeper[c] = newPointGrid(points, g.items[g.off[c]:g.off[c+1]], g.box(c))
		}
	}
	return g
}

// near calls f with the items of each cell that the segment reaches.
func (g *grid) near(s *segment, f func(items []int32)) {
	g.reach(s, func(c int) {
		if g.deeper != nil && g.deeper[c] != nil {
			g.deeper[c].near(s, f)
			return
		}
		f(g.items[g.off[c]:g.off[c+1]])
	})
}

// open turns the counts in off into offsets and returns where each cell's
// first item goes.
func (g *grid) open(total int) []int32 {
	g.items = make([]int32, total)
	return offsets(g.off)
}

// offsets sums up counts, of which the one of i stands at i+1, and returns a
// copy to fill from.
func offsets(counts []int32) []int32 {
	for i := 1; i < len(counts); i++ {
		counts[i] += counts[i-1]
	}
	next := make([]int32, len(counts)-1)
	copy(next, counts)
	return next
}

// upTo is the indexes below n.
func upTo(n int) []int32 {
	ids := make([]int32, n)
	for i := range ids {
		ids[i] = int32(i)
	}
	return ids
}
