package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/planar"
)

// inset follows the border of areas again and again, each time farther inside:
// for water shown by lines along its shore, and for areas that are engraved by
// following their shape instead of in rows. Along the frame there are no rings
// where only some are drawn: they run out of the map.
func inset() Strategy {
	return Strategy{
		ID:    "inset",
		Title: "Rings inside",
		Description: "Follows the border of areas again and again, each time farther inside. For lakes and seas shown by lines along " +
			"their shore, and for areas that are engraved along their shape instead of in rows.",
		Draws:   Areas,
		Unites:  true,
		OfAreas: "rings inside each, united where they touch",
		Options: []Option{
			{
				Key: "spacing", Unit: "mm", Default: "1", Min: 0.05, Max: 100,
				Help: "The distance between neighbouring rings.",
			},
			{
				Key: "count", Unit: "rings", Default: "3", Max: 10000, Whole: true,
				Help: "How many rings are drawn inside. 0 fills the areas with them; the rings then also run along the frame.",
			},
			{
				Key: "border", Default: yes, Enum: []string{no, yes},
				Help: "Whether the border itself is followed too; never along the frame.",
			},
		},
		draw: func(ctx context.Context, w *work) error { return w.drawInset(ctx) },
	}
}

func (w *work) drawInset(ctx context.Context) error {
	shown, err := w.united(ctx)
	if err != nil {
		return err
	}
	w.cover = append(w.cover, shown...)
	if w.settings.choices["border"] == yes {
		w.lines = append(w.lines, w.open(closedPaths(shown))...)
	}
	count, spacing := int(w.settings.numbers["count"]), w.settings.units("spacing")
	start := shown
	if count > 0 {
		if start, err = w.around(ctx, float64(count)*spacing); err != nil {
			return err
		}
	}
	steps, err := planar.InsetRings(ctx, start, spacing, count, w.settings.style())
	if err != nil {
		return err
	}
	for _, rings := range steps {
		if err := w.addRings(ctx, rings); err != nil {
			return err
		}
	}
	return nil
}

// addRings adds what lies in the frame of rings.
func (w *work) addRings(ctx context.Context, rings []planar.Polygon) error {
	lines, err := w.scene.frame.cropPaths(ctx, closedPaths(rings))
	if err != nil {
		return err
	}
	w.lines = append(w.lines, w.longEnough(lines)...)
	return nil
}

// around gives the layer's polygons inside the frame and as far beyond it as
// rings reach in from there, by the minimums of the layer.
func (w *work) around(ctx context.Context, reach float64) ([]planar.Polygon, error) {
	area, err := w.whole(ctx)
	if err != nil {
		return nil, err
	}
	box, more := w.scene.frame.box, int32(min(reach, 4*maxWidth*unitsPerMM))+1
	box.Min.X, box.Min.Y, box.Max.X, box.Max.Y = box.Min.X-more, box.Min.Y-more, box.Max.X+more, box.Max.Y+more
	area, err = planar.Boolean(ctx, planar.Intersection, planar.Rings(area), []planar.Ring{planar.RectRing(box.Min, box.Max)}, planar.NonZero)
	if err != nil {
		return nil, err
	}
	quiet := *w
	quiet.notes = nil // the same was told of what lies inside the frame
	return quiet.largeEnough(ctx, area, w.leastWidth(), w.settings.squareUnits("min-area"))
}

// leastWidth is the width below which parts of areas go, grid units.
func (w *work) leastWidth() float64 {
	if w.settings.choices["thin"] == thinKeep {
		return 0
	}
	return w.settings.units("min-width")
}
