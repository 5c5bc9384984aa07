package raster

import (
	"context"
	"fmt"
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// partPoints is about how many points of the artwork go into a part.
const partPoints = 1 << 14

// task is a shape that has a colour.
type task struct {
	layer *artwork.Layer
	index int // of the shape in the layer
	paint Paint
}

// batch is what goes into a part.
type batch struct {
	tasks         []task
	points, paths int
}

// Prepare makes a picture of the layers, the first one lowest, with all
// processors; the style is asked from one goroutine. It copies what it needs;
// the layers may be dropped. It fails on options that make no picture, on a
// path that is not valid, and when ctx ends.
func Prepare(ctx context.Context, o Options, layers ...*artwork.Layer) (*Picture, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	batches, err := plan(ctx, o, layers)
	if err != nil {
		return nil, err
	}
	p := &Picture{width: o.Width, height: o.Height, crisp: o.Crisp, parts: make([]part, len(batches))}
	err = inParallel(len(batches), func() func(int) error {
		return func(i int) error { return p.parts[i].prepare(ctx, o, batches[i]) }
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// plan asks the style for the paint of each shape, and shares out those that show.
func plan(ctx context.Context, o Options, layers []*artwork.Layer) ([]batch, error) {
	var batches []batch
	var b batch
	for _, l := range layers {
		for i := range l.Shapes {
			if i%1024 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			s := &l.Shapes[i]
			if o.Board != 0 && s.Board != o.Board {
				continue
			}
			paint := o.Style(l, s)
			if paint.Color.A == 0 {
				continue
			}
			b.tasks = append(b.tasks, task{l, i, paint})
			b.paths += len(s.Paths)
			for j := range s.Paths {
				b.points += len(s.Paths[j].Points)
			}
			if b.points+b.paths >= partPoints {
				batches = append(batches, b)
				b = batch{}
			}
		}
	}
	if len(b.tasks) > 0 {
		batches = append(batches, b)
	}
	return batches, nil
}

// prepare makes the shapes of a batch ready.
func (p *part) prepare(ctx context.Context, o Options, b batch) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	p.points, p.paths = make([]vec, 0, b.points), make([]run, 0, b.paths)
	p.shapes = make([]figure, 0, len(b.tasks))
	for i := range b.tasks {
		if i%1024 == 1023 && ctx.Err() != nil {
			return ctx.Err()
		}
		t := &b.tasks[i]
		if err := p.add(o, &t.layer.Shapes[t.index], t.paint); err != nil {
			return fmt.Errorf("layer %q can't be drawn: shape %d: %w", t.layer.Name, t.index, err)
		}
	}
	return nil
}

// add takes a shape into the part, unless it lies beside the picture.
func (p *part) add(o Options, s *artwork.Shape, paint Paint) error {
	f := figure{first: len(p.paths), fill: s.Fill, color: paint.Color, box: noBox}
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
		b := p.addPath(o, s.Paths[i].Flatten(flatness/o.PixelsPerMM), f.fill)
		f.box = box{min(f.box.x0, b.x0), min(f.box.y0, b.y0), max(f.box.x1, b.x1), max(f.box.y1, b.y1)}
	}
	f.last = len(p.paths)
	f.box = f.box.grow(f.radius)
	b := f.box
	if f.last == f.first || b.y1 < 0 || b.x1 < 0 || int(b.x0) > o.Width*subPixels || int(b.y0) > o.Height*subPixels {
		p.points, p.paths = p.points[:start], p.paths[:f.first]
		return nil
	}
	p.shapes = append(p.shapes, f)
	return nil
}

// addPath takes the points of one path, without those that fall on the last
// one, and gives the box around them.
func (p *part) addPath(o Options, path artwork.Path, fill bool) box {
	r := run{first: len(p.points), closed: path.Closed || fill, box: noBox}
	points, b := p.points, noBox
	last := vec{math.MinInt32, math.MinInt32} // where no point is held
	for _, q := range path.Points {
		v := vec{toSub((q.X - o.Origin.X) * o.PixelsPerMM), toSub((o.Origin.Y - q.Y) * o.PixelsPerMM)}
		if v == last {
			continue
		}
		last = v
		points = append(points, v)
		b.x0, b.y0, b.x1, b.y1 = min(b.x0, v.x), min(b.y0, v.y), max(b.x1, v.x), max(b.y1, v.y)
	}
	r.last, r.box = len(points), b
	p.points, p.paths = points, append(p.paths, r)
	return b
}

// toSub rounds pixels to 1/256.
func toSub(pixels float64) int32 {
	sub := math.RoundToEven(pixels * subPixels)
	switch {
	case sub > farAway:
		return farAway
	case sub < -farAway:
		return -farAway
	}
	return int32(sub)
}
