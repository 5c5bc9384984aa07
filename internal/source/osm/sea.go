package osm

import (
	"slices"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// seaClass is the class of the sea's areas.
const seaClass = "sea"

// Data is cut off at its edge, and coastlines with it: the next node, or the
// next way, is not in the file.
const (
	// cutNode is how far from the edge of the data a coastline may end without a
	// word, metres: the nodes of a quay are rarely farther apart.
	cutNode = 100.0
	// cutWay is how far it may be lengthened straight to the edge, metres.
	cutWay = 500.0
	// cutPart is how far, as a part of the data's shorter side, for the sea to
	// be drawn at all.
	cutPart = 0.1
	// maxCuts is how many ends are tried one by one.
	maxCuts = 32
)

// metresPerStep is the length of 1e-7 degrees of latitude.
const metresPerStep = 0.0111

// sea adds the sea to the layers that take it. Coastlines are drawn with the
// land on their left and the water on their right; the sea is what lies on
// their right. Where the view is larger than the data, coastlines go straight
// on from the data's edge to the view's, so that every place beyond the data is
// what its nearest place in the data is: a sea that ended with the data would
// have an edge in the middle of the board. Coastlines that don't tell sea from
// land are reported and make none.
func (b *builder) sea() {
	attributes := map[string]string{"natural": "coastline"}
	takes := func(l presetLayer) bool { return l.sea }
	if !slices.ContainsFunc(b.wanted, takes) || !b.request.Wants(attributes) {
		return
	}
	extent := boxOf(b.data.extent())
	view := extent
	if !b.request.Whole() {
		view = boxOf(b.request.View)
	}
	coasts := b.data.coastlines()
	if len(coasts) == 0 || view.intersect(extent).empty() {
		return
	}
	sea, fault := seaOf(coasts, view, extent)
	if fault != nil {
		p := fault.at.point()
		b.find(source.BrokenCoast, "", "%s near %.7f, %.7f: no sea is drawn", fault.problem, p[0], p[1])
		return
	}
	if len(sea.area) == 0 {
		sea.area = allSea(coasts, view, extent)
	}
	if len(sea.area) == 0 {
		return
	}
	b.tellCuts(sea, view)
	for i := range b.wanted {
		if b.wanted[i].sea {
			b.layers[i].Features = append(b.layers[i].Features, source.Feature{
				ID: seaClass, Geometry: sea.area, Class: seaClass, Attributes: attributes,
			})
		}
	}
}

// tellCuts reports what is not sure about the sea at the edge of the data.
func (b *builder) tellCuts(s sea, view box) {
	for _, c := range s.reached {
		if c.distance > cutNode {
			p := c.at.point()
			b.find(source.Incomplete, "", "the coastline ends at %.7f, %.7f, %.0f m before the edge of the data: lengthened straight to it",
				p[0], p[1], c.distance)
		}
	}
	if s.known != view {
		e := s.known.bound()
		b.find(source.Incomplete, "", "the coast is known only in %.4f,%.4f,%.4f,%.4f: beyond, it is drawn straight on",
			e.Min[0], e.Min[1], e.Max[0], e.Max[1])
	}
}

// allSea is the whole view, when no coastline is in what of it is known and
// that lies in the sea of the whole data.
func allSea(coasts []coast, view, extent box) orb.MultiPolygon {
	known := view.intersect(extent)
	if known == extent {
		return nil
	}
	all, fault := seaOf(coasts, extent, extent)
	if fault != nil || !planar.MultiPolygonContains(all.area, known.bound().Center()) {
		return nil // broken elsewhere: nothing is known here
	}
	return orb.MultiPolygon{view.bound().ToPolygon()}
}

// sea is the sea in a view.
type sea struct {
	area    orb.MultiPolygon
	known   box   // what of the view it was told in by the data
	reached []cut // the coastlines that were lengthened
}

// cut is an end of a coastline inside of the data.
type cut struct {
	coast    int
	last     bool // the coastline ends here; else it begins
	at       location
	edge     location // the nearest place on the edge of the data
	distance float64  // between them, metres
}

// cutsOf gives the ends that matter for a part of the data.
func cutsOf(coasts []coast, known, extent box) []cut {
	var cuts []cut
	for i, c := range coasts {
		if c.closed() {
			continue
		}
		for _, end := range []cut{{coast: i, at: c[0]}, {coast: i, at: c[len(c)-1], last: true}} {
			end.edge, end.distance = extent.nearestEdge(end.at)
			if end.distance > 0 && !spanning(end.at, end.edge).intersect(known).void() {
				cuts = append(cuts, end)
			}
		}
	}
	return cuts
}

// seaOf gives the sea in a view of data that is cut off at its extent. First it
// lengthens coastlines straight to the edge that end close to it. Where that
// makes no sense (a harbour that is cut off half way round), it draws what is
// known back to one of the ends instead, and at last to all of them.
func seaOf(coasts []coast, view, extent box) (sea, *coastFault) {
	known := view.intersect(extent)
	cuts := cutsOf(coasts, known, extent)
	farthest := min(cutWay, cutPart*extent.shorterSide())
	try := func(back func(i int) bool) (sea, *coastFault) {
		s := sea{known: known}
		reaching := slices.Clone(coasts)
		for i, c := range cuts {
			if c.distance > farthest || back(i) {
				s.known = s.known.drawBack(extent, c.at)
				continue
			}
			reaching[c.coast] = reaching[c.coast].lengthen(c)
			s.reached = append(s.reached, c)
		}
		var fault *coastFault
		s.area, fault = seaWithin(reaching, s.known, s.known.towards(view))
		return s, fault
	}
	first, fault := try(func(int) bool { return false })
	if fault == nil {
		return first, nil
	}
	for one := range min(len(cuts), maxCuts) {
		if s, again := try(func(i int) bool { return i == one }); again == nil {
			return s, nil
		}
	}
	if s, again := try(func(int) bool { return true }); again == nil {
		return s, nil
	}
	return first, fault
}

// lengthen takes a coastline to the edge at one of its ends.
func (c coast) lengthen(by cut) coast {
	if by.last {
		return append(slices.Clone(c), by.edge)
	}
	return append(coast{by.edge}, c...)
}
