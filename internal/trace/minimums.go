package trace

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/planar"
)

// sized brings an area to the layer's minimums: what is thinner than min-width
// goes, is widened or stays, as the option thin says, and what is smaller than
// min-area goes.
func (w *work) sized(ctx context.Context, polys []planar.Polygon) ([]planar.Polygon, error) {
	width, area := w.settings.units("min-width"), w.settings.squareUnits("min-area")
	switch w.settings.choices["thin"] {
	case thinKeep:
		width = 0
	case thinThicken:
		wide, err := planar.Thicken(ctx, polys, width)
		if err != nil {
			return nil, err
		}
		if polys, err = w.scene.frame.cropAreas(ctx, wide); err != nil {
			return nil, err
		}
		width = 0
	}
	return w.largeEnough(ctx, polys, width, area)
}

// sizedEach is sized for polygons that stay apart. Where widened ones would
// overlap, the earlier one keeps the place.
func (w *work) sizedEach(ctx context.Context, polys []planar.Polygon) ([]planar.Polygon, error) {
	width, area := w.settings.units("min-width"), w.settings.squareUnits("min-area")
	switch w.settings.choices["thin"] {
	case thinKeep:
		width = 0
	case thinThicken:
		wide, err := grownApart(ctx, polys, 2*width, func(i int) ([]planar.Polygon, error) {
			grown, err := planar.Thicken(ctx, polys[i:i+1], width)
			if err != nil {
				return nil, err
			}
			return w.scene.frame.cropEach(ctx, grown)
		})
		if err != nil {
			return nil, err
		}
		polys, width = wide, 0
	}
	kept := make([]planar.Polygon, 0, len(polys))
	var gone []planar.Polygon
	for i := range polys {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		thick, err := planar.Opening(ctx, polys[i:i+1], width)
		if err != nil {
			return nil, err
		}
		before := len(kept)
		for _, p := range thick {
			if planar.Area([]planar.Polygon{p}) >= area {
				kept = append(kept, p)
			}
		}
		if len(kept) == before {
			gone = append(gone, polys[i])
		}
	}
	if len(gone) > 0 {
		w.leftOut(len(gone), "area", gone[0][0][0], below(width, area))
	}
	return kept, nil
}

// largeEnough leaves out what is thinner than width or smaller than area, in
// grid units, and notes how much. What stays keeps its borders exactly.
func (w *work) largeEnough(ctx context.Context, polys []planar.Polygon, width, area float64) ([]planar.Polygon, error) {
	thick, err := planar.Opening(ctx, polys, width)
	if err != nil {
		return nil, err
	}
	kept := make([]planar.Polygon, 0, len(thick))
	for _, p := range thick {
		if planar.Area([]planar.Polygon{p}) >= area {
			kept = append(kept, p)
		}
	}
	if n := len(polys) - len(kept); n > 0 {
		gone := max(0, slices.IndexFunc(polys, func(p planar.Polygon) bool {
			return planar.Area([]planar.Polygon{p}) < area
		}))
		w.leftOut(n, "area", polys[gone][0][0], below(width, area))
	}
	return kept, nil
}

// below says in words what is below minimums in grid units.
func below(width, area float64) string {
	var words []string
	if area > 0 {
		words = append(words, fmt.Sprintf("smaller than %.3g mm²", area/unitsPerMM/unitsPerMM))
	}
	if width > 0 {
		words = append(words, fmt.Sprintf("thinner than %.3g mm", width/unitsPerMM))
	}
	return strings.Join(words, " or ")
}
