package raster

import "math"

// pen strokes paths into a mask with round caps and joins: each stretch is a
// rectangle or a row of discs, each corner a disc, and their samples are united.
type pen struct {
	mask   *mask
	radius int32 // 1/256 pixel
	disc   *disc
	// flat is the square of the sine of the smallest turn that needs a disc:
	// the notch that a smaller one leaves is about 1/32 pixel at most.
	flat  float64
	along float64 // stamps a unit of the way
}

func newPen(m *mask, radius int32) *pen {
	return &pen{
		mask: m, radius: radius, disc: newDisc(radius),
		// The notch outside a turn by θ is at most r·(1-cos(θ/2)) <= r·θ²/8 deep.
		flat:  math.Min(8*notch/float64(radius), 0.5),
		along: stampsAlong(radius),
	}
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
		if !p.stretch(points[i-1], points[i]) && i+1 < n {
			p.corner(points[i-1], points[i], points[i+1])
		}
	}
	if closed && n >= 3 {
		p.corner(points[n-2], points[n-1], points[0])
		if !p.stretch(points[n-1], points[0]) {
			p.corner(points[n-1], points[0], points[1])
		}
	}
}

// corner puts a disc where the path turns so much that the rectangles gape, or
// where it may be dragged on.
func (p *pen) corner(a, b, c vec) {
	if p.radius <= maxStamped {
		p.dot(b)
		return
	}
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
	n, m := aside(ux, uy, p.radius), aside(vx, vy, p.radius)
	p.mask.enclosed([4]vec{
		{at.x + n.x, at.y + n.y}, {at.x - n.x, at.y - n.y}, {at.x - m.x, at.y - m.y}, {at.x + m.x, at.y + m.y},
	})
}

// aside is half the width across a direction.
func aside(dx, dy float64, radius int32) vec {
	k := float64(radius) / math.Sqrt(float64(dx*dx)+float64(dy*dy))
	return vec{roundSub(float64(-dy * k)), roundSub(float64(dx * k))}
}

// dot covers a disc.
func (p *pen) dot(at vec) {
	if p.mask.reaches(box{at.x, at.y, at.x, at.y}.grow(p.radius)) {
		p.mask.disc(p.disc, at)
	}
}

// stretch covers a line without its round ends, or with the one at b, if the
// pen was dragged there.
func (p *pen) stretch(a, b vec) (dragged bool) {
	bx := box{min(a.x, b.x) - p.radius, min(a.y, b.y) - p.radius, max(a.x, b.x) + p.radius, max(a.y, b.y) + p.radius}
	if !p.mask.reaches(bx) || a == b {
		return false
	}
	if p.drag(a, b) {
		return true
	}
	n := aside(float64(b.x-a.x), float64(b.y-a.y), p.radius)
	p.mask.enclosed([4]vec{{a.x + n.x, a.y + n.y}, {b.x + n.x, b.y + n.y}, {b.x - n.x, b.y - n.y}, {a.x - n.x, a.y - n.y}})
	return false
}

// enclosed covers what four corners enclose.
func (m *mask) enclosed(corners [4]vec) {
	b := noBox
	for _, c := range corners {
		b = box{min(b.x0, c.x), min(b.y0, c.y), max(b.x1, c.x), max(b.y1, c.y)}
	}
	if m.reaches(b) {
		m.ring(corners[:])
		m.area(b)
	}
}

// grow widens b by d on all sides.
func (b box) grow(d int32) box { return box{b.x0 - d, b.y0 - d, b.x1 + d, b.y1 + d} }

func roundSub(v float64) int32 { return int32(math.RoundToEven(v)) }
