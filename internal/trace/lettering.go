package trace

import (
	"context"
	"sync"

	"github.com/mapwright/mapwright/assets"
	"github.com/mapwright/mapwright/internal/planar"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

var face = sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(assets.SemiBold) })

// textLine sets one line of text, its baseline from the origin.
func (w *work) textLine(ctx context.Context, s string, size float64) (drawing, error) {
	f, err := face()
	if err != nil {
		return drawing{}, err
	}
	var buf sfnt.Buffer
	em := fixed.I(int(f.UnitsPerEm()))
	m, err := f.Metrics(&buf, em, 0)
	if err != nil {
		return drawing{}, err
	}
	k := size / float64(m.CapHeight)
	var rings []planar.Ring
	x := 0.0
	for _, r := range s {
		g, err := f.GlyphIndex(&buf, r)
		if err != nil {
			return drawing{}, err
		}
		segments, err := f.LoadGlyph(&buf, g, em, nil)
		if err != nil {
			return drawing{}, err
		}
		at := func(p fixed.Point26_6) [2]float64 { return [2]float64{x + float64(p.X)*k, -float64(p.Y) * k} }
		var ring planar.Ring
		var pen [2]float64
		add := func(p [2]float64) { ring = append(ring, planar.FromMM(p[0], p[1])); pen = p }
		for _, seg := range segments {
			switch seg.Op {
			case sfnt.SegmentOpMoveTo:
				if len(ring) > 2 {
					rings = append(rings, ring)
				}
				ring = nil
				add(at(seg.Args[0]))
			case sfnt.SegmentOpLineTo:
				add(at(seg.Args[0]))
			case sfnt.SegmentOpQuadTo:
				a, b, c := pen, at(seg.Args[0]), at(seg.Args[1])
				for i := 1; i <= 8; i++ {
					t := float64(i) / 8
					u := 1 - t
					add([2]float64{u*u*a[0] + 2*u*t*b[0] + t*t*c[0], u*u*a[1] + 2*u*t*b[1] + t*t*c[1]})
				}
			}
		}
		if len(ring) > 2 {
			rings = append(rings, ring)
		}
		adv, err := f.GlyphAdvance(&buf, g, em, 0)
		if err != nil {
			return drawing{}, err
		}
		x += float64(adv) * k
	}
	area, err := planar.Union(ctx, rings, planar.NonZero)
	if err != nil {
		return drawing{}, err
	}
	d := drawing{box: planar.Box{Max: planar.FromMM(x, size)}}
	if w.fills() {
		d.area = area
	} else {
		d.lines = closedPaths(area)
	}
	return d, nil
}
