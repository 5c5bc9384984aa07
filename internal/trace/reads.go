package trace

import (
	"context"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
)

// Reads lists the other layers that the tracing of a layer looks at, from the
// bottom to the top: those that it is knocked out under, that it takes away, or
// whose groove it fills. It fails where an option names a layer that is not in
// the map, and where layers read each other in a circle, because each would
// then wait for the other.
func Reads(s *Scene, id carto.LayerID) ([]carto.LayerID, error) {
	l, at, err := s.layer(id)
	if err != nil {
		return nil, err
	}
	read, err := s.reads(at)
	if err != nil {
		return nil, err
	}
	for _, i := range read {
		back, err := s.reaches(i, at, map[int]bool{})
		if err != nil {
			return nil, err
		}
		if back {
			return nil, readInCircle(l, &s.carto.Layers[i])
		}
	}
	ids := make([]carto.LayerID, 0, len(read))
	for _, i := range read {
		ids = append(ids, s.carto.Layers[i].ID)
	}
	return ids, nil
}

// readInCircle says that two layers look at each other.
func readInCircle(l, o *carto.Layer) error {
	mine, _ := StrategyOf(l.Strategy)
	theirs, _ := StrategyOf(o.Strategy)
	if mine.reads == "knock-out" && theirs.reads == "knock-out" {
		return fmt.Errorf("layers %q and %q are each knocked out under the other: set knock-out of one of them to %s or %s",
			l.Name, o.Name, knockOutNo, knockOutAbove)
	}
	return fmt.Errorf("layers %q and %q each wait for the other: %q by its option %s, %q by %s. Change one of the two",
		l.Name, o.Name, l.Name, mine.reads, o.Name, theirs.reads)
}

// reads gives the places of the layers that the layer at a place looks at.
func (s *Scene) reads(at int) ([]int, error) {
	l := &s.carto.Layers[at]
	strategy, ok := StrategyOf(l.Strategy)
	if !ok || strategy.reads == "" {
		return nil, nil
	}
	o, _ := findOption(strategy.Options, strategy.reads)
	found, err := s.named(o, at)
	if err != nil {
		return nil, fmt.Errorf("layer %q: %w", l.Name, err)
	}
	return found, nil
}

// reaches tells whether a layer reads the one at target, itself or through
// others.
func (s *Scene) reaches(from, target int, seen map[int]bool) (bool, error) {
	if from == target || seen[from] {
		return from == target, nil
	}
	seen[from] = true
	read, err := s.reads(from)
	if err != nil {
		return false, err
	}
	for _, i := range read {
		if found, err := s.reaches(i, target, seen); found || err != nil {
			return found, err
		}
	}
	return false, nil
}

// complete goes on with the layer once the layers that it reads are known.
func (w *work) complete(ctx context.Context) error {
	ids, err := Reads(w.scene, w.layer.ID)
	if err != nil {
		return err
	}
	strategy := w.settings.strategy
	if strategy.complete == nil {
		w.bare = w.empty()
	}
	if strategy.complete == nil && (len(ids) == 0 || len(w.area) == 0) {
		return nil
	}
	read := make([]*work, 0, len(ids))
	for _, id := range ids {
		o, err := w.scene.taker(ctx, id)
		if err != nil {
			return err
		}
		read = append(read, o)
	}
	if strategy.complete != nil {
		return strategy.complete(ctx, w, read)
	}
	return w.knockOut(ctx, read)
}

// taker gives a layer with the material that it takes. That is what it takes by
// itself, not what is left of it under others, unless the strategy makes it of
// others.
func (s *Scene) taker(ctx context.Context, id carto.LayerID) (*work, error) {
	w, err := s.drawn(ctx, id)
	if err != nil || w.settings.strategy.complete == nil {
		return w, err
	}
	return s.takers[id].get(func() (*work, error) {
		w := w.copyOf()
		return w, w.complete(ctx)
	})
}

// knockOut takes from the layer's area what the layers that it reads take, with
// a halo.
func (w *work) knockOut(ctx context.Context, read []*work) error {
	halo := w.settings.units("halo")
	var free []planar.Ring
	for _, o := range read {
		taken, err := o.taken(ctx, halo, w.settings.style())
		if err != nil {
			return err
		}
		free = append(free, planar.Rings(taken)...)
	}
	return w.leaveFree(ctx, free, 0)
}

// taken gives the material that a layer takes, with a halo.
func (w *work) taken(ctx context.Context, halo float64, style planar.Style) ([]planar.Polygon, error) {
	if halo == 0 {
		return w.cover, nil
	}
	taken, err := planar.Offset(ctx, w.cover, halo, style)
	if err != nil || len(w.lines) == 0 {
		return taken, err
	}
	beside, err := planar.Stroke(ctx, w.lines, halo, style)
	return append(taken, beside...), err
}

// leaveFree takes rings from the layer's area, and then what that made thinner
// or smaller than the layer's minimums, or smaller than scrap. Polygons that
// nothing was taken from stay as they are, without a look.
func (w *work) leaveFree(ctx context.Context, free []planar.Ring, scrap float64) error {
	if len(free) == 0 || len(w.area) == 0 {
		return nil
	}
	left, err := planar.Boolean(ctx, planar.Difference, planar.Rings(w.area), free, planar.Positive)
	if err != nil {
		return err
	}
	before := map[planar.Point][]planar.Polygon{}
	for _, p := range w.area {
		before[p[0][0]] = append(before[p[0][0]], p)
	}
	whole := make([]planar.Polygon, 0, len(left))
	var changed []planar.Polygon
	for _, p := range left {
		if slices.ContainsFunc(before[p[0][0]], func(q planar.Polygon) bool { return slices.EqualFunc(p, q, slices.Equal[planar.Ring]) }) {
			whole = append(whole, p)
		} else {
			changed = append(changed, p)
		}
	}
	width, area := w.minimums()
	changed, err = w.largeEnough(ctx, changed, width, max(area, scrap))
	w.area = slices.Concat(whole, changed)
	return err
}

// minimums gives the least width and area, in grid units, of what is left of
// the layer's area. Lines that were drawn narrower than the minimum on purpose
// stay, in pieces at least as long as they are wide. Crumbs that nobody would
// see go in any case.
func (w *work) minimums() (width, area float64) {
	const crumb = 0.05 * unitsPerMM * unitsPerMM
	width, area = w.settings.units("min-width"), max(w.settings.squareUnits("min-area"), crumb)
	if w.narrowest > 0 {
		width = min(width, 0.9*w.narrowest)
		area = min(area, w.narrowest*w.narrowest)
	}
	return width, area
}
