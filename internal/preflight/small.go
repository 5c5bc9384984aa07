package preflight

import (
	"context"
	"fmt"
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// leeway is what offsets round, mm.
const leeway = 0.005

// tooSmall finds parts of areas that are thinner or smaller than what survives,
// and cut-out pieces that are too small to handle.
func (c *checker) tooSmall(ctx context.Context) error {
	var small, thin []spot
	for _, board := range c.boards() {
		for layer := range c.art.Layers {
			polys, err := c.fills(ctx, layer, board)
			if err != nil {
				return err
			}
			for _, p := range polys {
				if size := planar.Area([]planar.Polygon{p}) * squareUnit; size < c.options.MinArea {
					small = append(small, spot{layer: layer, board: board, at: pointMM(p[0][0]), size: c.options.MinArea - size})
				}
			}
			found, err := c.thinParts(ctx, polys, layer, board)
			if err != nil {
				return err
			}
			thin = append(thin, found...)
		}
	}
	c.report(TooSmall, Warning, "Show less ground at a larger scale, or raise the layer's min-area.", small,
		func(n int, _ float64, worst spot) string {
			return fmt.Sprintf("%s smaller than %.3g mm² may not show; the smallest has %.3f mm².",
				counted(n, "area", "areas"), c.options.MinArea, c.options.MinArea-worst.size)
		})
	c.report(TooSmall, Warning, "Raise the layer's min-width or the width of its lines.", thin,
		func(n int, sum float64, _ spot) string {
			return fmt.Sprintf("%s thinner than %.3g mm may not show, %.2f mm² in all.",
				counted(n, "part of an area", "parts of areas"), c.options.MinWidth, sum)
		})
	c.smallPieces()
	return nil
}

// smallPieces finds cut-out pieces that are too small to handle.
func (c *checker) smallPieces() {
	var pieces []spot
	for _, s := range c.shapes {
		if s.operation != artwork.Cut || s.fill {
			continue
		}
		for _, p := range s.paths {
			if size := math.Abs(p.Area()); p.Closed && size < c.options.MinPiece {
				pieces = append(pieces, spot{layer: s.layer, board: s.board, at: p.Points[0], size: c.options.MinPiece - size})
			}
		}
	}
	c.report(TooSmall, Warning, "Engrave the layer instead of cutting it, raise its min-area, or show less ground at a larger scale.", pieces,
		func(n int, _ float64, worst spot) string {
			return fmt.Sprintf("%s smaller than %.3g mm² would be lost; the smallest has %.2f mm².",
				counted(n, "cut-out piece", "cut-out pieces"), c.options.MinPiece, c.options.MinPiece-worst.size)
		})
}

// thinParts gives the parts that a disc of nearly the least width does not fit
// into, but for the tips of corners.
func (c *checker) thinParts(ctx context.Context, polys []planar.Polygon, layer, board int) ([]spot, error) {
	if c.options.MinWidth <= 0 || len(polys) == 0 {
		return nil, nil
	}
	width := 0.95 * c.options.MinWidth
	round := planar.Style{}
	core, err := planar.Offset(ctx, polys, -width/2*unitsPerMM, round)
	if err != nil {
		return nil, err
	}
	grown, err := planar.Offset(ctx, core, (width/2+leeway)*unitsPerMM, round)
	if err != nil {
		return nil, err
	}
	lost, err := planar.Boolean(ctx, planar.Difference, planar.Rings(polys), planar.Rings(grown), planar.Positive)
	if err != nil {
		return nil, err
	}
	var spots []spot
	for _, p := range lost {
		if size := planar.Area([]planar.Polygon{p}) * squareUnit; size > 2*width*width {
			spots = append(spots, spot{layer: layer, board: board, at: pointMM(p[0][0]), size: size})
		}
	}
	return spots, nil
}
