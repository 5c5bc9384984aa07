package raster

import "math"

// pen strokes paths into a mask with round caps and joins: each stretch is a
// rectangle, each corner a disc, and their samples are united.
type pen struct {
	mask   *mask
	radius int32 // 1/256 pixel
	disc   []vec // convex, around the origin
	// flat is the square of the sine of the smallest turn that needs a disc:
	// the notch that a smaller one leaves is about 1/32 pixel at most.
	flat   float64
	dots   int     // how many were drawn
	stamps *stamps // of the disc, once there were many
}

func newPen(m *mask, radius int32) *pen {
	r := float64(radius)
	// A polygon on the circle whose sides run at most 1/64 pixel inside it.
	n := 8
	for r*(1-math.Cos(math.Pi/float64(n))) > subPixels/64 && n < 4096 {
		n += 4
	}
	p := &pen{mask: m, radius: radius, disc: make([]vec, n)}
	for i := range p.disc {
		sin, cos := math.Sincos(2 * math.Pi * (float64(i) + 0.5) / float64(n))
		p.disc[i] = vec{roundSub(float64(r * cos)), roundSub(float64(r * sin))}
	}
	// The notch outside a turn by θ is at most r·(1-cos(θ/2)) <= r·θ²/8 deep.
	p.flat = math.Min(8*subPixels/32/r, 0.5)
	return p
}

// stroke follows one path.
func (p *pen) stroke(points []vec, closed bool) {
	n := len(points)
	if n == 0 {
		return
	}
	if !closed || n < 3 {
		p.dot(points[0])
		p.dot(points[n-1])
	}
	for i := 1; i < n; i++ {
		p.stretch(points[i-1], points[i])
		if i+1 < n {
			p.corner(points[i-1], points[i], points[i+1])
		}
	}
	if closed && n >= 3 {
		p.stretch(points[n-1], points[0])
		p.corner(points[n-2], points[n-1], points[0])
		p.corner(points[n-1], points[0], points[1])
	}
}

// corner puts a disc where the path turns so much that the rectangles gape.
func (p *pen) corner(a, b, c vec) {
	ux, uy := float64(b.x-a.x), float64(b.y-a.y)
	vx, vy := float64(c.x-b.x), float64(c.y-b.y)
	cross := float64(ux*vy) - float64(uy*vx)
	dot := float64(ux*vx) + float64(uy*vy)
	if dot <= 0 || float64(cross*cross) > p.flat*(float64(cross*cross)+float64(dot*dot)) {
		p.dot(b)
	} else if p.radius > wide && cross != 0 {
		p.wedge(b, ux, uy, vx, vy)
	}
}

// wide is half the width, in 1/256 pixel, from which the wedge between two
// rectangles that hardly turn is seen; a tight curve has many of them.
const wide = subPixels

// wedge covers what lies between the end of the stretch along u and the start
// of the one along v, with the very edges of their rectangles.
func (p *pen) wedge(at vec, ux, uy, vx, vy float64) {
	n, m := p.aside(ux, uy), p.aside(vx, vy)
	a, b := vec{at.x + n.x, at.y + n.y}, vec{at.x - n.x, at.y - n.y}
	c, d := vec{at.x + m.x, at.y + m.y}, vec{at.x - m.x, at.y - m.y}
	bx := box{min(a.x, b.x, c.x, d.x), min(a.y, b.y, c.y, d.y), max(a.x, b.x, c.x, d.x), max(a.y, b.y, c.y, d.y)}
	if !p.mask.reaches(bx) {
		return
	}
	p.mask.edge(a, b)
	p.mask.edge(b, d)
	p.mask.edge(d, c)
	p.mask.edge(c, a)
	p.mask.area(bx)
}

// aside is half the width across a direction.
func (p *pen) aside(dx, dy float64) vec {
	k := float64(p.radius) / math.Sqrt(float64(dx*dx)+float64(dy*dy))
	return vec{roundSub(float64(-dy * k)), roundSub(float64(dx * k))}
}

// dot covers a disc.
func (p *pen) dot(at vec) {
	b := box{at.x - p.radius, at.y - p.radius, at.x + p.radius, at.y + p.radius}
	if !p.mask.reaches(b) {
		return
	}
	if p.stamps != nil {
		p.mask.press(p.stamps, at)
		return
	}
	if p.dots++; p.dots == manyDots && stampReach(p.radius) <= maxReach {
		p.stamps = newStamps(p.disc, p.radius)
	}
	p.mask.disc(p.disc, at, b)
}

// disc covers a convex outline around a place, within a box.
func (m *mask) disc(outline []vec, at vec, b box) {
	last := outline[len(outline)-1]
	for _, q := range outline {
		m.edge(vec{at.x + last.x, at.y + last.y}, vec{at.x + q.x, at.y + q.y})
		last = q
	}
	m.area(b.grow(subPixels / 32))
}

// stretch covers the rectangle along a line.
func (p *pen) stretch(a, b vec) {
	bx := box{min(a.x, b.x) - p.radius, min(a.y, b.y) - p.radius, max(a.x, b.x) + p.radius, max(a.y, b.y) + p.radius}
	if !p.mask.reaches(bx) || a == b {
		return
	}
	dx, dy := float64(b.x-a.x), float64(b.y-a.y)
	n := p.aside(dx, dy)
	nx, ny := n.x, n.y
	c := [4]vec{{a.x + nx, a.y + ny}, {b.x + nx, b.y + ny}, {b.x - nx, b.y - ny}, {a.x - nx, a.y - ny}}
	p.mask.edge(c[0], c[1])
	p.mask.edge(c[1], c[2])
	p.mask.edge(c[2], c[3])
	p.mask.edge(c[3], c[0])
	p.mask.area(bx.grow(1))
}

// grow widens b by d on all sides.
func (b box) grow(d int32) box { return box{b.x0 - d, b.y0 - d, b.x1 + d, b.y1 + d} }

func roundSub(v float64) int32 { return int32(math.RoundToEven(v)) }
