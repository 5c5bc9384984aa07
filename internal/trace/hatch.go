package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/planar"
)

// hatch draws parallel lines across areas: for woods, parks and fields that are
// scored, lighter and much quicker than an engraved area. The lines of all
// areas are those of one hatch over the whole map, so that neighbours match.
func hatch() Strategy {
	return Strategy{
		ID:          "hatch",
		Title:       "Hatched",
		Description: "Draws parallel lines across areas. For woods, parks and fields: lighter and much quicker than engraving them.",
		Options: []Option{
			{
				Key: "angle", Unit: "°", Default: "45", Min: -360, Max: 360,
				Help: "The direction of the lines, counterclockwise from level.",
			},
			{
				Key: "spacing", Unit: "mm", Default: "1.5", Min: 0.1, Max: 100,
				Help: "The distance between neighbouring lines.",
			},
		},
		Draws: Areas,
		draw: func(ctx context.Context, w *work) error {
			area, err := w.united(ctx)
			if err != nil {
				return err
			}
			w.cover = append(w.cover, area...)
			lines, err := planar.Hatch(ctx, area, w.settings.numbers["angle"], w.settings.units("spacing"))
			if err != nil {
				return err
			}
			if lines, err = w.scene.frame.cropPaths(ctx, lines); err != nil {
				return err
			}
			w.lines = append(w.lines, w.longEnough(lines)...)
			w.replaced(len(w.features.lines), "line", "a centreline")
			if err := w.drawLines(ctx); err != nil {
				return err
			}
			w.replaced(len(w.features.points), "point", "a drill circle")
			return w.drillPoints(ctx)
		},
	}
}
