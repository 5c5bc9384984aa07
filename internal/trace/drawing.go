package trace

import (
	"context"
	"math"

	"github.com/mapwright/mapwright/internal/planar"
)

// drawing is something that is drawn by itself and then put in its place: a
// title, a scale bar, an arrow. Grid units.
type drawing struct {
	area  []planar.Polygon
	lines []planar.Path
	// box is what the drawing is placed by. A text's reaches from its baseline
	// to the top of its capitals, so that texts of one height line up.
	box planar.Box
}

// empty tells whether there is nothing to see.
func (d drawing) empty() bool { return len(d.area) == 0 && len(d.lines) == 0 }

// ink is the box around what there is to see.
func (d drawing) ink() planar.Box {
	b := planar.Bounds(d.area)
	for _, p := range d.lines {
		b = b.Union(p.Bounds())
	}
	return b
}

// movedBy gives the drawing moved by whole steps: it stays exactly the same.
func (d drawing) movedBy(dx, dy int32) drawing {
	move := func(p planar.Point) planar.Point { return planar.Point{X: p.X + dx, Y: p.Y + dy} }
	out := d.each(move)
	out.box = planar.Box{Min: move(d.box.Min), Max: move(d.box.Max)}
	return out
}

// turned gives the drawing turned counterclockwise around the origin, degrees,
// with the box around what is seen then.
func (d drawing) turned(ctx context.Context, degrees float64) (drawing, error) {
	if degrees == 0 {
		return d, nil
	}
	sin, cos := math.Sincos(degrees * (math.Pi / 180))
	out := d.each(func(p planar.Point) planar.Point {
		x, y := float64(p.X), float64(p.Y)
		return planar.Point{
			X: int32(math.Round(float64(x*cos) - float64(y*sin))),
			Y: int32(math.Round(float64(x*sin) + float64(y*cos))),
		}
	})
	var err error
	if out.area, err = planar.Union(ctx, planar.Rings(out.area), planar.Positive); err != nil {
		return drawing{}, err
	}
	out.box = out.ink()
	return out, nil
}

// each gives the drawing with each of its points changed.
func (d drawing) each(change func(planar.Point) planar.Point) drawing {
	out := drawing{box: d.box}
	for _, p := range d.area {
		moved := make(planar.Polygon, len(p))
		for i, r := range p {
			moved[i] = make(planar.Ring, len(r))
			for j, q := range r {
				moved[i][j] = change(q)
			}
		}
		out.area = append(out.area, moved)
	}
	for _, l := range d.lines {
		moved := make(planar.Path, len(l))
		for i, q := range l {
			moved[i] = change(q)
		}
		out.lines = append(out.lines, moved)
	}
	return out
}

// with gives two drawings as one, with a box around both.
func (d drawing) with(o drawing) drawing {
	return drawing{
		area:  append(d.area[:len(d.area):len(d.area)], o.area...),
		lines: append(d.lines[:len(d.lines):len(d.lines)], o.lines...),
		box:   d.box.Union(o.box),
	}
}

// anchors are the places of a box that can lie on a point, as shares of its
// width and height.
var anchors = map[string][2]float64{
	"bottom-left": {0, 0}, "bottom": {0.5, 0}, "bottom-right": {1, 0},
	"left": {0, 0.5}, "center": {0.5, 0.5}, "right": {1, 0.5},
	"top-left": {0, 1}, "top": {0.5, 1}, "top-right": {1, 1},
}

// anchored gives the drawing with the anchor of its box on a point.
func (d drawing) anchored(anchor string, at planar.Point) drawing {
	share, ok := anchors[anchor]
	if !ok {
		share = anchors["center"]
	}
	x := d.box.Min.X + int32(math.Round(share[0]*float64(d.box.Max.X-d.box.Min.X)))
	y := d.box.Min.Y + int32(math.Round(share[1]*float64(d.box.Max.Y-d.box.Min.Y)))
	return d.movedBy(at.X-x, at.Y-y)
}

// rectangle is an upright rectangle of mm.
func rectangle(x0, y0, x1, y1 float64) planar.Polygon {
	return planar.Polygon{planar.RectRing(planar.FromMM(x0, y0), planar.FromMM(x1, y1))}
}
