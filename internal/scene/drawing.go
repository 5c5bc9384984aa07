package scene

import (
	"context"
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/tidwall/rtree"
)

// Drawing is artwork made ready for the screen: a spatial index of its paths,
// and its paths at levels of detail.
type Drawing struct {
	layers []artwork.Layer
	shapes []shape // those of all layers, in order
	paths  []path  // those of all shapes, in order
	tree   rtree.RTreeGN[float64, int32]
	levels []level
}

// shape is a shape of the artwork and where its paths are.
type shape struct {
	layer       int32
	group       int32 // shapes that look alike: layer, board, operation, setting, fill
	first, last int32 // paths[first:last]
	*artwork.Shape
}

// path is a path of the artwork and its bounds.
type path struct {
	shape int32
	index int32 // in the shape
	box   artwork.Box
}

// sharpness is how far what In gives may lie from the artwork, in pixels.
const sharpness = 0.25

// NewDrawing makes layers, the lowest first, ready for the screen. It keeps
// them: they must not be changed afterwards. It fails when ctx ends. Paths
// that are not valid are kept as they are, for whoever draws them to refuse.
func NewDrawing(ctx context.Context, layers []artwork.Layer) (*Drawing, error) {
	d := &Drawing{layers: layers}
	type look struct {
		layer, board int
		operation    artwork.Operation
		setting      string
		fill         bool
	}
	groups := map[look]int32{}
	for l := range layers {
		for i := range layers[l].Shapes {
			s := &layers[l].Shapes[i]
			k := look{l, s.Board, s.Operation, s.Setting, s.Fill}
			group, ok := groups[k]
			if !ok {
				group = int32(len(groups))
				groups[k] = group
			}
			first := int32(len(d.paths))
			for j := range s.Paths {
				if len(s.Paths[j].Points) > 0 {
					d.paths = append(d.paths, path{shape: int32(len(d.shapes)), index: int32(j)})
				}
			}
			d.shapes = append(d.shapes, shape{int32(l), group, first, int32(len(d.paths)), s})
		}
	}
	if err := d.build(ctx); err != nil {
		return nil, err
	}
	for i := range d.paths {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		b := d.paths[i].box
		d.tree.Insert([2]float64{b.Min.X, b.Min.Y}, [2]float64{b.Max.X, b.Max.Y}, int32(i))
	}
	return d, ctx.Err()
}

// In gives the part of the artwork that a view shows: the paths that touch box
// (mm) on a board (0: on all), for a screen of pixelsPerMM. Layers and shapes
// keep their order; those that show nothing are left out.
//
// Nothing that it gives is further than a quarter pixel from the artwork. Rings
// smaller than half a pixel are gathered into fewer ones of the same area, and
// lines smaller than that into dots, so that dense areas keep their tone.
// Where no level is fine enough the artwork's own paths are given. It must not
// be changed. Box has to be larger than the view by half the width of the
// widest stroke; a pixel is added to it.
func (d *Drawing) In(box artwork.Box, pixelsPerMM float64, board int) []*artwork.Layer {
	if box.Empty() || !(pixelsPerMM > 0) {
		return nil
	}
	lv := d.levelFor(pixelsPerMM)
	margin := 1 / pixelsPerMM
	seen, n := d.touching(artwork.Box{
		Min: artwork.Point{X: box.Min.X - margin, Y: box.Min.Y - margin},
		Max: artwork.Point{X: box.Max.X + margin, Y: box.Max.Y + margin},
	}, lv)
	if n == 0 {
		return nil
	}
	out := collector{drawing: d, paths: make([]artwork.Path, 0, n)}
	for i := range seen.all() {
		p := &d.paths[i]
		s := &d.shapes[p.shape]
		if board != 0 && s.Board != board {
			continue
		}
		own := s.Paths[p.index]
		if lv != nil {
			var ok bool
			if own, ok = lv.path(i, own); !ok {
				continue
			}
		}
		out.add(p.shape, own)
	}
	return out.finish()
}

// touching marks the paths whose bounds touch a box, and counts them.
func (d *Drawing) touching(box artwork.Box, lv *level) (marks, int) {
	seen, n := newMarks(len(d.paths)), 0
	d.tree.Search([2]float64{box.Min.X, box.Min.Y}, [2]float64{box.Max.X, box.Max.Y},
		func(_, _ [2]float64, i int32) bool {
			if lv == nil || lv.refs[i] != dropped {
				seen.set(int(i))
				n++
			}
			return true
		})
	return seen, n
}

// levelFor is the coarsest level whose error stays below the sharpness; nil
// means the artwork itself.
func (d *Drawing) levelFor(pixelsPerMM float64) *level {
	for i := len(d.levels) - 1; i >= 0; i-- {
		if d.levels[i].err*pixelsPerMM <= sharpness {
			return &d.levels[i]
		}
	}
	return nil
}

// Bounds is the box around all paths on a board (0: on all boards), in mm.
func (d *Drawing) Bounds(board int) artwork.Box {
	b := artwork.EmptyBox()
	for i := range d.paths {
		if board == 0 || d.shapes[d.paths[i].shape].Board == board {
			b = b.Union(d.paths[i].box)
		}
	}
	return b
}

// collector puts paths into shapes and shapes into layers.
type collector struct {
	drawing *Drawing
	paths   []artwork.Path // all of them, with room for all that follow
	first   int            // of the current shape
	current int32
	shapes  []artwork.Shape
	layer   int32
	layers  []*artwork.Layer
}

// add takes the next path, of a shape that is the last one or a later one.
func (c *collector) add(shape int32, p artwork.Path) {
	if len(c.paths) > c.first && shape != c.current {
		c.endShape()
	}
	c.current = shape
	c.paths = append(c.paths, p)
}

func (c *collector) endShape() {
	s := &c.drawing.shapes[c.current]
	if len(c.shapes) > 0 && s.layer != c.layer {
		c.endLayer()
	}
	c.layer = s.layer
	copied := *s.Shape
	copied.Paths = c.paths[c.first:len(c.paths):len(c.paths)]
	c.first = len(c.paths)
	c.shapes = append(c.shapes, copied)
}

func (c *collector) endLayer() {
	l := c.drawing.layers[c.layer]
	l.Shapes = c.shapes
	c.layers = append(c.layers, &l)
	c.shapes = nil
}

func (c *collector) finish() []*artwork.Layer {
	if len(c.paths) > c.first {
		c.endShape()
	}
	if len(c.shapes) > 0 {
		c.endLayer()
	}
	return c.layers
}

// boundsOf is the box around a path; one that is not valid is everywhere, so
// that it reaches whoever refuses it.
func boundsOf(p artwork.Path) artwork.Box {
	inf := math.Inf(1)
	everywhere := artwork.Box{Min: artwork.Point{X: -inf, Y: -inf}, Max: artwork.Point{X: inf, Y: inf}}
	if p.Verbs != nil {
		if !p.Valid() {
			return everywhere
		}
		return p.Bounds()
	}
	b := artwork.EmptyBox()
	for _, q := range p.Points {
		b.Min.X, b.Min.Y = min(b.Min.X, q.X), min(b.Min.Y, q.Y)
		b.Max.X, b.Max.Y = max(b.Max.X, q.X), max(b.Max.Y, q.Y)
	}
	if w, h := b.Max.X-b.Min.X, b.Max.Y-b.Min.Y; math.IsNaN(w-w) || math.IsNaN(h-h) {
		return everywhere
	}
	return b
}
