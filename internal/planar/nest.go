package planar

import (
	"cmp"
	"context"
	"slices"
)

// Node is the place of a ring among others.
type Node struct {
	// Parent is the index of the smallest ring around this one, -1 for none.
	Parent int
	// Depth is the number of rings around this one. Filled by turns, a ring of
	// even depth bounds matter from outside and one of odd depth is a hole.
	Depth int
}

// Nest tells which ring lies in which, for n rings of any direction: to move
// cuts to the side of the waste, and to cut inner rings before outer ones.
// Rings may touch and share stretches; of equal rings the first lies around the
// others. Where none cross, as in valid areas, the answer is exact; else they
// are rounded to the grid first, a ring counts as inside those that its leftmost
// point is in, and of one that crosses itself what is wound around an odd number
// of times is inside. A ring of one point lies in nothing.
//
// One plane sweep finds all of it (see the package comment): below the lowest
// edge at a ring's leftmost point lies the face that the ring is in. The time
// grows with n log n and the depth. It fails as [Boolean] does.
func Nest(ctx context.Context, rings []Ring) ([]Node, error) {
	var segs []segment
	var owner []int32 // of each segment
	for i, r := range rings {
		segs = appendRing(segs, r, winding{})
		for len(owner) < len(segs) {
			owner = append(owner, int32(i))
		}
	}
	pc := newPace(ctx)
	arr, err := nodeExactly(pc, segs)
	if err != nil {
		return nil, err
	}
	g, err := newGraph(pc, arr, segs, true)
	if err != nil {
		return nil, err
	}
	n := newNester(rings)
	n.hold(g, arr, owner)
	if err := g.sweep(pc, n.visit); err != nil {
		return nil, err
	}
	return n.nodes, nil
}

// nodeExactly gives segments that never cross a common vertex wherever one ends
// on another, without moving any. Segments that do cross are rounded.
func nodeExactly(pc *pace, segs []segment) (*arrangement, error) {
	if len(segs) == 0 {
		return node(pc, segs)
	}
	ends := make([]Point, 0, 2*len(segs))
	for i := range segs {
		ends = append(ends, segs[i].a, segs[i].b)
	}
	box := emptyBox().around(ends)
	if !box.Min.onGrid() || !box.Max.onGrid() {
		return nil, offGrid(ends)
	}
	if crossed, err := anyCross(pc, segs, box); err != nil {
		return nil, err
	} else if crossed {
		return node(pc, segs)
	}
	arr := &arrangement{points: sortUnique(ends), off: make([]int32, 1, len(segs)+1)}
	return arr, arr.linkExactly(pc, segs, box)
}

// linkExactly finds the points on every segment. They are sorted as a segment
// runs.
func (a *arrangement) linkExactly(pc *pace, segs []segment, box Box) error {
	g := newPointGrid(a.points, upTo(len(a.points)), box)
	for i := range segs {
		s := &segs[i]
		first, seen := len(a.ids), 0
		reach := Box{Point{s.a.X, s.low()}, Point{s.b.X, s.high()}}
		g.near(s, func(items []int32) {
			seen += 1 + len(items)
			for _, id := range items {
				if p := a.points[id]; reach.Contains(p) && orient(s.a, s.b, p) == 0 {
					a.ids = append(a.ids, id)
				}
			}
		})
		if err := pc.walk(seen); err != nil {
			return err
		}
		slices.Sort(a.ids[first:])
		a.off = append(a.off, int32(len(a.ids)))
	}
	return nil
}

// InnerFirst gives the indexes of nested rings so that each comes after all
// that lie in it, and otherwise in their order: what is cut out of a piece is
// cut before the piece itself comes loose.
func InnerFirst(nodes []Node) []int {
	order := make([]int, len(nodes))
	top := make([]int, len(nodes)) // the ring around all of this one's
	height := make([]int, len(nodes))
	for i := range order {
		order[i] = i
		root := i
		for below := 1; nodes[root].Parent >= 0; below++ {
			root = nodes[root].Parent
			height[root] = max(height[root], below)
		}
		top[i] = root
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(top[i], top[j]), cmp.Compare(height[i], height[j]))
	})
	return order
}

// nester follows the sweep with the set of rings around every face.
type nester struct {
	nodes []Node
	seen  []bool
	size  []float64 // area of each ring
	off   []int32   // rings of edge e: rings[off[e]:off[e+1]], the largest first
	rings []int32
	faces []inRing
}

// inRing is the innermost ring around a face and the rest of those around it,
// as an index of nester.faces; -1 is the face around all.
type inRing struct{ ring, rest int32 }

func newNester(rings []Ring) *nester {
	n := &nester{nodes: make([]Node, len(rings)), seen: make([]bool, len(rings)), size: make([]float64, len(rings))}
	for i, r := range rings {
		n.nodes[i].Parent = -1
		n.size[i] = max(RingArea(r), -RingArea(r))
	}
	return n
}

// hold notes for each edge of the graph the rings that run along it.
func (n *nester) hold(g *graph, arr *arrangement, owner []int32) {
	n.off = make([]int32, len(g.edges)+1)
	each := func(f func(e, ring int32)) {
		for i, ring := range owner {
			chain := arr.chain(i)
			for j := 1; j < len(chain); j++ {
				f(g.edgeBetween(chain[j-1], chain[j]), ring)
			}
		}
	}
	each(func(e, _ int32) { n.off[e+1]++ })
	next := offsets(n.off)
	n.rings = make([]int32, n.off[len(g.edges)])
	each(func(e, ring int32) { n.rings[next[e]] = ring; next[e]++ })
	for e := range g.edges {
		slices.SortFunc(n.rings[n.off[e]:n.off[e+1]], func(a, b int32) int {
			return cmp.Or(cmp.Compare(n.size[b], n.size[a]), cmp.Compare(a, b))
		})
	}
}

// visit goes over an edge from the face below it to the one above: out of the
// rings that end there, and then into the others, the largest first.
func (n *nester) visit(e, _ int32, _, _ winding, face int32) int32 {
	along := n.rings[n.off[e]:n.off[e+1]]
	var enter []int32
	for i := 0; i < len(along); {
		ring, times := along[i], 0
		for ; i < len(along) && along[i] == ring; i++ {
			times++
		}
		switch without, was := n.leave(face, ring); {
		case times%2 == 0:
			if !n.seen[ring] {
				enter = append(enter, ring, ring)
			}
		case was:
			face = without
		default:
			enter = append(enter, ring)
		}
	}
	for i, ring := range enter {
		if i > 0 && enter[i-1] == ring { // out and back along one line
			face = n.faces[face].rest
			continue
		}
		n.place(ring, face)
		n.faces = append(n.faces, inRing{ring, face})
		face = int32(len(n.faces) - 1)
	}
	return face
}

// place notes where a ring lies when the sweep first meets it.
func (n *nester) place(ring, face int32) {
	if n.seen[ring] {
		return
	}
	n.seen[ring] = true
	if face >= 0 {
		parent := n.faces[face].ring
		n.nodes[ring] = Node{Parent: int(parent), Depth: n.nodes[parent].Depth + 1}
	}
}

// leave gives a face's rings without one of them, and whether it was there.
func (n *nester) leave(face, ring int32) (int32, bool) {
	if face < 0 {
		return face, false
	}
	f := n.faces[face]
	if f.ring == ring {
		return f.rest, true
	}
	rest, was := n.leave(f.rest, ring)
	if !was {
		return face, false
	}
	n.faces = append(n.faces, inRing{f.ring, rest})
	return int32(len(n.faces) - 1), true
}
