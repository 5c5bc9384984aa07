package source

import (
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Touches tells whether any part of the geometry, its border included, lies in
// the box, its border included. Both are in one CRS.
func Touches(g orb.Geometry, box orb.Bound) bool {
	switch g := g.(type) {
	case nil:
		return false
	case orb.Point:
		return box.Contains(g)
	case orb.MultiPoint:
		for _, p := range g {
			if box.Contains(p) {
				return true
			}
		}
		return false
	case orb.LineString:
		return lineTouches(g, box)
	case orb.Ring:
		return lineTouches(orb.LineString(g), box)
	case orb.MultiLineString:
		for _, l := range g {
			if lineTouches(l, box) {
				return true
			}
		}
		return false
	case orb.Polygon:
		return polygonTouches(g, box)
	case orb.MultiPolygon:
		for _, p := range g {
			if polygonTouches(p, box) {
				return true
			}
		}
		return false
	case orb.Collection:
		for _, m := range g {
			if Touches(m, box) {
				return true
			}
		}
		return false
	default:
		return g.Bound().Intersects(box)
	}
}

// polygonTouches relies on this: a polygon none of whose border is in the box
// has all of the box inside, or none of it.
func polygonTouches(p orb.Polygon, box orb.Bound) bool {
	if len(p) == 0 || !p.Bound().Intersects(box) {
		return false
	}
	for _, r := range p {
		if lineTouches(orb.LineString(r), box) {
			return true
		}
	}
	return planar.PolygonContains(p, box.Min)
}

func lineTouches(l orb.LineString, box orb.Bound) bool {
	for i, p := range l {
		if box.Contains(p) || i > 0 && segmentTouches(l[i-1], p, box) {
			return true
		}
	}
	return false
}

// segmentTouches clips the segment by Liang and Barsky's method and tells
// whether anything is left.
func segmentTouches(a, b orb.Point, box orb.Bound) bool {
	from, to := 0.0, 1.0
	for axis := range 2 {
		d := b[axis] - a[axis]
		if d == 0 {
			if a[axis] < box.Min[axis] || a[axis] > box.Max[axis] {
				return false
			}
			continue
		}
		enter, leave := (box.Min[axis]-a[axis])/d, (box.Max[axis]-a[axis])/d
		if enter > leave {
			enter, leave = leave, enter
		}
		from, to = max(from, enter), min(to, leave)
	}
	return from <= to
}
