package inspector

import (
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// figures are what a shape measures on the board.
type figures struct {
	points, parts, holes int
	length               float64 // of all lines and outlines, mm
	area                 float64 // mm²
}

// measure takes a shape to the board and measures it there.
func measure(g orb.Geometry, board func(orb.Point) artwork.Point) (f figures) {
	line := func(points []orb.Point) (area float64) {
		at := make([]artwork.Point, len(points))
		for i, p := range points {
			at[i] = board(p)
			if i > 0 {
				f.length += math.Hypot(at[i].X-at[i-1].X, at[i].Y-at[i-1].Y)
				area += (at[i-1].X*at[i].Y - at[i].X*at[i-1].Y) / 2
			}
		}
		return math.Abs(area)
	}
	f.add(g, line)
	return f
}

func (f *figures) add(g orb.Geometry, line func([]orb.Point) float64) {
	switch g := g.(type) {
	case orb.Point:
		f.parts++
		f.points++
	case orb.MultiPoint:
		f.parts += len(g)
		f.points += len(g)
	case orb.LineString:
		f.parts++
		f.points += len(g)
		line(g)
	case orb.MultiLineString:
		for _, one := range g {
			f.add(one, line)
		}
	case orb.Polygon:
		f.parts++
		for i, r := range g {
			f.points += max(0, len(r)-1) // the last is the first
			if i == 0 {
				f.area += line(r)
			} else {
				f.holes++
				f.area -= line(r)
			}
		}
	case orb.MultiPolygon:
		for _, one := range g {
			f.add(one, line)
		}
	case orb.Collection:
		for _, one := range g {
			f.add(one, line)
		}
	}
}
