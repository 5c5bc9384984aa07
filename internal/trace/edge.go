package trace

import (
	"github.com/mapwright/mapwright/internal/planar"
)

// side is one straight side of what is cropped to.
type side struct{ a, b planar.Point }

// near tells whether a point lies within two grid steps of the side's line,
// beside the side: cropping rounds cuts to the grid.
func (s side) near(p planar.Point) bool {
	const slack = 2
	dx, dy := float64(s.b.X-s.a.X), float64(s.b.Y-s.a.Y)
	px, py := float64(p.X-s.a.X), float64(p.Y-s.a.Y)
	square := float64(dx*dx) + float64(dy*dy)
	off := float64(dx*py) - float64(dy*px)
	if off*off > slack*slack*square {
		return false
	}
	along := float64(dx*px) + float64(dy*py)
	return along*along <= slack*slack*square || along >= 0 && along <= square ||
		(along-square)*(along-square) <= slack*slack*square
}

// findSides lists the sides, and finds a box in the middle that none of them
// comes near.
func (f *frame) findSides() {
	ring := f.crop[0][0]
	for i := range ring {
		f.sides = append(f.sides, side{ring[i], ring[(i+1)%len(ring)]})
	}
	middle := planar.Point{X: f.box.Min.X/2 + f.box.Max.X/2, Y: f.box.Min.Y/2 + f.box.Max.Y/2}
	w, h := f.box.Max.X-middle.X, f.box.Max.Y-middle.Y
	for tenths := int32(9); tenths > 0; tenths-- {
		dx, dy := w/10*tenths, h/10*tenths
		b := planar.Box{
			Min: planar.Point{X: middle.X - dx, Y: middle.Y - dy},
			Max: planar.Point{X: middle.X + dx, Y: middle.Y + dy},
		}
		if f.holdsAll(planar.RectRing(b.Min, b.Max)) {
			f.core = b
			return
		}
	}
}

// alongEdge tells whether a segment inside the frame runs along one of its
// sides.
func (f *frame) alongEdge(a, b planar.Point) bool {
	if f.core.Contains(a) || f.core.Contains(b) {
		return false
	}
	for _, s := range f.sides {
		if s.near(a) && s.near(b) {
			return true
		}
	}
	return false
}

// withoutEdge cuts the stretches along the frame out of a closed path.
func (f *frame) withoutEdge(p planar.Path) []planar.Path {
	n := len(p) - 1
	start := -1
	for i := range n {
		if f.alongEdge(p[i], p[i+1]) {
			start = i + 1
			break
		}
	}
	if start < 0 {
		return []planar.Path{p}
	}
	var out []planar.Path
	var piece planar.Path
	for k := range n {
		a, b := p[(start+k)%n], p[(start+k+1)%n]
		if f.alongEdge(a, b) {
			if piece != nil {
				out = append(out, piece)
			}
			piece = nil
			continue
		}
		if piece == nil {
			piece = planar.Path{a}
		}
		piece = append(piece, b)
	}
	return out
}
