package raster

import (
	"context"
	"fmt"
	"image"
	"image/color"
)

// Draw draws the rows of the picture from top on over what dst holds: as many
// as dst has. dst is as wide as the picture. A picture drawn in bands is
// pixel for pixel the one drawn whole.
func (p *Picture) Draw(ctx context.Context, dst *image.RGBA, top int) error {
	w, h := dst.Rect.Dx(), dst.Rect.Dy()
	if w != p.width || top < 0 || top+h > p.height {
		return fmt.Errorf("rows %d to %d of a picture of %d × %d pixels can't be drawn into an image of %d × %d",
			top, top+h, p.width, p.height, w, h)
	}
	m := newMask(w, h, top)
	bottom := m.top + int32(h)*subPixels
	var strokes *pen
	for i := range p.shapes {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		f := &p.shapes[i]
		if i > 0 && p.shapes[i-1].color != f.color {
			m.paint(dst, p.shapes[i-1].color, p.crisp)
		}
		if f.box.y1 < m.top || f.box.y0 > bottom {
			continue
		}
		if f.fill {
			p.fill(m, f)
			continue
		}
		if strokes == nil || strokes.radius != f.radius {
			strokes = newPen(m, f.radius)
		}
		for _, r := range p.paths[f.first:f.last] {
			strokes.stroke(p.points[r.first:r.last], r.closed)
		}
	}
	if n := len(p.shapes); n > 0 {
		m.paint(dst, p.shapes[n-1].color, p.crisp)
	}
	return ctx.Err()
}

// fill covers the area that the paths of a shape enclose.
func (p *Picture) fill(m *mask, f *figure) {
	for _, r := range p.paths[f.first:f.last] {
		points := p.points[r.first:r.last]
		last := points[len(points)-1]
		for _, q := range points {
			m.edge(last, q)
			last = q
		}
	}
	m.area(f.box)
}

// paint blends c over dst where the mask is covered, and empties the mask.
func (m *mask) paint(dst *image.RGBA, c color.NRGBA, crisp bool) {
	var levels [samples + 1][4]uint32 // premultiplied colour and alpha, 0..255·255
	for n := range levels {
		covered := uint32(n)
		if crisp && n < samples/2 {
			covered = 0
		} else if crisp {
			covered = samples
		}
		a := uint32(c.A) * covered
		levels[n] = [4]uint32{
			(uint32(c.R)*a + 8) / samples, (uint32(c.G)*a + 8) / samples, (uint32(c.B)*a + 8) / samples, (255*a + 8) / samples,
		}
	}
	for y, d := range m.dirty {
		if d.first > d.last {
			continue
		}
		m.dirty[y] = noSpan
		covered := m.covered[y*m.width+int(d.first) : y*m.width+int(d.last)]
		row := dst.Pix[y*dst.Stride+4*int(d.first):]
		for x, s := range covered {
			if s == 0 {
				continue
			}
			covered[x] = 0
			l := &levels[coverage(s)]
			px := row[4*x : 4*x+4 : 4*x+4]
			keep := 255*255 - l[3]
			for i := range px {
				px[i] = uint8((l[i]*255 + uint32(px[i])*keep + 255*255/2) / (255 * 255))
			}
		}
	}
}
