package trace

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/planar"
)

// united gives the layer's polygons dissolved, simplified, cropped, and
// without what is below the minimums.
func (w *work) united(ctx context.Context) ([]planar.Polygon, error) {
	area, err := planar.Union(ctx, planar.Rings(w.features.areas), planar.Positive)
	if err != nil {
		return nil, err
	}
	if area, err = planar.SimplifyPolygons(ctx, area, w.settings.units("simplify")); err != nil {
		return nil, err
	}
	if area, err = w.rounded(ctx, area); err != nil {
		return nil, err
	}
	if area, err = w.scene.frame.cropAreas(ctx, area); err != nil {
		return nil, err
	}
	return w.largeEnough(ctx, area, w.settings.units("min-width"), w.settings.squareUnits("min-area"))
}

// apart gives the layer's polygons each for itself: simplified together, so
// that borders that they share stay shared, and cropped.
func (w *work) apart(ctx context.Context) ([]planar.Polygon, error) {
	area, err := planar.SimplifyPolygons(ctx, w.features.areas, w.settings.units("simplify"))
	if err != nil {
		return nil, err
	}
	var out []planar.Polygon
	for i := range area {
		one, err := w.rounded(ctx, area[i:i+1])
		if err != nil {
			return nil, err
		}
		if one, err = w.scene.frame.cropEach(ctx, one); err != nil {
			return nil, err
		}
		out = append(out, one...)
	}
	return w.largeEnough(ctx, out, 0, w.settings.squareUnits("min-area"))
}

// rounded gives polygons with corners of the layer's radius. Gaps narrower
// than twice the radius close, parts that are narrower vanish.
func (w *work) rounded(ctx context.Context, polys []planar.Polygon) ([]planar.Polygon, error) {
	r := w.settings.units("corner-radius")
	if r == 0 || len(polys) == 0 {
		return polys, nil
	}
	round := planar.Style{Tolerance: w.settings.units("curve-error")}
	var err error
	for _, d := range []float64{r, -2 * r, r} {
		if polys, err = planar.Offset(ctx, polys, d, round); err != nil {
			return nil, err
		}
	}
	return polys, nil
}

// largeEnough leaves out what is thinner than width or smaller than area, in
// grid units, and notes how much. What stays keeps its borders exactly.
func (w *work) largeEnough(ctx context.Context, polys []planar.Polygon, width, area float64) ([]planar.Polygon, error) {
	thick, err := thickParts(ctx, polys, width)
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
		w.add(KindTooSmall, n, polys[gone][0][0], "%s %s left out.", plural(n, "area"), below(width, area))
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

// thickParts leaves out the parts of areas that a disc of the width does not
// fit into: they are inset, which loses the thin parts, and grown back a
// little too far, which shows where the rest of the original was.
func thickParts(ctx context.Context, polys []planar.Polygon, width float64) ([]planar.Polygon, error) {
	if width == 0 || len(polys) == 0 {
		return polys, nil
	}
	const slack = 4 // grid units, for the rounding of both offsets
	style := planar.Style{Join: planar.MitreJoin}
	core, err := planar.Offset(ctx, polys, -width/2, style)
	if err != nil {
		return nil, err
	}
	grown, err := planar.Offset(ctx, core, width/2+slack, style)
	if err != nil {
		return nil, err
	}
	return planar.Boolean(ctx, planar.Intersection, planar.Rings(polys), planar.Rings(grown), planar.Positive)
}
