package preflight

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// exact is how far a point may lie beside the frame by the rounding of
// float64 alone, mm.
const exact = 1e-6

// outsideFrame finds what would burn beside the frame of its board.
func (c *checker) outsideFrame(context.Context) ([]located, error) {
	frames := map[int]*outline{}
	for _, b := range c.art.Boards {
		if len(b.Frame.Points) > 0 {
			if err := b.Frame.Validate(); err != nil {
				return nil, fmt.Errorf("the frame of board %d can't be read: %w", b.Number, err)
			}
			frames[b.Number] = newOutline(b.Frame.Flatten(flatError).Points)
		}
	}
	var spots []spot
	for _, s := range c.shapes {
		frame := frames[s.board]
		for _, p := range s.paths {
			if frame == nil {
				spots = append(spots, spot{layer: s.layer, board: s.board, at: p.Points[0]})
			} else if at, far := frame.farthestOutside(p); far > exact {
				spots = append(spots, spot{layer: s.layer, board: s.board, at: at, size: far})
			}
		}
	}
	return c.report(telling{
		kind: OutsideFrame, severity: Error,
		message: func(g group) string {
			if frames[g.worst.board] == nil {
				return fmt.Sprintf("%s on board %d, which the map does not have.", counted(g.count, "shape", "shapes"), g.worst.board)
			}
			return fmt.Sprintf("%s outside the frame, by up to %.3f mm.", counted(g.count, "shape", "shapes"), g.worst.size)
		},
		fix:      "Crop the layer to the frame, or leave it out.",
		remedies: func(group) []Remedy { return []Remedy{hide()} },
	}, spots), nil
}

// outline is a closed line that answers what lies outside.
type outline struct {
	ring     []artwork.Point
	box      artwork.Box
	upright  bool // the ring is the box
	convex   bool
	boxInner artwork.Box // nothing in it is outside; empty when not known
}

func newOutline(ring []artwork.Point) *outline {
	o := &outline{ring: ring, box: artwork.EmptyBox(), convex: true, boxInner: artwork.EmptyBox()}
	turns := 0.0
	for i, p := range ring {
		o.box = o.box.Add(p)
		q, r := ring[(i+1)%len(ring)], ring[(i+2)%len(ring)]
		turn := cross(p, q, r)
		if turn*turns < 0 {
			o.convex = false
		}
		if turn != 0 {
			turns = turn
		}
	}
	o.upright = len(ring) == 4 && !slices.ContainsFunc(ring, func(p artwork.Point) bool {
		return p.X != o.box.Min.X && p.X != o.box.Max.X || p.Y != o.box.Min.Y && p.Y != o.box.Max.Y
	})
	if o.convex {
		o.findInner()
	}
	return o
}

// findInner finds a box in the middle of a convex outline.
func (o *outline) findInner() {
	x, y := (o.box.Min.X+o.box.Max.X)/2, (o.box.Min.Y+o.box.Max.Y)/2
	for k := 0.9; k > 0.05; k -= 0.05 {
		w, h := o.box.Width()/2*k, o.box.Height()/2*k
		corners := []artwork.Point{{X: x - w, Y: y - h}, {X: x + w, Y: y - h}, {X: x + w, Y: y + h}, {X: x - w, Y: y + h}}
		if !slices.ContainsFunc(corners, func(p artwork.Point) bool { return o.outsideBy(p) > 0 }) {
			o.boxInner = artwork.Box{Min: corners[0], Max: corners[2]}
			return
		}
	}
}

// farthestOutside gives the place of a path that lies farthest outside, and
// how far: 0 when all of it lies inside.
func (o *outline) farthestOutside(p artwork.Path) (at artwork.Point, far float64) {
	look := func(q artwork.Point) {
		if d := o.outsideBy(q); d > far {
			at, far = q, d
		}
	}
	for _, q := range p.Points {
		look(q)
	}
	if !o.convex {
		for i := range p.Points {
			if i > 0 || p.Closed {
				o.lookBetween(p.Points[(i+len(p.Points)-1)%len(p.Points)], p.Points[i], look)
			}
		}
	}
	return at, far
}

// lookBetween looks at the middle of every part of a segment between two
// crossings of the outline.
func (o *outline) lookBetween(a, b artwork.Point, look func(artwork.Point)) {
	cuts := []float64{0, 1}
	for i, c := range o.ring {
		d := o.ring[(i+1)%len(o.ring)]
		from, to := cross(c, d, a), cross(c, d, b)
		if from*to < 0 {
			cuts = append(cuts, from/(from-to))
		}
	}
	slices.Sort(cuts)
	for i := 1; i < len(cuts); i++ {
		t := (cuts[i-1] + cuts[i]) / 2
		look(artwork.Point{X: a.X + t*(b.X-a.X), Y: a.Y + t*(b.Y-a.Y)})
	}
}

// outsideBy is how far outside a point lies, mm; 0 inside and on the border.
func (o *outline) outsideBy(p artwork.Point) float64 {
	if o.upright {
		dx := max(0, max(o.box.Min.X-p.X, p.X-o.box.Max.X))
		dy := max(0, max(o.box.Min.Y-p.Y, p.Y-o.box.Max.Y))
		return length(dx, dy)
	}
	if in(o.boxInner, p) {
		return 0
	}
	inside, near := false, math.Inf(1)
	for i, a := range o.ring {
		b := o.ring[(i+1)%len(o.ring)]
		if (a.Y > p.Y) != (b.Y > p.Y) && p.X < a.X+(p.Y-a.Y)/(b.Y-a.Y)*(b.X-a.X) {
			inside = !inside
		}
		near = min(near, fromSegment(p, a, b))
	}
	if inside {
		return 0
	}
	return near
}
