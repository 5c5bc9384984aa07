package toolpath

import (
	"cmp"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
)

// touching is how near, in grid units, a point may lie beside an edge and still
// be one of it: cutting a border rounds the new points to the grid.
const touching = 2

// meet puts the points of paths that lie on an edge of another one into it, so
// that paths that run along each other do so point by point. Where a path is a
// needle no wider than the rounding, that stays as it is: it would fall together.
// But the tip of such a needle is taken off an area's border.
func (n *net) meet(strokes []Stroke) {
	g := newPointGrid(n)
	if g == nil {
		return
	}
	has := make([]int32, len(n.points.keys)) // the last path that has a point, from 1
	var on []met
	for i, w := range n.walks {
		own := int32(i + 1)
		for _, v := range w {
			has[v] = own
		}
		var out []int32 // nil while nothing was put in
		blunt := false
		for k := range n.steps(i) {
			a, b := w[k], w[(k+1)%len(w)]
			on = g.on(on[:0], a, b)
			if slices.ContainsFunc(on, func(m met) bool { return has[m.id] == own }) {
				var tip []int32
				if strokes[i].Fill && n.closed[i] {
					tip = n.needleAt(i, k, on)
					blunt = blunt || len(tip) > 0
				}
				on = n.besideNeedles(i, on, tip, func(id int32) bool { return has[id] == own })
			}
			if len(on) > 0 && out == nil {
				out = append(make([]int32, 0, len(w)+16), w[:k]...)
			}
			if out == nil {
				continue
			}
			out = append(out, a)
			for _, m := range on {
				out = append(out, m.id)
				has[m.id] = own
			}
		}
		if out == nil {
			continue
		}
		if !n.closed[i] {
			out = append(out, w[len(w)-1])
		}
		if blunt {
			if out = withoutSpikes(out); len(out) < 3 {
				continue // all of it is a needle
			}
		}
		n.walks[i] = out
	}
}

// needleAt gives the points of a closed path that lie on its edge from point k
// and from which it goes straight on to that edge, or to which it goes from there:
// the side of a needle whose tip is an end of the edge.
func (n *net) needleAt(path, k int, on []met) []int32 {
	w := n.walks[path]
	var side []int32
	follow := func(at, step int) {
		for range len(w) - 2 {
			at = (at + step + len(w)) % len(w)
			if !slices.ContainsFunc(on, func(m met) bool { return m.id == w[at] }) {
				return
			}
			side = append(side, w[at])
		}
	}
	follow(k, -1)
	follow((k+1)%len(w), 1)
	return side
}

// withoutSpikes leaves out of a closed walk where it goes to a point and back the
// same way.
func withoutSpikes(walk []int32) []int32 {
	var out []int32
	for _, v := range walk {
		if n := len(out); n >= 2 && out[n-2] == v {
			out = out[:n-1]
		} else {
			out = append(out, v)
		}
	}
	for len(out) > 2 {
		n := len(out)
		switch {
		case out[0] == out[n-2]:
			out = out[:n-2]
		case out[1] == out[n-1]:
			out = out[1 : n-1]
		default:
			return out
		}
	}
	return out
}

// besideNeedles leaves, of the points on an edge of a path, those of a needle
// whose tip goes, and those of others that do not lie on what makes a needle with
// it: an edge at one of the path's own points on that edge.
func (n *net) besideNeedles(path int, on []met, tip []int32, own func(id int32) bool) []met {
	w := n.walks[path]
	var needles [][2]planar.Point
	for _, m := range on {
		at := slices.Index(w, m.id)
		if at < 0 { // put in before: another edge has it
			continue
		}
		for _, k := range []int{at - 1, at + 1} {
			if !n.closed[path] && (k < 0 || k == len(w)) {
				continue
			}
			needles = append(needles, [2]planar.Point{n.at(m.id), n.at(w[(k+len(w))%len(w)])})
		}
	}
	return slices.DeleteFunc(on, func(m met) bool {
		if slices.Contains(tip, m.id) {
			return false
		}
		return own(m.id) || slices.ContainsFunc(needles, func(e [2]planar.Point) bool {
			_, beside := between(e[0], e[1], n.at(m.id))
			return beside
		})
	})
}

// met is a point on an edge.
type met struct {
	along int64 // order from the start
	id    int32
}

// pointGrid answers which points lie near a segment, by square cells.
type pointGrid struct {
	net    *net
	origin planar.Point
	shift  uint // a cell is 2^shift units wide
	nx, ny int
	first  []int32 // by cell, and one more: where its points start in ids
	ids    []int32
}

func newPointGrid(n *net) *pointGrid {
	count := len(n.points.keys)
	if count == 0 {
		return nil
	}
	lo, hi := n.at(0), n.at(0)
	for i := range int32(count) {
		p := n.at(i)
		lo = planar.Point{X: min(lo.X, p.X), Y: min(lo.Y, p.Y)}
		hi = planar.Point{X: max(hi.X, p.X), Y: max(hi.Y, p.Y)}
	}
	g := &pointGrid{net: n, origin: lo, shift: 10}
	w, h := int(hi.X)-int(lo.X), int(hi.Y)-int(lo.Y)
	for (w>>g.shift+1)*(h>>g.shift+1) > 4*count+1024 {
		g.shift++
	}
	g.nx, g.ny = w>>g.shift+1, h>>g.shift+1
	g.first = make([]int32, g.nx*g.ny+1)
	for i := range int32(count) {
		g.first[g.cell(n.at(i))+1]++
	}
	for c := 1; c < len(g.first); c++ {
		g.first[c] += g.first[c-1]
	}
	g.ids = make([]int32, count)
	next := slices.Clone(g.first)
	for i := range int32(count) {
		c := g.cell(n.at(i))
		g.ids[next[c]] = i
		next[c]++
	}
	return g
}

func (g *pointGrid) cell(p planar.Point) int { return g.row(p.Y)*g.nx + g.column(p.X) }

func (g *pointGrid) column(x int32) int {
	return min(max(int(x)-int(g.origin.X), 0)>>g.shift, g.nx-1)
}

func (g *pointGrid) row(y int32) int {
	return min(max(int(y)-int(g.origin.Y), 0)>>g.shift, g.ny-1)
}

// on adds the points between a and b, in their order.
func (g *pointGrid) on(out []met, a, b int32) []met {
	p, q := g.net.at(a), g.net.at(b)
	x0, x1 := g.column(min(p.X, q.X)-touching), g.column(max(p.X, q.X)+touching)
	for x := x0; x <= x1; x++ {
		y0, y1 := g.rows(p, q, x)
		for y := y0; y <= y1; y++ {
			c := y*g.nx + x
			for _, id := range g.ids[g.first[c]:g.first[c+1]] {
				if id == a || id == b {
					continue
				}
				if along, ok := between(p, q, g.net.at(id)); ok {
					out = append(out, met{along, id})
				}
			}
		}
	}
	if len(out) > 1 {
		slices.SortFunc(out, func(s, t met) int {
			return cmp.Or(cmp.Compare(s.along, t.along), g.net.at(s.id).Compare(g.net.at(t.id)))
		})
	}
	return out
}

// rows are those that the segment may come near in a column.
func (g *pointGrid) rows(p, q planar.Point, x int) (y0, y1 int) {
	low, high := min(p.Y, q.Y), max(p.Y, q.Y)
	if dx := int64(q.X) - int64(p.X); dx != 0 {
		left := int64(g.origin.X) + int64(x)<<g.shift - touching
		right := left + 1<<g.shift + 2*touching
		yAt := func(x int64) int32 {
			y := int64(p.Y) + (x-int64(p.X))*(int64(q.Y)-int64(p.Y))/dx
			return int32(min(max(y, int64(low)), int64(high)))
		}
		a, b := yAt(left), yAt(right)
		low, high = min(a, b)-1, max(a, b)+1
	}
	return g.row(low - touching), g.row(high + touching)
}

// between tells whether a point lies on the segment pq but not at its ends, and
// how far along.
func between(p, q, m planar.Point) (along int64, ok bool) {
	dx, dy := int64(q.X)-int64(p.X), int64(q.Y)-int64(p.Y)
	ex, ey := int64(m.X)-int64(p.X), int64(m.Y)-int64(p.Y)
	square, along := dx*dx+dy*dy, dx*ex+dy*ey
	if along <= 0 || along >= square {
		return 0, false
	}
	off := float64(dx*ey - dy*ex)
	return along, float64(off*off) <= touching*touching*float64(square)
}
