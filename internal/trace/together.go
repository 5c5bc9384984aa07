package trace

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/internal/toolpath"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// areasOnce takes from the areas of each layer what a layer above burns, so
// that nothing burns twice and every layer keeps its own file. Layers of one
// board, from the bottom to the top.
func areasOnce(ctx context.Context, works []*work) error {
	var above []planar.Ring
	for i := len(works) - 1; i >= 0; i-- {
		w := works[i]
		before := planar.Area(w.area)
		if err := w.leaveFree(ctx, above, 0); err != nil {
			return err
		}
		const worthTelling = 0.01 * unitsPerMM * unitsPerMM
		if gone := before - planar.Area(w.area); gone > worthTelling {
			w.add(KindCovered, 1, w.scene.centre(), "%.2f mm² left out where layers above burn already.",
				gone/unitsPerMM/unitsPerMM)
		}
		above = append(above, planar.Rings(w.area)...)
	}
	return nil
}

// linesOnce takes from the lines of each layer what burns already. Layers of
// one board, from the bottom to the top.
func linesOnce(ctx context.Context, works []*work) error {
	var gaps []planar.Path
	for _, w := range works {
		gaps = append(gaps, w.gaps...)
	}
	leaveGaps(works, gaps)
	var burns []burn
	for i, w := range works {
		for k, p := range w.lines {
			burns = append(burns, burn{path: p, layer: i, index: k, first: w.rank(len(works) - i)})
		}
	}
	kept, err := burnOnce(ctx, burns)
	if err != nil {
		return err
	}
	by := make([][]burn, len(works))
	for _, b := range kept {
		by[b.layer] = append(by[b.layer], b)
	}
	for i, w := range works {
		w.settleLines(by[i])
	}
	return holdOn(ctx, works)
}

// leaveGaps takes out of all cuts what the bridges of any layer need: a bridge
// that another layer cuts through holds nothing.
func leaveGaps(works []*work, gaps []planar.Path) {
	for _, w := range works {
		if w.layer.Operation == artwork.Cut {
			w.lines = withoutGaps(w.lines, gaps)
		}
	}
}

// rank is the place of the layer's lines among those that keep what they share:
// cuts first, because they go through what the others would mark, then scores,
// then what is engraved; of one operation the upper layer first.
func (w *work) rank(fromTop int) int {
	const manyLayers = 1 << 20
	order := slices.Index([]artwork.Operation{artwork.Cut, artwork.Score}, w.layer.Operation)
	if order < 0 {
		order = 2
	}
	return order*manyLayers + fromTop
}

// settleLines takes what is left of the layer's lines, in their order.
func (w *work) settleLines(kept []burn) {
	slices.SortStableFunc(kept, func(a, b burn) int { return a.index - b.index })
	before := w.lines
	w.lines = closedUp(toolpath.Join(rejoined(kept), min(w.settings.units("close-gap"), gapMM*unitsPerMM)))
	gone := totalLength(before) - totalLength(w.lines)
	if gone < overlapMM*unitsPerMM {
		return
	}
	whole := map[int]bool{}
	for _, b := range kept {
		whole[b.index] = !b.cut
	}
	changed, at := 0, planar.Point{}
	for i, p := range before {
		if !whole[i] {
			if changed == 0 {
				at = p[0]
			}
			changed++
		}
	}
	w.add(KindBurnedOnce, changed, at, "%.1f mm of %s left out where another line burns already.",
		gone/unitsPerMM, plural(changed, "line"))
}

// gapMM is how near ends may lie to be joined at last, mm. What a maker wants
// joined across wider gaps was joined before it was drawn; here it would fill
// the gaps of dashes and bridges.
const gapMM = 0.05

// closedUp closes paths whose ends nearly meet: a laser program would take
// them for a mistake.
func closedUp(paths []planar.Path) []planar.Path {
	const gap, least = 0.04 * unitsPerMM, 0.3 * unitsPerMM
	out := make([]planar.Path, 0, len(paths))
	for _, p := range paths {
		last := len(p) - 1
		if p[0] != p[last] && distance(p[0], p[last]) <= gap && planar.Length(p) > least {
			p = append(p[:len(p):len(p)], p[0])
		}
		out = append(out, p)
	}
	return out
}

func totalLength(paths []planar.Path) float64 {
	sum := 0.0
	for _, p := range paths {
		sum += planar.Length(p)
	}
	return sum
}
