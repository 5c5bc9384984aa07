package trace

import (
	"context"
	"fmt"

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
	if w.layer.Operation != artwork.Guide {
		if err := linesOnce(ctx, []*work{w}); err != nil {
			return nil, nil, err
		}
	}
	return w.artwork(), &Report{Notes: w.notes}, nil
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

// alone draws a layer and knocks it out. Its lines may still burn twice.
func (s *Scene) alone(ctx context.Context, id carto.LayerID) (*work, error) {
	base, err := s.drawn(ctx, id)
	if err != nil {
		return nil, err
	}
	w := base.copyOf()
	if err := w.knockOut(ctx); err != nil {
		return nil, fmt.Errorf("knocking out layer %q: %w", w.layer.Name, err)
	}
	w.outlineUnfillable()
	switch {
	case base.empty():
		w.add(KindEmpty, 0, s.centre(), "The layer has nothing inside the frame.")
	case w.empty():
		w.add(KindEmptied, 0, s.centre(), "Nothing is left of the layer: the layers that it is knocked out under take all of it.")
	}
	return w, nil
}
