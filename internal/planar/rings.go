package planar

import (
	"cmp"
	"slices"
)

// loop is a simple ring of borders. The first of them in the order of the
// sweep is the lowest one at the loop's leftmost vertex.
type loop struct {
	ring  Ring
	first site
	rank  int32 // of that one in its strip
}

// tracer follows borders into loops.
type tracer struct {
	*outline
	loops []loop
	walk  []site
	seen  map[Point]int // point with several borders -> where the walk left it
	room  []Point       // for rings
	left  int           // borders that are not traced
}

// polygons traces the borders into loops and gives the holes to their shells.
func (o *outline) polygons(pc *pace) ([]Polygon, error) {
	t := tracer{outline: o, seen: map[Point]int{}}
	for _, b := range o.strips {
		t.left += len(b.edges)
	}
	if err := t.trace(pc); err != nil {
		return nil, err
	}
	// What lies under a hole's first border comes before it in the sweep, so
	// that in this order its polygon is known already.
	order := upTo(len(t.loops))
	slices.SortFunc(order, func(i, j int32) int {
		l, m := &t.loops[i], &t.loops[j]
		return cmp.Or(cmp.Compare(l.first.strip, m.first.strip), cmp.Compare(l.rank, m.rank))
	})
	shells := 0
	for i := range t.loops {
		if o.edge(t.loops[i].first).right {
			shells++
		}
	}
	polys := make([]Polygon, 0, shells)
	polyOf := make([]int32, len(t.loops))
	for _, i := range order {
		l := &t.loops[i]
		first := o.edge(l.first)
		if first.right {
			polyOf[i] = int32(len(polys))
			polys = append(polys, Polygon{l.ring})
			continue
		}
		at := polyOf[o.edge(o.site(l.first.strip, first.under)).loop]
		polyOf[i] = at
		polys[at] = append(polys[at], l.ring)
	}
	if len(polys) == 0 {
		return nil, nil
	}
	return canonical(polys), nil
}

// trace follows each border to the next one around the same face of the
// result, and cuts the walk wherever it comes back to a vertex, so that every
// loop is simple: a hole that touches its shell becomes a hole.
func (t *tracer) trace(pc *pace) error {
	for k, b := range t.strips {
		for i := range b.edges {
			if b.edges[i].loop != untraced {
				continue
			}
			s := site{int32(k), int32(i)}
			for edge := &b.edges[i]; edge.loop == untraced; edge = t.edge(s) {
				if err := pc.walk(1); err != nil {
					return err
				}
				if edge.forks {
					if at, ok := t.seen[edge.from]; ok {
						t.cut(at)
					}
					t.seen[edge.from] = len(t.walk)
				}
				edge.loop = walked
				t.walk = append(t.walk, s)
				s = t.next(s)
			}
			t.cut(0)
		}
	}
	return nil
}

// cut makes a loop of the walk from a place on.
func (t *tracer) cut(at int) {
	steps := t.walk[at:]
	first, rank := 0, t.edge(steps[0]).rank
	for k, s := range steps {
		edge := t.edge(s)
		if s.strip < steps[first].strip || s.strip == steps[first].strip && edge.rank < rank {
			first, rank = k, edge.rank
		}
		edge.loop = int32(len(t.loops))
		if edge.forks {
			delete(t.seen, edge.from)
		}
	}
	l := loop{first: steps[first], rank: rank}
	if !t.edge(l.first).right {
		first++ // of a hole, the lowest border arrives at the leftmost vertex
	}
	l.ring = t.ring(steps, first)
	t.loops = append(t.loops, l)
	t.walk = t.walk[:at]
	t.left -= len(steps)
}

// ring gives the points of a loop, from the one of these, without those in the
// middle of a straight line.
func (t *tracer) ring(steps []site, first int) Ring {
	const roomy = 4096 // points for which room is made at once
	n := len(steps)
	if n > roomy/4 {
		return t.appendLoop(make(Ring, 0, n), steps, first)
	}
	if cap(t.room)-len(t.room) < n {
		t.room = make([]Point, 0, min(roomy, t.left))
	}
	start := len(t.room)
	t.room = t.appendLoop(t.room, steps, first)
	return Ring(t.room[start:len(t.room):len(t.room)])
}

func (t *tracer) appendLoop(r Ring, steps []site, first int) Ring {
	if first == len(steps) {
		first = 0
	}
	at := func(i int) Point { return t.edge(steps[i]).from }
	p := at(first)
	prev := at((first + len(steps) - 1) % len(steps))
	add := func(steps []site) {
		for _, s := range steps {
			next := t.edge(s).from
			if orient(prev, p, next) != 0 {
				r = append(r, p)
			}
			prev, p = p, next
		}
	}
	add(steps[first+1:])
	add(steps[:first])
	add(steps[first : first+1])
	return r
}
