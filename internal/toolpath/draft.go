package toolpath

import (
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// exactness is how near, in grid units, the lines are to the curves that are
// looked at for crossings.
const exactness = 1

// draft is all pieces as lines on the grid, to be looked at.
type draft struct {
	net    *net
	parts  []part
	points []planar.Point
	cells  *boxGrid
}

// part is a piece in a draft.
type part struct {
	chain    int32
	index    int32 // among the pieces of the chain
	from, to int32 // its points in the draft
	curved   bool
	drawn    bool // it stands for something else: a curve, or a line for several
	box      planar.Box
	hull     [4]vec // of a curve: what it lies inside of
}

func newDraft(n *net, fitted [][]piece) *draft {
	d := &draft{net: n}
	var flat []vec
	for c, pieces := range fitted {
		for k, p := range pieces {
			flat = p.flattened(append(flat[:0], p.start()), exactness)
			q := part{chain: int32(c), index: int32(k), from: int32(len(d.points)), drawn: !p.given, curved: p.verb != artwork.LineTo}
			for _, v := range flat {
				g := planar.Point{X: int32(math.RoundToEven(v.x)), Y: int32(math.RoundToEven(v.y))}
				if int(q.from) == len(d.points) || g != d.points[len(d.points)-1] {
					d.points = append(d.points, g)
				}
			}
			q.to = int32(len(d.points))
			q.box = planar.Path(d.points[q.from:q.to]).Bounds()
			q.hull = p.hull()
			d.parts = append(d.parts, q)
		}
	}
	d.cells = newBoxGrid(d)
	return d
}

func (d *draft) flat(p *part) []planar.Point { return d.points[p.from:p.to] }

// inside tells whether the frame holds the whole curve: it lies inside the hull
// of its handles, and the frame is convex. Places beside the grid count as the
// four grid points around them.
func (p *part) inside(holds func(planar.Point) bool) bool {
	for _, h := range p.hull {
		const slack = 0.5 // grid units: as much as rounding a point moves it
		x0, x1 := int32(math.Floor(h.x+slack)), int32(math.Ceil(h.x-slack))
		y0, y1 := int32(math.Floor(h.y+slack)), int32(math.Ceil(h.y-slack))
		for _, g := range [4]planar.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x0, Y: y1}, {X: x1, Y: y1}} {
			if !holds(g) {
				return false
			}
		}
	}
	return true
}

// hull gives four points whose convex hull holds the piece.
func (c piece) hull() [4]vec {
	switch c.verb {
	case artwork.CubicTo:
		return c.p
	case artwork.ArcTo:
		// An arc of half a circle or less lies between its chord, the tangents at
		// its ends and the one at its middle. With the height s over half the
		// chord c these meet (c²+s²)/2c beside the middle.
		up := c.p[1].minus(c.p[0].middle(c.p[2]))
		half := c.p[2].minus(c.p[0]).times(0.5)
		if half.dot(half) == 0 {
			return [4]vec{c.p[0], c.p[0].plus(up), c.p[2].plus(up), c.p[2]}
		}
		beside := half.times((half.dot(half) + up.dot(up)) / (2 * half.dot(half)))
		return [4]vec{c.p[0], c.p[1].minus(beside), c.p[1].plus(beside), c.p[2]}
	default:
		return [4]vec{c.p[0], c.p[1], c.p[0], c.p[1]}
	}
}
