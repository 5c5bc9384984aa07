package carto

import (
	"math"

	"github.com/paulmach/orb"
)

// Extent is the box of all points of g, of every ring and member; ok is false
// when there are none. (orb's Bound looks at outer rings alone, and gives empty
// geometries a box around the origin.)
func Extent(g orb.Geometry) (box orb.Bound, ok bool) {
	box = orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	EachPoint(g, func(p orb.Point) {
		box.Min = orb.Point{min(box.Min[0], p[0]), min(box.Min[1], p[1])}
		box.Max = orb.Point{max(box.Max[0], p[0]), max(box.Max[1], p[1])}
		ok = true
	})
	return box, ok
}

// EachPoint calls f for every vertex of g.
func EachPoint(g orb.Geometry, f func(orb.Point)) {
	switch g := g.(type) {
	case orb.Point:
		f(g)
	case orb.MultiPoint:
		eachOf(g, f)
	case orb.LineString:
		eachOf(g, f)
	case orb.Ring:
		eachOf(g, f)
	case orb.MultiLineString:
		for _, l := range g {
			eachOf(l, f)
		}
	case orb.Polygon:
		for _, r := range g {
			eachOf(r, f)
		}
	case orb.MultiPolygon:
		for _, p := range g {
			EachPoint(p, f)
		}
	case orb.Collection:
		for _, c := range g {
			EachPoint(c, f)
		}
	case orb.Bound:
		f(g.Min)
		f(g.Max)
	}
}

func eachOf(points []orb.Point, f func(orb.Point)) {
	for _, p := range points {
		f(p)
	}
}
