package scene

import "github.com/mapwright/mapwright/plugins/artwork"

// SnapKind says what a pointer snapped to.
type SnapKind int

// What a pointer snaps to.
const (
	SnapVertex SnapKind = iota + 1 // a point of a feature
	SnapEdge                       // a place between two points
)

// Snap is the place within radius mm that a pointer at p means: the nearest
// vertex, or where there is none the nearest place of an edge. It is false
// where there is neither.
func (x *Index) Snap(p artwork.Point, radius float64) (artwork.Point, SnapKind, bool) {
	var vertex, edge artwork.Point
	toVertex, toEdge := radius, radius
	var isVertex, isEdge bool
	for f := range x.around(p, radius) {
		f.near(p, radius, func(from, to artwork.Point) {
			for _, v := range [2]artwork.Point{from, to} {
				if d := dist(p, v); d <= toVertex {
					vertex, toVertex, isVertex = v, d, true
				}
			}
			if isVertex {
				return
			}
			q := nearest(p, from, to)
			if d := dist(p, q); d <= toEdge {
				edge, toEdge, isEdge = q, d, true
			}
		})
	}
	switch {
	case isVertex:
		return vertex, SnapVertex, true
	case isEdge:
		return edge, SnapEdge, true
	default:
		return artwork.Point{}, 0, false
	}
}
