package toolpath

import (
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
	cells  [][]place
	taken  []bool
}

// place is where a stop may start.
type place struct {
	visit
	at artwork.Point
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
	g.fill(count)
	return g
}

// fill puts the places into the cells, side by side.
func (g *placeGrid) fill(count int) {
	all, from := make([]place, 0, count), make([]int32, g.nx*g.ny+1)
	for i := range g.stops {
		g.each(int32(i), func(v visit) {
			p := place{v, g.stops[i].entry(v)}
			all = append(all, p)
			from[g.at(p.at)+1]++
		})
	}
	g.cells = make([][]place, g.nx*g.ny)
	sorted := make([]place, count)
	for c := range g.cells {
		from[c+1] += from[c]
		g.cells[c] = sorted[from[c]:from[c]:from[c+1]]
	}
	for _, p := range all {
		c := g.at(p.at)
		g.cells[c] = append(g.cells[c], p)
	}
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
			d := apart(p, v.at)
			if d < best || d == best && (v.stop < found.stop || v.stop == found.stop && v.entry < found.entry) {
				best, found = d, v.visit
			}
		}
		g.cells[c] = kept
	}, func(reach float64) bool { return best <= reach })
	g.taken[found.stop] = true
	return found
}

// neighbour is a stop and how far it is.
type neighbour struct {
	stop int32
	far  float64
}

// neighbours is how many near stops are known of each.
const neighbours = 8

// around gives the stops nearest to where a stop may start, nearest first.
func (g *placeGrid) around(i int32) []int32 {
	nearest := make([]neighbour, 0, neighbours)
	s := &g.stops[i]
	g.each(i, func(v visit) {
		if len(s.nodes) > 4 && int(v.entry)%(len(s.nodes)/4) >= (len(s.nodes)+mostNodes-1)/mostNodes {
			return // four places around a closed path are enough
		}
		p := s.entry(v)
		var room [neighbours]float64
		ways := room[:0] // to the nearest places, of which a stop may have several
		g.rings(p, func(c int) {
			for _, w := range g.cells[c] {
				if w.stop == i {
					continue
				}
				far := apart(p, w.at)
				nearest = withNeighbour(nearest, neighbour{w.stop, far})
				ways = withWay(ways, far)
			}
		}, func(reach float64) bool {
			return len(ways) == neighbours && ways[neighbours-1] <= reach || reach > 20*g.cell
		})
	})
	out := make([]int32, len(nearest))
	for k, n := range nearest {
		out[k] = n.stop
	}
	return out
}

// withNeighbour keeps the nearest stops, each once, the nearest first.
func withNeighbour(nearest []neighbour, n neighbour) []neighbour {
	before := func(a, b neighbour) bool { return a.far < b.far || a.far == b.far && a.stop < b.stop }
	if len(nearest) == neighbours && !before(n, nearest[neighbours-1]) {
		return nearest
	}
	k := slices.IndexFunc(nearest, func(o neighbour) bool { return o.stop == n.stop })
	switch {
	case k >= 0 && !before(n, nearest[k]):
		return nearest
	case k < 0 && len(nearest) < neighbours:
		k = len(nearest)
		nearest = append(nearest, n)
	case k < 0:
		k = neighbours - 1
	}
	for ; k > 0 && before(n, nearest[k-1]); k-- {
		nearest[k] = nearest[k-1]
	}
	nearest[k] = n
	return nearest
}

// withWay keeps the shortest ways, the shortest first.
func withWay(ways []float64, far float64) []float64 {
	k := len(ways)
	switch {
	case k < neighbours:
		ways = append(ways, far)
	case far >= ways[k-1]:
		return ways
	default:
		k--
	}
	for ; k > 0 && far < ways[k-1]; k-- {
		ways[k] = ways[k-1]
	}
	ways[k] = far
	return ways
}
