package planar

import (
	"slices"
	"sort"
)

// chunkSize is the most edges in a chunk of the status: small enough that
// moving half of them costs less than finding one.
const chunkSize = 64

// status holds the edges that the sweep line cuts, from below to above, in
// chunks, so that a change moves some dozens of edges and not millions.
type status struct {
	chunks [][]cutEdge // none is empty
}

// cutEdge is an edge under the sweep line.
type cutEdge struct {
	a, b  Point
	to    int32 // vertex of b
	above winding
	mark  int32 // what the visitor returned
}

// place is a position in the status: before the edge i of a chunk.
type place struct{ chunk, i int }

// find gives the place of p: after all edges that it lies above.
func (s *status) find(p Point) place {
	notAbove := func(e *cutEdge) bool { return orient(e.a, e.b, p) <= 0 }
	c := sort.Search(len(s.chunks), func(i int) bool {
		last := s.chunks[i]
		return notAbove(&last[len(last)-1])
	})
	if c == len(s.chunks) {
		return place{c, 0}
	}
	chunk := s.chunks[c]
	return place{c, sort.Search(len(chunk)-1, func(i int) bool { return notAbove(&chunk[i]) })}
}

// before is the edge below a place, nil for none.
func (s *status) before(at place) *cutEdge {
	if at.i > 0 {
		return &s.chunks[at.chunk][at.i-1]
	}
	if at.chunk > 0 {
		prev := s.chunks[at.chunk-1]
		return &prev[len(prev)-1]
	}
	return nil
}

// ending counts the edges from a place on that end at vertex v.
func (s *status) ending(at place, v int32) int {
	n := 0
	for c, i := at.chunk, at.i; c < len(s.chunks); c, i = c+1, 0 {
		for ; i < len(s.chunks[c]); i++ {
			if s.chunks[c][i].to != v {
				return n
			}
			n++
		}
	}
	return n
}

// replace takes n edges out at a place and puts others there.
func (s *status) replace(at place, n int, fresh []cutEdge) {
	if at.chunk == len(s.chunks) {
		if len(fresh) == 0 {
			return
		}
		if at.chunk == 0 {
			s.chunks = append(s.chunks, make([]cutEdge, 0, chunkSize+chunkSize/2))
		} else {
			at.chunk--
		}
		at.i = len(s.chunks[at.chunk])
	}
	here := min(n, len(s.chunks[at.chunk])-at.i)
	s.chunks[at.chunk] = slices.Replace(s.chunks[at.chunk], at.i, at.i+here, fresh...)
	for n -= here; n > 0; {
		next := s.chunks[at.chunk+1]
		k := min(n, len(next))
		n -= k
		if k == len(next) {
			s.chunks = slices.Delete(s.chunks, at.chunk+1, at.chunk+2)
		} else {
			s.chunks[at.chunk+1] = slices.Delete(next, 0, k)
		}
	}
	s.balance(at.chunk)
}

// balance drops a chunk that became empty and splits one that grew too long.
func (s *status) balance(c int) {
	chunk := s.chunks[c]
	if len(chunk) == 0 {
		s.chunks = slices.Delete(s.chunks, c, c+1)
		return
	}
	for len(chunk) > chunkSize {
		half := len(chunk) - chunkSize/2
		upper := append(make([]cutEdge, 0, chunkSize+chunkSize/2), chunk[half:]...)
		chunk = chunk[:half]
		s.chunks[c] = chunk
		s.chunks = slices.Insert(s.chunks, c+1, upper)
	}
}
