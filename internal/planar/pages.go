package planar

import (
	"slices"
	"sync"
)

// pages are the segments of an input, so many on a page, or less on the last one
// of each part that was gathered by itself: so none needs more room than it fills.
type pages [][]segment

const (
	pageBits = 10
	pageSize = 1 << pageBits
)

// paged puts segments on pages, in the room that they have.
func paged(segs []segment) pages {
	p := make(pages, 0, (len(segs)+pageSize-1)/pageSize)
	for len(segs) > pageSize {
		p, segs = append(p, segs[:pageSize]), segs[pageSize:]
	}
	if len(segs) > 0 {
		p = append(p, segs)
	}
	return p
}

// at is the segment with this index: the number of its page, times the size of
// one, and its place there. Where all pages are full, that is its place among all.
func (p pages) at(i int32) *segment { return &p[i>>pageBits][i&(pageSize-1)] }

// all are the indexes of the segments.
func (p pages) all() []int32 {
	ids := make([]int32, 0, p.count())
	for k, page := range p {
		for i := range page {
			ids = append(ids, int32(k<<pageBits|i))
		}
	}
	return ids
}

// count is the number of segments.
func (p pages) count() int {
	n := 0
	for _, page := range p {
		n += len(page)
	}
	return n
}

// sample gives n segments, spread evenly over all.
func (p pages) sample(n int) []segment {
	list := make([]segment, n)
	count, page, before := p.count(), 0, 0
	for k := range list {
		i := k * count / n
		for i >= before+len(p[page]) {
			before += len(p[page])
			page++
		}
		list[k] = p[page][i-before]
	}
	return list
}

func (p pages) bounds() Box {
	boxes := make([]Box, shares(len(p)*pageSize))
	inShares(len(p), len(boxes), func(share, from, to int) {
		b := emptyBox()
		for _, page := range p[from:to] {
			for i := range page {
				s := &page[i]
				b.Min.X, b.Max.X = min(b.Min.X, s.a.X), max(b.Max.X, s.b.X)
				b.Min.Y, b.Max.Y = min(b.Min.Y, s.low()), max(b.Max.Y, s.high())
			}
		}
		boxes[share] = b
	})
	b := emptyBox()
	for _, c := range boxes {
		b = b.Union(c)
	}
	return b
}

// offGrid says which of the ends is, when one is.
func (p pages) offGrid() error {
	for _, page := range p {
		for i := range page {
			if err := offGrid([]Point{page[i].a, page[i].b}); err != nil {
				return err
			}
		}
	}
	return nil
}

// gathered keeps the room in which parts of rings become segments.
var gathered = sync.Pool{New: func() any { return new([]segment) }}

// ringSegments gives the segments of all rings of a subject and a clip, without
// what may be left out in the core of their union, where that is wanted.
func ringSegments(pc *pace, subject, clip []Ring, k *core) (pages, error) {
	first := make([]int, len(subject)+len(clip)+1) // of each ring, were all kept
	ring := func(i int) (Ring, winding) {
		if i < len(subject) {
			return subject[i], winding{subject: 1}
		}
		return clip[i-len(subject)], winding{clip: 1}
	}
	for i := range len(first) - 1 {
		r, _ := ring(i)
		first[i+1] = first[i] + len(r)
	}
	n := first[len(first)-1]
	const atOnce = 1 << 14
	parts := make([]pages, n/atOnce+1)
	err := inParallel(len(parts), func(part int) error {
		from, _ := slices.BinarySearch(first, part*n/len(parts))
		to, _ := slices.BinarySearch(first, (part+1)*n/len(parts))
		if part+1 == len(parts) {
			to = len(first) - 1
		}
		room := gathered.Get().(*[]segment)
		here := roomFor(*room, first[to]-first[from])[:0]
		for i := from; i < to; i++ {
			r, step := ring(i)
			here = k.shorten(here, r, step)
		}
		parts[part] = paged(slices.Clone(here))
		*room = here
		gathered.Put(room)
		return pc.ctx.Err()
	})
	return slices.Concat(parts...), err
}

// appendRing adds the segments of a ring, leaving out points that repeat.
func appendRing(segs []segment, r Ring, step winding) []segment {
	for i := range r {
		a, b := r[i], r[0]
		if i+1 < len(r) {
			b = r[i+1]
		}
		segs = appendSegment(segs, a, b, step)
	}
	return segs
}

// appendSegment adds the one from a to b, if there is any.
func appendSegment(segs []segment, a, b Point, step winding) []segment {
	if a == b {
		return segs
	}
	return append(segs, newSegment(a, b, step))
}
