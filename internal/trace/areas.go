package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/planar"
)

// united gives the layer's polygons dissolved, simplified, cropped, and
// without what is below the minimums.
func (w *work) united(ctx context.Context) ([]planar.Polygon, error) {
	area, err := w.whole(ctx)
	if err != nil {
		return nil, err
	}
	if area, err = w.scene.frame.cropAreas(ctx, area); err != nil {
		return nil, err
	}
	return w.sized(ctx, area)
}

// whole gives the layer's polygons dissolved and simplified, also beyond the
// frame.
func (w *work) whole(ctx context.Context) ([]planar.Polygon, error) {
	area, err := planar.Union(ctx, planar.Rings(w.features.areas), planar.Positive)
	if err != nil {
		return nil, err
	}
	if area, err = planar.Closing(ctx, area, w.settings.units("merge-gap")); err != nil {
		return nil, err
	}
	if area, err = planar.SimplifyPolygons(ctx, area, w.settings.units("simplify")); err != nil {
		return nil, err
	}
	return w.rounded(ctx, area)
}

// apart gives the layer's polygons each for itself: simplified together, so
// that borders that they share stay shared, and cropped. Where near ones are to
// be merged they come united.
func (w *work) apart(ctx context.Context) ([]planar.Polygon, error) {
	if w.settings.units("merge-gap") > 0 {
		return w.united(ctx)
	}
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
	return w.sizedEach(ctx, out)
}

// rounded gives polygons with corners of the layer's radius. Gaps narrower
// than twice the radius close, parts that are narrower vanish.
func (w *work) rounded(ctx context.Context, polys []planar.Polygon) ([]planar.Polygon, error) {
	r := w.settings.units("corner-radius")
	if r == 0 || len(polys) == 0 {
		return polys, nil
	}
	round := planar.Style{Tolerance: w.settings.fineness()}
	var err error
	for _, d := range []float64{r, -2 * r, r} {
		if polys, err = planar.Offset(ctx, polys, d, round); err != nil {
			return nil, err
		}
	}
	return polys, nil
}
