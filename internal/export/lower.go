package export

import (
	"context"
	"io"
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// What a format is given in place of what it can't take.
const (
	curveError    = 0.01 // mm between a curve and the lines that stand for it
	hatchInterval = 0.10 // mm between the burn lines that stand for a filled area
)

// lowered makes the job that a plugin gets: layers one after the other, with
// nothing in them that its manifest does not accept.
func lowered(ctx context.Context, r Request, planned plannedJob, c call) *sdk.Job {
	accepts := planned.plugin.Manifest.Accepts
	next := 0
	return &sdk.Job{
		Title:       r.Map.Title,
		Boards:      c.boards,
		Options:     planned.options,
		Machine:     r.Machine,
		Attribution: planned.artwork.Attribution,
		LayerCount:  len(c.layers),
		Next: func() (*artwork.Layer, error) {
			if next == len(c.layers) {
				return nil, io.EOF
			}
			layer, err := lowerLayer(ctx, c.layers[next], accepts)
			next++
			return layer, err
		},
	}
}

func lowerLayer(ctx context.Context, l artwork.Layer, accepts sdk.Accepts) (*artwork.Layer, error) {
	if !accepts.Heights {
		l.Heights = nil
	}
	shapes := make([]artwork.Shape, 0, len(l.Shapes))
	for _, s := range l.Shapes {
		s.Paths = lowerPaths(s.Paths, accepts)
		if s.Fill && !accepts.Fills {
			var err error
			if s, err = hatched(ctx, s); err != nil {
				return nil, err
			}
		}
		shapes = append(shapes, s)
	}
	l.Shapes = shapes
	return &l, nil
}

// lowerPaths flattens the paths that hold what the format does not know.
func lowerPaths(paths []artwork.Path, accepts sdk.Accepts) []artwork.Path {
	out := make([]artwork.Path, len(paths))
	for i, p := range paths {
		out[i] = p
		for _, v := range p.Verbs {
			if v == artwork.CubicTo && !accepts.Curves || v == artwork.ArcTo && !accepts.Arcs {
				out[i] = p.Flatten(curveError)
				break
			}
		}
	}
	return out
}

// hatched turns a filled area into the lines that a beam would burn.
func hatched(ctx context.Context, s artwork.Shape) (artwork.Shape, error) {
	var rings []planar.Ring
	for _, p := range s.Paths {
		var ring planar.Ring
		for _, q := range p.Flatten(curveError).Points {
			ring = append(ring, planar.FromMM(q.X, q.Y))
		}
		rings = append(rings, ring)
	}
	area, err := planar.Union(ctx, rings, planar.EvenOdd)
	if err != nil {
		return s, err
	}
	lines, err := planar.Hatch(ctx, area, 0, math.Round(hatchInterval/planar.Unit))
	if err != nil {
		return s, err
	}
	s.Fill, s.Paths = false, make([]artwork.Path, len(lines))
	for i, line := range lines {
		for _, q := range line {
			x, y := q.MM()
			s.Paths[i].Points = append(s.Paths[i].Points, artwork.Point{X: x, Y: y})
		}
	}
	return s, nil
}
