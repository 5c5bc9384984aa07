package raster

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// Picture is artwork made ready for drawing: straight lines in 1/256 pixel.
// It may be drawn from several goroutines at once.
type Picture struct {
	width, height int
	crisp         bool
	points        []vec
	paths         []run
	shapes        []figure
}

// vec is a place in 1/256 pixel, y down.
type vec struct{ x, y int32 }

// run is one path.
type run struct {
	first, last int // points[first:last]
	closed      bool
}

// figure is one shape that shows.
type figure struct {
	first, last int // paths[first:last]
	fill        bool
	radius      int32 // of the stroke, 1/256 pixel
	color       color.NRGBA
	box         box
}

// box holds places in 1/256 pixel, borders included.
type box struct{ x0, y0, x1, y1 int32 }

const (
	subPixels = 256
	// farAway, in 1/256 pixel, is where coordinates are held: four million
	// pixels from the picture, where no screen reaches.
	farAway = 1 << 30
	// flatness is the error of curves, in pixels.
	flatness = 1.0 / 32
)

// Prepare makes a picture of the layers, the first one lowest. It copies what
// it needs; the layers may be dropped. It fails on options that make no
// picture, on a path that is not valid, and when ctx ends.
func Prepare(ctx context.Context, o Options, layers ...*artwork.Layer) (*Picture, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	p := &Picture{width: o.Width, height: o.Height, crisp: o.Crisp}
	for _, l := range layers {
		for i := range l.Shapes {
			if i%1024 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			s := &l.Shapes[i]
			if o.Board != 0 && s.Board != o.Board {
				continue
			}
			if err := p.add(o, s, o.Style(l, s)); err != nil {
				return nil, fmt.Errorf("layer %q can't be drawn: shape %d: %w", l.Name, i, err)
			}
		}
	}
	return p, nil
}

// Draw draws the layers over what dst holds; dst's bounds must be as large as
// the options say.
func Draw(ctx context.Context, dst *image.RGBA, o Options, layers ...*artwork.Layer) error {
	p, err := Prepare(ctx, o, layers...)
	if err != nil {
		return err
	}
	return p.Draw(ctx, dst, 0)
}

// add takes a shape into the picture, unless it lies beside it or has no colour.
func (p *Picture) add(o Options, s *artwork.Shape, paint Paint) error {
	if paint.Color.A == 0 {
		return nil
	}
	f := figure{
		first: len(p.paths), fill: s.Fill, color: paint.Color,
		box: box{math.MaxInt32, math.MaxInt32, math.MinInt32, math.MinInt32},
	}
	if !f.fill {
		f.radius = int32(math.Min(math.Max(paint.Width*o.PixelsPerMM, 1), maxSide) * subPixels / 2)
	}
	start := len(p.points)
	for i := range s.Paths {
		if len(s.Paths[i].Points) == 0 {
			continue
		}
		if err := s.Paths[i].Validate(); err != nil {
			return err
		}
		p.addPath(o, s.Paths[i].Flatten(flatness/o.PixelsPerMM), f.fill, &f.box)
	}
	f.last = len(p.paths)
	b := &f.box
	b.x0, b.y0, b.x1, b.y1 = b.x0-f.radius, b.y0-f.radius, b.x1+f.radius, b.y1+f.radius
	if f.last == f.first || b.y1 < 0 || b.x1 < 0 || int(b.x0) > p.width*subPixels || int(b.y0) > p.height*subPixels {
		p.points, p.paths = p.points[:start], p.paths[:f.first]
		return nil
	}
	p.shapes = append(p.shapes, f)
	return nil
}

// addPath takes the points of one path, without those that fall on the last one.
func (p *Picture) addPath(o Options, path artwork.Path, fill bool, b *box) {
	r := run{first: len(p.points), closed: path.Closed || fill}
	for _, q := range path.Points {
		v := vec{toSub((q.X - o.Origin.X) * o.PixelsPerMM), toSub((o.Origin.Y - q.Y) * o.PixelsPerMM)}
		if n := len(p.points); n > r.first && p.points[n-1] == v {
			continue
		}
		p.points = append(p.points, v)
		b.x0, b.y0, b.x1, b.y1 = min(b.x0, v.x), min(b.y0, v.y), max(b.x1, v.x), max(b.y1, v.y)
	}
	r.last = len(p.points)
	p.paths = append(p.paths, r)
}

// toSub rounds pixels to 1/256.
func toSub(pixels float64) int32 {
	return int32(math.RoundToEven(math.Min(math.Max(pixels*subPixels, -farAway), farAway)))
}
