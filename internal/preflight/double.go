package preflight

import (
	"context"
	"fmt"
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// linesTwice finds stretches that burn twice: where a line runs within the
// tolerance of another one, or of itself, in either direction, for longer than
// a crossing takes (ten tolerances).
//
// It walks along every line in small steps and asks at each how near the others
// are. A stretch that two lines share is told of the one that burns later.
func (c *checker) linesTwice(ctx context.Context) error {
	var spots []spot
	for _, board := range c.boards() {
		lines := c.lines(board)
		near := newNeighbours(lines, c.options.Tolerance)
		for i := range lines {
			if err := ctx.Err(); err != nil {
				return err
			}
			spots = append(spots, c.walk(lines, i, near)...)
		}
	}
	c.report(DoubleBurn, Warning,
		"Export these layers in one job, which burns shared lines once, or take one of the lines away.", spots,
		func(n int, sum float64, worst spot) string {
			return fmt.Sprintf("%s would burn twice, %.1f mm in all; the longest, %.2f mm, also burns in %s.",
				counted(n, "stretch of line", "stretches of line"), sum, worst.size, worst.note)
		})
	return nil
}

// line is one line that is followed.
type line struct {
	layer, board int
	points       []artwork.Point // of a closed one, the first is repeated
	closed       bool
	length       float64
}

// boards lists the numbers of the boards that shapes lie on, in their order.
func (c *checker) boards() []int {
	var list []int
	seen := map[int]bool{}
	for _, s := range c.shapes {
		if !seen[s.board] {
			seen[s.board] = true
			list = append(list, s.board)
		}
	}
	return list
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
			l := line{layer: s.layer, board: s.board, points: p.Points, closed: p.Closed, length: p.Length()}
			if p.Closed {
				l.points = append(l.points[:len(l.points):len(l.points)], l.points[0])
			}
			list = append(list, l)
		}
	}
	return list
}

// walk follows one line and gives the stretches that burn twice.
func (c *checker) walk(lines []line, i int, near *neighbours) []spot {
	l := lines[i]
	step := c.options.Tolerance / 2
	longest := 10 * c.options.Tolerance
	var spots []spot
	start, other, later := -1.0, -1, false
	end := func(at float64) {
		if start >= 0 && at-start > longest && later {
			note := fmt.Sprintf("%q", c.art.Layers[lines[other].layer].Name)
			if other == i {
				note = "the same line"
			}
			spots = append(spots, spot{layer: l.layer, board: l.board, at: along(l.points, start), size: at - start, note: note})
		}
		start, other, later = -1, -1, false
	}
	last := 0.0
	samples(l.points, step, func(p artwork.Point, at float64) {
		j := near.at(p, i, at, l)
		if j < 0 {
			end(last)
		} else {
			if start < 0 {
				start = at
			}
			if j <= i {
				later, other = true, j
			}
		}
		last = at
	})
	end(last)
	return spots
}

// samples calls f for points along a line, at most step apart, with their
// distance from its start.
func samples(points []artwork.Point, step float64, f func(p artwork.Point, at float64)) {
	at := 0.0
	f(points[0], 0)
	for i := 1; i < len(points); i++ {
		a, b := points[i-1], points[i]
		length := distance(a, b)
		n := int(math.Ceil(length / step))
		for k := 1; k <= n; k++ {
			t := float64(k) / float64(n)
			f(artwork.Point{X: a.X + t*(b.X-a.X), Y: a.Y + t*(b.Y-a.Y)}, at+t*length)
		}
		at += length
	}
}

// along is the point at a distance from the start of a line.
func along(points []artwork.Point, at float64) artwork.Point {
	for i := 1; i < len(points); i++ {
		length := distance(points[i-1], points[i])
		if at <= length && length > 0 {
			a, b := points[i-1], points[i]
			return artwork.Point{X: a.X + at/length*(b.X-a.X), Y: a.Y + at/length*(b.Y-a.Y)}
		}
		at -= length
	}
	return points[len(points)-1]
}
