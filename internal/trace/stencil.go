package trace

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
)

// stencil cuts the shapes of a layer out of the frame so that what is left is
// one piece: for stencils to paint or sand-blast through, and for roads cut out
// of a sheet that light shines through. Every island that would fall out hangs
// on by bridges, also those between streets. Engraved, the openings burn.
func stencil() Strategy {
	return Strategy{
		ID:    "stencil",
		Title: "Stencil",
		Description: "Cuts areas, and lines at their width, out of the frame, with bridges so that every island hangs on and the " +
			"sheet stays one piece. To paint through, or to let light shine through the streets.",
		Draws:    Lines | Areas,
		Widens:   true,
		Unites:   true,
		Bridges:  true,
		OfLines:  "openings of their width",
		OfAreas:  "openings",
		Options:  []Option{frameRim("5"), frameBorder},
		ownsHold: true,
		draw:     func(ctx context.Context, w *work) error { return w.drawStencil(ctx) },
	}
}

// frameRim is the option of strategies that make one piece of the frame.
func frameRim(usual string) Option {
	return Option{
		Key: "rim", Unit: "mm", Default: usual, Max: 200,
		Help: "How wide a rim is left along the frame, which holds the piece together.",
	}
}

// frameBorder is the option of strategies that make one piece of the frame.
var frameBorder = Option{
	Key: "border", Default: yes, Enum: []string{no, yes},
	Help: "Whether the frame itself is followed too, so that the piece comes free.",
}

func (w *work) drawStencil(ctx context.Context) error {
	shape, err := w.filledArea(ctx)
	if err != nil || len(shape) == 0 {
		return err
	}
	sheet, err := w.frameWithout(ctx, planar.Rings(shape))
	if err != nil {
		return err
	}
	if sheet, err = w.oneOf(ctx, sheet); err != nil {
		return err
	}
	openings, err := planar.Boolean(ctx, planar.Difference, planar.Rings(w.scene.frame.crop), planar.Rings(sheet), planar.Positive)
	if err != nil {
		return err
	}
	width, area := w.minimums()
	if openings, err = w.largeEnough(ctx, openings, width, area); err != nil {
		return err
	}
	w.cover = append(w.cover, openings...)
	if w.fills() {
		w.area = openings
		return nil
	}
	sheet, err = planar.Boolean(ctx, planar.Difference, planar.Rings(w.scene.frame.crop), planar.Rings(openings), planar.Positive)
	if err != nil {
		return err
	}
	return w.followSide(ctx, sheet, pieceSide, w.settings.choices["border"] == yes)
}

// frameWithout gives the frame without shapes, which end at its rim, by the
// layer's minimums.
func (w *work) frameWithout(ctx context.Context, taken []planar.Ring) ([]planar.Polygon, error) {
	within := w.scene.frame.crop
	if rim := w.settings.units("rim"); rim > 0 {
		var err error
		if within, err = planar.Offset(ctx, within, -rim, planar.Style{Join: planar.MitreJoin}); err != nil {
			return nil, err
		}
	}
	open, err := planar.Boolean(ctx, planar.Intersection, taken, planar.Rings(within), planar.Positive)
	if err != nil {
		return nil, err
	}
	left, err := planar.Boolean(ctx, planar.Difference, planar.Rings(w.scene.frame.crop), planar.Rings(open), planar.Positive)
	if err != nil {
		return nil, err
	}
	return w.sized(ctx, left)
}

// oneOf joins the parts of a sheet to the largest by bridges. What can't be
// joined is left out.
func (w *work) oneOf(ctx context.Context, sheet []planar.Polygon) ([]planar.Polygon, error) {
	if len(sheet) < 2 {
		return sheet, nil
	}
	main := largestOf(sheet)
	islands := slices.Concat(sheet[:main], sheet[main+1:])
	bridges, err := planar.Bridges(ctx, sheet[main:main+1], islands, w.settings.units("bridge-width"), int(w.settings.numbers["bridges"]))
	if err != nil {
		return nil, err
	}
	rings := planar.Rings(sheet)
	for _, b := range bridges {
		rings = append(rings, b.Strip...)
	}
	joined, err := planar.Union(ctx, rings, planar.Positive)
	if err != nil {
		return nil, err
	}
	if joined, err = w.scene.frame.cropAreas(ctx, joined); err != nil {
		return nil, err
	}
	if n := len(bridges); n > 0 {
		w.add(KindBridged, n, bridges[0].From, "%s hold %s.", plural(n, "bridge"), plural(len(islands), "island"))
	}
	if n := len(joined) - 1; n > 0 {
		main = largestOf(joined)
		w.add(KindLoose, n, joined[(main+1)%len(joined)][0][0], "%s left out: there is no way to bridge to them.", plural(n, "island"))
		joined = joined[main : main+1]
	}
	return joined, nil
}

// largestOf is the index of the largest polygon.
func largestOf(polys []planar.Polygon) int {
	largest := 0
	for i := range polys {
		if planar.Area(polys[i:i+1]) > planar.Area(polys[largest:largest+1]) {
			largest = i
		}
	}
	return largest
}
