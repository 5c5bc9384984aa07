package lettering

import "math"

// Quad is a rectangle that may be turned, by its corners counter-clockwise, mm.
// It stands for a letter or a line of text where labels must not meet.
type Quad [4]Vec

// upright gives a rectangle as a quad.
func upright(r Rect) Quad {
	return Quad{r.Min, {r.Max.X, r.Min.Y}, r.Max, {r.Min.X, r.Max.Y}}
}

// padded gives a rectangle with room around it.
func padded(r Rect, by float64) Rect {
	return Rect{Vec{r.Min.X - by, r.Min.Y - by}, Vec{r.Max.X + by, r.Max.Y + by}}
}

// bounds is the smallest upright rectangle around q.
func (q Quad) bounds() Rect {
	r := Rect{q[0], q[0]}
	for _, v := range q[1:] {
		r = r.grow(v, false)
	}
	return r
}

// meets tells whether two quads have more than a border in common. Convex
// shapes are apart where a side of one has all of the other beyond it (the
// separating axis theorem).
func (q Quad) meets(o Quad) bool { return !q.parts(o) && !o.parts(q) }

// parts tells whether one of the sides of q has all of o beyond it.
func (q Quad) parts(o Quad) bool {
	for i, a := range q {
		b := q[(i+1)%len(q)]
		if a == b { // a segment, as a quad of no width
			continue
		}
		inside := false
		for _, v := range o {
			if cross(Vec{b.X - a.X, b.Y - a.Y}, Vec{v.X - a.X, v.Y - a.Y}) > 0 {
				inside = true
				break
			}
		}
		if !inside {
			return true
		}
	}
	return false
}

// overlap tells whether two rectangles have more than a border in common.
func (r Rect) overlap(o Rect) bool {
	return r.Min.X < o.Max.X && o.Min.X < r.Max.X && r.Min.Y < o.Max.Y && o.Min.Y < r.Max.Y
}

func cross(a, b Vec) float64 { return float64(a.X*b.Y) - float64(a.Y*b.X) }

func sub(a, b Vec) Vec { return Vec{a.X - b.X, a.Y - b.Y} }

// frame places what lies around an origin: turned so that X runs along dir, a
// unit vector, and moved to at.
type frame struct{ at, dir Vec }

func (f frame) place(v Vec) Vec {
	return Vec{
		f.at.X + (float64(v.X*f.dir.X) - float64(v.Y*f.dir.Y)),
		f.at.Y + (float64(v.X*f.dir.Y) + float64(v.Y*f.dir.X)),
	}
}

func (f frame) quad(r Rect) Quad {
	q := upright(r)
	for i, v := range q {
		q[i] = f.place(v)
	}
	return q
}

// unit gives the direction of a vector; X where it has none.
func unit(v Vec) Vec {
	l := length(v)
	if l == 0 {
		return Vec{1, 0}
	}
	return Vec{v.X / l, v.Y / l}
}

// angle is about how far b is turned from a, radians, positive to the left; both
// are unit vectors. It is the chord of the angle, 1 % short at 30°: the
// arctangent rounds differently on different machines.
func angle(a, b Vec) float64 {
	chord := length(sub(b, a))
	if cross(a, b) < 0 {
		return -chord
	}
	return chord
}

// cells finds quads near others by a grid of squares.
type cells struct {
	size float64
	at   map[[2]int32][]int32
	all  []entry
}

type entry struct {
	quad  Quad
	box   Rect
	owner int
}

func newCells(size float64) *cells { return &cells{size: size, at: map[[2]int32][]int32{}} }

// add keeps the quads of an owner.
func (c *cells) add(owner int, quads []Quad) {
	for _, q := range quads {
		n := int32(len(c.all))
		box := q.bounds()
		c.all = append(c.all, entry{q, box, owner})
		c.each(box, func(k [2]int32) bool {
			c.at[k] = append(c.at[k], n)
			return true
		})
	}
}

// remove forgets the quads of an owner.
func (c *cells) remove(owner int) {
	for i := range c.all {
		if c.all[i].owner == owner {
			c.all[i].owner = nobody
		}
	}
}

// nobody owns what was removed.
const nobody = -1 << 30

// hits calls yield with the owners of quads that meet any of those given, an
// owner perhaps several times, until it answers false.
func (c *cells) hits(quads []Quad, yield func(owner int) bool) {
	for _, q := range quads {
		box := q.bounds()
		more := true
		c.each(box, func(k [2]int32) bool {
			for _, n := range c.at[k] {
				e := &c.all[n]
				if e.owner != nobody && e.box.overlap(box) && e.quad.meets(q) && !yield(e.owner) {
					more = false
					return false
				}
			}
			return true
		})
		if !more {
			return
		}
	}
}

// each goes over the squares that a rectangle touches, until it is answered
// false.
func (c *cells) each(r Rect, yield func([2]int32) bool) {
	x0, y0 := c.cell(r.Min.X), c.cell(r.Min.Y)
	x1, y1 := c.cell(r.Max.X), c.cell(r.Max.Y)
	for x := x0; x <= x1; x++ {
		for y := y0; y <= y1; y++ {
			if !yield([2]int32{x, y}) {
				return
			}
		}
	}
}

func (c *cells) cell(v float64) int32 { return int32(math.Floor(v / c.size)) }
