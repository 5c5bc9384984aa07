package scene

import (
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// feature is a feature on the board.
type feature struct {
	id    int64
	box   artwork.Box
	area  float64 // of its polygons, mm²
	parts []part
}

// part is a point, a line or a ring of a feature.
type part struct {
	points []artwork.Point // a ring does not repeat its start
	ring   bool
	boxes  []artwork.Box // of each stretch of edges
}

// stretch is how many edges have a box of their own, so that long coastlines
// are passed by in leaps.
const stretch = 32

// add takes a geometry to the board. Points without a place there are left out.
func (f *feature) add(g orb.Geometry, project func(orb.Point) artwork.Point) {
	switch g := g.(type) {
	case orb.Point:
		f.addPart([]orb.Point{g}, false, project)
	case orb.MultiPoint:
		for _, p := range g {
			f.addPart([]orb.Point{p}, false, project)
		}
	case orb.LineString:
		f.addPart(g, false, project)
	case orb.MultiLineString:
		for _, l := range g {
			f.addPart(l, false, project)
		}
	case orb.Ring:
		f.addPolygon(orb.Polygon{g}, project)
	case orb.Polygon:
		f.addPolygon(g, project)
	case orb.MultiPolygon:
		for _, p := range g {
			f.addPolygon(p, project)
		}
	case orb.Bound:
		f.addPolygon(g.ToPolygon(), project)
	case orb.Collection:
		for _, one := range g {
			f.add(one, project)
		}
	}
}

func (f *feature) addPolygon(rings orb.Polygon, project func(orb.Point) artwork.Point) {
	for i, r := range rings {
		area := f.addPart(r, true, project)
		if i > 0 {
			area = -area
		}
		f.area += area
	}
}

// addPart gives the area of a ring.
func (f *feature) addPart(points []orb.Point, ring bool, project func(orb.Point) artwork.Point) float64 {
	p := part{ring: ring, points: make([]artwork.Point, 0, len(points))}
	for _, q := range points {
		if m := project(q); !math.IsNaN(m.X-m.X) && !math.IsNaN(m.Y-m.Y) {
			p.points = append(p.points, m)
		}
	}
	if n := len(p.points); ring && n > 1 && p.points[0] == p.points[n-1] {
		p.points = p.points[:n-1]
	}
	if len(p.points) == 0 {
		return 0
	}
	for first := 0; first < p.edges(); first += stretch {
		b := artwork.EmptyBox()
		for e := first; e < min(first+stretch, p.edges()); e++ {
			from, to := p.edge(e)
			b = b.Add(from).Add(to)
		}
		p.boxes = append(p.boxes, b)
		f.box = f.box.Union(b)
	}
	f.parts = append(f.parts, p)
	if !ring {
		return 0
	}
	return math.Abs(artwork.Path{Points: p.points, Closed: true}.Area())
}

// edges is the number of edges; a point counts as one without length.
func (p *part) edges() int {
	if p.ring || len(p.points) == 1 {
		return len(p.points)
	}
	return len(p.points) - 1
}

func (p *part) edge(i int) (from, to artwork.Point) {
	return p.points[i], p.points[(i+1)%len(p.points)]
}

// distance is how far a place is from the feature, in mm; beyond limit it may
// be any number above limit.
func (f *feature) distance(at artwork.Point, limit float64) float64 {
	if f.inside(at) {
		return 0
	}
	d := math.Inf(1)
	f.near(at, limit, func(from, to artwork.Point) {
		d = math.Min(d, dist(at, nearest(at, from, to)))
	})
	return d
}

// inside tells whether the rings enclose a place (even-odd).
func (f *feature) inside(at artwork.Point) bool {
	in := false
	for i := range f.parts {
		p := &f.parts[i]
		if !p.ring {
			continue
		}
		for b, box := range p.boxes {
			if at.Y < box.Min.Y || at.Y > box.Max.Y || at.X > box.Max.X {
				continue
			}
			for e := b * stretch; e < min((b+1)*stretch, p.edges()); e++ {
				from, to := p.edge(e)
				if (from.Y > at.Y) != (to.Y > at.Y) &&
					at.X < from.X+(at.Y-from.Y)/(to.Y-from.Y)*(to.X-from.X) {
					in = !in
				}
			}
		}
	}
	return in
}

// near calls visit with the edges whose surroundings of limit mm may hold a place.
func (f *feature) near(at artwork.Point, limit float64, visit func(from, to artwork.Point)) {
	for i := range f.parts {
		p := &f.parts[i]
		for b, box := range p.boxes {
			if at.X < box.Min.X-limit || at.X > box.Max.X+limit || at.Y < box.Min.Y-limit || at.Y > box.Max.Y+limit {
				continue
			}
			for e := b * stretch; e < min((b+1)*stretch, p.edges()); e++ {
				visit(p.edge(e))
			}
		}
	}
}

// nearest is the point of a line that is nearest to a place.
func nearest(at, from, to artwork.Point) artwork.Point {
	dx, dy := to.X-from.X, to.Y-from.Y
	square := dx*dx + dy*dy
	if square == 0 {
		return from
	}
	t := ((at.X-from.X)*dx + (at.Y-from.Y)*dy) / square
	switch {
	case t <= 0:
		return from
	case t >= 1:
		return to
	}
	return artwork.Point{X: from.X + t*dx, Y: from.Y + t*dy}
}
