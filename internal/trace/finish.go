package trace

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/internal/toolpath"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// The choices of the option "curves".
const (
	curvesOn  = "on"
	curvesOff = "off"
)

// The choices of the option "order".
const (
	orderTravel  = "travel"
	orderAsDrawn = "as-drawn"
)

// finish draws layers of one board, holds what their bridges are to hold, and
// puts the shapes of each into an order for the machine.
func (s *Scene) finish(ctx context.Context, works []*work) error {
	for _, w := range works {
		if err := w.settleArea(ctx); err != nil {
			return err
		}
	}
	if err := s.hold(ctx, works); err != nil {
		return err
	}
	return inMachineOrder(ctx, works)
}

// fit draws layers of one board with few lines, arcs and cubics: together, so
// that what they share stays shared.
func (s *Scene) fit(ctx context.Context, works []*work) error {
	var strokes []toolpath.Stroke
	for _, w := range works {
		e := w.curveError()
		for _, p := range w.lines {
			strokes = append(strokes, toolpath.Stroke{Path: p, Error: e})
		}
		for _, p := range closedPaths(w.area) {
			strokes = append(strokes, toolpath.Stroke{Path: p, Fill: true, Error: e})
		}
	}
	paths, err := toolpath.Fit(ctx, strokes, toolpath.Options{
		Straight: s.frame.alongEdge,
		Inside:   s.frame.holds,
		Apart:    nearMM,
		Crossing: overlapMM,
	})
	if err != nil {
		return err
	}
	for _, w := range works {
		w.shapes = make([]artwork.Shape, 0, len(w.lines)+len(w.area))
		for range w.lines {
			w.shapes = append(w.shapes, w.shape(false, paths[:1:1]))
			paths = paths[1:]
		}
		for _, p := range w.area {
			w.shapes = append(w.shapes, w.shape(true, paths[:len(p):len(p)]))
			paths = paths[len(p):]
		}
	}
	return nil
}

// inMachineOrder orders the shapes of each work for short travel; cuts that lie
// inside of others, of any layer, come first.
func inMachineOrder(ctx context.Context, works []*work) error {
	var cuts []planar.Path
	for _, w := range works {
		if w.layer.Operation == artwork.Cut {
			cuts = append(cuts, w.lines...)
		}
	}
	depths, err := toolpath.Depths(ctx, cuts)
	if err != nil {
		return err
	}
	for _, w := range works {
		var depth []int
		if w.layer.Operation == artwork.Cut {
			depth = append(depth, depths[:len(w.lines)]...)
			depths = depths[len(w.lines):]
			depth = append(depth, make([]int, len(w.area))...)
		}
		if w.settings.choices["order"] == orderAsDrawn {
			continue
		}
		if w.shapes, err = toolpath.Order(ctx, w.shapes, depth); err != nil {
			return err
		}
	}
	return nil
}

// settleArea takes apart what hangs together by less than a step of the grid:
// what was taken from areas may leave necks that close, or part, when their
// points are looked at once more.
func (w *work) settleArea(ctx context.Context) error {
	const rounds = 4
	for range rounds {
		again, err := planar.Union(ctx, planar.Rings(w.area), planar.Positive)
		if err != nil {
			return err
		}
		same := len(again) == len(w.area) && len(planar.Rings(again)) == len(planar.Rings(w.area))
		w.area = again
		if same {
			break
		}
	}
	// What is smaller than a square of as much as curves may be off no beam draws,
	// and curves could turn it inside out.
	const speck = 0.05 * unitsPerMM
	w.area = withoutSpecks(slices.DeleteFunc(w.area, func(p planar.Polygon) bool {
		return planar.RingArea(p[0]) < speck*speck
	}), speck)
	return nil
}

// curveError is how far curves may lie from the work's lines, mm; 0 keeps the
// lines. A part that has to fit another one is drawn more closely.
func (w *work) curveError() float64 {
	const closely = 0.2
	e := w.settings.numbers["curve-error"]
	switch {
	case w.settings.choices["curves"] == curvesOff:
		return 0
	case w.settings.strategy.fitted:
		return closely * e
	default:
		return e
	}
}

// finishAll draws what burns on each board together, guides each alone.
func (s *Scene) finishAll(ctx context.Context, works []*work) error {
	for _, together := range s.burnedTogether(works) {
		if err := s.finish(ctx, together); err != nil {
			return err
		}
	}
	for _, w := range works {
		for _, part := range w.all() {
			if part.layer.Operation != artwork.Guide {
				continue
			}
			if err := s.finish(ctx, []*work{part}); err != nil {
				return err
			}
		}
	}
	return nil
}
