package raster

import (
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"runtime"
)

// bandRows is the least number of rows that is worth a goroutine.
const bandRows = 32

// Draw draws the rows of the picture from top on over what dst holds, as many
// as dst has, with all processors. dst is as wide as the picture. A picture
// drawn in bands is pixel for pixel the one drawn whole.
func (p *Picture) Draw(ctx context.Context, dst *image.RGBA, top int) error {
	w, h := dst.Rect.Dx(), dst.Rect.Dy()
	if w != p.width || top < 0 || top+h > p.height {
		return fmt.Errorf("rows %d to %d of a picture of %d × %d pixels can't be drawn into an image of %d × %d",
			top, top+h, p.width, p.height, w, h)
	}
	// More bands than processors, for some are fuller than others.
	rows := max(bandRows, (h+4*runtime.GOMAXPROCS(0)-1)/(4*runtime.GOMAXPROCS(0)))
	return inParallel((h+rows-1)/rows, func() func(int) error {
		b := &band{mask: newMask(w, min(rows, h), 0), pens: map[int32]*pen{}}
		return func(i int) error {
			r := dst.Rect
			r.Min.Y, r.Max.Y = r.Min.Y+i*rows, min(r.Min.Y+(i+1)*rows, r.Max.Y)
			return p.drawBand(ctx, dst.SubImage(r).(*image.RGBA), top+i*rows, b)
		}
	})
}

// drawBand draws rows as Draw does, in one goroutine.
func (p *Picture) drawBand(ctx context.Context, dst *image.RGBA, top int, b *band) error {
	b.mask.moveTo(dst.Rect.Dy(), top)
	var color color.NRGBA
	for i := range p.parts {
		part := &p.parts[i]
		for j := range part.shapes {
			if j%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			f := &part.shapes[j]
			if f.color != color { // also of a shape beside this band, so that bands are alike
				b.mask.paint(dst, color, p.crisp)
				color = f.color
			}
			if b.mask.reaches(f.box) {
				b.cover(part, f)
			}
		}
	}
	b.mask.paint(dst, color, p.crisp)
	return ctx.Err()
}

// band is where shapes are drawn, and what is kept from band to band.
type band struct {
	mask *mask
	pens map[int32]*pen // by radius
}

// cover covers a shape.
func (b *band) cover(p *part, f *figure) {
	b.mask.touch(f.box)
	if f.fill {
		for _, r := range p.paths[f.first:f.last] {
			if b.mask.reaches(r.box) { // a ring beside it encloses nothing in it
				b.mask.ring(p.points[r.first:r.last])
			}
		}
		b.mask.area(f.box)
		return
	}
	strokes := b.pens[f.radius]
	if strokes == nil {
		strokes = newPen(b.mask, f.radius)
		b.pens[f.radius] = strokes
	}
	for _, r := range p.paths[f.first:f.last] {
		if around := r.box.grow(f.radius); b.mask.reaches(around) {
			b.mask.follow(around)
			strokes.stroke(p.points[r.first:r.last], r.closed)
		}
	}
}

// ring toggles the samples to the right of the edges of a closed path.
func (m *mask) ring(points []vec) {
	last := points[len(points)-1]
	for _, q := range points {
		m.edge(last, q)
		last = q
	}
}

// paint blends c over dst where the mask is covered, and empties the mask.
func (m *mask) paint(dst *image.RGBA, c color.NRGBA, crisp bool) {
	if m.last < m.first {
		return // nothing is covered
	}
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
	first, last := m.first, m.last
	m.first, m.last = m.height, -1
	for y := first; y <= last; y++ {
		d := m.dirty[y]
		if d.first > d.last {
			continue
		}
		m.dirty[y] = noSpan
		covered := m.covered[2*(y*m.width+int(d.first)) : 2*(y*m.width+int(d.last))]
		row := dst.Pix[y*dst.Stride+4*int(d.first):]
		for x := range len(covered) / 2 {
			s := binary.LittleEndian.Uint16(covered[2*x:])
			if s == 0 {
				continue
			}
			binary.LittleEndian.PutUint16(covered[2*x:], 0)
			l := &levels[coverage(s)]
			px := row[4*x : 4*x+4 : 4*x+4]
			keep := 255*255 - l[3]
			for i := range px {
				px[i] = uint8((l[i]*255 + uint32(px[i])*keep + 255*255/2) / (255 * 255))
			}
		}
	}
}
