package planar

import (
	"context"
	"slices"
)

// SimplifyPolygons simplifies polygons together by [SimplifyPath], so that
// borders that they share stay shared. Where a simplified border would cross
// or touch another one, it is simplified less. A border may still pass over a
// whole polygon or hole that is smaller than the tolerance: such a hole is
// gone, such a polygon overlaps its neighbour. Polygons that become thinner
// than nothing are gone; the others keep their order. It fails as [Boolean]
// does.
func SimplifyPolygons(ctx context.Context, polys []Polygon, tol float64) ([]Polygon, error) {
	groups := make([][]Polygon, len(polys))
	for i, p := range polys {
		groups[i] = []Polygon{p}
	}
	groups, err := SimplifyGroups(ctx, groups, tol)
	if err != nil {
		return nil, err
	}
	return slices.Concat(groups...), nil
}

// SimplifyGroups is [SimplifyPolygons] for features of several polygons: what
// becomes of a group stays in its place, even when that is nothing.
func SimplifyGroups(ctx context.Context, groups [][]Polygon, tol float64) ([][]Polygon, error) {
	pc := newPace(ctx)
	c, err := newCoverage(pc, groups)
	if err != nil {
		return nil, err
	}
	for i := range c.arcs {
		if err := pc.walk(len(c.arcs[i].whole)); err != nil {
			return nil, err
		}
		c.arcs[i].simplify(tol)
	}
	for again := true; again; {
		if again, err = c.relax(pc); err != nil {
			return nil, err
		}
	}
	out := make([][]Polygon, len(groups))
	for i, rings := range c.groups {
		var outline []Ring
		for _, r := range rings {
			outline = append(outline, c.outline(r))
		}
		if out[i], err = Union(ctx, outline, Positive); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// coverage is a set of polygons as arcs: stretches of border between the
// points where more than two edges meet.
type coverage struct {
	points   []Point
	junction []bool // by point
	arcs     []arc
	known    map[[2]int32]int32 // first two vertices of an arc -> its index
	groups   [][][]arcUse       // the rings of each group
}

// arc is a stretch of border in its one direction, and what is kept of it.
type arc struct {
	whole, kept Path
	tol         float64 // 0 when it is kept whole
}

type arcUse struct {
	arc     int32
	reverse bool
}

func newCoverage(pc *pace, groups [][]Polygon) (*coverage, error) {
	var segs []segment
	for _, polys := range groups {
		for _, r := range Rings(polys) {
			segs = appendRing(segs, r, winding{subject: 1})
		}
	}
	arr, err := node(pc, segs)
	if err != nil {
		return nil, err
	}
	var walks [][]int32
	at := 0
	for _, polys := range groups {
		for _, r := range Rings(polys) {
			walk := arr.around(distinct(r), segs, at)
			at += countSegments(r)
			walks = append(walks, walk)
		}
	}
	c := &coverage{points: arr.points, groups: make([][][]arcUse, len(groups)), known: map[[2]int32]int32{}}
	c.findJunctions(walks)
	for i, polys := range groups {
		for range Rings(polys) {
			c.groups[i] = append(c.groups[i], c.split(walks[0]))
			walks = walks[1:]
		}
	}
	return c, nil
}

// around gives the vertices of a noded ring whose segments start at index at.
func (a *arrangement) around(r Ring, segs []segment, at int) []int32 {
	var walk []int32
	if len(r) < 2 {
		return nil
	}
	for i, p := range r {
		chain := a.chainFrom(at+i, segs[at+i].a != p)
		walk = append(walk, chain[:len(chain)-1]...)
	}
	return walk
}

func countSegments(r Ring) int {
	if n := len(distinct(r)); n > 1 {
		return n
	}
	return 0
}

// findJunctions marks the vertices without exactly two neighbours.
func (c *coverage) findJunctions(walks [][]int32) {
	var darts [][2]int32
	for _, walk := range walks {
		for i, u := range walk {
			v := walk[(i+1)%len(walk)]
			darts = append(darts, [2]int32{u, v}, [2]int32{v, u})
		}
	}
	slices.SortFunc(darts, func(d, e [2]int32) int { return slices.Compare(d[:], e[:]) })
	degree := make([]int32, len(c.points))
	for _, d := range slices.Compact(darts) {
		degree[d[0]]++
	}
	c.junction = make([]bool, len(c.points))
	for v, d := range degree {
		c.junction[v] = d != 2
	}
}

// split cuts a ring at its junctions, or at its first vertex when it has none,
// and finds or adds the arcs.
func (c *coverage) split(walk []int32) []arcUse {
	if len(walk) == 0 {
		return nil
	}
	start := slices.IndexFunc(walk, func(v int32) bool { return c.junction[v] })
	if start < 0 {
		start = slices.Index(walk, slices.Min(walk))
	}
	walk = slices.Concat(walk[start:], walk[:start+1])
	var uses []arcUse
	for from, i := 0, 1; i < len(walk); i++ {
		if i == len(walk)-1 || c.junction[walk[i]] {
			uses = append(uses, c.use(walk[from:i+1]))
			from = i
		}
	}
	return uses
}

// use gives the arc with these vertices, in the direction that starts at the
// smaller end (of a loop: that goes to the smaller neighbour first).
func (c *coverage) use(ids []int32) arcUse {
	n := len(ids)
	reverse := ids[n-1] < ids[0] || ids[n-1] == ids[0] && ids[n-2] < ids[1]
	if reverse {
		ids = slices.Clone(ids)
		slices.Reverse(ids)
	}
	key := [2]int32{ids[0], ids[1]}
	at, ok := c.known[key]
	if !ok {
		at = int32(len(c.arcs))
		c.known[key] = at
		a := arc{whole: make(Path, n)}
		for i, id := range ids {
			a.whole[i] = c.points[id]
		}
		c.arcs = append(c.arcs, a)
	}
	return arcUse{at, reverse}
}

// relax simplifies arcs less whose kept segments cross or touch others, and
// tells whether there were any. It ends, because noded arcs kept whole do not
// cross.
func (c *coverage) relax(pc *pace) (bool, error) {
	var segs []segment
	for _, a := range c.arcs {
		if a.vanished() {
			continue
		}
		for i := 1; i < len(a.kept); i++ {
			segs = append(segs, newSegment(a.kept[i-1], a.kept[i], winding{}))
		}
	}
	arr, err := node(pc, segs)
	if err != nil {
		return false, err
	}
	changed, at := false, 0
	for i := range c.arcs {
		a := &c.arcs[i]
		if a.vanished() {
			continue
		}
		n := len(a.kept) - 1
		clean := true
		for j := at; j < at+n; j++ {
			clean = clean && len(arr.chain(j)) == 2
		}
		at += n
		if !clean && a.tol > 0 {
			a.simplify(a.tol / 4)
			changed = true
		}
	}
	return changed, nil
}

// simplify keeps the points that a tolerance asks for; all of them below one
// grid unit.
func (a *arc) simplify(tol float64) {
	if tol < 1 {
		a.tol, a.kept = 0, a.whole
		return
	}
	a.tol, a.kept = tol, SimplifyPath(a.whole, tol)
}

// vanished tells whether only one point is left of a closed arc.
func (a *arc) vanished() bool { return len(a.kept) == 2 && a.kept[0] == a.kept[1] }

// outline puts the simplified arcs of a ring together.
func (c *coverage) outline(uses []arcUse) Ring {
	var r Ring
	for _, u := range uses {
		kept := c.arcs[u.arc].kept
		if u.reverse {
			kept = reversed(kept)
		}
		r = append(r, kept[:len(kept)-1]...)
	}
	return r
}
