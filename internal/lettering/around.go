package lettering

// The places of a name beside its point, the best first.
//
// E. Imhof, "Positioning names on maps", The American Cartographer 2 (1975)
// 128–144: right above, right below, left above, left below, then level with
// the point, then above and below it.
var aroundOrder = []Vec{{1, 1}, {1, -1}, {-1, 1}, {-1, -1}, {1, 0}, {-1, 0}, {0, 1}, {0, -1}}

// Around gives the places of a text beside a point, best first: its ink stands
// gap mm away. With sides, only the places on these sides of the point count,
// in their order; each of their numbers is -1, 0 or 1, and (0, 0) is on the
// point.
func Around(t Text, at Vec, gap float64, sides []Vec) []*Placed {
	if sides == nil {
		sides = aroundOrder
	}
	ink := t.Ink()
	if ink.Empty() {
		return nil
	}
	width, height := ink.Max.X-ink.Min.X, ink.Max.Y-ink.Min.Y
	out := make([]*Placed, 0, len(sides))
	for i, s := range sides {
		// At a corner the ink comes nearer in each direction.
		reach := gap
		if s.X != 0 && s.Y != 0 {
			const diagonal = 0.7071
			reach = float64(gap * diagonal)
		}
		middle := Vec{
			at.X + float64(s.X*(width/2+reach)),
			at.Y + float64(s.Y*(height/2+reach)),
		}
		p := level([]Text{t}, middle)
		p.Cost = float64(i) / float64(len(sides))
		out = append(out, p)
	}
	return out
}
