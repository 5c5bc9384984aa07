package planar

import (
	"context"
	"slices"
)

// NodePaths gives paths a common point wherever they meet: at crossings, where
// one ends on another, and where they run together, which makes shared
// stretches equal point by point. Points move by at most half a grid step in x
// and in y. It fails as [Boolean] does.
func NodePaths(ctx context.Context, paths []Path) ([]Path, error) {
	var segs []segment
	for _, p := range paths {
		for i := 1; i < len(p); i++ {
			if p[i] != p[i-1] {
				segs = append(segs, newSegment(p[i-1], p[i], winding{}))
			}
		}
	}
	arr, err := node(newPace(ctx), segs)
	if err != nil {
		return nil, err
	}
	out := make([]Path, 0, len(paths))
	at := 0
	for _, p := range paths {
		p = withoutRepeats(p)
		if len(p) == 0 {
			continue
		}
		noded := Path{p[0]}
		for i := 1; i < len(p); i++ {
			for _, id := range arr.chainFrom(at, segs[at].a != p[i-1])[1:] {
				noded = append(noded, arr.points[id])
			}
			at++
		}
		out = append(out, noded)
	}
	return out, nil
}

// MergePaths joins paths that share points into the longest chains that do not
// pass a junction (a point with one or more than two neighbours). A segment
// that occurs more than once, also reversed, is kept once. A chain that closes
// ends with its first point. Paths that only cross or run along each other
// have no points in common yet: put them through [NodePaths] first where they
// should be joined there.
//
// The direction and order of the paths change nothing: open chains come first,
// each from its leftmost (lowest) end, and then the closed ones, from their
// leftmost point. Paths of one point are dropped.
func MergePaths(paths []Path) []Path {
	w := newWeb(paths)
	open := w.chains(nil, func(v int32) bool { return w.degree(v) != 2 })
	return w.chains(open, func(int32) bool { return true })
}

// web is the graph of the distinct segments of paths, each as two darts that
// point at each other.
type web struct {
	points []Point
	off    []int32 // darts that leave vertex v: off[v] to off[v+1]
	to     []int32
	used   []bool
}

func newWeb(paths []Path) *web {
	var all []Point
	for _, p := range paths {
		all = append(all, p...)
	}
	w := &web{points: sortUnique(all)}
	var darts [][2]int32
	for _, p := range paths {
		for i := 1; i < len(p); i++ {
			if p[i] != p[i-1] {
				u, v := w.id(p[i-1]), w.id(p[i])
				darts = append(darts, [2]int32{u, v}, [2]int32{v, u})
			}
		}
	}
	slices.SortFunc(darts, func(d, e [2]int32) int { return slices.Compare(d[:], e[:]) })
	darts = slices.Compact(darts)
	w.off = make([]int32, len(w.points)+1)
	w.to = make([]int32, len(darts))
	w.used = make([]bool, len(darts))
	for i, d := range darts {
		w.off[d[0]+1]++
		w.to[i] = d[1]
	}
	offsets(w.off)
	return w
}

// chains adds the chains not yet walked that start at the vertices chosen.
func (w *web) chains(out []Path, start func(v int32) bool) []Path {
	for v := range int32(len(w.points)) {
		if !start(v) {
			continue
		}
		for d := w.off[v]; d < w.off[v+1]; d++ {
			if !w.used[d] {
				out = append(out, w.walk(v, d))
			}
		}
	}
	return out
}

func (w *web) id(p Point) int32 {
	i, _ := slices.BinarySearchFunc(w.points, p, Point.Compare)
	return int32(i)
}

func (w *web) degree(v int32) int32 { return w.off[v+1] - w.off[v] }

// dart finds the one from u to v, which exists.
func (w *web) dart(u, v int32) int32 {
	i, _ := slices.BinarySearch(w.to[w.off[u]:w.off[u+1]], v)
	return w.off[u] + int32(i)
}

// walk follows a dart from u until a junction or its own start.
func (w *web) walk(u, d int32) Path {
	chain := Path{w.points[u]}
	for {
		v := w.to[d]
		w.used[d], w.used[w.dart(v, u)] = true, true
		chain = append(chain, w.points[v])
		if w.degree(v) != 2 {
			return chain
		}
		next := w.off[v]
		if w.to[next] == u {
			next++
		}
		if w.used[next] {
			return chain
		}
		u, d = v, next
	}
}
