package preflight

import (
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// line is one line that is followed.
type line struct {
	layer, board int
	operation    artwork.Operation
	setting      string
	points       []artwork.Point // of a closed one, the first is repeated
	closed       bool
	small        bool // a piece that is too small to handle
	length       float64
}

// lines lists what is followed on a board. What lies beyond the grid of the
// kernel, metres beside any board, is left to the check of the frame.
func (c *checker) lines(board int) []line {
	var list []line
	for _, s := range c.shapes {
		if s.fill || s.board != board {
			continue
		}
		for _, p := range s.paths {
			if b := p.Bounds(); !planar.InRange(b.Min.X, b.Min.Y) || !planar.InRange(b.Max.X, b.Max.Y) {
				continue
			}
			l := line{layer: s.layer, board: s.board, operation: s.operation, setting: s.setting, points: p.Points, closed: p.Closed}
			if p.Closed {
				l.points = append(l.points[:len(l.points):len(l.points)], l.points[0])
			}
			for i := 1; i < len(l.points); i++ {
				l.length += distance(l.points[i-1], l.points[i])
			}
			list = append(list, l)
		}
	}
	return list
}

// cuts lists the lines of a board that go through the material. What lies
// beside the board cuts nothing; pieces that are too small to handle, which are
// told of by themselves, are left out where no other cut touches them.
func (c *checker) cuts(board int, edge planar.Box) []line {
	low, high := pointMM(edge.Min), pointMM(edge.Max)
	var list []line
	small := 0
	for _, l := range c.lines(board) {
		if l.operation != artwork.Cut {
			continue
		}
		path := artwork.Path{Points: l.points}
		if b := path.Bounds(); b.Max.X >= low.X && b.Min.X <= high.X && b.Max.Y >= low.Y && b.Min.Y <= high.Y {
			l.small = l.closed && math.Abs(path.Area()) < c.options.MinPiece
			if l.small {
				small++
			}
			list = append(list, l)
		}
	}
	if small == 0 {
		return list
	}
	near := newIndex(list, c.through()).finder()
	kept := make([]line, 0, len(list)-small)
	for i, l := range list {
		if !l.small || near.touched(i, c.through()) {
			kept = append(kept, l)
		}
	}
	return kept
}
