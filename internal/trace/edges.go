package trace

import (
	"math"

	"github.com/mapwright/mapwright/internal/planar"
)

// edgeTable finds the nearest border of other areas. It keeps edges in square
// cells and looks at cells farther and farther away.
type edgeTable struct {
	origin planar.Point
	shift  uint // a cell is 2^shift units wide
	nx, ny int
	cells  [][]int32 // by cell: its edges
	edges  []areaEdge
	seen   []int32 // by edge: the last question that it was looked at for
	asked  int32
}

// areaEdge is one edge of an area.
type areaEdge struct {
	a, b planar.Point
	area int
}

// newEdgeTable takes the edges of areas in.
func newEdgeTable(areas []planar.Polygon) *edgeTable {
	box := planar.Bounds(areas)
	t := &edgeTable{origin: box.Min, shift: 12} // cells of a mm
	const mostCells = 1 << 20
	w, h := int(box.Max.X)-int(box.Min.X), int(box.Max.Y)-int(box.Min.Y)
	for (w>>t.shift+1)*(h>>t.shift+1) > mostCells {
		t.shift++
	}
	t.nx, t.ny = w>>t.shift+1, h>>t.shift+1
	t.cells = make([][]int32, t.nx*t.ny)
	for i, p := range areas {
		for _, r := range p {
			for k, a := range r {
				t.add(areaEdge{a, r[(k+1)%len(r)], i})
			}
		}
	}
	t.seen = make([]int32, len(t.edges))
	return t
}

// add puts an edge into the cells that its parts lie in: parts no longer than a
// cell, each by the box around it.
func (t *edgeTable) add(e areaEdge) {
	n := int32(len(t.edges))
	t.edges = append(t.edges, e)
	parts := int(distance(e.a, e.b)/float64(int(1)<<t.shift)) + 1
	from := e.a
	for k := 1; k <= parts; k++ {
		f := float64(k) / float64(parts)
		to := planar.Point{
			X: e.a.X + int32(math.Round(float64(e.b.X-e.a.X)*f)),
			Y: e.a.Y + int32(math.Round(float64(e.b.Y-e.a.Y)*f)),
		}
		x0, y0 := t.cell(planar.Point{X: min(from.X, to.X), Y: min(from.Y, to.Y)})
		x1, y1 := t.cell(planar.Point{X: max(from.X, to.X), Y: max(from.Y, to.Y)})
		for y := y0; y <= y1; y++ {
			for x := x0; x <= x1; x++ {
				c := &t.cells[y*t.nx+x]
				if len(*c) == 0 || (*c)[len(*c)-1] != n {
					*c = append(*c, n)
				}
			}
		}
		from = to
	}
}

func (t *edgeTable) cell(p planar.Point) (x, y int) {
	return min(max(int(p.X)-int(t.origin.X), 0)>>t.shift, t.nx-1),
		min(max(int(p.Y)-int(t.origin.Y), 0)>>t.shift, t.ny-1)
}

// nearest gives the point nearest to p on the border of another area than its
// own, and the area; -1 where there is none.
func (t *edgeTable) nearest(p planar.Point, own int) (at planar.Point, area int) {
	t.asked++
	cx, cy := t.cell(p)
	best, area := math.Inf(1), -1
	size := float64(int(1) << t.shift)
	for r := 0; r <= max(t.nx, t.ny) && float64(r-1)*size <= best; r++ {
		t.onSquare(cx, cy, r, func(c int) {
			for _, n := range t.cells[c] {
				e := &t.edges[n]
				if e.area == own || t.seen[n] == t.asked {
					continue
				}
				t.seen[n] = t.asked
				q := nearestOn(p, e.a, e.b)
				if d := distance(p, q); d < best {
					best, at, area = d, q, e.area
				}
			}
		})
	}
	return at, area
}

// onSquare calls f for the cells at r steps from one.
func (t *edgeTable) onSquare(cx, cy, r int, f func(cell int)) {
	for y := max(cy-r, 0); y <= min(cy+r, t.ny-1); y++ {
		step := 1
		if y != cy-r && y != cy+r && r > 0 {
			step = 2 * r
		}
		for x := cx - r; x <= cx+r; x += step {
			if x >= 0 && x < t.nx {
				f(y*t.nx + x)
			}
		}
	}
}

// nearestOn is the grid point nearest to p on a segment.
func nearestOn(p, a, b planar.Point) planar.Point {
	dx, dy := float64(b.X-a.X), float64(b.Y-a.Y)
	square := float64(dx*dx) + float64(dy*dy)
	if square == 0 {
		return a
	}
	f := (float64(float64(p.X-a.X)*dx) + float64(float64(p.Y-a.Y)*dy)) / square
	f = math.Max(0, math.Min(1, f))
	return planar.Point{
		X: a.X + int32(math.RoundToEven(dx*f)),
		Y: a.Y + int32(math.RoundToEven(dy*f)),
	}
}
