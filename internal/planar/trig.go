package planar

import "math"

// The functions here use only +, −, ×, ÷ and square root, each rounded by
// itself, so that they give the same bits on every processor; those of package
// math may fuse a multiplication with an addition.

// vector is a direction or a difference in grid units, not rounded.
type vector struct{ x, y float64 }

func (v vector) plus(w vector) vector   { return vector{v.x + w.x, v.y + w.y} }
func (v vector) times(k float64) vector { return vector{float64(v.x * k), float64(v.y * k)} }
func (v vector) dot(w vector) float64   { return float64(v.x*w.x) + float64(v.y*w.y) }
func (v vector) cross(w vector) float64 { return float64(v.x*w.y) - float64(v.y*w.x) }
func (v vector) turned(w vector) vector {
	return vector{v.dot(vector{w.x, -w.y}), v.dot(vector{w.y, w.x})}
}
func (p Point) vector() vector         { return vector{float64(p.X), float64(p.Y)} }
func (v vector) quarterLeft() vector   { return vector{-v.y, v.x} }
func (v vector) perpendicular() vector { return vector{v.y, -v.x} }
func (v vector) length() float64       { return math.Sqrt(v.dot(v)) }

// arctan2 is the angle of (cos, sin), a unit vector with sin >= 0, in radians
// from 0 to π, to about 1e-15.
func arctan2(cos, sin float64) float64 {
	if cos < 0 {
		return math.Pi/2 + arctan2(sin, -cos)
	}
	const halvings = 3
	for range halvings {
		half := math.Sqrt(float64((1 + cos) * 0.5))
		sin, cos = sin/(2*half), half
	}
	t := sin / cos // at most tan(π/16)
	sq := float64(t * t)
	sum := 0.0
	for k := 21; k >= 1; k -= 2 {
		sum = 1/float64(k) - float64(sq*sum)
	}
	return float64(t*sum) * (1 << halvings)
}

// rotation is the unit vector at an angle in radians, from 0 to π/2.
func rotation(angle float64) vector {
	const halvings = 2
	x := angle / (1 << halvings)
	sq := float64(x * x)
	cos, sin := 1.0, 1.0
	for k := 16.0; k >= 2; k -= 2 {
		cos = 1 - float64(float64(sq*cos)/float64(k*(k-1)))
		sin = 1 - float64(float64(sq*sin)/float64(k*(k+1)))
	}
	v := vector{cos, x * sin}
	for range halvings {
		v = v.turned(v)
	}
	return v
}

// compass is the unit vector at an angle in degrees, counter-clockwise from
// the x axis; exact at multiples of 90°.
func compass(degrees float64) vector {
	d := math.Mod(degrees, 360)
	if d < 0 {
		d += 360
	}
	quarters := math.Floor(d / 90)
	v := rotation((d - float64(quarters*90)) / 180 * math.Pi)
	for range int(quarters) {
		v = v.quarterLeft()
	}
	return v
}
