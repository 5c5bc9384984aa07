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
		Draws:       Areas,
		Unites:      true,
		OfAreas:     "parallel lines across them",
		Options:     []Option{hatchAngle, hatchSpacing, hatchBorder},
		draw:        func(ctx context.Context, w *work) error { return w.hatched(ctx, "angle") },
	}
}

// crossHatch draws two hatches over each other: for areas that are to be darker
// than hatched ones, and still quicker than engraved ones.
func crossHatch() Strategy {
	return Strategy{
		ID:          "cross-hatch",
		Title:       "Cross-hatched",
		Description: "Draws lines across areas in two directions. For areas that are to be darker than hatched ones, and still quicker than engraved ones.",
		Draws:       Areas,
		Unites:      true,
		OfAreas:     "lines across them in two directions",
		Options: []Option{
			hatchAngle,
			{
				Key: "second-angle", Unit: "°", Default: "-45", Min: -360, Max: 360,
				Help: "The direction of the second lines.",
			},
			hatchSpacing,
			hatchBorder,
		},
		draw: func(ctx context.Context, w *work) error { return w.hatched(ctx, "angle", "second-angle") },
	}
}

// The options of hatches.
var (
	hatchAngle = Option{
		Key: "angle", Unit: "°", Default: "45", Min: -360, Max: 360,
		Help: "The direction of the lines, counterclockwise from level.",
	}
	hatchSpacing = Option{
		Key: "spacing", Unit: "mm", Default: "1.5", Min: 0.1, Max: 100,
		Help: "The distance between neighbouring lines.",
	}
	hatchBorder = Option{
		Key: "border", Default: no, Enum: []string{no, yes},
		Help: "Whether the border of the areas is followed too; never along the frame.",
	}
)

// The choices of options that are on or off.
const (
	yes = "yes"
	no  = "no"
)

// hatched draws lines across areas in the directions that options give.
func (w *work) hatched(ctx context.Context, angles ...string) error {
	area, err := w.united(ctx)
	if err != nil {
		return err
	}
	w.cover = append(w.cover, area...)
	if w.settings.choices["border"] == yes {
		w.lines = append(w.lines, w.open(closedPaths(area))...)
	}
	for _, angle := range angles {
		lines, err := planar.Hatch(ctx, area, w.settings.numbers[angle], w.settings.units("spacing"))
		if err != nil {
			return err
		}
		if lines, err = w.scene.frame.cropPaths(ctx, lines); err != nil {
			return err
		}
		w.lines = append(w.lines, w.longEnough(lines)...)
	}
	return nil
}
