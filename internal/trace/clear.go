package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// scrapMM and scrapMM2 are the length and the area below which what is left of a
// line or an area beside a text goes: a dot that nobody could tell from a full
// stop.
const (
	scrapMM  = 0.3
	scrapMM2 = 1
)

// readable is what has to be free around letters, so that they can be read: the
// layer's halo, and gaps between them up to a width in grid units, where a bit
// of a street between two words would be read as a hyphen.
func (w *work) readable(ctx context.Context, areas []planar.Polygon, lines []planar.Path, gap float64) ([]planar.Polygon, error) {
	const thin = 0.05 * unitsPerMM // half of a beam
	style, halo := planar.Style{Tolerance: w.settings.units("curve-error")}, w.settings.units("halo")
	free, err := planar.Offset(ctx, areas, halo+gap/2, style)
	if err != nil {
		return nil, err
	}
	beside, err := planar.Stroke(ctx, lines, max(halo, thin)+gap/2, style)
	if err != nil {
		return nil, err
	}
	whole, err := planar.Union(ctx, append(planar.Rings(free), planar.Rings(beside)...), planar.Positive)
	if err != nil {
		return nil, err
	}
	return planar.Offset(ctx, whole, -gap/2, style)
}

// readOver gives the places of the layers above one that are to be read over
// it: the visible ones of its board whose strategy clears what lies below.
func (s *Scene) readOver(l *carto.Layer) []int {
	var over []int
	above := false
	for i := range s.carto.Layers {
		o := &s.carto.Layers[i]
		if o.ID == l.ID {
			above = true
			continue
		}
		strategy, _ := StrategyOf(o.Strategy)
		if above && strategy.clears && o.Visible && o.Board == l.Board && o.Operation != artwork.Guide {
			over = append(over, i)
		}
	}
	return over
}

// leaveReadable takes from what the layer engraves and scores what text above
// it needs to be read. Cuts stay: a piece that is cut halfway does not come
// free.
func (w *work) leaveReadable(ctx context.Context) error {
	if w.layer.Operation == artwork.Guide {
		return nil
	}
	var clears []planar.Polygon
	for _, i := range w.scene.readOver(w.layer) {
		o, err := w.scene.taker(ctx, w.scene.carto.Layers[i].ID)
		if err != nil {
			return err
		}
		clears = append(clears, o.clears...)
	}
	if len(clears) == 0 {
		return nil
	}
	for _, part := range w.all() {
		if part.layer.Operation == artwork.Cut {
			continue
		}
		if err := part.leaveAreasFree(ctx, clears); err != nil {
			return err
		}
		if err := part.leaveLinesFree(ctx, clears); err != nil {
			return err
		}
	}
	return nil
}

// leaveAreasFree takes polygons from the work's area. Areas that none of them
// comes near stay as they are, without a look.
func (w *work) leaveAreasFree(ctx context.Context, clears []planar.Polygon) error {
	var near, far []planar.Polygon
	for _, p := range w.area {
		if besideAny(p[0].Bounds(), clears) {
			near = append(near, p)
		} else {
			far = append(far, p)
		}
	}
	if len(near) == 0 {
		return nil
	}
	w.area = near
	if err := w.leaveFree(ctx, planar.Rings(clears), scrapMM2*unitsPerMM*unitsPerMM); err != nil {
		return err
	}
	w.area = append(far, w.area...)
	return nil
}

// leaveLinesFree cuts polygons out of the work's lines.
func (w *work) leaveLinesFree(ctx context.Context, clears []planar.Polygon) error {
	lines := make([]planar.Path, 0, len(w.lines))
	for i, p := range w.lines {
		if !besideAny(p.Bounds(), clears) {
			lines = append(lines, p)
			continue
		}
		left, err := planar.ClipPaths(ctx, w.lines[i:i+1], clears, planar.Outside)
		if err != nil {
			return err
		}
		if len(left) == 1 && len(left[0]) == len(p) {
			lines = append(lines, p)
			continue
		}
		for _, piece := range left {
			if planar.Length(piece) >= scrapMM*unitsPerMM {
				lines = append(lines, piece)
			}
		}
	}
	w.lines = lines
	return nil
}

// besideAny tells whether a box touches the box of one of the polygons.
func besideAny(b planar.Box, polys []planar.Polygon) bool {
	for _, p := range polys {
		if b.Meets(p[0].Bounds()) {
			return true
		}
	}
	return false
}
