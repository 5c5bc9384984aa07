package planar

import (
	"math"
	"math/bits"
	"slices"
	"sync"
)

// noder finds the hot pixels of a strip and the segments that pass through
// them, cell by cell of a grid: a cell knows the segments that come near it,
// and so all that makes its pixels hot, and all that passes through these.
type noder struct {
	pc     *pace
	segs   []segment // of the strip, or all that are looked at
	points []Point   // hot pixels as they were found
	hits   []hit
	grids  []*grid // by how often a cell was divided
	chains arrangement
	near   []nearby
	only   bool    // crossings are all that is wanted
	rank   []int32 // of a pixel among the sorted ones

	own         []segment // room for those of a strip
	all         []int32
	keys, spare []uint64
}

// hit says that a segment passes through a hot pixel.
type hit struct{ seg, point int32 }

// noders keeps the room of noders for the next ones.
var noders = sync.Pool{New: func() any { return new(noder) }}

func borrowNoder(pc *pace) *noder {
	n := noders.Get().(*noder)
	n.pc = newPace(pc.ctx)
	return n
}

func (n *noder) giveBack() {
	n.pc, n.segs, n.chains.points, n.only = nil, nil, nil, false
	noders.Put(n)
}

// node finds the hot pixels of a strip, which lie in the box, and the chains
// of its segments, of which the off and ids lie in the noder's own room.
func (n *noder) node(t *strip, segs pages, box Box) error {
	n.points = roomFor(n.points, 3*len(t.segs))[:0]
	n.hits = roomFor(n.hits, 4*len(t.segs))[:0]
	n.all = roomFor(n.all, len(t.segs))[:0]
	n.own = roomFor(n.own, len(t.segs))[:0]
	for i, at := range t.segs {
		n.all = append(n.all, int32(i))
		n.own = append(n.own, *segs.at(at))
	}
	n.segs = n.own
	if err := n.search(n.all, box, 0); err != nil {
		return err
	}
	n.sortPoints(t)
	return n.link(t)
}

// search looks at the segments of these indexes within a box.
func (n *noder) search(ids []int32, box Box, depth int) error {
	if err := n.pc.walk(len(ids)); err != nil {
		return err
	}
	if depth == len(n.grids) {
		n.grids = append(n.grids, new(grid))
	}
	g := n.grids[depth]
	g.lay(box, len(ids))
	if err := g.holdSegments(n.segs, ids); err != nil {
		return err
	}
	if !g.helps(len(ids)) {
		return n.settle(ids, box)
	}
	for c := range g.nx * g.ny {
		items := g.items[g.off[c]:g.off[c+1]]
		var err error
		switch {
		case len(items) == 0:
		case g.divides(c):
			err = n.search(items, g.box(c), depth+1)
		default:
			err = n.settle(items, g.box(c))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// anyCross tells whether any two segments, which lie in the box, properly cross.
func anyCross(pc *pace, segs []segment, box Box) (bool, error) {
	n := borrowNoder(pc)
	defer n.giveBack()
	n.segs, n.points, n.only = segs, n.points[:0], true
	err := n.search(upTo(len(segs)), box, 0)
	return len(n.points) > 0, err
}

// nearby is a segment that comes near a cell, with all that is asked often.
type nearby struct {
	a, b      Point
	low, high int32
	id        int32
}

// settle finds the hot pixels of a box and who passes through them, from all
// segments that come near it.
func (n *noder) settle(ids []int32, box Box) error {
	first := len(n.points)
	n.near = roomFor(n.near, len(ids))
	for k, i := range ids {
		s, t := &n.segs[i], &n.near[k]
		t.a, t.b, t.low, t.high, t.id = s.a, s.b, s.low(), s.high(), i
	}
	if !n.only {
		n.corners(ids, &box)
	}
	if err := n.cross(&box); err != nil {
		return err
	}
	if len(n.points) == first || n.only {
		return nil
	}
	hot := sortUnique(n.points[first:])
	n.points = n.points[:first+len(hot)]
	if len(n.points) > math.MaxInt32 {
		return ErrTooLarge
	}
	if len(ids) > crowded && len(hot) > crowded {
		return n.passMany(ids, hot, int32(first), box)
	}
	return n.pass(hot, int32(first))
}

// inside is 1 where p lies in a box and 0 elsewhere, on the grid: [Box.Contains]
// without branches, which a processor would guess wrong half the time.
func inside(b *Box, p Point) int {
	return 1 + int(((p.X-b.Min.X)|(b.Max.X-p.X)|(p.Y-b.Min.Y)|(b.Max.Y-p.Y))>>31)
}

// corners adds the ends of segments that lie in a box: of those of rings only the
// one where each starts, because there another one ends. A point is put where the
// next one belongs, and stays if it lies in the box.
func (n *noder) corners(ids []int32, box *Box) {
	at := len(n.points)
	n.points = slices.Grow(n.points, 2*len(ids))
	room := n.points[:at+2*len(ids)]
	for _, i := range ids {
		s := &n.segs[i]
		way := s.step.way()
		back := way >> 31 // all bits where it starts at b, none where at a
		room[at] = Point{s.a.X ^ (s.a.X^s.b.X)&back, s.a.Y ^ (s.a.Y^s.b.Y)&back}
		at += inside(box, room[at])
		if way == 0 {
			room[at] = s.b
			at += inside(box, s.b)
		}
	}
	n.points = room[:at]
}

// cross adds the pixels of all proper crossings in a box, some more than once.
func (n *noder) cross(box *Box) error {
	for i := range n.near {
		s, others := &n.near[i], n.near[i+1:]
		if err := n.pc.walk(1 + len(others)); err != nil {
			return err
		}
		dx, dy := int64(s.b.X-s.a.X), int64(s.b.Y-s.a.Y)
		for j := range others {
			t := &others[j]
			if (s.b.X-t.a.X)|(t.b.X-s.a.X)|(s.high-t.low)|(t.high-s.low) < 0 { // the boxes are apart
				continue
			}
			// The first half of what crossing asks, without a call.
			oa := dx*int64(t.a.Y-s.a.Y) - dy*int64(t.a.X-s.a.X)
			ob := dx*int64(t.b.Y-s.a.Y) - dy*int64(t.b.X-s.a.X)
			if oa^ob >= 0 || oa == 0 || ob == 0 {
				continue
			}
			if p, ok := crossing(&n.segs[s.id], &n.segs[t.id]); ok && inside(box, p) == 1 {
				n.points = append(n.points, p)
			}
		}
	}
	return nil
}

// pass notes which of the nearby segments pass through hot pixels, of which the
// first has a number.
func (n *noder) pass(hot []Point, first int32) error {
	if err := n.pc.walk(len(n.near) * len(hot)); err != nil {
		return err
	}
	for i := range n.near {
		s := &n.near[i]
		dx, dy := int64(s.b.X-s.a.X), int64(s.b.Y-s.a.Y)
		reach, slack := dx+dy, int64(0) // as in passes
		if dy < 0 {
			reach, slack = dx-dy, 1
		}
		j := 0
		for j < len(hot) && hot[j].X < s.a.X { // they are sorted
			j++
		}
		for ; j < len(hot) && hot[j].X <= s.b.X; j++ {
			p := hot[j]
			if (p.Y-s.low)|(s.high-p.Y) < 0 {
				continue
			}
			o := 2 * (dx*int64(p.Y-s.a.Y) - dy*int64(p.X-s.a.X))
			if o < reach+slack && -o < reach {
				n.hits = append(n.hits, hit{s.id, first + int32(j)})
			}
		}
	}
	return n.room()
}

// passMany is pass where each segment meets few of many pixels.
func (n *noder) passMany(ids []int32, hot []Point, first int32, box Box) error {
	g := newPointGrid(hot, upTo(len(hot)), box)
	for _, i := range ids {
		s := &n.segs[i]
		seen := 0
		g.near(s, func(items []int32) {
			seen += 1 + len(items)
			for _, j := range items {
				if s.passes(hot[j]) {
					n.hits = append(n.hits, hit{i, first + j})
				}
			}
		})
		if err := n.pc.walk(seen); err != nil {
			return err
		}
		if err := n.room(); err != nil {
			return err
		}
	}
	return nil
}

func (n *noder) room() error {
	if len(n.hits) > math.MaxInt32 {
		return ErrTooLarge
	}
	return nil
}

// sortPoints sorts the pixels into the strip, and keeps the rank of each.
func (n *noder) sortPoints(t *strip) {
	box := emptyBox().around(n.points)
	wide := bits.Len32(uint32(box.Max.X - box.Min.X))
	tall := bits.Len32(uint32(box.Max.Y - box.Min.Y))
	number := bits.Len(uint(len(n.points)))
	n.rank = roomFor(n.rank, len(n.points))
	leave := 0 // as many points may be added behind, see bridge
	for i := range n.segs {
		if n.segs[i].b.X >= t.right {
			leave++
		}
	}
	t.points = roomFor(t.points, len(n.points)+leave)[:len(n.points)]
	if wide+tall+number > 64 {
		order := upTo(len(n.points))
		slices.SortFunc(order, func(i, j int32) int { return n.points[i].Compare(n.points[j]) })
		for r, i := range order {
			n.rank[i], t.points[r] = int32(r), n.points[i]
		}
		return
	}
	keys := roomFor(n.keys, len(n.points))[:0]
	for i, p := range n.points {
		keys = append(keys, (uint64(p.X-box.Min.X)<<tall|uint64(p.Y-box.Min.Y))<<number|uint64(i))
	}
	n.spare = roomFor(n.spare, len(keys))
	n.keys, n.spare = radixSort(keys, n.spare, uint(number))
	for r, k := range n.keys {
		i := k & (1<<number - 1)
		n.rank[i], t.points[r] = int32(r), n.points[i]
	}
}

// link turns the hits into chains.
func (n *noder) link(t *strip) error {
	c := &n.chains
	c.points = t.points
	c.off = zeroed(c.off, len(n.segs)+2)
	for _, h := range n.hits {
		c.off[h.seg+2]++
	}
	for i := 2; i < len(c.off); i++ {
		c.off[i] += c.off[i-1]
	}
	c.ids = roomFor(c.ids, len(n.hits))
	for _, h := range n.hits {
		c.ids[c.off[h.seg+1]] = n.rank[h.point]
		c.off[h.seg+1]++
	}
	c.off = c.off[:len(n.segs)+1]
	for i := range n.segs {
		chain := c.chain(i)
		if err := n.pc.walk(len(chain)); err != nil {
			return err
		}
		c.sortAlong(&n.segs[i], chain)
	}
	return nil
}
