package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// findPiece finds what the border leaves of the frame. What lies between border
// and frame, such as the corners beside round ones, is waste that no layer need
// burn.
func (f *furnisher) findPiece(ctx context.Context) error {
	frame := f.w.scene.frame
	f.piece = frame.crop
	for _, p := range f.parts {
		if p.class != ClassBorder {
			continue
		}
		var err error
		if f.piece, err = f.bordered(ctx, p); err != nil {
			return err
		}
		if p.operation == artwork.Guide {
			break
		}
		waste, err := planar.Boolean(ctx, planar.Difference, planar.Rings(frame.crop), planar.Rings(f.piece), planar.Positive)
		if err != nil {
			return err
		}
		f.w.clears = append(f.w.clears, waste...)
		break
	}
	inside, err := planar.Offset(ctx, f.piece, -webMM*unitsPerMM, planar.Style{Join: planar.MitreJoin})
	if err != nil {
		return err
	}
	f.inside = planar.NewIndex(inside)
	return nil
}

// bordered gives the area inside a border: the frame, inset, with its corners
// rounded.
func (f *furnisher) bordered(ctx context.Context, p part) ([]planar.Polygon, error) {
	piece := f.w.scene.frame.crop
	var err error
	if p.inset > 0 {
		if piece, err = planar.Offset(ctx, piece, -p.inset*unitsPerMM, planar.Style{Join: planar.MitreJoin}); err != nil {
			return nil, err
		}
	}
	r := f.w.settings.units("corner-radius")
	if r == 0 {
		return piece, nil
	}
	// In and out again: rounded corners lie inside sharp ones, and the crop
	// takes what rounding to the grid pushed out.
	style := planar.Style{Tolerance: f.w.settings.fineness()}
	if piece, err = planar.Offset(ctx, piece, -r, planar.Style{Join: planar.MitreJoin}); err != nil {
		return nil, err
	}
	if piece, err = planar.Offset(ctx, piece, r, style); err != nil {
		return nil, err
	}
	return f.w.scene.frame.cropAreas(ctx, piece)
}

// drawBorder follows the border once. Cut, it lies half the beam's width beside
// its place, but never beside the frame; engraved, it is a line of the width
// rule inside its place.
func (f *furnisher) drawBorder(ctx context.Context, to *work, p part) error {
	border, err := f.bordered(ctx, p)
	if err != nil {
		return err
	}
	if len(border) == 0 {
		to.add(KindAtFrame, 1, to.scene.centre(), "The border left out: nothing of the frame is left inside of it.")
		return nil
	}
	f.seen(p, border[0][0])
	if to.fills() {
		inner, err := planar.Offset(ctx, border, -to.settings.units("rule"), planar.Style{Join: planar.MitreJoin})
		if err != nil {
			return err
		}
		line, err := planar.Boolean(ctx, planar.Difference, planar.Rings(border), planar.Rings(inner), planar.Positive)
		if err != nil {
			return err
		}
		to.area = append(to.area, line...)
		return nil
	}
	if kerf := to.settings.units("kerf"); kerf > 0 && to.layer.Operation == artwork.Cut {
		if border, err = planar.Offset(ctx, border, float64(to.settingSide())*kerf/2, to.settings.style()); err != nil {
			return err
		}
		if border, err = to.scene.frame.cropAreas(ctx, border); err != nil {
			return err
		}
	}
	to.lines = append(to.lines, closedPaths(border)...)
	return nil
}

// drawHole draws a circle around a point, less the beam where it is cut. A hole
// across the border is none.
func (f *furnisher) drawHole(ctx context.Context, to *work, p part) error {
	hole := circle(p.at, p.size/2*unitsPerMM, to.settings.fineness())
	if !f.holds(hole) {
		to.add(KindAtFrame, 1, p.at, "A hole of %g mm across the edge of the piece left out: move it inside.", p.size)
		return nil
	}
	f.seen(p, hole)
	ring := planar.Polygon{circle(p.at, to.holeRadius(p.size*unitsPerMM), to.settings.fineness())}
	if to.fills() {
		to.area = append(to.area, ring)
		return nil
	}
	to.lines = append(to.lines, closedPaths([]planar.Polygon{ring})...)
	return ctx.Err()
}

// holds tells whether all points lie on the piece, which is convex.
func (f *furnisher) holds(points []planar.Point) bool {
	for _, p := range points {
		if f.inside.Locate(p) == planar.Outside {
			return false
		}
	}
	return true
}
