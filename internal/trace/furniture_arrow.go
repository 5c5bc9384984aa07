package trace

import (
	"context"
	"math"

	"github.com/mapwright/mapwright/internal/planar"
)

// northArrow draws an arrow of a height, mm, that points to where north is at a
// place on the board, with an N at its tip. One half of it is filled, so that it
// reads as an arrow from both sides.
func (f *furnisher) northArrow(ctx context.Context, to *work, at planar.Point, height float64) (drawing, error) {
	needle, letter, gap := 0.66*height, 0.24*height, 0.10*height
	half := 0.24 * height
	point := planar.FromMM
	tip, notch := point(0, needle), point(0, 0.2*needle)
	left, right := point(-half, 0), point(half, 0)
	d := drawing{box: planar.Box{Min: left, Max: planar.Point{X: right.X, Y: tip.Y}}}
	if to.fills() {
		whole := []planar.Polygon{{planar.Ring{tip, left, notch, right}}}
		inner, err := planar.Offset(ctx, whole, -to.settings.units("rule"), planar.Style{Join: planar.MitreJoin})
		if err != nil {
			return drawing{}, err
		}
		hollow := []planar.Ring{{tip, notch, right}}
		if inner, err = planar.Boolean(ctx, planar.Intersection, planar.Rings(inner), hollow, planar.Positive); err != nil {
			return drawing{}, err
		}
		if d.area, err = planar.Boolean(ctx, planar.Difference, planar.Rings(whole), planar.Rings(inner), planar.Positive); err != nil {
			return drawing{}, err
		}
	} else {
		d.lines = []planar.Path{{tip, left, notch, right, tip}, {tip, notch}}
	}
	n, err := to.text(ctx, "N", letter, "bottom")
	if err != nil {
		return drawing{}, err
	}
	return d.with(n.anchored("bottom", point(0, needle+gap))).turned(ctx, f.north(at))
}

// north is the direction of north at a place on the board, degrees
// counterclockwise from up.
func (f *furnisher) north(at planar.Point) float64 {
	x, y := at.MM()
	here := f.w.scene.place.Inverse(x, y)
	const ahead = 0.001 // degrees; at a pole the map's middle counts
	there := here
	there[1] += ahead
	if there[1] > 90 {
		there = here
		there[1] -= ahead
		tx, ty := f.w.scene.place.Forward(there)
		return bearing(x-tx, y-ty)
	}
	tx, ty := f.w.scene.place.Forward(there)
	return bearing(tx-x, ty-y)
}

// bearing is the angle of a direction counterclockwise from up, rounded to a
// hundredth of a degree: an arrow that is upright but for rounding is upright.
func bearing(dx, dy float64) float64 {
	degrees := math.Atan2(-dx, dy) * (180 / math.Pi)
	if math.IsNaN(degrees) || math.IsInf(degrees, 0) {
		return 0
	}
	return math.Round(degrees*100) / 100
}
