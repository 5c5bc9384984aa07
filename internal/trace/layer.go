package trace

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
)

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

// completed gives a layer that went on with those that it reads, to be changed
// freely.
func (s *Scene) completed(ctx context.Context, id carto.LayerID) (*work, error) {
	base, err := s.drawn(ctx, id)
	if err != nil {
		return nil, err
	}
	w := base.copyOf()
	if base.settings.strategy.complete == nil {
		err = w.complete(ctx)
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
	w, err := s.completed(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := w.leaveReadable(ctx); err != nil {
		return nil, fmt.Errorf("leaving the text above layer %q free: %w", w.layer.Name, err)
	}
	for _, part := range w.all() {
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
		read = append(read, w.scene.carto.Layers[i].ID)
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
