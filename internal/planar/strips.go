package planar

import (
	"slices"
	"sync"
)

const (
	// perStrip is how many segments a strip has at least, about. Less is not
	// worth the sewing.
	perStrip = 4096
	// enough strips keep all cores busy to the end; beyond, strips grow to
	// roomy times that size, with which their cells, pixels and chains still fit
	// the cache of a core, and then there are more, up to maxStrips.
	enough    = 8
	roomy     = 2
	maxStrips = 512
)

// strip is what lies in a vertical strip of the plane. The strips of an input
// are computed side by side and then sewn together; where they part changes
// nothing in the result, because every pixel belongs to one strip, and what is
// hot and who passes through it can be told there.
type strip struct {
	left, right int32   // its pixels: left <= x < right
	segs        []int32 // those that reach into it, by their indexes in the input
	points      []Point // hot pixels, sorted
	graph       graph
	spans       []span
	into        []bridge // edges that lead into it from the left
}

// span is the piece in a strip of a segment that reaches into others too.
type span struct {
	seg         int32
	first, last int32 // the pixels at its ends
	edge        int32 // of the graph, that leads on to the right; -1 for none
}

// bridge is an edge that leads from a strip to a later one, as any of the
// strips that it leads into sees it: to is beyond all vertices of those that
// it only passes.
type bridge struct {
	a, b Point
	to   int32
	step winding
}

// rooms keeps the room of strips for the next ones.
var rooms = sync.Pool{New: func() any { return new(strip) }}

// borrow gives a strip the room of another one that is done with.
func (t *strip) borrow() {
	room := rooms.Get().(*strip)
	t.points, t.spans, t.into = room.points[:0], room.spans[:0], room.into[:0]
	t.graph.off, t.graph.edges = room.graph.off[:0], room.graph.edges[:0]
}

// giveBack ends the use of a strip.
func (t *strip) giveBack() {
	room := *t
	room.segs, room.graph.points = nil, nil
	rooms.Put(&room)
	*t = strip{}
}

// divided is an input in strips.
type divided struct {
	segs   pages
	strips []strip
	box    Box
}

// newDivided divides segments, none of length zero, into strips of so many.
func newDivided(pc *pace, segs pages, per int) (*divided, error) {
	d := &divided{segs: segs, box: emptyBox()}
	if len(segs) == 0 {
		return d, nil
	}
	d.box = segs.bounds()
	if !d.box.Min.onGrid() || !d.box.Max.onGrid() {
		return nil, segs.offGrid()
	}
	if err := pc.walk(segs.count()); err != nil {
		return nil, err
	}
	d.strips = divide(segs, d.box, per)
	return d, nil
}

// node nodes strip k, and calls done with what it found.
func (d *divided) node(pc *pace, k int, done func(n *noder, t *strip) error) error {
	t := &d.strips[k]
	n := borrowNoder(pc)
	defer n.giveBack()
	err := n.node(t, d.segs, Box{Point{t.left, d.box.Min.Y}, Point{t.right - 1, d.box.Max.Y}})
	if err != nil {
		return err
	}
	return done(n, t)
}

func offGrid(points []Point) error {
	for _, p := range points {
		if !p.onGrid() {
			x, y := p.MM()
			return &RangeError{x, y}
		}
	}
	return nil
}

// divide gives every strip the segments that reach into it.
func divide(segs pages, box Box, per int) []strip {
	b := newSplits(segs, box, per)
	list := make([]strip, len(b.at)+1)
	for i := range list {
		list[i].left, list[i].right = box.Min.X, box.Max.X+1
		if i > 0 {
			list[i].left = b.at[i-1]
		}
		if i < len(b.at) {
			list[i].right = b.at[i]
		}
	}
	if len(list) == 1 {
		list[0].segs = segs.all()
		return list
	}
	counts := make([][]int32, shares(len(segs)*pageSize))
	reach := make([][2]int16, len(segs)*pageSize) // the strips at the ends of each
	inShares(len(segs), len(counts), func(share, from, to int) {
		n := make([]int32, len(list))
		for page := from; page < to; page++ {
			reach := reach[page<<pageBits:]
			for i := range segs[page] {
				s := &segs[page][i]
				first, last := b.strip(s.a.X), b.strip(s.b.X)
				reach[i] = [2]int16{int16(first), int16(last)}
				for k := first; k <= last; k++ {
					n[k]++
				}
			}
		}
		counts[share] = n
	})
	total := 0
	for k := range list {
		for share := range counts {
			counts[share][k], total = int32(total), total+int(counts[share][k])
		}
	}
	all := make([]int32, total)
	for k := range list {
		end := total
		if k+1 < len(list) {
			end = int(counts[0][k+1])
		}
		list[k].segs = all[counts[0][k]:end]
	}
	inShares(len(segs), len(counts), func(share, from, to int) {
		next := counts[share]
		for page := from; page < to; page++ {
			for i := range segs[page] {
				i := page<<pageBits | i
				for k := reach[i][0]; k <= reach[i][1]; k++ {
					all[next[k]] = int32(i)
					next[k]++
				}
			}
		}
	})
	return list
}

// splits are the places where strips part, each the left of one.
type splits struct {
	at    []int32
	left  int32
	shift uint
	table []int16 // splits at or before the left of each piece 2^shift wide
}

// newSplits chooses them so that a sample of the segments is shared out
// evenly, and so few that most segments reach into one or two strips only.
func newSplits(segs pages, box Box, per int) splits {
	b := splits{left: box.Min.X}
	n := segs.count()
	n = min(n/per, max(enough, n/per/roomy), maxStrips)
	if n < 2 {
		return b
	}
	const each = 16
	sample := segs.sample(n * each)
	middles := make([]int32, len(sample))
	for i := range sample {
		s := &sample[i]
		middles[i] = s.a.X + (s.b.X-s.a.X)/2
	}
	slices.Sort(middles)
	for ; n >= 2; n /= 2 {
		b.at = b.at[:0]
		for i := 1; i < n; i++ {
			x := middles[i*len(middles)/n]
			if x > box.Min.X && (len(b.at) == 0 || x > b.at[len(b.at)-1]) {
				b.at = append(b.at, x)
			}
		}
		b.index(box)
		reach := 0
		for i := range sample {
			reach += 1 + b.strip(sample[i].b.X) - b.strip(sample[i].a.X)
		}
		if reach <= 2*len(sample) {
			return b
		}
	}
	b.at = nil
	return b
}

func (b *splits) index(box Box) {
	const pieces = 2048
	width := int64(box.Max.X) - int64(box.Min.X) + 1
	b.shift = 0
	for width>>b.shift > pieces {
		b.shift++
	}
	b.table = make([]int16, width>>b.shift+2)
	k := 0
	for i := range b.table {
		left := int64(box.Min.X) + int64(i)<<b.shift
		for k < len(b.at) && int64(b.at[k]) <= left {
			k++
		}
		b.table[i] = int16(k)
	}
}

// strip is the number of the strip that x belongs to.
func (b *splits) strip(x int32) int {
	if len(b.at) == 0 {
		return 0
	}
	i := (x - b.left) >> b.shift
	low, high := int(b.table[i]), int(b.table[i+1])
	for low < high {
		mid := (low + high) / 2
		if b.at[mid] <= x {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}
