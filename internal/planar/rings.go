package planar

import (
	"cmp"
	"slices"
)

// loop is a simple ring of borders. The first of them in the order of the
// sweep is the lowest one at the loop's leftmost vertex.
type loop struct {
	ring  Ring
	first int32
}

// tracer follows borders into loops.
type tracer struct {
	edges []border
	loops []loop
	walk  []footstep
	seen  map[Point]int // point with several borders -> where the walk left it
	room  []Point       // for rings
}

// footstep is a border on a walk, and where it starts.
type footstep struct {
	edge int32
	from Point
}

// polygons traces the borders into loops and gives the holes to their shells.
func (b *borders) polygons(pc *pace) ([]Polygon, error) {
	t := tracer{edges: b.edges, seen: map[Point]int{}}
	if err := t.trace(pc); err != nil {
		return nil, err
	}
	// What lies under a hole's first border comes before it in the sweep, so
	// that in this order its polygon is known already.
	order := upTo(len(t.loops))
	slices.SortFunc(order, func(i, j int32) int { return cmp.Compare(t.loops[i].first, t.loops[j].first) })
	shells := 0
	for _, l := range t.loops {
		if b.edges[l.first].right {
			shells++
		}
	}
	polys := make([]Polygon, 0, shells)
	polyOf := make([]int32, len(t.loops))
	for _, i := range order {
		if l := &t.loops[i]; b.edges[l.first].right {
			polyOf[i] = int32(len(polys))
			polys = append(polys, Polygon{l.ring})
			continue
		}
		at := polyOf[b.edges[b.edges[t.loops[i].first].under].loop]
		polyOf[i] = at
		polys[at] = append(polys[at], t.loops[i].ring)
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
	for i := range t.edges {
		if t.edges[i].loop != untraced {
			continue
		}
		for e := int32(i); t.edges[e].loop == untraced; e = t.edges[e].next {
			if err := pc.walk(1); err != nil {
				return err
			}
			edge := &t.edges[e]
			if edge.forks {
				if at, ok := t.seen[edge.from]; ok {
					t.cut(at)
				}
				t.seen[edge.from] = len(t.walk)
			}
			edge.loop = walked
			t.walk = append(t.walk, footstep{e, edge.from})
		}
		t.cut(0)
	}
	return nil
}

// cut makes a loop of the walk from a place on.
func (t *tracer) cut(at int) {
	steps := t.walk[at:]
	first := 0
	for k, s := range steps {
		if s.edge < steps[first].edge {
			first = k
		}
		edge := &t.edges[s.edge]
		edge.loop = int32(len(t.loops))
		if edge.forks {
			delete(t.seen, s.from)
		}
	}
	l := loop{first: steps[first].edge}
	if !t.edges[l.first].right {
		first++ // of a hole, the lowest border arrives at the leftmost vertex
	}
	l.ring = t.ring(steps, first)
	t.loops = append(t.loops, l)
	t.walk = t.walk[:at]
}

// ring gives the points of a loop, from the one of these, without those in the
// middle of a straight line.
func (t *tracer) ring(steps []footstep, first int) Ring {
	const roomy = 4096 // points for which room is made at once
	n := len(steps)
	if n > roomy/4 {
		return appendLoop(make(Ring, 0, n), steps, first)
	}
	if cap(t.room)-len(t.room) < n {
		t.room = make([]Point, 0, min(roomy, len(t.edges)))
	}
	start := len(t.room)
	t.room = appendLoop(t.room, steps, first)
	return Ring(t.room[start:len(t.room):len(t.room)])
}

func appendLoop(r Ring, steps []footstep, first int) Ring {
	if first == len(steps) {
		first = 0
	}
	last := steps[len(steps)-1].from
	p := steps[first].from
	prev := last
	if first > 0 {
		prev = steps[first-1].from
	}
	add := func(steps []footstep) {
		for _, s := range steps {
			if orient(prev, p, s.from) != 0 {
				r = append(r, p)
			}
			prev, p = p, s.from
		}
	}
	add(steps[first+1:])
	add(steps[:first])
	add(steps[first : first+1])
	return r
}
