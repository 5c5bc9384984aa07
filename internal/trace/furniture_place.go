package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/planar"
)

// leastShare is the least share of its size that a part is shrunk to before it
// is left out.
const leastShare = 0.4

// placed draws a part and puts it on its point. One that would reach over the
// border moves as little as makes it fit: level, then upright, then towards the
// middle. One that is too wide is drawn smaller. What does not fit at all is
// left out. All of it is reported.
func (f *furnisher) placed(ctx context.Context, to *work, p part) (drawing, error) {
	d, err := f.drawn(ctx, to, p, p.size)
	if err != nil || d.empty() {
		return d, err
	}
	d = d.anchored(p.anchor, p.at)
	if f.fits(d) {
		return d, nil
	}
	middle := f.w.scene.centre()
	ink := d.ink()
	dx := middle.X - ink.Min.X/2 - ink.Max.X/2
	dy := middle.Y - ink.Min.Y/2 - ink.Max.Y/2
	if m, ok := f.shifted(d, dx, 0); ok {
		return f.moved(to, p, m), nil
	}
	if m, ok := f.shifted(d, 0, dy); ok {
		return f.moved(to, p, m), nil
	}
	if s, ok, err := f.shrunk(ctx, to, p, false); ok || err != nil {
		return s, err
	}
	if m, ok := f.shifted(d, dx, dy); ok {
		return f.moved(to, p, m), nil
	}
	if s, ok, err := f.shrunk(ctx, to, p, true); ok || err != nil {
		return s, err
	}
	to.add(KindAtFrame, 1, p.at, "The %s left out: it is larger than the piece. Make it smaller.", p.class)
	return drawing{}, nil
}

// fits tells whether a drawing lies inside the border. The piece is convex.
func (f *furnisher) fits(d drawing) bool {
	b := d.ink()
	return f.holds(planar.RectRing(b.Min, b.Max))
}

// shifted moves a drawing by the least part of a way that makes it fit. The way
// leads into the middle, so that what fits once fits from there on: the piece
// is convex.
func (f *furnisher) shifted(d drawing, dx, dy int32) (drawing, bool) {
	const steps = 1 << 12
	at := func(step int64) drawing {
		return d.movedBy(int32(int64(dx)*step/steps), int32(int64(dy)*step/steps))
	}
	if !f.fits(at(steps)) {
		return d, false
	}
	bad, good := int64(0), int64(steps)
	for good-bad > 1 {
		if half := (bad + good) / 2; f.fits(at(half)) {
			good = half
		} else {
			bad = half
		}
	}
	return at(good), true
}

func (f *furnisher) moved(to *work, p part, d drawing) drawing {
	to.add(KindAtFrame, 1, p.at, "The %s was moved to lie inside the border.", p.class)
	return d
}

// shrunk draws a part as large as fits at its height on the piece, or, with
// anywhere, nearer to the middle.
func (f *furnisher) shrunk(ctx context.Context, to *work, p part, anywhere bool) (drawing, bool, error) {
	var best drawing
	middle := f.w.scene.centre()
	share, step := leastShare, (1-leastShare)/2
	for range 10 {
		d, err := f.drawn(ctx, to, p, p.size*share)
		if err != nil || d.empty() {
			return drawing{}, false, err
		}
		d = d.anchored(p.anchor, p.at)
		ink := d.ink()
		dx, dy := middle.X-ink.Min.X/2-ink.Max.X/2, int32(0)
		if anywhere {
			dy = middle.Y - ink.Min.Y/2 - ink.Max.Y/2
		}
		m, ok := f.shifted(d, dx, dy)
		if !ok && best.empty() {
			return drawing{}, false, nil
		}
		if ok {
			best = m
			share += step
		} else {
			share -= step
		}
		step /= 2
	}
	to.add(KindAtFrame, 1, p.at, "The %s drawn smaller than %g mm: it is wider than the piece there.", p.class, p.size)
	return best, true, nil
}

// drawn draws a part at a size, mm, somewhere.
func (f *furnisher) drawn(ctx context.Context, to *work, p part, size float64) (drawing, error) {
	switch p.class {
	case ClassScaleBar:
		return f.scaleBar(ctx, to, size)
	case ClassNorthArrow:
		return f.northArrow(ctx, to, p.at, size)
	}
	if p.text == "" {
		p.text = FurnitureText(p.class, f.w.scene.carto.View)
	}
	return to.text(ctx, p.text, size, p.anchor)
}
