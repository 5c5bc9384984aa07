package planar

import (
	"math"
	"slices"
)

// Path is an open line through its points. One whose last point repeats the
// first is closed.
type Path []Point

// Ring is a closed line; the first point is not repeated at the end.
type Ring []Point

// Polygon is a shell, counter-clockwise, and then its holes, clockwise.
type Polygon []Ring

// Rings gives all rings of polygons in their order.
func Rings(polys []Polygon) []Ring {
	n := 0
	for _, p := range polys {
		n += len(p)
	}
	rings := make([]Ring, 0, n)
	for _, p := range polys {
		rings = append(rings, p...)
	}
	return rings
}

// RectRing is the rectangle with the opposite corners a and b,
// counter-clockwise from its lower left.
func RectRing(a, b Point) Ring {
	x0, x1 := min(a.X, b.X), max(a.X, b.X)
	y0, y1 := min(a.Y, b.Y), max(a.Y, b.Y)
	return Ring{{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}
}

// Area is the area of polygons in square grid units.
func Area(polys []Polygon) float64 {
	var sum float64
	for _, p := range polys {
		for _, r := range p {
			sum += RingArea(r)
		}
	}
	return sum
}

// RingArea is the area that the ring winds around, in square grid units:
// positive when counter-clockwise.
func RingArea(r Ring) float64 {
	if len(r) < 3 {
		return 0
	}
	var sum float64
	for i := 1; i+1 < len(r); i++ {
		sum += float64(orient(r[0], r[i], r[i+1]))
	}
	return sum / 2
}

// Length is the length of a path in grid units.
func Length(p Path) float64 {
	var sum float64
	for i := 1; i < len(p); i++ {
		sum += distance(p[i-1], p[i])
	}
	return sum
}

// Closed tells whether the path ends where it starts.
func (p Path) Closed() bool { return len(p) > 2 && p[0] == p[len(p)-1] }

// distance avoids math.Hypot, which may differ in the last bit from one
// processor to another.
func distance(a, b Point) float64 {
	d := b.minus(a)
	return math.Sqrt(float64(dot(d, d)))
}

// Box is an axis-parallel rectangle, borders included, in grid units. It is
// empty when Min lies beyond Max.
type Box struct{ Min, Max Point }

// Empty tells whether the box holds no point.
func (b Box) Empty() bool { return b.Min.X > b.Max.X || b.Min.Y > b.Max.Y }

// Contains tells whether p lies in the box or on its border.
func (b Box) Contains(p Point) bool {
	return p.X >= b.Min.X && p.X <= b.Max.X && p.Y >= b.Min.Y && p.Y <= b.Max.Y
}

// Meets tells whether two boxes have a point in common.
func (b Box) Meets(c Box) bool {
	return b.Min.X <= c.Max.X && c.Min.X <= b.Max.X && b.Min.Y <= c.Max.Y && c.Min.Y <= b.Max.Y
}

// Union is the smallest box around two boxes; an empty one adds nothing.
func (b Box) Union(c Box) Box {
	switch {
	case c.Empty():
		return b
	case b.Empty():
		return c
	}
	return Box{
		Point{min(b.Min.X, c.Min.X), min(b.Min.Y, c.Min.Y)},
		Point{max(b.Max.X, c.Max.X), max(b.Max.Y, c.Max.Y)},
	}
}

// Bounds is the smallest box around polygons; empty when there are none.
func Bounds(polys []Polygon) Box {
	b := emptyBox()
	for _, p := range polys {
		for _, r := range p {
			b = b.around(r)
		}
	}
	return b
}

// Bounds is the smallest box around the path.
func (p Path) Bounds() Box { return emptyBox().around(p) }

// Bounds is the smallest box around the ring.
func (r Ring) Bounds() Box { return emptyBox().around(r) }

func emptyBox() Box {
	return Box{Point{math.MaxInt32, math.MaxInt32}, Point{math.MinInt32, math.MinInt32}}
}

func (b Box) around(points []Point) Box {
	for _, q := range points {
		b.Min.X, b.Max.X = min(b.Min.X, q.X), max(b.Max.X, q.X)
		b.Min.Y, b.Max.Y = min(b.Min.Y, q.Y), max(b.Max.Y, q.Y)
	}
	return b
}

// canonical puts rings and polygons into the one order in which they are
// returned: a ring starts at its leftmost point (the lowest of them), holes
// and polygons are sorted by their points.
func canonical(polys []Polygon) []Polygon {
	for _, p := range polys {
		for i := range p {
			p[i] = fromLeftmost(p[i])
		}
		slices.SortFunc(p[1:], compareRings)
	}
	slices.SortFunc(polys, func(p, q Polygon) int { return compareRings(p[0], q[0]) })
	return polys
}

func compareRings(r, s Ring) int { return slices.CompareFunc(r, s, Point.Compare) }

func fromLeftmost(r Ring) Ring {
	at := 0
	for i := range r {
		if r[i].Compare(r[at]) < 0 {
			at = i
		}
	}
	if at == 0 {
		return r
	}
	return append(slices.Clone(r[at:]), r[:at]...)
}
