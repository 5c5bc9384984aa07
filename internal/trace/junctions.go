package trace

import (
	"cmp"
	"math"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
)

// throughJunctions joins paths that meet at their ends and go on nearly
// straight there, so that a street is one line although others join it. At
// each junction the straightest pair goes first. Every end is joined at most
// once; paths that return to their start become closed.
func throughJunctions(paths []planar.Path) []planar.Path {
	links := pairEnds(paths)
	used := make([]bool, len(paths))
	out := make([]planar.Path, 0, len(paths))
	follow := func(from end) {
		var line planar.Path
		for e := from; ; {
			used[e.path] = true
			next := paths[e.path]
			if e.last {
				next = slices.Clone(next)
				slices.Reverse(next)
			}
			if line == nil {
				line = slices.Clone(next)
			} else {
				line = append(line, next[1:]...)
			}
			var ok bool
			if e, ok = links[end{e.path, !e.last}]; !ok || used[e.path] {
				break
			}
		}
		out = append(out, line)
	}
	for i := range paths {
		for _, last := range []bool{false, true} {
			if _, linked := links[end{i, last}]; !used[i] && !linked {
				follow(end{i, last})
			}
		}
	}
	for i := range paths {
		if !used[i] { // a circle of links
			follow(end{i, false})
		}
	}
	return out
}

// end is the start of a path, or its last point.
type end struct {
	path int
	last bool
}

// at is where the end lies, and the direction into the path there.
func (e end) at(paths []planar.Path) (p planar.Point, dx, dy float64) {
	path := paths[e.path]
	p, next := path[0], path[1]
	if e.last {
		p, next = path[len(path)-1], path[len(path)-2]
	}
	length := distance(p, next)
	return p, float64(next.X-p.X) / length, float64(next.Y-p.Y) / length
}

// pairEnds tells which end goes on at which other one.
func pairEnds(paths []planar.Path) map[end]end {
	meeting := map[planar.Point][]end{}
	for i, path := range paths {
		if len(path) > 1 && !path.Closed() {
			for _, e := range []end{{i, false}, {i, true}} {
				p, _, _ := e.at(paths)
				meeting[p] = append(meeting[p], e)
			}
		}
	}
	links := map[end]end{}
	for _, ends := range meeting {
		for _, pair := range straightest(paths, ends) {
			links[pair[0]], links[pair[1]] = pair[1], pair[0]
		}
	}
	return links
}

// straightest pairs the ends at one junction.
func straightest(paths []planar.Path, ends []end) [][2]end {
	type candidate struct {
		a, b end
		turn float64 // cosine between the directions: -1 is straight on
	}
	straight := -math.Sqrt2 / 2
	var list []candidate
	for i, a := range ends {
		_, ax, ay := a.at(paths)
		for _, b := range ends[i+1:] {
			_, bx, by := b.at(paths)
			turn := float64(ax*bx) + float64(ay*by)
			if a.path != b.path && turn < straight {
				list = append(list, candidate{a, b, turn})
			}
		}
	}
	slices.SortStableFunc(list, func(c, d candidate) int { return cmp.Compare(c.turn, d.turn) })
	taken := map[end]bool{}
	var pairs [][2]end
	for _, c := range list {
		if !taken[c.a] && !taken[c.b] {
			taken[c.a], taken[c.b] = true, true
			pairs = append(pairs, [2]end{c.a, c.b})
		}
	}
	return pairs
}
