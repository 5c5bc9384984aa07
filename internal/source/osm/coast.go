package osm

import (
	"cmp"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// coastFault tells why coastlines don't tell sea from land.
type coastFault struct {
	problem string
	at      location
}

// coast is a coastline, joined as far as it goes; a closed one ends where it
// begins.
type coast []location

func (c coast) closed() bool { return len(c) > 3 && c[0] == c[len(c)-1] }

// coastlines joins the ways of natural=coastline, end to beginning.
func (d *data) coastlines() []coast {
	var parts []coast
	for i := range d.ways {
		if d.ways[i].tags.get("natural") != "coastline" {
			continue
		}
		known, _ := d.trace(&d.ways[i])
		for _, p := range known {
			if p = slices.Compact(p); len(p) > 1 {
				parts = append(parts, p)
			}
		}
	}
	return joinCoasts(parts)
}

func joinCoasts(parts []coast) []coast {
	byStart := make(map[location]int, len(parts)) // of parts that nothing has been joined to
	ends := make(map[location]bool, len(parts))
	for i, p := range parts {
		if p.closed() {
			continue
		}
		if _, taken := byStart[p[0]]; !taken {
			byStart[p[0]] = i
		}
		ends[p[len(p)-1]] = true
	}
	var joined []coast
	used := make([]bool, len(parts))
	follow := func(i int) {
		used[i] = true
		whole := slices.Clone(parts[i])
		for !whole.closed() {
			next, ok := byStart[whole[len(whole)-1]]
			if !ok || used[next] {
				break
			}
			used[next] = true
			whole = append(whole, parts[next][1:]...)
		}
		joined = append(joined, whole)
	}
	for i, p := range parts {
		if !used[i] && (p.closed() || !ends[p[0]]) {
			follow(i)
		}
	}
	for i := range parts { // what is left are circles of several ways
		if !used[i] {
			follow(i)
		}
	}
	return joined
}

// seaWithin gives the sea in a view, of coastlines that are known in a part of
// it. Those that leave that part go straight on to the view's edge and are
// closed along it, clockwise, so that the water stays on their right; islands
// become holes.
func seaWithin(coasts []coast, known, view box) (orb.MultiPolygon, *coastFault) {
	var rings, pieces []coast
	for _, c := range coasts {
		if c.closed() && known.holds(c) {
			rings = append(rings, c)
			continue
		}
		for _, p := range known.clip(c) {
			pieces = append(pieces, p.carriedOn(known, view))
		}
	}
	shores, fault := closeAlong(view, pieces)
	if fault != nil {
		return nil, fault
	}
	borders, fault := nest(view, shores, rings)
	if fault != nil || len(borders) == 0 {
		return nil, fault
	}
	area, torn := assemble(borders)
	if torn != nil {
		return nil, &coastFault{"the coastline crosses itself", torn.at}
	}
	return area, nil
}

// carriedOn takes both ends of a piece from the edge of what is known straight
// on to the view's.
func (c coast) carriedOn(known, view box) coast {
	first, last := c[0], c[len(c)-1]
	if begin := known.outward(first, view); begin != first {
		c = append(coast{begin}, c...)
	}
	if end := known.outward(last, view); end != last {
		c = append(c, end)
	}
	return c
}

// crossing is where a piece of coastline meets the frame.
type crossing struct {
	along float64 // the way along the frame's edge, clockwise
	piece int
	leave bool // the coastline leaves the frame here
}

// closeAlong makes rings of pieces of coastline and of the frame's edge. Along
// the edge, clockwise, sea begins where a coastline leaves and ends where the
// next one enters.
func closeAlong(frame box, pieces []coast) ([]coast, *coastFault) {
	var all []crossing
	for i, p := range pieces {
		for _, end := range []struct {
			at    location
			leave bool
		}{{p[0], false}, {p[len(p)-1], true}} {
			along, ok := frame.along(end.at)
			if !ok {
				return nil, &coastFault{"the coastline has a gap", end.at}
			}
			all = append(all, crossing{along, i, end.leave})
		}
	}
	slices.SortStableFunc(all, func(a, b crossing) int { return cmp.Compare(a.along, b.along) })
	entry := make([]int, len(pieces)) // where in all a piece's sea goes on
	for i, c := range all {
		next := (i + 1) % len(all)
		if c.leave == all[next].leave {
			p := pieces[all[next].piece]
			return nil, &coastFault{"coastlines run against each other", p[0]}
		}
		if c.leave {
			entry[c.piece] = next
		}
	}
	var rings []coast
	used := make([]bool, len(pieces))
	for i := range pieces {
		var ring coast
		for n := i; !used[n]; {
			used[n] = true
			ring = append(ring, pieces[n]...)
			enter := all[entry[n]]
			from, _ := frame.along(pieces[n][len(pieces[n])-1])
			ring = append(ring, frame.corners(from, enter.along)...)
			n = enter.piece
		}
		if len(ring) > 0 {
			rings = append(rings, append(ring, ring[0]))
		}
	}
	return rings, nil
}

// nest checks that the direction of every closed coastline suits what is around
// it, and adds the frame where islands lie in the open sea.
func nest(frame box, shores, rings []coast) ([][]location, *coastFault) {
	all := slices.Concat(shores, rings)
	polygons := make([]orb.Ring, len(all))
	for i, r := range all {
		polygons[i] = orb.Ring(lineOf(r))
	}
	depth := make([]int, len(rings))
	openSea := false
	for i := range rings {
		for j, around := range polygons {
			if j != i+len(shores) && ringAround(around, polygons[i+len(shores)]) {
				depth[i]++
			}
		}
		openSea = openSea || len(shores) == 0 && depth[i] == 0 && island(polygons[i+len(shores)])
	}
	for i, r := range rings {
		inSea := (depth[i]%2 == 1) != openSea
		if island(polygons[i+len(shores)]) != inSea {
			return nil, &coastFault{"a closed coastline has its water on the wrong side", r[0]}
		}
	}
	var borders [][]location
	if openSea {
		borders = append(borders, frame.ring())
	}
	for _, r := range all {
		borders = append(borders, r)
	}
	return borders, nil
}

// ringAround tells whether a ring lies in another one that it does not cross.
func ringAround(outer, inner orb.Ring) bool {
	if !outer.Bound().Intersects(inner.Bound()) {
		return false
	}
	for _, p := range inner {
		if !slices.Contains(outer, p) {
			return planar.RingContains(outer, p)
		}
	}
	return false
}

// island tells whether a closed coastline has the land inside.
func island(r orb.Ring) bool { return r.Orientation() == orb.CCW }
