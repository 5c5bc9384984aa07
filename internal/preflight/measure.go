package preflight

import (
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// HatchInterval is how far apart the burn lines of a filled area are taken to
// be, mm: 254 dpi.
const HatchInterval = 0.1

// Measure gives how far the machine burns and how far it travels without
// burning, mm, when it follows the shapes in their order. A filled area burns
// lines HatchInterval apart; the turns between those are not counted. Travel
// starts at the origin of each board. Guides are never burned.
func Measure(art *artwork.Artwork) (burnMM, travelMM float64) {
	head := map[int]artwork.Point{} // where the tool stands, by board
	for _, l := range art.Layers {
		for _, s := range l.Shapes {
			if s.Operation == artwork.Guide {
				continue
			}
			for _, p := range s.Paths {
				if len(p.Points) == 0 {
					continue
				}
				travelMM += distance(head[s.Board], p.Points[0])
				head[s.Board] = p.Points[len(p.Points)-1]
				if p.Closed {
					head[s.Board] = p.Points[0]
				}
				if !s.Fill {
					burnMM += p.Length()
				}
			}
			if s.Fill {
				burnMM += filledArea(s.Paths) / HatchInterval
			}
		}
	}
	return burnMM, travelMM
}

// filledArea is the area between rings by the even-odd rule, mm²: rings count
// by how deep they lie in others.
func filledArea(paths []artwork.Path) float64 {
	sum := 0.0
	for i, p := range paths {
		if len(p.Points) == 0 {
			continue
		}
		depth := 0
		for j, around := range paths {
			if i != j && surrounds(around, p.Points[0]) {
				depth++
			}
		}
		sum += math.Abs(p.Area()) * float64(1-2*(depth%2))
	}
	return sum
}

// surrounds tells whether a point lies inside a ring.
func surrounds(ring artwork.Path, p artwork.Point) bool {
	if !in(ring.Bounds(), p) {
		return false
	}
	inside := false
	points := ring.Flatten(flatError).Points
	for i, a := range points {
		b := points[(i+1)%len(points)]
		if (a.Y > p.Y) != (b.Y > p.Y) && p.X < a.X+(p.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X) {
			inside = !inside
		}
	}
	return inside
}
