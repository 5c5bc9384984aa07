package planar

import "slices"

// borders are the edges of a strip with the result on one side only, directed so
// that it lies on their left. Marks of borders are their indexes; those of strips
// before are known by the places at which they lead into this one: -2 stands for
// the lowest one, -3 for the next. -1 is none.
type borders struct {
	rule
	edges   []border
	late    []seam  // to or from an edge of a strip before
	leave   []int32 // marks of the edges that lead on to the right, from below to above
	arrived []site  // the borders that lead into it
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
	rank  int32 // in the order of the strip's sweep
	next  int32 // in the strip, or by the turn to another one: see outline
	under int32 // mark of the border below its left end
	loop  int32 // that it is part of
	right bool  // it leads to the right (or straight up): it lies below its face
	forks bool  // other borders start at the same point
}

// What stands for the loop of a border that has none yet.
const (
	untraced = -1 - iota
	walked   // it is being traced
)

// seam says by their marks that a border goes on with another one.
type seam struct {
	from, to int32
	forks    bool
}

// borders sweeps a strip.
func (t *strip) borders(pc *pace, area rule) (borders, error) {
	const few = 1 << 10 // borders, which the cache of a core holds in any order
	b := borders{rule: area}
	g := &t.graph
	if err := g.merge(pc, false); err != nil {
		return b, err
	}
	w := borrowSweeper()
	defer w.giveBack()
	b.edges = roomFor(w.borders, len(t.segs))[:0]
	if err := w.sweep(pc, g, b.arriving(t.into), b.collect(g), b.join); err != nil {
		return b, err
	}
	b.leave = w.cut.marks()
	w.borders = b.edges // and b takes what it needs with it
	if len(b.edges) < few {
		b.edges = slices.Clone(b.edges)
	} else {
		w.places = b.line(w.places)
	}
	return b, nil
}

// line puts borders one behind the other as they go on in the strip, so that who
// walks along them finds the next one beside the last. The first of each line is
// the first that is left in the order of the sweep.
func (b *borders) line(room []int32) []int32 {
	places := roomFor(room, len(b.edges))
	for i := range places {
		places[i] = -1
	}
	lined := make([]border, 0, len(b.edges))
	for i := range b.edges {
		for e := int32(i); e >= 0 && places[e] < 0; e = b.edges[e].next {
			places[e] = int32(len(lined))
			lined = append(lined, b.edges[e])
		}
	}
	b.edges = lined
	move := func(mark *int32) {
		if *mark >= 0 {
			*mark = places[*mark]
		}
	}
	for i := range lined {
		move(&lined[i].next)
		move(&lined[i].under)
	}
	for i := range b.late {
		move(&b.late[i].from)
		move(&b.late[i].to)
	}
	for i := range b.leave {
		move(&b.leave[i])
	}
	return places
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
		b.edges = append(b.edges, border{
			from: from, rank: int32(len(b.edges)), next: -1, under: under, loop: untraced, right: in,
		})
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
