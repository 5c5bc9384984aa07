package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// The choices of the option "edge".
const (
	edgeAuto = "auto"
	edgeKeep = "keep"
	edgeDrop = "drop"
)

// outline follows the border of areas, and of lines drawn at their width: for
// pieces that are cut out, and for roads as a pair of thin lines. A border that
// two areas share is followed once.
func outline() Strategy {
	return Strategy{
		ID:    "outline",
		Title: "Outline",
		Description: "Follows the border of areas, and of lines drawn at their width. For pieces that are cut out, " +
			"and for areas shown by a thin line. A border that two areas share is followed once.",
		Draws:   Lines | Areas,
		Widens:  true,
		OfLines: "the border of each at its width",
		OfAreas: "the border of each, shared ones once",
		Options: []Option{frameEdge},
		draw: func(ctx context.Context, w *work) error {
			if err := w.outlineAreas(ctx); err != nil {
				return err
			}
			return w.outlineLines(ctx)
		},
	}
}

// frameEdge is the option of strategies that follow borders.
var frameEdge = Option{
	Key: "edge", Default: edgeAuto, Enum: []string{edgeAuto, edgeKeep, edgeDrop},
	Help: "Whether the outline of what the frame cuts off follows the frame: keep closes it along the frame, drop leaves it open there, auto keeps it for cuts (the piece must come free) and drops it otherwise.",
}

// outlineAreas follows the border of each polygon.
func (w *work) outlineAreas(ctx context.Context) error {
	if len(w.features.areas) == 0 {
		return nil
	}
	polys, err := w.apart(ctx)
	if err != nil {
		return err
	}
	return w.follow(ctx, polys)
}

// outlineLines follows the border of the lines drawn at their width.
func (w *work) outlineLines(ctx context.Context) error {
	if len(w.features.lines) == 0 {
		return nil
	}
	strips, err := w.stroked(ctx)
	if err != nil {
		return err
	}
	w.cover = append(w.cover, strips...)
	return w.follow(ctx, strips)
}

// follow draws the borders of polygons, moved aside by half the kerf for cuts
// to the side of the layer's setting.
func (w *work) follow(ctx context.Context, polys []planar.Polygon) error {
	w.coverEnclosed(polys)
	edge := w.settings.choices["edge"]
	keep := edge == edgeKeep || w.layer.Operation == artwork.Cut && edge != edgeDrop
	return w.followSide(ctx, polys, w.settingSide(), keep)
}

// coverEnclosed counts what cuts enclose as material that the layer takes.
func (w *work) coverEnclosed(polys []planar.Polygon) {
	if w.layer.Operation == artwork.Cut {
		w.cover = append(w.cover, polys...)
	}
}

// followSide draws the borders of polygons, moved to a side by half the kerf
// for cuts. Without atFrame the stretches along the frame are left out.
func (w *work) followSide(ctx context.Context, polys []planar.Polygon, side kerfSide, atFrame bool) error {
	if w.layer.Operation == artwork.Cut {
		var err error
		if polys, err = w.besideKerf(ctx, w.withoutLoose(polys), side); err != nil {
			return err
		}
	}
	lines := closedPaths(polys)
	if !atFrame {
		lines = w.open(lines)
	}
	w.lines = append(w.lines, lines...)
	return nil
}

// open leaves out the stretches of closed paths that run along the frame.
func (w *work) open(closed []planar.Path) []planar.Path {
	var out []planar.Path
	for _, p := range closed {
		out = append(out, w.scene.frame.withoutEdge(p)...)
	}
	return out
}
