package preflight

import (
	"fmt"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// exactly is the part of a least length that counts as it: what is drawn as long
// as the limit is a little shorter along a bend.
const exactly = 0.98

// thinBridges finds gaps in cuts that are too short to hold a piece: two free
// ends of cuts that face each other, nearer than a bridge may be thin. What is
// no wider than the beam is cut through and no gap.
func (c *checker) thinBridges(s *sheet) []located {
	if c.options.Bridge <= 0 {
		return nil
	}
	limit := exactly * c.options.Bridge
	ends := c.freeEnds(s)
	var spots []spot
	if len(ends) > 0 {
		dots := make([]line, len(ends))
		for i, e := range ends {
			dots[i] = line{points: []artwork.Point{e.at, e.at}}
		}
		near := newIndex(dots, limit).finder()
		for i, e := range ends {
			facing, gap := -1, limit
			for _, n := range near.near(e.at, e.at, limit) {
				o := ends[n]
				d := distance(e.at, o.at)
				if int(n) != i && d > c.through() && (d < gap || d == gap && int(n) < facing) && e.faces(o.at, d) && o.faces(e.at, d) {
					facing, gap = int(n), d
				}
			}
			if facing >= 0 && facing < i { // each bridge once
				l := s.lines[e.line]
				spots = append(spots, spot{layer: l.layer, board: l.board, at: between(e.at, ends[facing].at, 0.5), size: c.options.Bridge - gap})
			}
		}
	}
	narrow, short := c.byBridges(spots)
	gaps := func(g group) string {
		return fmt.Sprintf("%s in a cut shorter than %.3g mm", counted(g.count, "gap", "gaps"), c.options.Bridge)
	}
	shortest := func(g group) string {
		return fmt.Sprintf("the shortest has %.2f mm", c.options.Bridge-g.worst.size)
	}
	return append(c.report(telling{
		kind: ThinBridge,
		message: func(g group) string {
			return fmt.Sprintf("%s: too thin for a bridge, and too wide to cut free; %s.", gaps(g), shortest(g))
		},
		fix: "Widen the bridges (bridge-width), or close the gaps (close-gap).",
		remedies: func(g group) []Remedy {
			widen := option(Bridge, "Widen the bridges", "bridge-width", mm(max(2, c.options.Bridge)))
			closing := option(Close, "Close the gaps", "close-gap", mm(1.05*c.options.Bridge))
			if c.factsOf(&c.art.Layers[g.worst.layer]).BridgeWidth > 0 {
				return []Remedy{widen, hide()}
			}
			return []Remedy{closing, hide()}
		},
	}, narrow), c.report(telling{
		kind: ThinBridge,
		message: func(g group) string {
			return fmt.Sprintf("%s: the outlines there are too short for a wider bridge; %s.", gaps(g), shortest(g))
		},
		fix: "Leave out what is so small (min-area), or merge it with what is near (merge-gap).",
		remedies: func(group) []Remedy {
			keys := []string{"min-area", mm(c.options.MinPiece)}
			return []Remedy{
				option(Drop, "Leave out what is so small", keys...),
				option(Merge, "Merge with what is near", append(keys, "merge-gap", mm(c.options.Web))...),
				hide(),
			}
		},
	}, short)...)
}

// byBridges parts gaps that wider bridges mend from those in layers whose bridges
// are as wide as they should be, where the outlines do not reach.
func (c *checker) byBridges(spots []spot) (narrow, short []spot) {
	for _, s := range spots {
		if width := c.factsOf(&c.art.Layers[s.layer]).BridgeWidth; width >= c.options.Bridge {
			short = append(short, s)
		} else {
			narrow = append(narrow, s)
		}
	}
	return narrow, short
}

// through is how near to each other cuts leave nothing between them, mm.
func (c *checker) through() float64 { return max(c.options.Kerf, c.options.Tolerance) }

// freeEnd is where a cut ends in the material.
type freeEnd struct {
	at   artwork.Point
	back artwork.Point // a place that the cut comes from
	line int
}

// faces tells whether the cut, if it went on, would go towards a place at a
// distance: within 45 degrees.
func (e freeEnd) faces(p artwork.Point, d float64) bool {
	dx, dy := e.at.X-e.back.X, e.at.Y-e.back.Y
	ahead := float64(dx*(p.X-e.at.X)) + float64(dy*(p.Y-e.at.Y))
	return ahead > 0.7*d*distance(e.at, e.back)
}

// freeEnds lists the ends of cuts that no other cut touches. Layers whose cuts
// have gaps on purpose have none.
func (c *checker) freeEnds(s *sheet) []freeEnd {
	var ends []freeEnd
	near := newIndex(s.lines, c.through()).finder()
	for i, l := range s.lines {
		n := len(l.points)
		if l.closed || n < 2 || c.factsOf(&c.art.Layers[l.layer]).Gaps {
			continue
		}
		for _, e := range []freeEnd{{l.points[0], l.points[1], i}, {l.points[n-1], l.points[n-2], i}} {
			free := true
			for _, k := range near.near(e.at, e.at, c.through()) {
				o := &near.segments[k]
				if int(o.line) != i && fromSegment(e.at, o.a, o.b) <= c.through() {
					free = false
				}
			}
			if free {
				ends = append(ends, e)
			}
		}
	}
	return ends
}
