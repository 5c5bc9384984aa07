package planar

import "slices"

// borders are the edges with the result on one side only, directed so that it
// lies on their left, in the order of the sweep. Those of a strip know borders
// of the strip before by the places at which these lead into it: -2 stands for
// the lowest one, -3 for the next. In a whole there are none such.
type borders struct {
	rule
	edges []border
	late  []seam  // to or from an edge of the strip before
	leave []int32 // marks of the edges that lead on to the right, from below to above
}

// rule tells what is inside: what has such winding numbers, and all of the core.
type rule struct {
	inside func(winding) bool
	core   *core
}

// parts tells whether an edge from a to b parts the inside from the outside.
func (r *rule) parts(a, b Point, below, above winding) bool {
	return r.inside(below) != r.inside(above) && !r.core.holds(a, b)
}

// border leads from a point to the start of the next one around the same face
// of the result.
type border struct {
	from  Point
	next  int32
	under int32 // the border below its left end, -1 for none
	loop  int32 // that it is part of
	right bool  // it leads to the right (or straight up): it lies below its face
	forks bool  // other borders start at the same point
}

// What stands for the loop of a border that has none yet.
const (
	untraced = -1 - iota
	walked   // it is being traced
)

// seam says that a border goes on with another one.
type seam struct {
	from, to int32
	forks    bool
}

// borders sweeps a strip.
func (t *strip) borders(pc *pace, area rule) (borders, error) {
	b := borders{rule: area}
	g := &t.graph
	if err := g.merge(pc, false); err != nil {
		return b, err
	}
	w := borrowSweeper()
	defer w.giveBack()
	b.edges = w.borders[:0]
	if err := w.sweep(pc, g, b.arriving(t.into), b.collect(g), b.join); err != nil {
		return b, err
	}
	w.borders, b.edges = b.edges, slices.Clone(b.edges)
	b.leave = w.cut.marks()
	return b, nil
}

// collect is the visitor that gathers the borders of a graph.
func (b *borders) collect(g *graph) visitor {
	return func(e, left int32, below, above winding, under int32) int32 {
		in := b.inside(above)
		if b.inside(below) == in {
			return under
		}
		from, to := g.points[left], g.points[g.edges[e].to]
		if b.core.holds(from, to) {
			return under
		}
		if !in {
			from = to
		}
		b.edges = append(b.edges, border{from: from, next: -1, under: under, loop: untraced, right: in})
		return int32(len(b.edges) - 1)
	}
}

// spoke is a border at a vertex.
type spoke struct {
	border int32
	leaves bool
}

// join is the joiner that links the borders at each vertex: what arrives goes
// on with the first one clockwise from the way back, which leaves, because the
// face lies between the two.
func (b *borders) join(ended, fresh []cutEdge) {
	var room [8]spoke
	around := room[:0] // counter-clockwise, from straight down
	for i := range fresh {
		if e := &fresh[i]; e.mark != e.under {
			around = append(around, spoke{e.mark, b.inside(e.above)})
		}
	}
	for i := len(ended) - 1; i >= 0; i-- {
		if e := &ended[i]; e.mark != e.under {
			around = append(around, spoke{e.mark, !b.inside(e.above)})
		}
	}
	for i, s := range around {
		if s.leaves {
			continue
		}
		next := around[(i+len(around)-1)%len(around)]
		b.link(seam{s.border, next.border, len(around) > 2})
	}
}

func (b *borders) link(l seam) {
	if l.from < 0 || l.to < 0 {
		b.late = append(b.late, l)
		return
	}
	b.edges[l.from].next = l.to
	b.edges[l.to].forks = l.forks
}

// arriving makes ready for the sweep of a strip the edges that lead into it:
// in their order from below to above, each once, with winding numbers, and the
// marks by which borders know them.
func (b *borders) arriving(into []bridge) []cutEdge {
	slices.SortFunc(into, func(c, d bridge) int { return compareAcross(&c, &d) })
	start := make([]cutEdge, 0, len(into))
	below, under := winding{}, int32(-1)
	for i := 0; i < len(into); {
		c, step := &into[i], winding{}
		for ; i < len(into) && into[i].a == c.a && into[i].b == c.b; i++ {
			step = step.plus(into[i].step)
		}
		if step == (winding{}) {
			continue
		}
		e := cutEdge{a: c.a, b: c.b, to: c.to, below: below, above: below.plus(step), under: under, mark: under}
		if b.parts(e.a, e.b, e.below, e.above) {
			e.mark = int32(-2 - len(start))
		}
		start = append(start, e)
		below, under = e.above, e.mark
	}
	return start
}

// joining makes one of the borders of all strips, from the first one to the last.
type joining struct {
	all     borders
	arrived []int32 // borders that lead into the next strip, from below to above
	strips  int     // how many it has
}

// add takes the borders of the next one of so many strips of so many segments.
func (j *joining) add(b *borders, strips, segs int) {
	j.strips++
	if strips == 1 {
		j.all = *b
		return
	}
	if j.all.edges == nil {
		j.all.edges = make([]border, 0, segs) // seldom more
	}
	first := int32(len(j.all.edges))
	known := func(mark int32) int32 {
		switch {
		case mark >= 0:
			return first + mark
		case mark == -1:
			return -1
		}
		return j.arrived[-2-mark]
	}
	for _, e := range b.edges {
		e.under = known(e.under)
		if e.next >= 0 {
			e.next += first
		}
		j.all.edges = append(j.all.edges, e)
	}
	for _, l := range b.late {
		j.all.link(seam{known(l.from), known(l.to), l.forks})
	}
	leave := b.leave
	for k := range leave {
		leave[k] = known(leave[k])
	}
	j.arrived = leave
}

// compareAcross orders edges of a planar graph that cross the same vertical
// line between the columns of the grid from below to above.
func compareAcross(e, f *bridge) int {
	if e.a == f.a && e.b == f.b {
		return 0
	}
	if e.a.Compare(f.a) > 0 {
		return -compareAcross(f, e)
	}
	o := orient(e.a, e.b, f.a)
	if o == 0 {
		o = orient(e.a, e.b, f.b)
	}
	if o > 0 {
		return -1
	}
	return 1
}
