package toolpath

import (
	"github.com/mapwright/mapwright/internal/planar"
)

// boxGrid answers which parts of a draft may touch a part, by square cells. Only
// the cells that a part passes through hold it, so that a long line costs its
// length and not its box.
type boxGrid struct {
	draft  *draft
	origin planar.Point
	shift  uint
	nx, ny int
	first  []int32
	ids    []int32
}

func newBoxGrid(d *draft) *boxGrid {
	g := &boxGrid{draft: d, shift: 10}
	if len(d.points) == 0 {
		return g
	}
	box := planar.Path(d.points).Bounds()
	g.origin = box.Min
	w, h := int(box.Max.X)-int(box.Min.X), int(box.Max.Y)-int(box.Min.Y)
	for (w>>g.shift+1)*(h>>g.shift+1) > 8*len(d.parts)+1024 {
		g.shift++
	}
	g.nx, g.ny = w>>g.shift+1, h>>g.shift+1
	g.first = make([]int32, g.nx*g.ny+1)
	for i := range d.parts {
		g.cells(&d.parts[i], func(c int) { g.first[c+1]++ })
	}
	for c := 1; c < len(g.first); c++ {
		g.first[c] += g.first[c-1]
	}
	g.ids = make([]int32, g.first[len(g.first)-1])
	next := append([]int32(nil), g.first...)
	for i := range d.parts {
		g.cells(&d.parts[i], func(c int) {
			g.ids[next[c]] = int32(i)
			next[c]++
		})
	}
	return g
}

// cells calls f for the cells that hold a part, each once: a line is followed
// column by column, a curve takes all of its box.
func (g *boxGrid) cells(p *part, f func(c int)) {
	x0, x1 := int(p.box.Min.X-g.origin.X)>>g.shift, int(p.box.Max.X-g.origin.X)>>g.shift
	for x := x0; x <= x1; x++ {
		low, high := p.box.Min.Y, p.box.Max.Y
		if !p.curved && x1 > x0 {
			low, high = g.draft.rows(p, int64(g.origin.X)+int64(x)<<g.shift, int64(1)<<g.shift)
		}
		y0, y1 := max(0, int(low-g.origin.Y)>>g.shift), min(g.ny-1, int(high-g.origin.Y)>>g.shift)
		for y := y0; y <= y1; y++ {
			f(y*g.nx + x)
		}
	}
}

// rows gives how low and high a line comes in a column.
func (d *draft) rows(p *part, left, width int64) (low, high int32) {
	a, b := d.points[p.from], d.points[p.to-1]
	at := func(x int64) int32 {
		x = min(max(x, int64(p.box.Min.X)), int64(p.box.Max.X))
		return int32(int64(a.Y) + (x-int64(a.X))*int64(b.Y-a.Y)/int64(b.X-a.X))
	}
	s, t := at(left), at(left+width)
	return min(s, t) - 1, max(s, t) + 1
}

// near calls f for the parts that share a cell with p, each once, in an order
// that depends on the draft alone.
func (g *boxGrid) near(p *part, f func(j int32)) { g.each(func(f func(c int)) { g.cells(p, f) }, f) }

// within calls f for the parts in the cells of a box, each once.
func (g *boxGrid) within(box planar.Box, f func(j int32)) {
	if g.nx == 0 {
		return
	}
	x0, x1 := g.clamp(box.Min.X-g.origin.X, g.nx), g.clamp(box.Max.X-g.origin.X, g.nx)
	y0, y1 := g.clamp(box.Min.Y-g.origin.Y, g.ny), g.clamp(box.Max.Y-g.origin.Y, g.ny)
	g.each(func(f func(c int)) {
		for x := x0; x <= x1; x++ {
			for y := y0; y <= y1; y++ {
				f(y*g.nx + x)
			}
		}
	}, f)
}

func (g *boxGrid) clamp(v int32, n int) int { return min(max(int(v), 0)>>g.shift, n-1) }

// each calls f once for every part in the cells.
func (g *boxGrid) each(cells func(f func(c int)), f func(j int32)) {
	count := 0
	cells(func(int) { count++ })
	var seen map[int32]bool
	if count > 1 {
		seen = map[int32]bool{}
	}
	cells(func(c int) {
		for _, j := range g.ids[g.first[c]:g.first[c+1]] {
			if seen != nil {
				if seen[j] {
					continue
				}
				seen[j] = true
			}
			f(j)
		}
	})
}
