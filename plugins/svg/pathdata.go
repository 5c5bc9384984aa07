package main

import (
	"math"
	"strconv"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// arcError is how far, in mm, the curves that stand for arcs may leave them:
// a tenth of the last decimal place by default. Some programs read A wrongly;
// all read C.
const arcError = 1e-4

// grid places artwork on the drawing: from mm with Y up to whole steps of the
// last decimal place with Y down.
type grid struct {
	height    float64 // of the board, mm
	perMM     float64 // units of the drawing
	precision int     // decimal places
	steps     float64 // per unit: 10^precision
	maxX      int64   // the box of the board, in steps
	maxY      int64
}

func newGrid(b artwork.Board, s settings) grid {
	g := grid{height: b.Height, perMM: s.unit.perMM, precision: s.precision, steps: math.Pow10(s.precision)}
	g.maxX, g.maxY = g.step(b.Width), g.step(b.Height)
	return g
}

func (g grid) step(mm float64) int64 { return int64(math.Round(mm * g.perMM * g.steps)) }

// cell is a place on the grid.
type cell struct{ x, y int64 }

func (g grid) cell(p artwork.Point) cell { return cell{g.step(p.X), g.step(g.height - p.Y)} }

// inside is the cell p, held inside the board: what leaves it by less than
// the tolerance of export is drawn on its edge.
func (g grid) inside(p artwork.Point) cell {
	c := g.cell(p)
	return cell{min(max(c.x, 0), g.maxX), min(max(c.y, 0), g.maxY)}
}

// appendPath adds a path to d. Points that fall on the one before vanish; a
// ring that keeps fewer than three is left out where filled and becomes a
// line where followed, so that it is not followed back and forth; a path
// without length is left out.
func (g grid) appendPath(d []byte, p artwork.Path, fill bool) []byte {
	p = p.Cubics(arcError)
	start := g.inside(p.Points[0])
	closed := p.Closed || fill
	before := len(d)
	d = g.appendCell(append(d, 'M'), start)
	last, corners, verb := start, 1, byte('M')
	curves := false
	var lastPiece int // where the last drawn piece starts in d
	for s := range p.Segments() {
		end := g.inside(s.End())
		if s.Verb == artwork.CubicTo {
			h1, h2 := g.cell(s.Points[1]), g.cell(s.Points[2])
			if end == last && h1 == last && h2 == last {
				continue
			}
			lastPiece = len(d)
			d = g.appendPiece(d, &verb, 'C', h1, h2, end)
			curves = true
		} else {
			if end == last {
				continue
			}
			lastPiece = len(d)
			d = g.appendPiece(d, &verb, 'L', end)
		}
		last = end
		corners++
	}
	if closed && !curves && last == start && corners > 1 {
		// Z draws the last line: its end is not repeated.
		d, corners = d[:lastPiece], corners-1
	}
	switch {
	case corners < 2 || (fill && corners < 3 && !curves):
		return d[:before]
	case closed && (corners > 2 || curves):
		return append(d, 'Z')
	default:
		return d
	}
}

// appendPiece adds a verb, unless the last one goes on, and its points.
func (g grid) appendPiece(d []byte, verb *byte, v byte, cells ...cell) []byte {
	if *verb != v {
		d = append(d, v)
	} else {
		d = append(d, ' ')
	}
	*verb = v
	for i, c := range cells {
		if i > 0 {
			d = append(d, ' ')
		}
		d = g.appendCell(d, c)
	}
	return d
}

func (g grid) appendCell(d []byte, c cell) []byte {
	d = append(g.appendNumber(d, c.x), ' ')
	return g.appendNumber(d, c.y)
}

// appendNumber writes steps as a decimal number without trailing zeros.
func (g grid) appendNumber(d []byte, steps int64) []byte {
	if steps < 0 {
		d, steps = append(d, '-'), -steps
	}
	scale := int64(g.steps)
	d = strconv.AppendInt(d, steps/scale, 10)
	rest := steps % scale
	if rest == 0 {
		return d
	}
	d = append(d, '.')
	for scale /= 10; rest > 0; scale /= 10 {
		d = append(d, byte('0'+rest/scale))
		rest %= scale
	}
	return d
}
