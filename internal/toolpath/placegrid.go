package toolpath

import (
	"cmp"
	"math"
	"slices"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// placeGrid answers which stops are nearest, by square cells that hold the
// places where stops may start.
type placeGrid struct {
	stops  []stop
	origin artwork.Point
	cell   float64 // mm
	nx, ny int
	cells  [][]visit
	taken  []bool
}

// mostNodes is how many nodes of a closed path are looked at as its start while
// the tour is made; all are when it is made better.
const mostNodes = 32

func newPlaceGrid(stops []stop) *placeGrid {
	g := &placeGrid{stops: stops, taken: make([]bool, len(stops))}
	box := artwork.EmptyBox()
	count := 0
	for i := range stops {
		g.each(int32(i), func(v visit) {
			box = box.Add(stops[i].entry(v))
			count++
		})
	}
	if count == 0 {
		return g
	}
	g.origin = box.Min
	w, h := max(box.Width(), 1e-3), max(box.Height(), 1e-3)
	g.cell = max(math.Sqrt(float64(w*h)/float64(count)), max(w, h)/4000)
	g.nx, g.ny = int(w/g.cell)+1, int(h/g.cell)+1
	g.cells = make([][]visit, g.nx*g.ny)
	for i := range stops {
		g.each(int32(i), func(v visit) {
			c := g.at(stops[i].entry(v))
			g.cells[c] = append(g.cells[c], v)
		})
	}
	return g
}

// each calls f for the ways to visit a stop that are looked at.
func (g *placeGrid) each(i int32, f func(v visit)) {
	s := &g.stops[i]
	if n := len(s.nodes); n > 1 {
		step := (n + mostNodes - 1) / mostNodes
		for k := 0; k < n; k += step {
			f(visit{stop: i, entry: int32(k)})
		}
		return
	}
	f(visit{stop: i})
	if s.turns && s.first != s.last {
		f(visit{stop: i, backward: true})
	}
}

func (g *placeGrid) column(x float64) int {
	return min(max(int((x-g.origin.X)/g.cell), 0), g.nx-1)
}

func (g *placeGrid) row(y float64) int { return min(max(int((y-g.origin.Y)/g.cell), 0), g.ny-1) }

func (g *placeGrid) at(p artwork.Point) int { return g.row(p.Y)*g.nx + g.column(p.X) }

// rings calls f with the cells around a place, ring by ring, until f says that
// nothing nearer than the ring can be missing.
func (g *placeGrid) rings(p artwork.Point, f func(cell int), done func(reach float64) bool) {
	x, y := g.column(p.X), g.row(p.Y)
	for r := 0; r <= max(g.nx, g.ny); r++ {
		for dy := -r; dy <= r; dy++ {
			step := 2 * r
			if dy == -r || dy == r || r == 0 {
				step = 1
			}
			for dx := -r; dx <= r; dx += step {
				if cx, cy := x+dx, y+dy; cx >= 0 && cy >= 0 && cx < g.nx && cy < g.ny {
					f(cy*g.nx + cx)
				}
			}
		}
		if done(float64(r) * g.cell) {
			return
		}
	}
}

// take gives the nearest visit of a stop that was not taken, and takes it.
func (g *placeGrid) take(p artwork.Point) visit {
	best, found := math.Inf(1), visit{}
	q := p
	if g.nx > 0 { // a place beside the grid sees it from its edge
		q.X = min(max(p.X, g.origin.X), g.origin.X+float64(g.cell*float64(g.nx)))
		q.Y = min(max(p.Y, g.origin.Y), g.origin.Y+float64(g.cell*float64(g.ny)))
	}
	g.rings(q, func(c int) {
		kept := g.cells[c][:0]
		for _, v := range g.cells[c] {
			if g.taken[v.stop] {
				continue
			}
			kept = append(kept, v)
			d := apart(p, g.stops[v.stop].entry(v))
			if d < best || d == best && (v.stop < found.stop || v.stop == found.stop && v.entry < found.entry) {
				best, found = d, v
			}
		}
		g.cells[c] = kept
	}, func(reach float64) bool { return best <= reach })
	g.taken[found.stop] = true
	return found
}

// around gives the stops nearest to where a stop may start, nearest first.
func (g *placeGrid) around(i int32, count int) []int32 {
	type candidate struct {
		stop int32
		far  float64
	}
	var all []candidate
	s := &g.stops[i]
	g.each(i, func(v visit) {
		if len(s.nodes) > 4 && int(v.entry)%(len(s.nodes)/4) >= (len(s.nodes)+mostNodes-1)/mostNodes {
			return // four places around a closed path are enough
		}
		p := s.entry(v)
		before := len(all)
		g.rings(p, func(c int) {
			for _, w := range g.cells[c] {
				if w.stop != i {
					all = append(all, candidate{w.stop, apart(p, g.stops[w.stop].entry(w))})
				}
			}
		}, func(reach float64) bool {
			near := 0
			for _, c := range all[before:] {
				if c.far <= reach {
					near++
				}
			}
			return near >= count || reach > 20*g.cell
		})
	})
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(a.stop, b.stop))
	})
	var out []int32
	for _, c := range all {
		if !slices.Contains(out, c.stop) {
			if out = append(out, c.stop); len(out) == count {
				break
			}
		}
	}
	return out
}
