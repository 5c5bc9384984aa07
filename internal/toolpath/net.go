package toolpath

import (
	"github.com/mapwright/mapwright/internal/planar"
)

// net is the paths of a board as walks over common points and edges, parted
// into chains: stretches that all the paths on them follow from end to end.
type net struct {
	points *table  // by packed coordinates
	edges  *table  // by pairKey of points
	uses   []int32 // by edge: how many times paths run along it
	turns  *table  // by pairKey of the edges that a path takes one after the other at a point
	turned []int32 // by turn: how many times
	visits []int32 // by point: how many times paths come by
	ends   []bool  // by point: an area's border or the end of a path comes by

	walks  [][]int32 // by path: its points; of a closed path the start is not repeated
	closed []bool
	chains []chain
	ids    [][]int32  // by chain: its points
	of     []int32    // by edge: its chain, -1 while it has none
	route  [][]course // by path
}

// course is a chain that a path follows, perhaps the other way.
type course struct {
	chain    int32
	backward bool
}

func pack(p planar.Point) uint64 { return uint64(uint32(p.X))<<32 | uint64(uint32(p.Y)) }

func (n *net) at(id int32) planar.Point {
	k := n.points.keys[id]
	return planar.Point{X: int32(uint32(k >> 32)), Y: int32(uint32(k))}
}

// newNet finds what paths share. straight tells which edges stay lines.
func newNet(strokes []Stroke, straight func(a, b planar.Point) bool) *net {
	n := &net{}
	n.walk(strokes)
	n.meet(strokes)
	n.count(strokes)
	n.part(strokes, straight)
	return n
}

// walk numbers the points of all paths.
func (n *net) walk(strokes []Stroke) {
	total := 0
	for _, s := range strokes {
		total += len(s.Path)
	}
	n.points = newTable(total)
	n.walks, n.closed = make([][]int32, len(strokes)), make([]bool, len(strokes))
	all := make([]int32, 0, total)
	for i, s := range strokes {
		from := len(all)
		for k, p := range s.Path {
			if k == 0 || p != s.Path[k-1] {
				all = append(all, n.points.number(pack(p)))
			}
		}
		n.closed[i] = s.Path.Closed()
		if n.closed[i] && len(all)-from > 1 {
			all = all[:len(all)-1]
		}
		n.walks[i] = all[from:len(all):len(all)]
	}
}

// count counts how often edges, turns and points are used.
func (n *net) count(strokes []Stroke) {
	n.edges, n.turns = newTable(len(n.points.keys)*5/4), newTable(len(n.points.keys)*5/4)
	n.visits, n.ends = make([]int32, len(n.points.keys)), make([]bool, len(n.points.keys))
	for i, w := range n.walks {
		for k := range n.steps(i) {
			e := n.edges.number(pairKey(w[k], w[(k+1)%len(w)]))
			if int(e) == len(n.uses) {
				n.uses = append(n.uses, 0)
			}
			n.uses[e]++
		}
		for k, v := range w {
			n.visits[v]++
			end := !n.closed[i] && (k == 0 || k == len(w)-1)
			n.ends[v] = n.ends[v] || end || strokes[i].Fill
			if end {
				continue
			}
			t := n.turns.number(n.turn(w, k))
			if int(t) == len(n.turned) {
				n.turned = append(n.turned, 0)
			}
			n.turned[t]++
		}
	}
}

// steps is the number of edges of a path.
func (n *net) steps(path int) int {
	w := n.walks[path]
	if n.closed[path] || len(w) == 0 {
		return len(w)
	}
	return len(w) - 1
}

func (n *net) edge(w []int32, k int) int32 {
	return n.edges.known(pairKey(w[k], w[(k+1)%len(w)]))
}

// turn is the key of what a path does at its point k.
func (n *net) turn(w []int32, k int) uint64 {
	return pairKey(n.edge(w, (k+len(w)-1)%len(w)), n.edge(w, k))
}

// goesOn tells whether all who use the edges before and after point k of a
// path take them one after the other, so that no chain ends there.
func (n *net) goesOn(w []int32, k int) bool {
	in, out := n.edge(w, (k+len(w)-1)%len(w)), n.edge(w, k)
	if in == out {
		return false
	}
	t := n.turned[n.turns.known(pairKey(in, out))]
	return max(n.uses[in], n.uses[out]) == t
}

// pinned tells whether others touch a path at its point k, where the curve must
// pass then. Lines that only cross need no common point.
func (n *net) pinned(w []int32, k int) bool {
	v := w[k]
	if !n.ends[v] {
		return false
	}
	return n.visits[v] > n.turned[n.turns.known(n.turn(w, k))]
}

// part cuts the walks into chains. A chain has the same direction whichever
// path comes to it first.
func (n *net) part(strokes []Stroke, straight func(a, b planar.Point) bool) {
	n.of = make([]int32, len(n.uses))
	for e := range n.of {
		n.of[e] = -1
	}
	n.route = make([][]course, len(n.walks))
	for i, w := range n.walks {
		steps := n.steps(i)
		if steps < 1 || len(w) < 2 {
			continue
		}
		start := 0
		loop := n.closed[i]
		for k := range w {
			if n.closed[i] && !n.goesOn(w, k) {
				start, loop = k, false
				break
			}
		}
		if loop {
			n.route[i] = append(n.route[i], n.follow(w, 0, steps, true, &strokes[i], straight))
			continue
		}
		for done := 0; done < steps; {
			size := 1
			for done+size < steps && n.goesOn(w, (start+done+size)%len(w)) {
				size++
			}
			n.route[i] = append(n.route[i], n.follow(w, (start+done)%len(w), size, false, &strokes[i], straight))
			done += size
		}
	}
}

// follow gives the course of a path over the chain of size edges from point k.
func (n *net) follow(w []int32, k, size int, loop bool, s *Stroke, straight func(a, b planar.Point) bool) course {
	ids := make([]int32, 0, size+1)
	for i := range size {
		ids = append(ids, w[(k+i)%len(w)])
	}
	if !loop {
		ids = append(ids, w[(k+size)%len(w)])
	}
	backward := n.canonical(ids, loop)
	first := n.edges.known(pairKey(ids[0], ids[1]))
	if c := n.of[first]; c >= 0 {
		n.chains[c].err = min(n.chains[c].err, s.Error*unitsPerMM)
		n.chains[c].fill = n.chains[c].fill || s.Fill
		n.chains[c].line = n.chains[c].line || !s.Fill
		return course{c, backward}
	}
	c := int32(len(n.chains))
	made := chain{
		points: make([]vec, len(ids)), pinned: make([]bool, len(ids)), fixed: make([]bool, len(ids)),
		loop: loop, fill: s.Fill, line: !s.Fill, err: s.Error * unitsPerMM,
	}
	for i := range size {
		a, b := ids[i], ids[(i+1)%len(ids)]
		n.of[n.edges.known(pairKey(a, b))] = c
		made.fixed[i] = straight != nil && straight(n.at(a), n.at(b))
	}
	for i, id := range ids {
		made.points[i] = vecOf(n.at(id))
		if inner := loop || i > 0 && i < len(ids)-1; inner {
			made.pinned[i] = n.pinned(ids, i)
		}
	}
	n.chains, n.ids = append(n.chains, made), append(n.ids, ids)
	return course{c, backward}
}

// canonical puts the points of a chain into the one direction, and a loop to
// its one start, that depend on the points alone. It tells whether it turned
// them around.
func (n *net) canonical(ids []int32, loop bool) bool {
	if loop {
		least := 0
		for i := range ids {
			if n.at(ids[i]).Compare(n.at(ids[least])) < 0 {
				least = i
			}
		}
		rotate(ids, least)
		if n.at(ids[len(ids)-1]).Compare(n.at(ids[1])) < 0 {
			reverse(ids[1:])
			return true
		}
		return false
	}
	for i, j := 0, len(ids)-1; i < j; i, j = i+1, j-1 {
		if c := n.at(ids[i]).Compare(n.at(ids[j])); c != 0 {
			if c > 0 {
				reverse(ids)
			}
			return c > 0
		}
	}
	return false
}

func reverse[T any](s []T) {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
}

// rotate makes the element at k the first one.
func rotate[T any](s []T, k int) {
	reverse(s[:k])
	reverse(s[k:])
	reverse(s)
}
