package trace

import (
	"context"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// centreline follows each line once, in the middle: for rails, contours and
// paths that are scored, and for everything that is to be as quick as can be.
// Lines that meet end to end become one; closed ones stay closed.
func centreline() Strategy {
	return Strategy{
		ID:          "centreline",
		Title:       "Line",
		Description: "Follows each line once. For rails, paths and contours that are scored: the quickest way to show a line.",
		Draws:       Lines,
		OfLines:     "each followed once, merged where they meet",
		draw:        func(ctx context.Context, w *work) error { return w.drawLines(ctx) },
	}
}

// drawLines follows the layer's lines. Closed ones that are cut are outlines of
// pieces: they move aside by half the kerf.
func (w *work) drawLines(ctx context.Context) error {
	chains, err := w.chains(ctx)
	if err != nil {
		return err
	}
	if w.layer.Operation == artwork.Cut && w.settings.units("kerf") > 0 {
		if chains, err = w.loopsBesideKerf(ctx, chains); err != nil {
			return err
		}
	}
	w.lines = append(w.lines, chains...)
	return nil
}
