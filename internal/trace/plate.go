package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/planar"
)

// The choices of the option "land".
const (
	landFrame = "frame"
	landAreas = "areas"
)

// plate cuts land out of the frame: for the shore of a lake or sea, as the upper
// board of a map in layers or on another material. What the layer itself shows,
// and what other layers take, is taken away; islands come as pieces of their
// own, hang on by bridges, or are dropped.
func plate() Strategy {
	return Strategy{
		ID:    "plate",
		Title: "Plate",
		Description: "Cuts the frame without the layer's shapes and those of other layers: land without water. For the shore of a lake " +
			"or sea as the upper board of a map in layers. Islands come as pieces of their own.",
		Draws:   Lines | Areas,
		Widens:  true,
		AnySize: true,
		OfLines: "taken away at their width, or added to the land",
		OfAreas: "taken away, or the land",
		Options: []Option{
			{
				Key: "land", Default: landFrame, Enum: []string{landFrame, landAreas},
				Help: "What the plate is made of: frame takes the whole frame without the layer's own shapes (a layer of water), areas takes the layer's own shapes (a layer of land).",
			},
			{
				Key: "minus", Layers: true, Enum: []string{layersAbove, layersBelow, layersAll},
				Help: "Layers whose areas are taken away too; above, below and all mean visible layers of the same board.",
			},
			frameRim("10"),
			{
				Key: "min-island", Unit: "mm²", Default: "25", Max: 1e6,
				Help: "Islands smaller than this are dropped. Larger ones are pieces of their own with pieces fall, hang on by bridges with bridge, and are dropped with drop.",
			},
			frameBorder,
		},
		ownsHold: true,
		draw: func(ctx context.Context, w *work) error {
			var err error
			w.own, err = w.filledArea(ctx)
			return err
		},
		reads:    "minus",
		complete: func(ctx context.Context, w *work, read []*work) error { return w.completePlate(ctx, read) },
	}
}

func (w *work) completePlate(ctx context.Context, read []*work) error {
	w.bare = len(w.own) == 0 && w.settings.choices["land"] == landAreas
	land, err := w.land(ctx, read)
	if err != nil {
		return err
	}
	if land, err = w.settleIslands(ctx, land); err != nil {
		return err
	}
	w.cover = append(w.cover, land...)
	if w.fills() {
		w.area = append(w.area, land...)
		return nil
	}
	return w.followSide(ctx, land, pieceSide, w.settings.choices["border"] == yes)
}

// land is what the plate is made of, before its islands are settled.
func (w *work) land(ctx context.Context, read []*work) ([]planar.Polygon, error) {
	var taken []planar.Ring
	for _, o := range read {
		taken = append(taken, planar.Rings(o.cover)...)
	}
	if w.settings.choices["land"] == landFrame {
		return w.frameWithout(ctx, append(taken, planar.Rings(w.own)...))
	}
	left, err := planar.Boolean(ctx, planar.Difference, planar.Rings(w.own), taken, planar.Positive)
	if err != nil {
		return nil, err
	}
	return w.sized(ctx, left)
}

// settleIslands drops, keeps or bridges the parts of a plate beside the largest.
func (w *work) settleIslands(ctx context.Context, land []planar.Polygon) ([]planar.Polygon, error) {
	if len(land) < 2 {
		return land, nil
	}
	main, least := largestOf(land), w.settings.squareUnits("min-island")
	pieces := w.settings.choices["pieces"]
	kept := make([]planar.Polygon, 0, len(land))
	gone, at := 0, planar.Point{}
	for i, p := range land {
		if i == main || pieces != piecesDrop && planar.Area(land[i:i+1]) >= least {
			kept = append(kept, p)
			continue
		}
		if gone == 0 {
			at = p[0][0]
		}
		gone++
	}
	if gone > 0 {
		w.add(KindTooSmall, gone, at, "%s dropped: smaller than %g mm², or not wanted loose.",
			plural(gone, "island"), w.settings.numbers["min-island"])
	}
	if pieces == piecesBridge && len(kept) > 1 {
		return w.oneOf(ctx, kept)
	}
	return kept, nil
}
