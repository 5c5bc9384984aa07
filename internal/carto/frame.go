package carto

import (
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// circleError is how far a circle's polygon may lie inside the circle, mm:
// a twentieth of the thinnest beam.
const circleError = 0.005

// FrameOutline is the frame on the board: what the map is cropped to. A
// rectangle is the board less the margin; a circle is the largest one inside
// the board less the margin, as a closed polygon that lies inside the circle
// by at most 0.005 mm. It is counterclockwise, and the same points as
// FramePolygon, so that what is cropped never lies outside of what is drawn.
// The boards must be valid.
func (b Boards) FrameOutline() artwork.Path {
	ring := b.FramePolygon()
	points := make([]artwork.Point, len(ring))
	for i, p := range ring {
		points[i].X, points[i].Y = p.MM()
	}
	return artwork.Path{Points: points, Closed: true}
}

// FramePolygon is the frame on the planar grid, counterclockwise, its start
// not repeated. The boards must be valid.
func (b Boards) FramePolygon() planar.Ring {
	if b.Frame.Shape == FrameCircle {
		return circle(b.Width/2, b.Height/2, min(b.Width, b.Height)/2-b.Margin)
	}
	m := b.Margin
	return planar.Ring{
		planar.FromMM(m, m),
		planar.FromMM(b.Width-m, m),
		planar.FromMM(b.Width-m, b.Height-m),
		planar.FromMM(m, b.Height-m),
	}
}

// circle is a polygon of 4n corners on the circle, the same in every quarter.
func circle(x, y, r float64) planar.Ring {
	// A chord over the angle 2a lies r*(1-cos(a)) inside its arc.
	a := math.Acos(max(0.5, 1-circleError/r))
	quarter := int(math.Ceil(math.Pi / 4 / a))
	ring := make(planar.Ring, 0, 4*quarter)
	for i := range 4 * quarter {
		s, c := turn(float64(i) * 90 / float64(quarter))
		ring = append(ring, planar.FromMM(x+float64(r*c), y+float64(r*s)))
	}
	return ring
}
