package planar

import (
	"slices"
	"sort"
)

// chunkSize is the most edges in a chunk of the status: small enough that
// moving half of them costs less than finding one.
const chunkSize = 64

// status holds the edges that the sweep line cuts, from below to above, in
// chunks, so that a change moves some dozens of edges and not millions. An
// edge that takes the place of another one keeps its slot, so that most edges
// are never looked for.
type status struct {
	slots  []cutEdge
	free   []int32   // slots not in use
	chunks [][]int32 // slots, from below to above in each chunk
	order  []int32   // chunks from below to above; none is empty
	spare  []int32   // chunks not in use
}

// cutEdge is an edge under the sweep line.
type cutEdge struct {
	a, b         Point
	to           int32 // vertex of b
	below, above winding
	under, mark  int32 // what the visitor was told and what it returned
	chunk        int32
}

// place is a position in the status: before the edge i of a chunk.
type place struct{ chunk, i int }

// clear takes all edges out.
func (s *status) clear() {
	s.slots, s.free = s.slots[:0], s.free[:0]
	s.order, s.spare = s.order[:0], s.spare[:0]
	for c := range s.chunks {
		s.spare = append(s.spare, int32(c))
	}
}

// at is the chunk at a position of the order.
func (s *status) at(c int) []int32 { return s.chunks[s.order[c]] }

// find gives the place of p: after all edges that it lies above.
func (s *status) find(p Point) place {
	notAbove := func(slot int32) bool {
		e := &s.slots[slot]
		return orient(e.a, e.b, p) <= 0
	}
	c := sort.Search(len(s.order), func(i int) bool {
		chunk := s.at(i)
		return notAbove(chunk[len(chunk)-1])
	})
	if c == len(s.order) {
		return place{c, 0}
	}
	chunk := s.at(c)
	return place{c, sort.Search(len(chunk)-1, func(i int) bool { return notAbove(chunk[i]) })}
}

// lowest gives the place of the lowest edge that ends at the same vertex as
// the one in a slot.
func (s *status) lowest(slot int32) place {
	e := &s.slots[slot]
	at := place{slices.Index(s.order, e.chunk), slices.Index(s.chunks[e.chunk], slot)}
	for {
		before := at
		if before.i == 0 {
			if before.chunk == 0 {
				return at
			}
			before.chunk--
			before.i = len(s.at(before.chunk))
		}
		before.i--
		if s.slots[s.at(before.chunk)[before.i]].to != e.to {
			return at
		}
		at = before
	}
}

// before is the edge below a place, nil for none.
func (s *status) before(at place) *cutEdge {
	if at.i > 0 {
		return &s.slots[s.at(at.chunk)[at.i-1]]
	}
	if at.chunk > 0 {
		prev := s.at(at.chunk - 1)
		return &s.slots[prev[len(prev)-1]]
	}
	return nil
}

// edges adds copies of the n edges from a place on.
func (s *status) edges(to []cutEdge, at place, n int) []cutEdge {
	for c, i := at.chunk, at.i; n > 0; n-- {
		for i == len(s.at(c)) {
			c, i = c+1, 0
		}
		to = append(to, s.slots[s.at(c)[i]])
		i++
	}
	return to
}

// marks gives those of all edges, from below to above.
func (s *status) marks() []int32 {
	all := make([]int32, 0, len(s.slots)-len(s.free))
	for _, c := range s.order {
		for _, slot := range s.chunks[c] {
			all = append(all, s.slots[slot].mark)
		}
	}
	return all
}

// replace takes n edges out at a place and puts others there; put is told the
// slot of each.
func (s *status) replace(at place, n int, fresh []cutEdge, put func(slot int32)) {
	if at.chunk == len(s.order) {
		if len(fresh) == 0 {
			return
		}
		if at.chunk == 0 {
			s.order = append(s.order, s.newChunk())
		} else {
			at.chunk--
		}
		at.i = len(s.at(at.chunk))
	}
	for n > 0 {
		if at.i == len(s.at(at.chunk)) {
			at = place{at.chunk + 1, 0}
		}
		if len(fresh) == 0 {
			break
		}
		slot := s.at(at.chunk)[at.i]
		fresh[0].chunk = s.order[at.chunk]
		s.slots[slot] = fresh[0]
		put(slot)
		fresh = fresh[1:]
		at.i++
		n--
	}
	for n > 0 {
		n -= s.remove(&at, n)
	}
	if len(fresh) > 0 {
		s.insert(at, fresh, put)
	}
}

// remove takes up to n edges out of the chunk at a place, and moves the place
// on when the chunk ends there.
func (s *status) remove(at *place, n int) int {
	id := s.order[at.chunk]
	chunk := s.chunks[id]
	k := min(n, len(chunk)-at.i)
	s.free = append(s.free, chunk[at.i:at.i+k]...)
	s.chunks[id] = slices.Delete(chunk, at.i, at.i+k)
	switch {
	case len(s.chunks[id]) == 0:
		s.spare = append(s.spare, id)
		s.order = slices.Delete(s.order, at.chunk, at.chunk+1)
		at.i = 0
	case at.i == len(s.chunks[id]):
		*at = place{at.chunk + 1, 0}
	}
	return k
}

// insert puts edges into the chunk of a place, and divides it when it grew too
// long.
func (s *status) insert(at place, fresh []cutEdge, put func(slot int32)) {
	id := s.order[at.chunk]
	for k := range fresh {
		fresh[k].chunk = id
		slot := s.newSlot(&fresh[k])
		put(slot)
		s.chunks[id] = slices.Insert(s.chunks[id], at.i+k, slot)
	}
	for c := at.chunk; len(s.chunks[id]) > chunkSize; {
		upper := s.newChunk()
		chunk := s.chunks[id]
		half := len(chunk) - chunkSize/2
		s.chunks[upper] = append(s.chunks[upper], chunk[half:]...)
		s.chunks[id] = chunk[:half]
		for _, slot := range s.chunks[upper] {
			s.slots[slot].chunk = upper
		}
		s.order = slices.Insert(s.order, c+1, upper)
	}
}

func (s *status) newSlot(e *cutEdge) int32 {
	if n := len(s.free); n > 0 {
		slot := s.free[n-1]
		s.free = s.free[:n-1]
		s.slots[slot] = *e
		return slot
	}
	s.slots = append(s.slots, *e)
	return int32(len(s.slots) - 1)
}

func (s *status) newChunk() int32 {
	if n := len(s.spare); n > 0 {
		id := s.spare[n-1]
		s.spare = s.spare[:n-1]
		s.chunks[id] = s.chunks[id][:0]
		return id
	}
	s.chunks = append(s.chunks, make([]int32, 0, chunkSize+chunkSize/2))
	return int32(len(s.chunks) - 1)
}
