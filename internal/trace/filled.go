package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/planar"
)

// The choices of the option "knock-out".
const (
	knockOutNo    = "no"
	knockOutAbove = "above"
	knockOutAll   = "all"
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
		Options: []Option{
			{
				Key: "knock-out", Default: knockOutNo, Enum: []string{knockOutNo, knockOutAbove, knockOutAll},
				Help: "Which visible layers of the same board are left free: none, those above, or all others.",
			},
			{
				Key: "halo", Unit: "mm", Default: "0", Max: 20,
				Help: "How much more is left free around what is knocked out.",
			},
		},
		knocksOut: true,
		Draws:     Lines | Areas,
		draw: func(ctx context.Context, w *work) error {
			area, err := w.filledArea(ctx)
			if err != nil {
				return err
			}
			w.cover = append(w.cover, area...)
			w.area = area
			w.replaced(len(w.features.points), "point", "a drill circle")
			return w.drillPoints(ctx)
		},
	}
}

// filledArea unites the layer's polygons and its lines drawn at their width.
func (w *work) filledArea(ctx context.Context) ([]planar.Polygon, error) {
	area, err := w.united(ctx)
	if err != nil || len(w.features.lines) == 0 {
		return area, err
	}
	strips, err := w.stroked(ctx, 0)
	if err != nil || len(area) == 0 {
		return strips, err
	}
	return planar.Union(ctx, append(planar.Rings(area), planar.Rings(strips)...), planar.Positive)
}
