package carto

import (
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// circleError is how far a circle's polygon may lie inside the circle, mm:
// a twentieth of the thinnest beam.
const circleError = 0.005

// FrameRadius is the radius of the corners of FrameRoundRect, mm, where the
// frame is large enough: it is at most half of its shorter side.
const FrameRadius = 3

// FrameShapes lists the shapes that a frame may have. All of them are convex.
func FrameShapes() []FrameShape {
	return []FrameShape{FrameRect, FrameRoundRect, FrameCircle, FrameEllipse, FrameHexagon}
}

// FrameOutline is the frame on the board: what the map is cropped to. A
// rectangle is the board less the margin, an ellipse the one inside of that;
// circle and hexagon are the largest ones there, in the middle. Round ones are
// closed polygons that lie inside the curve by at most 0.005 mm. It is
// counterclockwise, and the same points as FramePolygon, so that what is cropped
// never lies outside of what is drawn. The boards must be valid.
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
	m := b.Margin
	x, y := b.Width/2, b.Height/2
	halfW, halfH := x-m, y-m
	switch b.Frame.Shape {
	case FrameCircle:
		return circle(x, y, min(halfW, halfH))
	case FrameEllipse:
		return ellipse(x, y, halfW, halfH)
	case FrameHexagon:
		return hexagon(x, y, halfW, halfH)
	case FrameRoundRect:
		return roundRect(x, y, halfW, halfH, min(FrameRadius, halfW, halfH))
	}
	return planar.Ring{
		planar.FromMM(m, m),
		planar.FromMM(b.Width-m, m),
		planar.FromMM(b.Width-m, b.Height-m),
		planar.FromMM(m, b.Height-m),
	}
}

// hexagon is the largest regular one in a box, with corners at the left and the
// right.
func hexagon(x, y, halfW, halfH float64) planar.Ring {
	high := math.Sqrt(3) / 2 // half of the height of one of radius 1
	r := min(halfW, halfH/high)
	return planar.Ring{
		planar.FromMM(x+r, y),
		planar.FromMM(x+r/2, y+float64(r*high)),
		planar.FromMM(x-r/2, y+float64(r*high)),
		planar.FromMM(x-r, y),
		planar.FromMM(x-r/2, y-float64(r*high)),
		planar.FromMM(x+r/2, y-float64(r*high)),
	}
}

// roundRect is a rectangle with corners of a radius.
func roundRect(x, y, halfW, halfH, r float64) planar.Ring {
	corner := arcs(r)
	ring := make(planar.Ring, 0, 4*(corner+1))
	add := func(p planar.Point) {
		if len(ring) == 0 || ring[len(ring)-1] != p && ring[0] != p {
			ring = append(ring, p)
		}
	}
	centres := [4][2]float64{{1, 1}, {-1, 1}, {-1, -1}, {1, -1}}
	for quarter, c := range centres {
		for i := range corner + 1 {
			sin, cos := turn(90 * (float64(quarter) + float64(i)/float64(corner)))
			add(planar.FromMM(x+float64(c[0]*(halfW-r))+float64(r*cos), y+float64(c[1]*(halfH-r))+float64(r*sin)))
		}
	}
	return ring
}

// ellipse is a polygon on an ellipse that stands upright, the same in every
// quarter. Its corners are those of a circle, stretched: the larger half axis
// says how many there must be.
func ellipse(x, y, halfW, halfH float64) planar.Ring {
	quarter := arcs(max(halfW, halfH))
	ring := make(planar.Ring, 0, 4*quarter)
	for i := range 4 * quarter {
		s, c := turn(float64(i) * 90 / float64(quarter))
		ring = append(ring, planar.FromMM(x+float64(halfW*c), y+float64(halfH*s)))
	}
	return ring
}

// arcs is how many chords of a quarter of a circle lie within circleError.
func arcs(r float64) int {
	// A chord over the angle 2a lies r*(1-cos(a)) inside its arc.
	a := math.Acos(max(0.5, 1-circleError/r))
	return int(math.Ceil(math.Pi / 4 / a))
}

// circle is a polygon of 4n corners on the circle, the same in every quarter.
func circle(x, y, r float64) planar.Ring { return ellipse(x, y, r, r) }
