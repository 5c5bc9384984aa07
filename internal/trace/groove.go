package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// groove takes a channel out of the material: lines at their width, and areas.
// For rivers and roads that are filled with an inlay, paint or resin. Engraved
// or carved it is a pocket, cut it is an opening. The opening has its true size
// after the beam took its width: all of it is drawn smaller by half of that.
func groove() Strategy {
	return Strategy{
		ID:    "groove",
		Title: "Groove",
		Description: "Takes out lines at their width, and areas, as a channel of exactly that size: the beam's width is allowed for. " +
			"For rivers and roads that are filled with an inlay, paint or resin.",
		Draws:   Lines | Areas,
		Widens:  true,
		Unites:  true,
		Falls:   true,
		OfLines: "a channel of their width",
		OfAreas: "taken out whole",
		fitted:  true,
		kerfIn:  []artwork.Operation{artwork.Engrave, artwork.Relief},
		draw: func(ctx context.Context, w *work) error {
			shape, err := w.filledArea(ctx)
			if err != nil {
				return err
			}
			w.cover = append(w.cover, shape...)
			if !w.fills() {
				return w.followSide(ctx, shape, openingSide, true)
			}
			w.area, err = w.insideBeam(ctx, shape)
			return err
		},
	}
}

// insideBeam shrinks what is engraved by half the beam's width.
func (w *work) insideBeam(ctx context.Context, shape []planar.Polygon) ([]planar.Polygon, error) {
	half := w.settings.units("kerf") / 2
	if half == 0 {
		return shape, nil
	}
	return planar.Offset(ctx, shape, -half, w.settings.style())
}

// inlay cuts the piece that fits into a groove: the same shape, of its true
// size after the beam took its width, less the clearance that fit asks for.
// With the option of it takes the shape of another layer, so that a river that
// was moved moves the piece too.
func inlay() Strategy {
	return Strategy{
		ID:    "inlay",
		Title: "Inlay",
		Description: "Cuts the piece that fits into a groove: the same shape, of its true size. For rivers and lakes of another " +
			"material. Put it on another board, and name the layer of the groove.",
		Draws:   Lines | Areas,
		Widens:  true,
		Unites:  true,
		Falls:   true,
		OfLines: "a piece of their width",
		OfAreas: "a piece each, united where they touch",
		Options: []Option{
			{
				Key: "of", Layers: true,
				Help: "The layer whose groove the piece fills; without it the layer's own shapes are cut.",
			},
			{
				Key: "fit", Unit: "mm", Default: "0", Max: 2,
				Help: "The gap that is left all around between the piece and the groove. 0 presses in; 0.05 to 0.1 leaves room for glue.",
			},
		},
		draw: func(ctx context.Context, w *work) error {
			if _, filled := w.layer.Options["of"]; filled {
				return nil
			}
			var err error
			w.own, err = w.filledArea(ctx)
			return err
		},
		fitted:   true,
		reads:    "of",
		complete: func(ctx context.Context, w *work, read []*work) error { return w.completeInlay(ctx, read) },
	}
}

func (w *work) completeInlay(ctx context.Context, read []*work) error {
	shape := w.own
	if len(read) > 0 {
		var rings []planar.Ring
		for _, o := range read {
			rings = append(rings, planar.Rings(o.cover)...)
		}
		var err error
		if shape, err = planar.Union(ctx, rings, planar.Positive); err != nil {
			return err
		}
	}
	w.bare = len(shape) == 0
	if fit := w.settings.units("fit"); fit > 0 {
		var err error
		if shape, err = planar.Offset(ctx, shape, -fit, w.settings.style()); err != nil {
			return err
		}
	}
	w.cover = append(w.cover, shape...)
	if w.fills() {
		w.area = shape
		return nil
	}
	return w.followSide(ctx, shape, pieceSide, true)
}
