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
		Options: []Option{
			{
				Key: "edge", Default: edgeAuto, Enum: []string{edgeAuto, edgeKeep, edgeDrop},
				Help: "Whether the outline of what the frame cuts off follows the frame: keep closes it along the frame, drop leaves it open there, auto keeps it for cuts (the piece must come free) and drops it otherwise.",
			},
		},
		Draws: Lines | Areas,
		draw: func(ctx context.Context, w *work) error {
			if err := w.outlineAreas(ctx); err != nil {
				return err
			}
			if err := w.outlineLines(ctx); err != nil {
				return err
			}
			w.replaced(len(w.features.points), "point", "a drill circle")
			return w.drillPoints(ctx)
		},
	}
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
	strips, err := w.stroked(ctx, 0)
	if err != nil {
		return err
	}
	w.cover = append(w.cover, strips...)
	return w.follow(ctx, strips)
}

// follow draws the borders of polygons, moved aside by half the kerf for cuts.
func (w *work) follow(ctx context.Context, polys []planar.Polygon) error {
	cut := w.layer.Operation == artwork.Cut
	if cut {
		w.cover = append(w.cover, polys...)
		var err error
		if polys, err = w.besideKerf(ctx, polys); err != nil {
			return err
		}
	}
	edge := w.settings.choices["edge"]
	if edge == edgeKeep || cut && edge != edgeDrop {
		w.lines = append(w.lines, closedPaths(polys)...)
		return nil
	}
	for _, p := range closedPaths(polys) {
		w.lines = append(w.lines, w.scene.frame.withoutEdge(p)...)
	}
	return nil
}

// besideKerf moves outlines by half the beam's width, each for itself:
// outwards for pieces, inwards for openings.
func (w *work) besideKerf(ctx context.Context, polys []planar.Polygon) ([]planar.Polygon, error) {
	d := w.settings.units("kerf") / 2
	if d == 0 {
		return polys, nil
	}
	if w.layer.Setting == "inner" {
		d = -d
	}
	var out []planar.Polygon
	for i := range polys {
		moved, err := planar.Offset(ctx, polys[i:i+1], d, w.settings.style())
		if err != nil {
			return nil, err
		}
		if moved, err = w.scene.frame.cropEach(ctx, moved); err != nil {
			return nil, err
		}
		out = append(out, moved...)
	}
	return out, nil
}
