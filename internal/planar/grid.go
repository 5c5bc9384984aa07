package planar

import (
	"errors"
	"math"
)

// ErrTooLarge says that an input has more crossings than can be held at once.
var ErrTooLarge = errors.New("the shapes cross each other too often to be computed at once: simplify them or take fewer")

// crowded is from how many items on a cell is divided again.
const crowded = 40

// grid is a table of square cells over a box, each with the items that may
// meet it. Its cells are up to four times as many as the items. Where the items are
// clustered, a crowded cell has a grid of its own.
type grid struct {
	shift  uint // a cell is 2^shift units wide
	bounds Box
	origin Point
	nx, ny int
	off    []int32 // items of cell c: items[off[c]:off[c+1]]
	items  []int32
	deeper []*grid // of points, by cell; nil where no cell is crowded

	covered, ends []int32 // room for holdSegments
}

// newGrid makes an empty table for a box and a number of items.
func newGrid(box Box, items int) *grid {
	g := new(grid)
	g.lay(box, items)
	return g
}

// lay chooses the cells for a box and a number of items.
func (g *grid) lay(box Box, items int) {
	g.bounds, g.origin, g.shift = box, Point{box.Min.X - 1, box.Min.Y - 1}, 0
	w := int64(box.Max.X) - int64(box.Min.X) + 3
	h := int64(box.Max.Y) - int64(box.Min.Y) + 3
	limit := int64(max(64, 4*items))
	for (w>>g.shift+1)*(h>>g.shift+1) > limit {
		g.shift++
	}
	g.nx, g.ny = int(w>>g.shift+1), int(h>>g.shift+1)
}

func (g *grid) cell(p Point) int {
	return int(p.Y-g.origin.Y)>>g.shift*g.nx + int(p.X-g.origin.X)>>g.shift
}

// box is what belongs to a cell; no two share a point.
func (g *grid) box(cell int) Box {
	x := g.origin.X + int32(cell%g.nx)<<g.shift
	y := g.origin.Y + int32(cell/g.nx)<<g.shift
	side := int32(1)<<g.shift - 1
	return Box{
		Point{max(x, g.bounds.Min.X), max(y, g.bounds.Min.Y)},
		Point{min(x+side, g.bounds.Max.X), min(y+side, g.bounds.Max.Y)},
	}
}

// divides tells whether a cell is crowded and can be divided.
func (g *grid) divides(cell int) bool {
	return g.off[cell+1]-g.off[cell] > crowded && g.shift > 0
}

// cover adds the cells that hold a point within one unit of the segment, row by
// row, each once. It may add a few cells more. What lies beside the grid's box
// is left out.
func (g *grid) cover(cells []int32, s *segment) []int32 {
	x0, y0 := int(s.a.X-g.origin.X), int(s.a.Y-g.origin.Y)
	x1, y1 := int(s.b.X-g.origin.X), int(s.b.Y-g.origin.Y)
	r0, r1 := max(min(y0, y1)-1, 0)>>g.shift, min((max(y0, y1)+1)>>g.shift, g.ny-1)
	c0, c1 := max(x0-1, 0)>>g.shift, min((x1+1)>>g.shift, g.nx-1)
	if c0 == c1 || r0 == r1 || y0 == y1 {
		for r := r0; r <= r1; r++ {
			for c := c0; c <= c1; c++ {
				cells = append(cells, int32(r*g.nx+c))
			}
		}
		return cells
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
			cells = append(cells, int32(r*g.nx+c))
		}
	}
	return cells
}

// holdSegments fills the table with the segments of these indexes.
func (g *grid) holdSegments(segs []segment, ids []int32) error {
	g.covered, g.ends = roomFor(g.covered, 2*len(ids))[:0], roomFor(g.ends, len(ids))[:0]
	for _, i := range ids {
		g.covered = g.cover(g.covered, &segs[i])
		if len(g.covered) > math.MaxInt32 {
			return ErrTooLarge
		}
		g.ends = append(g.ends, int32(len(g.covered)))
	}
	g.clear()
	for _, c := range g.covered {
		g.off[c+2]++
	}
	g.open(len(g.covered))
	from := int32(0)
	for k, i := range ids {
		for _, c := range g.covered[from:g.ends[k]] {
			g.put(int(c), i)
		}
		from = g.ends[k]
	}
	return nil
}

// clear makes the table ready to count the items of cell c at off[c+2].
func (g *grid) clear() {
	g.off = zeroed(g.off, g.nx*g.ny+2)
}

// open sums up the counts, so that items can be put.
func (g *grid) open(total int) {
	for c := 2; c < len(g.off); c++ {
		g.off[c] += g.off[c-1]
	}
	g.items = roomFor(g.items, total)
}

// put adds an item to a cell. When all are put, off is as it should be.
func (g *grid) put(cell int, item int32) {
	g.items[g.off[cell+1]] = item
	g.off[cell+1]++
}

// helps tells whether the table spares comparisons of the n segments that it
// holds, or at least costs little. It does neither for bundles of segments that
// run along each other through the whole box: to divide these again and again
// would only multiply them.
func (g *grid) helps(n int) bool {
	if len(g.items) <= 2*n {
		return true
	}
	pairs := 0.0
	for c := range g.nx * g.ny {
		k := float64(g.off[c+1] - g.off[c])
		pairs += float64(k * k)
	}
	return pairs <= float64(n)*float64(n)/2
}

// newPointGrid holds the points of these indexes, which lie in the box.
func newPointGrid(points []Point, ids []int32, box Box) *grid {
	g := newGrid(box, len(ids))
	g.clear()
	for _, i := range ids {
		g.off[g.cell(points[i])+2]++
	}
	g.open(len(ids))
	for _, i := range ids {
		g.put(g.cell(points[i]), i)
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
	var room [64]int32
	for _, c := range g.cover(room[:0], s) {
		if g.deeper != nil && g.deeper[c] != nil {
			g.deeper[c].near(s, f)
			continue
		}
		f(g.items[g.off[c]:g.off[c+1]])
	}
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
