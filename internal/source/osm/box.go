package osm

import (
	"math"

	"github.com/paulmach/orb"
)

// box is an upright rectangle on the grid of locations, so that what is cut at
// it ends exactly on it.
type box struct{ west, south, east, north int32 }

func boxOf(b orb.Bound) box {
	grid := func(degrees, limit float64) int32 {
		return int32(math.Round(min(max(degrees, -limit), limit) * stepsPerDegree))
	}
	return box{grid(b.Min[0], 180), grid(b.Min[1], 90), grid(b.Max[0], 180), grid(b.Max[1], 90)}
}

func (b box) bound() orb.Bound {
	return orb.Bound{Min: location{b.west, b.south}.point(), Max: location{b.east, b.north}.point()}
}

func (b box) empty() bool { return b.west >= b.east || b.south >= b.north }

// void tells whether a box holds no place at all; one that is empty may hold a
// line.
func (b box) void() bool { return b.west > b.east || b.south > b.north }

// spanning is the box of two places.
func spanning(p, q location) box {
	return box{min(p.lon, q.lon), min(p.lat, q.lat), max(p.lon, q.lon), max(p.lat, q.lat)}
}

func (b box) intersect(o box) box {
	return box{max(b.west, o.west), max(b.south, o.south), min(b.east, o.east), min(b.north, o.north)}
}

func (b box) contains(l location) bool {
	return l.lon >= b.west && l.lon <= b.east && l.lat >= b.south && l.lat <= b.north
}

func (b box) holds(c coast) bool {
	for _, l := range c {
		if !b.contains(l) {
			return false
		}
	}
	return true
}

// side is one of the box's four.
type side int

const (
	western side = iota
	eastern
	southern
	northern
)

// nearestSide finds the side that is nearest to a place, and how far it is in
// steps of latitude: negative when the place is outside.
func (b box) nearestSide(l location) (nearest side, distance float64) {
	scale := lonScale(l)
	distances := [4]float64{
		western:  (float64(l.lon) - float64(b.west)) * scale,
		eastern:  (float64(b.east) - float64(l.lon)) * scale,
		southern: float64(l.lat) - float64(b.south),
		northern: float64(b.north) - float64(l.lat),
	}
	for s, d := range distances {
		if d < distances[nearest] {
			nearest = side(s)
		}
	}
	return nearest, distances[nearest]
}

// lonScale is the length of a step of longitude in steps of latitude.
func lonScale(at location) float64 { return math.Cos(at.point()[1] * math.Pi / 180) }

// nearestEdge gives the place on the box's edge that is nearest to a place, and
// its distance in metres: negative when the place is outside.
func (b box) nearestEdge(l location) (location, float64) {
	s, distance := b.nearestSide(l)
	at := l
	switch s {
	case western:
		at.lon = b.west
	case eastern:
		at.lon = b.east
	case southern:
		at.lat = b.south
	default:
		at.lat = b.north
	}
	return at, distance * metresPerStep
}

// shorterSide is the length of the box's shorter side, metres.
func (b box) shorterSide() float64 {
	middle := location{b.west, b.south/2 + b.north/2}
	wide := (float64(b.east) - float64(b.west)) * lonScale(middle)
	return min(wide, float64(b.north)-float64(b.south)) * metresPerStep
}

// drawBack moves the side of the box that is nearest to a coastline's end, so
// that the end is on it. Ends that are outside of the box or far from the
// data's edge change nothing.
func (b box) drawBack(extent box, end location) box {
	s, distance := extent.nearestSide(end)
	if distance*metresPerStep > cutPart*extent.shorterSide() || !b.contains(end) {
		return b
	}
	switch s {
	case western:
		b.west = end.lon
	case eastern:
		b.east = end.lon
	case southern:
		b.south = end.lat
	default:
		b.north = end.lat
	}
	return b
}

// clip gives the pieces of a line that are in the box, in its direction.
func (b box) clip(c coast) []coast {
	if c.closed() {
		c = b.fromOutside(c)
	}
	var pieces []coast
	var piece coast
	finish := func() {
		if len(piece) > 1 {
			pieces = append(pieces, piece)
		}
		piece = nil
	}
	for i := 1; i < len(c); i++ {
		from, to, ok := b.clipSegment(c[i-1], c[i])
		if !ok {
			continue
		}
		if len(piece) > 0 && piece[len(piece)-1] != from {
			finish()
		}
		if len(piece) == 0 {
			piece = coast{from}
		}
		piece = append(piece, to)
	}
	finish()
	return pieces
}

// fromOutside turns a closed line so that it begins outside of the box, if any
// of it is.
func (b box) fromOutside(c coast) coast {
	for i, l := range c[:len(c)-1] {
		if !b.contains(l) {
			turned := append(coast{}, c[i:len(c)-1]...)
			return append(append(turned, c[:i]...), l)
		}
	}
	return c
}

// clipSegment cuts a segment by Liang and Barsky's method. What only touches
// the box in a point is nothing.
func (b box) clipSegment(p, q location) (from, to location, ok bool) {
	enter, leave := 0.0, 1.0
	from, to = p, q
	at := func(t float64) location {
		return location{
			int32(math.Round(float64(p.lon) + t*(float64(q.lon)-float64(p.lon)))),
			int32(math.Round(float64(p.lat) + t*(float64(q.lat)-float64(p.lat)))),
		}
	}
	for _, side := range [4]struct{ edge, begin, end float64 }{
		{float64(b.west), float64(p.lon), float64(q.lon)},
		{-float64(b.east), -float64(p.lon), -float64(q.lon)},
		{float64(b.south), float64(p.lat), float64(q.lat)},
		{-float64(b.north), -float64(p.lat), -float64(q.lat)},
	} {
		in, d := side.begin-side.edge, side.end-side.begin // inside where in + t*d >= 0
		switch {
		case d == 0:
			if in < 0 {
				return from, to, false
			}
		case d > 0:
			enter = max(enter, -in/d)
		default:
			leave = min(leave, -in/d)
		}
	}
	if enter >= leave {
		return from, to, false
	}
	if enter > 0 {
		from = b.snap(at(enter))
	}
	if leave < 1 {
		to = b.snap(at(leave))
	}
	return from, to, from != to
}

// snap puts a place that rounding may have moved one step off back into the box.
func (b box) snap(l location) location {
	return location{min(max(l.lon, b.west), b.east), min(max(l.lat, b.south), b.north)}
}

// along is the way along the edge to a place on it, clockwise from the
// southwestern corner.
func (b box) along(l location) (float64, bool) {
	wide, high := float64(b.east)-float64(b.west), float64(b.north)-float64(b.south)
	switch {
	case !b.contains(l):
		return 0, false
	case l.lon == b.west:
		return float64(l.lat) - float64(b.south), true
	case l.lat == b.north:
		return high + float64(l.lon) - float64(b.west), true
	case l.lon == b.east:
		return high + wide + float64(b.north) - float64(l.lat), true
	case l.lat == b.south:
		return 2*high + wide + float64(b.east) - float64(l.lon), true
	default:
		return 0, false
	}
}

// outward goes from a place on the box's edge at a right angle to it, to the
// edge of a box around. A place that is on both edges, or on none, stays.
func (b box) outward(l location, around box) location {
	if _, there := around.along(l); there {
		return l
	}
	switch {
	case l.lon == b.west:
		l.lon = around.west
	case l.lat == b.north:
		l.lat = around.north
	case l.lon == b.east:
		l.lon = around.east
	case l.lat == b.south:
		l.lat = around.south
	}
	return l
}

// ring is the box's edge.
func (b box) ring() []location {
	return []location{
		{b.west, b.south}, {b.east, b.south}, {b.east, b.north}, {b.west, b.north}, {b.west, b.south},
	}
}

// corners gives the corners that are passed clockwise from one place on the
// edge to another; where both are one, all the way round.
func (b box) corners(from, to float64) []location {
	wide, high := float64(b.east)-float64(b.west), float64(b.north)-float64(b.south)
	round := 2 * (wide + high)
	if to <= from {
		to += round
	}
	var passed []location
	for turn := range 2 {
		for _, c := range [4]struct {
			along float64
			at    location
		}{
			{0, location{b.west, b.south}},
			{high, location{b.west, b.north}},
			{high + wide, location{b.east, b.north}},
			{2*high + wide, location{b.east, b.south}},
		} {
			if at := c.along + float64(turn)*round; at > from && at < to {
				passed = append(passed, c.at)
			}
		}
	}
	return passed
}

// carryPart is how far beyond what is known a coast is carried on, as a share
// of the known width or height. A view that goes further ends the sea with the
// data on that side: a harbour drawn on over half a board is no harbour.
const carryPart = 2.0 / 3

// towards is the part of a view that the sea known in b may be carried on to.
func (b box) towards(view box) box {
	if b.empty() {
		return view
	}
	wide := carryPart * (float64(b.east) - float64(b.west))
	high := carryPart * (float64(b.north) - float64(b.south))
	limit := func(edge *int32, known int32, most float64) {
		if math.Abs(float64(*edge)-float64(known)) > most {
			*edge = known
		}
	}
	if view.west < b.west {
		limit(&view.west, b.west, wide)
	}
	if view.east > b.east {
		limit(&view.east, b.east, wide)
	}
	if view.south < b.south {
		limit(&view.south, b.south, high)
	}
	if view.north > b.north {
		limit(&view.north, b.north, high)
	}
	return view
}
