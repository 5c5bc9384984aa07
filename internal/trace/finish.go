package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/toolpath"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// The choices of the option "curves".
const (
	curvesOn  = "on"
	curvesOff = "off"
)

// finished is what a layer comes to, as a machine follows it.
type finished struct {
	lines []artwork.Path   // one for each of the work's lines
	areas [][]artwork.Path // the rings of each of its areas
}

// finish draws layers of one board with few lines, arcs and cubics: together,
// so that what they share stays shared.
func (s *Scene) finish(ctx context.Context, works []*work) error {
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
	})
	if err != nil {
		return err
	}
	for _, w := range works {
		d := &finished{lines: paths[:len(w.lines):len(w.lines)]}
		paths = paths[len(w.lines):]
		for _, p := range w.area {
			d.areas = append(d.areas, paths[:len(p):len(p)])
			paths = paths[len(p):]
		}
		w.finished = d
	}
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
	case w.settings.strategy.ID == "groove" || w.settings.strategy.ID == "inlay":
		return closely * e
	default:
		return e
	}
}

// finishAll draws what burns on each board together, guides each alone.
func (s *Scene) finishAll(ctx context.Context, works []*work) error {
	for board := 1; board <= s.scene.Boards.Count; board++ {
		var together []*work
		for _, w := range works {
			if w.layer.Board != board {
				continue
			}
			for _, part := range w.withParts() {
				if part.layer.Operation != artwork.Guide {
					together = append(together, part)
				} else if err := s.finish(ctx, []*work{part}); err != nil {
					return err
				}
			}
		}
		if err := s.finish(ctx, together); err != nil {
			return err
		}
	}
	return nil
}
