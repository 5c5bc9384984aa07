package trace

import (
	"context"
	"math"

	"github.com/mapwright/mapwright/internal/planar"
)

// kerfSide says what is to have its true size once the beam took its width.
type kerfSide float64

const (
	pieceSide   kerfSide = 1  // what is enclosed: the beam runs outside of it
	openingSide kerfSide = -1 // what is left around it: the beam runs inside
)

// besideKerf moves cut outlines by half the beam's width, so that after the cut
// the pieces, or the openings, have their true size. Holes move the other way
// than shells do; so do polygons that lie inside another one, and those inside
// these the first way again.
//
// Of pieces that share a border both lose half the beam's width there: the cut
// stays on the border, once, and only the rest moves. The same goes for pieces
// with a gap between them that is narrower than the beam.
func (w *work) besideKerf(ctx context.Context, polys []planar.Polygon, side kerfSide) ([]planar.Polygon, error) {
	half := w.settings.units("kerf") / 2
	if half == 0 || len(polys) == 0 {
		return polys, nil
	}
	near := pairsNear(boxesOf(polys), int32(2*half)+2)
	depth, inside := depths(polys, near)
	return grownApart(ctx, polys, 2*half, func(i int) ([]planar.Polygon, error) {
		d := half * float64(side)
		if depth[i]%2 == 1 {
			d = -d
		}
		if d < 0 {
			return w.shrunk(ctx, polys, i, d, near[i], inside)
		}
		moved, err := planar.Offset(ctx, polys[i:i+1], d, w.settings.style())
		if err != nil {
			return nil, err
		}
		return w.scene.frame.cropEach(ctx, moved)
	})
}

// loopsBesideKerf moves closed lines as besideKerf moves outlines, to the side of
// the layer's setting. Open lines stay, and so do closed ones that cross
// themselves: they have no side.
func (w *work) loopsBesideKerf(ctx context.Context, lines []planar.Path) ([]planar.Path, error) {
	var loops []planar.Polygon
	out := make([]planar.Path, 0, len(lines))
	for _, p := range lines {
		if !p.Closed() {
			out = append(out, p)
			continue
		}
		ring := planar.Ring(p[:len(p)-1])
		area, err := planar.Union(ctx, []planar.Ring{ring}, planar.EvenOdd)
		if err != nil {
			return nil, err
		}
		if len(area) == 1 && len(area[0]) == 1 && planar.Area(area) == math.Abs(planar.RingArea(ring)) {
			loops = append(loops, area[0])
		} else {
			out = append(out, p)
		}
	}
	moved, err := w.besideKerf(ctx, loops, w.settingSide())
	return append(out, closedPaths(moved)...), err
}

// settingSide is the side that the layer's setting asks for.
func (w *work) settingSide() kerfSide {
	if w.layer.Setting == "inner" {
		return openingSide
	}
	return pieceSide
}

// shrunk insets one polygon, but not from the borders that it shares.
func (w *work) shrunk(ctx context.Context, polys []planar.Polygon, i int, d float64, near []int, inside func(i, j int) bool) ([]planar.Polygon, error) {
	rings := planar.Rings(polys[i : i+1])
	for _, j := range near {
		if !inside(i, j) && !inside(j, i) {
			rings = append(rings, planar.Rings(polys[j:j+1])...)
		}
	}
	if len(rings) == len(polys[i]) {
		return planar.Offset(ctx, polys[i:i+1], d, w.settings.style())
	}
	together, err := planar.Union(ctx, rings, planar.Positive)
	if err != nil {
		return nil, err
	}
	if together, err = planar.Offset(ctx, together, d, w.settings.style()); err != nil {
		return nil, err
	}
	return planar.Boolean(ctx, planar.Intersection, planar.Rings(polys[i:i+1]), planar.Rings(together), planar.Positive)
}
