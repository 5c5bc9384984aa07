package preflight

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

const (
	unitsPerMM   = 1 / planar.Unit
	squareUnit   = planar.Unit * planar.Unit
	worthTelling = 0.001 // mm²: less is rounding
)

// fills gives what a layer fills on a board: each shape for itself, by the
// even-odd rule.
func (c *checker) fills(ctx context.Context, layer, board int) ([]planar.Polygon, error) {
	var all []planar.Polygon
	for _, s := range c.shapes {
		if s.layer != layer || s.board != board || !s.fill {
			continue
		}
		rings := make([]planar.Ring, 0, len(s.paths))
		for _, p := range s.paths {
			rings = append(rings, onGrid(p.Points))
		}
		polys, err := planar.Union(ctx, rings, planar.EvenOdd)
		if err != nil {
			return nil, err
		}
		all = append(all, polys...)
	}
	return all, nil
}

func onGrid(points []artwork.Point) planar.Ring {
	r := make(planar.Ring, len(points))
	for i, p := range points {
		r[i] = planar.FromMM(p.X, p.Y)
	}
	return r
}

// areasTwice finds areas that two layers of a board both fill, and areas that
// one layer fills twice.
func (c *checker) areasTwice(ctx context.Context) error {
	var spots []spot
	for _, board := range c.boards() {
		var below []planar.Ring
		for layer := range c.art.Layers {
			polys, err := c.fills(ctx, layer, board)
			if err != nil || len(polys) == 0 {
				if err != nil {
					return err
				}
				continue
			}
			united, err := planar.Union(ctx, planar.Rings(polys), planar.Positive)
			if err != nil {
				return err
			}
			twice, err := planar.Boolean(ctx, planar.Intersection, planar.Rings(united), below, planar.Positive)
			if err != nil {
				return err
			}
			found, err := c.thick(ctx, twice, layer, board)
			if err != nil {
				return err
			}
			spots = append(spots, found...)
			if more := (planar.Area(polys) - planar.Area(united)) * squareUnit; more > worthTelling {
				spots = append(spots, spot{layer: layer, board: board, at: pointMM(united[0][0][0]), size: more})
			}
			below = append(below, planar.Rings(united)...)
		}
	}
	c.report(DoubleBurn, Warning,
		"Export these layers in one job, where the upper layer keeps the area, or knock one of them out.", spots,
		func(n int, sum float64, _ spot) string {
			return fmt.Sprintf("%s would burn twice, %.2f mm² in all.", counted(n, "area", "areas"), sum)
		})
	return nil
}

// thick gives the polygons that are somewhere wider than the tolerance.
func (c *checker) thick(ctx context.Context, polys []planar.Polygon, layer, board int) ([]spot, error) {
	var spots []spot
	for i, p := range polys {
		size := planar.Area(polys[i:i+1]) * squareUnit
		if size <= worthTelling {
			continue
		}
		core, err := planar.Offset(ctx, polys[i:i+1], -c.options.Tolerance/2*unitsPerMM, planar.Style{})
		if err != nil {
			return nil, err
		}
		if len(core) > 0 {
			spots = append(spots, spot{layer: layer, board: board, at: pointMM(p[0][0]), size: size})
		}
	}
	return spots, nil
}

func pointMM(p planar.Point) artwork.Point {
	x, y := p.MM()
	return artwork.Point{X: x, Y: y}
}
