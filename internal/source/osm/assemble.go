package osm

import (
	"slices"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
)

// assembly makes polygons of segments by the even-odd rule. The segments are
// the edges of a planar graph: every edge is two half-edges, each with a face
// on its left. Crossing an edge changes between inside and outside, so going
// through the faces from the outermost one tells all of them, whatever roles
// and directions the ways had. Rings that touch themselves in a point are then
// cut there, so that shells and holes are simple.
type assembly struct {
	segments []segment
	places   []location // the vertices, sorted
	origin   []int      // of a half-edge: the vertex where it begins
	out      []int      // half-edges, by origin, counterclockwise
	first    []int      // of a vertex: its first place in out; one more at the end
	at       []int      // of a half-edge: its place in out
	faces    []face
	left     []int // of a half-edge: the face on its left
}

// face is an area that the segments enclose, or one side of what encloses a
// connected part of them from outside.
type face struct {
	edge   int  // one of its half-edges
	inside bool // of the area that is assembled
	known  bool // whether inside is
	// around is the face that this one is a part of, when this is the outer side
	// of a connected part of the segments; -1 when nothing is around.
	around int
	outer  bool
}

// areaFault tells why segments make no area.
type areaFault struct {
	kind source.FindingKind
	at   location
}

// assemble makes the area whose border the lines are, in whatever order and
// direction they come. Either the whole of it is made or a fault is told.
func assemble(lines [][]location) (orb.MultiPolygon, *areaFault) {
	segments := segmentsOf(lines)
	if len(segments) == 0 {
		return nil, &areaFault{kind: source.EmptyArea}
	}
	if ring, ok := oneRing(lines, len(segments)); ok {
		if at, ok := firstCrossing(segments); ok {
			return nil, &areaFault{source.Crossing, at}
		}
		return orb.MultiPolygon{{ring}}, nil
	}
	a := newAssembly(segments)
	for v := range a.places {
		if (a.first[v+1]-a.first[v])%2 != 0 {
			return nil, &areaFault{source.OpenRing, a.places[v]}
		}
	}
	if at, ok := firstCrossing(segments); ok {
		return nil, &areaFault{source.Crossing, at}
	}
	a.findFaces()
	a.tellInside()
	return a.polygons(), nil
}

// oneRing is the short way for what most areas are: one closed line that passes
// every place once, given the number of its segments. The ring is as the long
// way makes it, if the line does not cross itself.
func oneRing(lines [][]location, segments int) (orb.Ring, bool) {
	if len(lines) != 1 || segments < 3 || len(lines[0]) != segments+1 || lines[0][0] != lines[0][segments] {
		return nil, false
	}
	line := lines[0][:segments]
	sorted := slices.Clone(line)
	slices.SortFunc(sorted, location.compare)
	for i := 1; i < len(sorted); i++ {
		if sorted[i] == sorted[i-1] {
			return nil, false
		}
	}
	first := slices.Index(line, sorted[0])
	before, after := (first+segments-1)%segments, (first+1)%segments
	step := 1
	if orientation(line[before], line[first], line[after]) < 0 {
		step = segments - 1
	}
	ring := make(orb.Ring, 0, segments+1)
	for i, n := first, 0; n <= segments; i, n = (i+step)%segments, n+1 {
		ring = append(ring, line[i].point())
	}
	return ring, true
}

// newAssembly builds the graph. Half-edge 2i runs from a to b of segment i,
// 2i+1 back.
func newAssembly(segments []segment) *assembly {
	places := make([]location, 0, 2*len(segments))
	for _, s := range segments {
		places = append(places, s.a, s.b)
	}
	slices.SortFunc(places, location.compare)
	places = slices.Compact(places)
	a := &assembly{
		segments: segments, places: places,
		origin: make([]int, 2*len(segments)), out: make([]int, 2*len(segments)), at: make([]int, 2*len(segments)),
		first: make([]int, len(places)+1),
	}
	for h := range a.origin {
		s := segments[h/2]
		from := s.a
		if h%2 != 0 {
			from = s.b
		}
		a.origin[h], _ = slices.BinarySearchFunc(places, from, location.compare)
		a.first[a.origin[h]+1]++
		a.out[h] = h
	}
	for v := range places {
		a.first[v+1] += a.first[v]
	}
	slices.SortFunc(a.out, func(h, g int) int {
		if a.origin[h] != a.origin[g] {
			return a.origin[h] - a.origin[g]
		}
		return a.turn(h, g)
	})
	for i, h := range a.out {
		a.at[h] = i
	}
	return a
}

// turn orders two half-edges of one origin counterclockwise, from straight down
// (which comes last).
func (a *assembly) turn(h, g int) int {
	if h%2 != g%2 {
		return h%2 - g%2 // half-edges from a to b point to the right or straight up
	}
	if h == g {
		return 0
	}
	o := a.origin[h]
	return -orientation(a.places[o], a.end(h), a.end(g))
}

func (a *assembly) end(h int) location { return a.places[a.origin[h^1]] }

// next is the half-edge that goes on along the face on the left of h: the first
// one clockwise from the way back.
func (a *assembly) next(h int) int {
	back := h ^ 1
	v := a.origin[back]
	if i := a.at[back]; i > a.first[v] {
		return a.out[i-1]
	}
	return a.out[a.first[v+1]-1]
}

func (a *assembly) findFaces() {
	a.left = make([]int, len(a.out))
	for h := range a.left {
		a.left[h] = -1
	}
	for h := range a.left {
		if a.left[h] >= 0 {
			continue
		}
		for g := h; a.left[g] < 0; g = a.next(g) {
			a.left[g] = len(a.faces)
		}
		a.faces = append(a.faces, face{edge: h, around: -1})
	}
}

// tellInside finds the outer face of each connected part, from left to right,
// so that what is around it has been told before, and goes on from there.
func (a *assembly) tellInside() {
	for v := range a.places {
		// At the leftmost vertex of a part, the wedge that holds the west is
		// counterclockwise of its last half-edge.
		f := a.left[a.out[a.first[v+1]-1]]
		if a.faces[f].known {
			continue
		}
		a.faces[f].known, a.faces[f].outer = true, true
		if below := a.below(a.places[v]); below >= 0 {
			a.faces[f].around = a.left[2*below]
			a.faces[f].inside = a.faces[a.faces[f].around].inside
		}
		a.spread(f)
	}
}

// spread tells the faces of a connected part from one of them.
func (a *assembly) spread(from int) {
	for todo := []int{from}; len(todo) > 0; {
		f := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		h := a.faces[f].edge
		for {
			if beyond := &a.faces[a.left[h^1]]; !beyond.known {
				beyond.known, beyond.inside = true, !a.faces[f].inside
				todo = append(todo, a.left[h^1])
			}
			if h = a.next(h); h == a.faces[f].edge {
				break
			}
		}
	}
}

// below finds the segment that is next below a place, -1 without one.
func (a *assembly) below(l location) int {
	found := -1
	for i, s := range a.segments {
		if s.a.lon > l.lon {
			break
		}
		if s.b.lon > l.lon && orientation(s.a, s.b, l) > 0 && (found < 0 || s.above(a.segments[found])) {
			found = i
		}
	}
	return found
}

// above tells whether a segment runs above another one that it does not cross,
// both being over a common longitude.
func (s segment) above(o segment) bool {
	if s.a.lon < o.a.lon {
		return !o.above(s)
	}
	if side := orientation(o.a, o.b, s.a); side != 0 {
		return side > 0
	}
	return orientation(o.a, o.b, s.b) > 0
}

// polygons gives every inside face as a shell with its holes, ordered by the
// leftmost vertex.
func (a *assembly) polygons() orb.MultiPolygon {
	shells, holes := make(map[int][]int), make(map[int][][]int)
	var order []int
	for f := range a.faces {
		if !a.faces[f].inside {
			continue
		}
		owner := f
		for a.faces[owner].outer {
			owner = a.faces[owner].around
		}
		for _, ring := range a.rings(f) {
			if a.counterclockwise(ring) {
				shells[owner] = ring
				order = append(order, owner)
			} else {
				holes[owner] = append(holes[owner], ring)
			}
		}
	}
	slices.SortFunc(order, func(f, g int) int { return slices.Compare(shells[f], shells[g]) })
	area := make(orb.MultiPolygon, 0, len(order))
	for _, f := range order {
		polygon := orb.Polygon{a.ring(shells[f])}
		slices.SortFunc(holes[f], slices.Compare[[]int])
		for _, h := range holes[f] {
			polygon = append(polygon, a.ring(h))
		}
		area = append(area, polygon)
	}
	return area
}

// rings gives the border of a face as rings of vertices, each of which passes
// every vertex once and begins with its leftmost.
func (a *assembly) rings(f int) [][]int {
	var rings [][]int
	var path []int
	onPath := make(map[int]int)
	h := a.faces[f].edge
	for {
		v := a.origin[h]
		if i, ok := onPath[v]; ok {
			rings = append(rings, fromLeftmost(path[i:]))
			for _, passed := range path[i:] {
				delete(onPath, passed)
			}
			path = path[:i]
		}
		onPath[v] = len(path)
		path = append(path, v)
		if h = a.next(h); h == a.faces[f].edge {
			return append(rings, fromLeftmost(path))
		}
	}
}

// fromLeftmost copies a ring so that it begins with its smallest vertex.
func fromLeftmost(ring []int) []int {
	i := slices.Index(ring, slices.Min(ring))
	return append(slices.Clone(ring[i:]), ring[:i]...)
}

// counterclockwise looks at the corner at the leftmost vertex, with which the
// ring begins.
func (a *assembly) counterclockwise(ring []int) bool {
	return orientation(a.places[ring[len(ring)-1]], a.places[ring[0]], a.places[ring[1]]) > 0
}

func (a *assembly) ring(vertices []int) orb.Ring {
	r := make(orb.Ring, 0, len(vertices)+1)
	for _, v := range vertices {
		r = append(r, a.places[v].point())
	}
	return append(r, r[0])
}
