package trace

import (
	"math"

	"github.com/mapwright/mapwright/internal/planar"
)

// nearPart is the part of the segment ab that lies within r of the segment cd,
// as fractions of ab. That is one interval, because the distance to a segment
// is convex along a line: the parts within r of c, within r of d, and beside
// cd, taken together.
func nearPart(a, b, c, d planar.Point, r float64) (from, to float64, ok bool) {
	from, to = math.Inf(1), math.Inf(-1)
	take := func(lo, hi float64) {
		lo, hi = math.Max(lo, 0), math.Min(hi, 1)
		if lo <= hi {
			from, to = math.Min(from, lo), math.Max(to, hi)
		}
	}
	ux, uy := float64(b.X-a.X), float64(b.Y-a.Y)
	disc(float64(a.X-c.X), float64(a.Y-c.Y), ux, uy, r, take)
	disc(float64(a.X-d.X), float64(a.Y-d.Y), ux, uy, r, take)
	vx, vy := float64(d.X-c.X), float64(d.Y-c.Y)
	wx, wy := float64(a.X-c.X), float64(a.Y-c.Y)
	length2 := float64(vx*vx) + float64(vy*vy)
	if length2 > 0 {
		reach := r * math.Sqrt(length2)
		l0, l1 := band(float64(vx*wy)-float64(vy*wx), float64(vx*uy)-float64(vy*ux), -reach, reach)
		m0, m1 := band(float64(vx*wx)+float64(vy*wy), float64(vx*ux)+float64(vy*uy), 0, length2)
		take(math.Max(l0, m0), math.Min(l1, m1))
	}
	return from, to, from <= to
}

// disc takes the interval of t for which w + t·u lies within r of the origin.
func disc(wx, wy, ux, uy, r float64, take func(lo, hi float64)) {
	a := float64(ux*ux) + float64(uy*uy)
	b := float64(wx*ux) + float64(wy*uy)
	c := float64(wx*wx) + float64(wy*wy) - float64(r*r)
	if a == 0 {
		if c <= 0 {
			take(0, 1)
		}
		return
	}
	if root := float64(b*b) - float64(a*c); root >= 0 {
		s := math.Sqrt(root)
		take((-b-s)/a, (-b+s)/a)
	}
}

// band is the interval of t for which low <= at + t·slope <= high; empty with
// the first above the second.
func band(at, slope, low, high float64) (from, to float64) {
	if slope == 0 {
		if at < low || at > high {
			return math.Inf(1), math.Inf(-1)
		}
		return math.Inf(-1), math.Inf(1)
	}
	from, to = (low-at)/slope, (high-at)/slope
	return math.Min(from, to), math.Max(from, to)
}
