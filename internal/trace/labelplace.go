package trace

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/internal/lettering"
	"github.com/mapwright/mapwright/internal/planar"
)

// placeLabels gives the layer's names their places, off the layers that it
// avoids, and draws them.
func (w *work) placeLabels(ctx context.Context, read []*work) error {
	halo := w.settings.numbers["halo"]
	taken, err := w.avoided(ctx, read)
	if err != nil {
		return err
	}
	places, err := lettering.Settle(ctx, w.labels.wishes, taken, halo)
	if err != nil {
		return err
	}
	smallest := 0.0
	for _, p := range places {
		if p == nil {
			continue
		}
		if err := w.drawLabel(ctx, p); err != nil {
			return err
		}
		if size := p.Size(); smallest == 0 || size < smallest {
			smallest = size
		}
	}
	// The thinnest parts of letters are no mistake.
	const thinnest = 0.04
	w.narrowest = float64(thinnest * smallest * unitsPerMM)
	w.noteDropped(places)
	w.bare = w.empty()
	return w.coverLabels(ctx)
}

// avoided gives what the layer's names keep off.
func (w *work) avoided(ctx context.Context, read []*work) (*lettering.Taken, error) {
	const beam = 0.1 // mm: what a line takes
	var rings []planar.Ring
	for _, o := range read {
		areas := o.cover
		if o.settings.strategy.ID != w.settings.strategy.ID {
			var err error
			if areas, err = o.taken(ctx, beam*unitsPerMM, w.settings.style()); err != nil {
				return nil, err
			}
		}
		rings = append(rings, planar.Rings(areas)...)
		rings = append(rings, planar.Rings(o.clears)...)
	}
	if len(rings) == 0 {
		return nil, nil
	}
	areas, err := planar.Union(ctx, rings, planar.Positive)
	if err != nil {
		return nil, err
	}
	return lettering.NewTaken(areas), nil
}

// drawLabel draws one label: outlines as areas where the operation fills, else
// as lines.
func (w *work) drawLabel(ctx context.Context, p *lettering.Placed) error {
	areas, err := p.Areas(ctx)
	if err != nil {
		return err
	}
	if w.fills() {
		w.area = append(w.area, areas...)
	} else {
		w.lines = append(w.lines, closedPaths(areas)...)
	}
	w.cover = append(w.cover, areas...)
	w.lines = append(w.lines, p.Lines()...)
	return nil
}

// coverLabels makes the layer's cover of its letters and their halo. Until then
// the cover holds outlined letters, and lines the others.
func (w *work) coverLabels(ctx context.Context) error {
	if len(w.cover) == 0 && len(w.lines) == 0 {
		return nil
	}
	size := w.settings.units("size")
	around, err := w.readable(ctx, w.cover, w.lines, size)
	if err != nil {
		return err
	}
	if w.cover, err = w.scene.frame.cropAreas(ctx, withoutSpecks(around, size)); err != nil {
		return err
	}
	w.clears = w.cover
	return nil
}

// noteDropped tells which names have no place at all.
func (w *work) noteDropped(places []*lettering.Placed) {
	written := map[string]bool{}
	for i, p := range places {
		if p != nil {
			written[w.labels.wishes[i].Key] = true
		}
	}
	var dropped []string
	at := w.scene.centre()
	for i, p := range places {
		wish := w.labels.wishes[i]
		if p != nil || written[wish.Key] || slices.Contains(dropped, wish.Key) {
			continue
		}
		if len(dropped) == 0 && len(wish.Places) > 0 {
			m := wish.Places[0].Middle()
			at = planar.FromMM(m.X, m.Y)
		}
		dropped = append(dropped, wish.Key)
	}
	if n := len(dropped); n > 0 {
		w.add(KindNoRoom, n, at, "%s left out for want of room: %s. Smaller letters or a larger scale make room.",
			plural(n, "name"), few(dropped))
	}
}

// withoutSpecks fills holes smaller than a square of a size. Inside and between
// letters, what lies below would show as specks.
func withoutSpecks(polys []planar.Polygon, size float64) []planar.Polygon {
	out := make([]planar.Polygon, len(polys))
	for i, p := range polys {
		for k, r := range p {
			if k == 0 || -planar.RingArea(r) >= size*size {
				out[i] = append(out[i], r)
			}
		}
	}
	return out
}
