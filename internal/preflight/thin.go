package preflight

import (
	"context"
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// leeway is what offsets round, mm.
const leeway = 0.005

// thinParts gives the parts that a disc of nearly the least width does not fit
// into, but for the tips of corners.
func (c *checker) thinParts(ctx context.Context, polys []planar.Polygon, layer, board int) ([]spot, error) {
	if c.options.MinWidth <= 0 || len(polys) == 0 {
		return nil, nil
	}
	width := 0.95 * c.options.MinWidth
	polys = doubtful(polys, width*unitsPerMM)
	round := planar.Style{}
	core, err := planar.Offset(ctx, polys, -width/2*unitsPerMM, round)
	if err != nil {
		return nil, err
	}
	grown, err := planar.Offset(ctx, core, (width/2+leeway)*unitsPerMM, round)
	if err != nil {
		return nil, err
	}
	lost, err := planar.Boolean(ctx, planar.Difference, planar.Rings(polys), planar.Rings(grown), planar.Positive)
	if err != nil {
		return nil, err
	}
	var spots []spot
	for _, p := range lost {
		if size := planar.Area([]planar.Polygon{p}) * squareUnit; size > 2*width*width && !tip(p, size, width) {
			spots = append(spots, spot{layer: layer, board: board, at: pointMM(p[0][0]), size: size})
		}
	}
	return spots, nil
}

// tip tells whether a lost part is the tip of a sharp corner, such as a road has
// where it meets the frame: short, and on average much thinner than the width.
func tip(p planar.Polygon, size, width float64) bool {
	b := p[0].Bounds()
	long := distance(pointMM(b.Min), pointMM(b.Max))
	return long <= 6*width && size <= 0.6*width*long
}

// doubtful leaves out the polygons that are surely nowhere thinner than a width
// in grid units, nearly all in a map, and that none of the others could be
// covered by.
func doubtful(polys []planar.Polygon, width float64) []planar.Polygon {
	keep := make([]bool, len(polys))
	var boxes []planar.Box // of those that are looked at
	for i, p := range polys {
		if keep[i] = !surelyThick(p, width); keep[i] {
			boxes = append(boxes, p[0].Bounds())
		}
	}
	if len(boxes) == 0 {
		return nil
	}
	x := newBoxes(boxes)
	out := make([]planar.Polygon, 0, len(boxes))
	for i, p := range polys {
		if keep[i] || x.meets(p[0].Bounds()) {
			out = append(out, p)
		}
	}
	return out
}

// mostCorners is how many corners a polygon may have to be judged pair by pair.
const mostCorners = 64

// surelyThick tells that a disc of a width reaches all of a polygon but tips of
// corners that are not worth telling. False says nothing.
//
// A disc that fits nowhere between two edges shows that they are nearer to each
// other than its width. So no two edges that don't meet may be that near. At a
// corner of the angle a the disc of radius r touches both edges r/tan(a/2) from
// the corner; on every edge there must be room for that from both ends, and the
// angle may not be so sharp that the tip counts.
func surelyThick(p planar.Polygon, width float64) bool {
	var from, to []artwork.Point // of the edges, in grid units
	var next []int               // the edge that goes on where one ends
	for _, r := range p {
		if len(from)+len(r) > mostCorners || !roomAtCorners(r, width/2) {
			return false
		}
		for i, a := range r {
			b := r[(i+1)%len(r)]
			next = append(next, len(from)+1)
			from = append(from, artwork.Point{X: float64(a.X), Y: float64(a.Y)})
			to = append(to, artwork.Point{X: float64(b.X), Y: float64(b.Y)})
		}
		next[len(next)-1] = len(next) - len(r)
	}
	for i := range from {
		for j := range i {
			if next[j] == i || next[i] == j || boxesApart(from[i], to[i], from[j], to[j], width) {
				continue
			}
			if apart(from[i], to[i], from[j], to[j]) < width {
				return false
			}
		}
	}
	return true
}

// roomAtCorners tells whether a disc of a radius that rolls inside along a ring
// touches every edge, and whether no corner is sharper than some 23 degrees:
// the tip that the disc leaves there has less than half of what is told of.
func roomAtCorners(r planar.Ring, radius float64) bool {
	const sharpest = 5.0 // the cotangent of half the angle
	n := len(r)
	reach := func(i int) float64 {
		a, b, c := r[(i+n-1)%n], r[i], r[(i+1)%n]
		ux, uy := float64(b.X)-float64(a.X), float64(b.Y)-float64(a.Y)
		vx, vy := float64(c.X)-float64(b.X), float64(c.Y)-float64(b.Y)
		turn := float64(ux*vy) - float64(uy*vx) // on the left lies the inside
		if turn <= 0 {
			return 0
		}
		// The tangent of half the turn is the cotangent of half the angle.
		dot := float64(ux*vx) + float64(uy*vy)
		return (math.Sqrt(float64(turn*turn)+float64(dot*dot)) - dot) / turn
	}
	last := reach(0)
	for i := range r {
		next := reach((i + 1) % n)
		a, b := r[i], r[(i+1)%n]
		dx, dy := float64(b.X)-float64(a.X), float64(b.Y)-float64(a.Y)
		if last > sharpest || math.Sqrt(float64(dx*dx)+float64(dy*dy)) < (last+next)*radius {
			return false
		}
		last = next
	}
	return true
}
