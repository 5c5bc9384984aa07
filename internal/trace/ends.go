package trace

import (
	"math"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
)

// endsJoined moves loose ends of paths that lie within a gap, grid units, of
// another end onto it, so that the paths meet. A loose end is one that no other
// path has a point at; ends where paths meet already stay, and so do all other
// points. Of several loose ends the leftmost stays. Points are looked for in a
// table of square cells of the gap's width.
func endsJoined(paths []planar.Path, gap float64) []planar.Path {
	if gap < 1 || len(paths) == 0 {
		return paths
	}
	ends := endPoints(paths)
	anchors := newNearby(gap)
	var loose []planar.Point
	for p, n := range ends {
		if n == 1 {
			loose = append(loose, p)
		} else {
			anchors.add(p)
		}
	}
	anchors.sort()
	slices.SortFunc(loose, planar.Point.Compare)
	moved := map[planar.Point]planar.Point{}
	for _, p := range loose {
		if q, ok := anchors.nearest(p); ok {
			moved[p] = q
		} else {
			anchors.add(p)
		}
	}
	if len(moved) == 0 {
		return paths
	}
	out := make([]planar.Path, 0, len(paths))
	for _, path := range paths {
		a, movesA := moved[path[0]]
		b, movesB := moved[path[len(path)-1]]
		if !movesA && !movesB {
			out = append(out, path)
			continue
		}
		path = slices.Clone(path)
		if movesA {
			path[0] = a
		}
		if movesB {
			path[len(path)-1] = b
		}
		if path = slices.Compact(path); len(path) > 1 {
			out = append(out, path)
		}
	}
	return out
}

// endPoints counts the points of all paths at each end of a path.
func endPoints(paths []planar.Path) map[planar.Point]int {
	ends := map[planar.Point]int{}
	for _, p := range paths {
		if len(p) > 0 {
			ends[p[0]], ends[p[len(p)-1]] = 0, 0
		}
	}
	for _, path := range paths {
		for _, q := range path {
			if n, ok := ends[q]; ok {
				ends[q] = n + 1
			}
		}
	}
	return ends
}

// nearby finds points within a distance.
type nearby struct {
	reach float64
	cells map[[2]int32][]planar.Point
}

func newNearby(reach float64) *nearby {
	return &nearby{reach, map[[2]int32][]planar.Point{}}
}

func (n *nearby) cell(p planar.Point) [2]int32 {
	return [2]int32{int32(math.Floor(float64(p.X) / n.reach)), int32(math.Floor(float64(p.Y) / n.reach))}
}

func (n *nearby) add(p planar.Point) {
	c := n.cell(p)
	n.cells[c] = append(n.cells[c], p)
}

// sort brings the points into an order that does not depend on how they came.
func (n *nearby) sort() {
	for _, list := range n.cells {
		slices.SortFunc(list, planar.Point.Compare)
	}
}

// nearest gives the point nearest to p within reach.
func (n *nearby) nearest(p planar.Point) (best planar.Point, ok bool) {
	c := n.cell(p)
	least := n.reach
	for dx := int32(-1); dx <= 1; dx++ {
		for dy := int32(-1); dy <= 1; dy++ {
			for _, q := range n.cells[[2]int32{c[0] + dx, c[1] + dy}] {
				if d := distance(p, q); d < least || d == least && !ok {
					best, least, ok = q, d, true
				}
			}
		}
	}
	return best, ok
}
