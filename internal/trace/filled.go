package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/planar"
)

// filled burns areas, and lines drawn at their width, as a whole: for water,
// buildings and roads that are engraved. Knocked out, it leaves free what other
// layers take.
func filled() Strategy {
	return Strategy{
		ID:    "filled",
		Title: "Filled",
		Description: "Burns areas, and lines drawn at their width, as a whole. For water, buildings and roads that are " +
			"engraved. With knock-out it leaves free what other layers take.",
		Draws:   Lines | Areas,
		Widens:  true,
		Unites:  true,
		OfLines: "burned at their width",
		OfAreas: "burned whole, those that touch as one",
		Options: knockOutOptions(knockOutNo, "0"),
		reads:   "knock-out",
		draw:    fill,
	}
}

// fill burns areas, and lines drawn at their width.
func fill(ctx context.Context, w *work) error {
	area, err := w.filledArea(ctx)
	if err != nil {
		return err
	}
	w.cover = append(w.cover, area...)
	w.area = area
	return nil
}

// filledArea unites the layer's polygons and its lines drawn at their width.
func (w *work) filledArea(ctx context.Context) ([]planar.Polygon, error) {
	area, err := w.united(ctx)
	if err != nil || len(w.features.lines) == 0 {
		return area, err
	}
	strips, err := w.stroked(ctx)
	if err != nil || len(area) == 0 {
		return strips, err
	}
	return planar.Union(ctx, append(planar.Rings(area), planar.Rings(strips)...), planar.Positive)
}
