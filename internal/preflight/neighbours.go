package preflight

import (
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// neighbours answers which lines pass near a point. It keeps the segments of
// lines by the square cells that they may come near.
type neighbours struct {
	reach float64 // mm
	cell  float64 // mm
	cells map[[2]int32][]segment
}

// segment is one straight part of a line.
type segment struct {
	a, b artwork.Point
	line int
	from float64 // distance of a from the start of the line
}

// newNeighbours keeps lines for questions about points within reach.
func newNeighbours(lines []line, reach float64) *neighbours {
	n := &neighbours{reach: reach, cell: math.Max(0.5, 4*reach), cells: map[[2]int32][]segment{}}
	for i, l := range lines {
		at := 0.0
		for k := 1; k < len(l.points); k++ {
			s := segment{a: l.points[k-1], b: l.points[k], line: i, from: at}
			n.add(s)
			at += distance(s.a, s.b)
		}
	}
	return n
}

// add puts a segment into the cells that it may come near.
func (n *neighbours) add(s segment) {
	pieces := int(distance(s.a, s.b)/n.cell) + 1
	var last [4]int32
	for k := range pieces {
		t, u := float64(k)/float64(pieces), float64(k+1)/float64(pieces)
		p := artwork.Point{X: s.a.X + t*(s.b.X-s.a.X), Y: s.a.Y + t*(s.b.Y-s.a.Y)}
		q := artwork.Point{X: s.a.X + u*(s.b.X-s.a.X), Y: s.a.Y + u*(s.b.Y-s.a.Y)}
		x0, x1 := n.index(math.Min(p.X, q.X)-n.reach), n.index(math.Max(p.X, q.X)+n.reach)
		y0, y1 := n.index(math.Min(p.Y, q.Y)-n.reach), n.index(math.Max(p.Y, q.Y)+n.reach)
		for x := x0; x <= x1; x++ {
			for y := y0; y <= y1; y++ {
				if k > 0 && x >= last[0] && x <= last[1] && y >= last[2] && y <= last[3] {
					continue
				}
				n.cells[[2]int32{x, y}] = append(n.cells[[2]int32{x, y}], s)
			}
		}
		last = [4]int32{x0, x1, y0, y1}
	}
}

func (n *neighbours) index(v float64) int32 { return int32(math.Floor(v / n.cell)) }

// at gives the number of a line that passes within reach of a point, the lowest
// of them, or -1. The point lies on line i, whose own parts count when they are
// far from it along the line.
func (n *neighbours) at(p artwork.Point, i int, at float64, l line) int {
	found := -1
	for _, s := range n.cells[[2]int32{n.index(p.X), n.index(p.Y)}] {
		if found >= 0 && s.line >= found {
			continue
		}
		if s.line == i && n.neighbouring(s, at, l) {
			continue
		}
		if fromSegment(p, s.a, s.b) <= n.reach {
			found = s.line
		}
	}
	return found
}

// neighbouring tells whether the part of a segment that could be met again from
// a place on the same line is too near along the line, or comes later: of two
// parts that burn the same, the later one is told of.
func (n *neighbours) neighbouring(s segment, at float64, l line) bool {
	apart := 4 * n.reach
	end := s.from + distance(s.a, s.b)
	if end > at-apart {
		return true
	}
	return l.closed && s.from+l.length-at < apart
}
