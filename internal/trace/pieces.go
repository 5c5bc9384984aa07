package trace

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// withoutLoose leaves out holes that are smaller than min-area where the maker
// wants no small pieces to fall; small areas are gone by then.
func (w *work) withoutLoose(polys []planar.Polygon) []planar.Polygon {
	least := w.settings.squareUnits("min-area")
	if w.settings.choices["pieces"] != piecesDrop || least == 0 {
		return polys
	}
	out := make([]planar.Polygon, 0, len(polys))
	gone, at := 0, planar.Point{}
	for _, p := range polys {
		kept := planar.Polygon{p[0]}
		for _, hole := range p[1:] {
			if -planar.RingArea(hole) >= least {
				kept = append(kept, hole)
				continue
			}
			if gone == 0 {
				at = hole[0]
			}
			gone++
		}
		out = append(out, kept)
	}
	if gone > 0 {
		w.add(KindTooSmall, gone, at, "%s %s not cut, so that nothing small falls out.", plural(gone, "hole"), below(0, least))
	}
	return out
}

// filledUp gives areas without their holes.
func filledUp(ctx context.Context, polys []planar.Polygon) ([]planar.Polygon, error) {
	shells := make([]planar.Ring, 0, len(polys))
	for _, p := range polys {
		shells = append(shells, p[0])
	}
	return planar.Union(ctx, shells, planar.Positive)
}

// hangOn leaves bridges in the layer's cuts where the maker wants pieces to
// stay in the sheet: every closed cut gets as many as the options say, at places
// far from each other and as straight as can be. Whatever a flood of the sheet
// still finds free gets one more, until nothing is free. What is too small for
// a bridge is not cut at all.
func (w *work) hangOn(ctx context.Context) error {
	if !w.bridged() || len(w.lines) == 0 {
		return nil
	}
	w.leaveUnbridgeable(w.gapWidth())
	lines := w.bridgeable()
	gaps := newGapSet(w.gapWidth())
	for _, p := range lines {
		if p.Closed() {
			gaps.addEvenly(p, int(w.settings.numbers["bridges"]))
		}
	}
	return w.holdWith(ctx, gaps, lines)
}

// bridged tells whether the layer's pieces are to hang on by bridges.
func (w *work) bridged() bool {
	return w.layer.Operation == artwork.Cut && !w.settings.strategy.ownsHold && w.settings.choices["pieces"] == piecesBridge
}

// gapWidth is how long a cut is interrupted for a bridge, grid units.
func (w *work) gapWidth() float64 { return w.settings.units("bridge-width") + w.settings.units("kerf") }

// holdWith adds gaps until nothing of what lines cut is free, and keeps those
// that interrupt a line.
func (w *work) holdWith(ctx context.Context, gaps *gapSet, lines []planar.Path) error {
	const rounds = 12
	for range rounds {
		loose, err := w.loosePieces(ctx, withoutGaps(lines, gaps.paths))
		if err != nil {
			return err
		}
		if len(loose) == 0 {
			break
		}
		for _, p := range loose {
			gaps.addFarthest(p)
		}
	}
	before := len(w.gaps) // these are out of the lines already
	w.gaps = slices.Concat(gaps.paths[:before], gapsIn(lines, gaps.paths[before:]))
	return nil
}

// holdOn looks once more whether anything falls out, when lines that burned
// twice are gone and ends that nearly met were joined: a piece that held by
// less than that is free then.
func holdOn(ctx context.Context, works []*work) error {
	for _, w := range works {
		if !w.bridged() || len(w.gaps) == 0 {
			continue
		}
		gaps := newGapSet(w.gapWidth())
		gaps.paths = slices.Clip(w.gaps)
		before := len(gaps.paths)
		if err := w.holdWith(ctx, gaps, w.bridgeable()); err != nil {
			return err
		}
		if len(w.gaps) > before {
			leaveGaps(works, w.gaps[before:])
		}
	}
	return nil
}

// bridgeable gives the lines without drill circles.
func (w *work) bridgeable() []planar.Path {
	return slices.DeleteFunc(slices.Clone(w.lines), w.drilled())
}

// drilled tells drill circles from other lines.
func (w *work) drilled() func(planar.Path) bool {
	from := map[planar.Point][]planar.Path{}
	for _, d := range w.drills {
		from[d[0]] = append(from[d[0]], d)
	}
	return func(p planar.Path) bool {
		return slices.ContainsFunc(from[p[0]], func(d planar.Path) bool { return slices.Equal(d, p) })
	}
}

// leaveUnbridgeable leaves out closed cuts that are no longer than two gaps: a
// bridge would be most of them.
func (w *work) leaveUnbridgeable(gap float64) {
	drilled := w.drilled()
	kept := make([]planar.Path, 0, len(w.lines))
	gone, at := 0, planar.Point{}
	for _, p := range w.lines {
		if p.Closed() && !drilled(p) && planar.Length(p) < 2*gap {
			if gone == 0 {
				at = p[0]
			}
			gone++
			continue
		}
		kept = append(kept, p)
	}
	if gone > 0 {
		w.add(KindTooSmall, gone, at, "%s not cut: too small for a bridge of %g mm.",
			plural(gone, "piece"), w.settings.numbers["bridge-width"])
	}
	w.lines = kept
}

// loosePieces floods the sheet from outside of the frame and gives the parts of
// it that cuts surround.
func (w *work) loosePieces(ctx context.Context, cuts []planar.Path) ([]planar.Polygon, error) {
	const (
		around = 5 * unitsPerMM    // of the sheet, beyond the frame
		half   = 0.02 * unitsPerMM // of the flood's cuts: no less wood holds a piece; well below what a gap reaches
	)
	box := w.scene.frame.box
	sheet := planar.RectRing(
		planar.Point{X: box.Min.X - around, Y: box.Min.Y - around},
		planar.Point{X: box.Max.X + around, Y: box.Max.Y + around},
	)
	cut, err := planar.Stroke(ctx, cuts, half, planar.Style{})
	if err != nil {
		return nil, err
	}
	parts, err := planar.Boolean(ctx, planar.Difference, []planar.Ring{sheet}, planar.Rings(cut), planar.Positive)
	if err != nil {
		return nil, err
	}
	const least = 0.05 * unitsPerMM * unitsPerMM // less than this is no piece
	var loose []planar.Polygon
	for _, p := range parts {
		if p[0].Bounds().Min != sheet[0] && planar.Area([]planar.Polygon{p}) > least {
			loose = append(loose, p)
		}
	}
	return loose, nil
}
