package trace

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Trace draws one layer by its strategy, as if it were alone on its board; the
// visible layers that it is knocked out under count. Hidden layers and guides
// are drawn too. A layer without anything inside the frame comes back empty,
// with a note.
//
// It fails for an unknown layer, strategy or option value, for layers that are
// knocked out under each other, and when features can't be read or ctx ends.
func Trace(ctx context.Context, s *Scene, id carto.LayerID) (*artwork.Layer, *Report, error) {
	w, err := s.alone(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	parts := w.withParts()
	burned := slices.DeleteFunc(slices.Clone(parts), func(p *work) bool { return p.layer.Operation == artwork.Guide })
	if err := linesOnce(ctx, burned); err != nil {
		return nil, nil, err
	}
	if err := w.noteEmpty([]carto.LayerID{id}); err != nil {
		return nil, nil, err
	}
	if err := s.finishAll(ctx, []*work{w}); err != nil {
		return nil, nil, err
	}
	report := &Report{}
	for _, part := range parts {
		report.Notes = append(report.Notes, part.notes...)
	}
	return w.artwork(), report, nil
}

// drawn gives a layer as its strategy draws it, before it is knocked out.
func (s *Scene) drawn(ctx context.Context, id carto.LayerID) (*work, error) {
	l, _, err := s.layer(id)
	if err != nil {
		return nil, err
	}
	return s.bases[id].get(func() (*work, error) {
		w, err := newWork(ctx, s, l)
		if err != nil {
			return nil, fmt.Errorf("tracing layer %q: %w", l.Name, err)
		}
		return w, nil
	})
}

// finished gives a layer that went on with those that it reads, to be changed
// freely.
func (s *Scene) finished(ctx context.Context, id carto.LayerID) (*work, error) {
	base, err := s.drawn(ctx, id)
	if err != nil {
		return nil, err
	}
	w := base.copyOf()
	if base.settings.strategy.finish == nil {
		err = w.finish(ctx)
	} else if base, err = s.taker(ctx, id); err == nil {
		w = base.copyOf()
	}
	if err != nil {
		return nil, fmt.Errorf("tracing layer %q: %w", w.layer.Name, err)
	}
	return w, nil
}

// alone draws a layer and knocks it out. Its lines may still burn twice.
func (s *Scene) alone(ctx context.Context, id carto.LayerID) (*work, error) {
	w, err := s.finished(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := w.leaveReadable(ctx); err != nil {
		return nil, fmt.Errorf("leaving the text above layer %q free: %w", w.layer.Name, err)
	}
	for _, part := range w.withParts() {
		part.outlineUnfillable()
	}
	if err := w.hangOn(ctx); err != nil {
		return nil, fmt.Errorf("bridges of layer %q: %w", w.layer.Name, err)
	}
	return w, nil
}

// noteEmpty says why nothing is left of a layer. It was emptied by the job when
// all that it is knocked out under is in the job too; otherwise nothing burns
// in its place.
func (w *work) noteEmpty(job []carto.LayerID) error {
	if !w.empty() {
		return nil
	}
	if w.bare {
		w.add(KindEmpty, 0, w.scene.centre(), "%s", cmp.Or(w.settings.strategy.bare, "The layer has nothing inside the frame."))
		return nil
	}
	read, err := Reads(w.scene, w.layer.ID)
	if err != nil {
		return err
	}
	for _, i := range w.scene.readOver(w.layer) {
		read = append(read, w.scene.scene.Layers[i].ID)
	}
	for _, id := range read {
		if !slices.Contains(job, id) {
			w.add(KindEmpty, 0, w.scene.centre(), "Nothing is left of the layer: the layers that it is knocked out under take all of it.")
			return nil
		}
	}
	w.add(KindEmptied, 0, w.scene.centre(), "Nothing is left of the layer: other layers of the job already burn all of it.")
	return nil
}
