package trace

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Reads lists the other layers that the tracing of a layer looks at, from the
// bottom to the top: those that it is knocked out under. It fails where layers
// read each other in a circle, because each would then leave the place to the
// other.
func Reads(s *Scene, id carto.LayerID) ([]carto.LayerID, error) {
	l, at, err := s.layer(id)
	if err != nil {
		return nil, err
	}
	read := s.reads(l, at)
	for _, i := range read {
		if s.reaches(i, at, map[int]bool{}) {
			return nil, fmt.Errorf("layers %q and %q are each knocked out under the other: set knock-out of one of them to %s or %s",
				l.Name, s.scene.Layers[i].Name, knockOutNo, knockOutAbove)
		}
	}
	ids := make([]carto.LayerID, 0, len(read))
	for _, i := range read {
		ids = append(ids, s.scene.Layers[i].ID)
	}
	return ids, nil
}

// reads gives the places of the layers that a layer looks at.
func (s *Scene) reads(l *carto.Layer, at int) []int {
	strategy, ok := strategyOf(l.Strategy)
	if !ok || !strategy.knocksOut {
		return nil
	}
	var read []int
	for i := range s.scene.Layers {
		o := &s.scene.Layers[i]
		wanted := l.Options["knock-out"] == knockOutAll && i != at || l.Options["knock-out"] == knockOutAbove && i > at
		if wanted && o.Visible && o.Board == l.Board && o.Operation != artwork.Guide {
			read = append(read, i)
		}
	}
	return read
}

// reaches tells whether a layer reads the one at target, itself or through
// others.
func (s *Scene) reaches(from, target int, seen map[int]bool) bool {
	if from == target {
		return true
	}
	if seen[from] {
		return false
	}
	seen[from] = true
	for _, i := range s.reads(&s.scene.Layers[from], from) {
		if s.reaches(i, target, seen) {
			return true
		}
	}
	return false
}

// knockOut takes from the layer's area what the layers that it reads take,
// with a halo. It looks at what they would take by themselves, not at what is
// knocked out of them.
func (w *work) knockOut(ctx context.Context) error {
	read, err := Reads(w.scene, w.layer.ID)
	if err != nil || len(read) == 0 || len(w.area) == 0 {
		return err
	}
	halo := w.settings.units("halo")
	var free []planar.Ring
	for _, id := range read {
		o, err := w.scene.drawn(ctx, id)
		if err != nil {
			return err
		}
		taken, err := o.taken(ctx, halo, w.settings.style())
		if err != nil {
			return err
		}
		free = append(free, planar.Rings(taken)...)
	}
	return w.leaveFree(ctx, free)
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
// or smaller than the layer's minimums.
func (w *work) leaveFree(ctx context.Context, free []planar.Ring) error {
	if len(free) == 0 || len(w.area) == 0 {
		return nil
	}
	left, err := planar.Boolean(ctx, planar.Difference, planar.Rings(w.area), free, planar.Positive)
	if err != nil {
		return err
	}
	width, area := w.minimums()
	w.area, err = w.largeEnough(ctx, left, width, area)
	return err
}

// minimums gives the least width and area, in grid units, of what is left of
// the layer's area. Lines that were drawn narrower than the minimum on purpose
// stay, in pieces at least as long as they are wide.
func (w *work) minimums() (width, area float64) {
	width, area = w.settings.units("min-width"), w.settings.squareUnits("min-area")
	if w.narrowest > 0 {
		width = min(width, 0.9*w.narrowest)
		area = min(area, w.narrowest*w.narrowest)
	}
	return width, area
}
