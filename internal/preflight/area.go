package preflight

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/internal/planar"
)

const (
	unitsPerMM   = 1 / planar.Unit
	squareUnit   = planar.Unit * planar.Unit
	worthTelling = 0.001 // mm²: less is rounding
)

// fillAll finds what each layer fills on each board: each shape for itself, by
// the even-odd rule.
func (c *checker) fillAll(ctx context.Context) error {
	var filled []*shape
	for i := range c.shapes {
		if c.shapes[i].fill {
			filled = append(filled, &c.shapes[i])
		}
	}
	polys := make([][]planar.Polygon, len(filled))
	err := each(ctx, (len(filled)+chunk-1)/chunk, func(n int) error {
		for i := n * chunk; i < min(len(filled), (n+1)*chunk); i++ {
			rings := make([]planar.Ring, 0, len(filled[i].paths))
			for _, p := range filled[i].paths {
				rings = append(rings, onGrid(p.Points))
			}
			if len(rings) == 1 {
				if p, ok := simplePolygon(rings[0]); ok {
					polys[i] = []planar.Polygon{p}
					continue
				}
			}
			var err error
			if polys[i], err = planar.Union(ctx, rings, planar.EvenOdd); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	place := map[int]int{}
	for i, b := range c.boards {
		place[b] = i
	}
	c.areas = make([][][]planar.Polygon, len(c.art.Layers))
	for l := range c.areas {
		c.areas[l] = make([][]planar.Polygon, len(c.boards))
	}
	for i, s := range filled {
		at := &c.areas[s.layer][place[s.board]]
		*at = append(*at, polys[i]...)
	}
	return nil
}

// areasTwice finds areas that two layers of a board both fill, and areas that
// one layer fills twice.
func (c *checker) areasTwice(ctx context.Context) ([]located, error) {
	var spots []spot
	for b, board := range c.boards {
		united := make([][]planar.Polygon, len(c.areas))
		found := make([][]spot, len(c.areas))
		err := each(ctx, len(c.areas), func(l int) error {
			var err error
			united[l], err = planar.Union(ctx, planar.Rings(c.areas[l][b]), planar.Positive)
			return err
		})
		if err != nil {
			return nil, err
		}
		err = each(ctx, len(c.areas), func(l int) error {
			var below []planar.Ring
			for _, u := range united[:l] {
				below = append(below, planar.Rings(u)...)
			}
			if len(united[l]) == 0 {
				return nil
			}
			if len(below) > 0 {
				twice, err := planar.Boolean(ctx, planar.Intersection, planar.Rings(united[l]), below, planar.Positive)
				if err != nil {
					return err
				}
				if found[l], err = c.thick(ctx, twice, l, board); err != nil {
					return err
				}
			}
			if more := (planar.Area(c.areas[l][b]) - planar.Area(united[l])) * squareUnit; more > worthTelling {
				found[l] = append(found[l], spot{layer: l, board: board, at: pointMM(united[l][0][0][0]), size: more})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			spots = append(spots, f...)
		}
	}
	return c.report(telling{
		kind: DoubleBurn,
		message: func(g group) string {
			return fmt.Sprintf("%s would burn twice, %s in all.", counted(g.count, "area", "areas"), squareMM(g.sum))
		},
		fix:      "Export these layers in one job, where the upper layer keeps the area, or knock one of them out.",
		remedies: c.burnOnce,
	}, spots), nil
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
