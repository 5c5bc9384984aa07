package toolpath

import (
	"cmp"
	"math"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
)

// Join joins open paths whose ends lie within gap grid units of each other, and
// closes those whose own ends do, for lines that were drawn in pieces that do
// not quite meet. A straight line bridges each gap. The nearest ends are joined
// first, of equally near ones those that go on straighter.
//
// An end that already lies on another path's end is at a junction and stays; a
// path shorter than three gaps is not closed. Joined paths come in the place of
// their first one; the others keep their order. The direction of the paths
// decides nothing but that of the result.
func Join(paths []planar.Path, gap float64) []planar.Path {
	if !(gap > 0) {
		return paths
	}
	links := linkEnds(paths, gap)
	if len(links) == 0 {
		return paths
	}
	used := make([]bool, len(paths))
	out := make([]planar.Path, 0, len(paths))
	for i := range paths {
		if !used[i] {
			out = append(out, joined(paths, links, used, i))
		}
	}
	return out
}

// end is the start of a path, or its last point.
type end struct {
	path int
	last bool
}

func (e end) other() end { return end{e.path, !e.last} }

func (e end) at(paths []planar.Path) planar.Point {
	if e.last {
		return paths[e.path][len(paths[e.path])-1]
	}
	return paths[e.path][0]
}

// outward is the direction in which the path would go on beyond its end.
func (e end) outward(paths []planar.Path) vec {
	p := paths[e.path]
	if e.last {
		return vecOf(p[len(p)-1]).minus(vecOf(p[len(p)-2])).unit()
	}
	return vecOf(p[0]).minus(vecOf(p[1])).unit()
}

// joined follows the links from a path to both sides.
func joined(paths []planar.Path, links map[end]end, used []bool, i int) planar.Path {
	first := end{i, false} // where the joined path begins
	for {
		before, ok := links[first]
		if !ok {
			break
		}
		if first = before.other(); first.path == i {
			first = end{i, false} // all the way around
			break
		}
	}
	var out planar.Path
	for e := first; ; {
		used[e.path] = true
		p := paths[e.path]
		if e.last {
			p = slices.Clone(p)
			slices.Reverse(p)
		}
		out = append(out, p...)
		next, ok := links[e.other()]
		if !ok {
			return out
		}
		if next == first {
			return append(out, out[0])
		}
		e = next
	}
}

// linkEnds pairs the ends that are to be joined.
func linkEnds(paths []planar.Path, gap float64) map[end]end {
	free := freeEnds(paths)
	cell := int64(math.Ceil(gap))
	square := func(p planar.Point) [2]int64 {
		return [2]int64{floorDiv(int64(p.X), cell), floorDiv(int64(p.Y), cell)}
	}
	cells := map[[2]int64][]end{}
	for _, e := range free {
		c := square(e.at(paths))
		cells[c] = append(cells[c], e)
	}
	type pair struct {
		a, b     end
		distance float64
		turn     float64 // −1: straight on
	}
	var pairs []pair
	for _, a := range free {
		p := a.at(paths)
		c := square(p)
		for dx := int64(-1); dx <= 1; dx++ {
			for dy := int64(-1); dy <= 1; dy++ {
				for _, b := range cells[[2]int64{c[0] + dx, c[1] + dy}] {
					d := vecOf(p).distance(vecOf(b.at(paths)))
					if !before(a, b) || d > gap || a.path == b.path && planar.Length(paths[a.path]) < 3*gap {
						continue
					}
					pairs = append(pairs, pair{a, b, d, a.outward(paths).dot(b.outward(paths))})
				}
			}
		}
	}
	slices.SortStableFunc(pairs, func(p, q pair) int {
		return cmp.Or(
			cmp.Compare(p.distance, q.distance), cmp.Compare(p.turn, q.turn),
			comparePlaces(paths, p.a, p.b, q.a, q.b),
		)
	})
	links := map[end]end{}
	for _, p := range pairs {
		_, a := links[p.a]
		_, b := links[p.b]
		if !a && !b {
			links[p.a], links[p.b] = p.b, p.a
		}
	}
	return links
}

func before(a, b end) bool {
	return a.path < b.path || a.path == b.path && !a.last && b.last
}

// comparePlaces orders pairs of ends by where they lie.
func comparePlaces(paths []planar.Path, a, b, c, d end) int {
	low := func(a, b end) (planar.Point, planar.Point) {
		p, q := a.at(paths), b.at(paths)
		if q.Compare(p) < 0 {
			return q, p
		}
		return p, q
	}
	p, q := low(a, b)
	r, s := low(c, d)
	return cmp.Or(p.Compare(r), q.Compare(s))
}

// freeEnds lists the ends of open paths that lie on no other end.
func freeEnds(paths []planar.Path) []end {
	count := map[planar.Point]int{}
	each := func(f func(e end)) {
		for i, p := range paths {
			if len(p) > 1 && p[0] != p[len(p)-1] {
				f(end{i, false})
				f(end{i, true})
			}
		}
	}
	each(func(e end) { count[e.at(paths)]++ })
	var free []end
	each(func(e end) {
		if count[e.at(paths)] == 1 {
			free = append(free, e)
		}
	})
	return free
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
