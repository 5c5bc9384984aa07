package toolpath

import (
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// unitsPerMM is how many steps of the grid make a millimetre.
const unitsPerMM = 1 / planar.Unit

// vec is a place or a direction in grid units, not rounded. Products are
// converted so that no processor joins them with a sum, which would round
// differently.
type vec struct{ x, y float64 }

func (v vec) plus(w vec) vec         { return vec{v.x + w.x, v.y + w.y} }
func (v vec) minus(w vec) vec        { return vec{v.x - w.x, v.y - w.y} }
func (v vec) times(k float64) vec    { return vec{float64(v.x * k), float64(v.y * k)} }
func (v vec) dot(w vec) float64      { return float64(v.x*w.x) + float64(v.y*w.y) }
func (v vec) cross(w vec) float64    { return float64(v.x*w.y) - float64(v.y*w.x) }
func (v vec) length() float64        { return math.Sqrt(v.dot(v)) }
func (v vec) left() vec              { return vec{-v.y, v.x} }
func (v vec) negative() vec          { return vec{-v.x, -v.y} }
func (v vec) middle(w vec) vec       { return vec{(v.x + w.x) * 0.5, (v.y + w.y) * 0.5} }
func (v vec) distance(w vec) float64 { return v.minus(w).length() }

// unit is v with length 1; the zero vector stays.
func (v vec) unit() vec {
	l := v.length()
	if l == 0 {
		return v
	}
	return vec{v.x / l, v.y / l}
}

// mirrored is v mirrored at the line in direction d, a unit vector.
func (v vec) mirrored(d vec) vec { return d.times(2 * v.dot(d)).minus(v) }

// mm gives a place in millimetres; the grid's unit is a power of two, so that
// no digit is lost.
func (v vec) mm() artwork.Point { return artwork.Point{X: v.x * planar.Unit, Y: v.y * planar.Unit} }

func vecOf(p planar.Point) vec { return vec{float64(p.X), float64(p.Y)} }

// halfTurnTangent is the tangent of half the angle from v to w, both unit
// vectors; infinite where they are opposite.
func halfTurnTangent(v, w vec) float64 {
	c := 1 + v.dot(w)
	if c <= 0 {
		return math.Inf(1)
	}
	return v.cross(w) / c
}

// fromSegment is the distance of p from the segment ab.
func fromSegment(p, a, b vec) float64 {
	d, e := b.minus(a), p.minus(a)
	square := d.dot(d)
	if square == 0 {
		return e.length()
	}
	t := min(1, max(0, e.dot(d)/square))
	return e.minus(d.times(t)).length()
}
