package workshop

import (
	"context"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/trace"
)

// withParts is an edit with what it means for the parts of the layers "Frame and
// text": another title of the map, and other boards.
func withParts(ctx context.Context, m *carto.Map, features trace.FeatureSource, e carto.Edit) (carto.Edit, error) {
	switch e := e.(type) {
	case carto.SetTitle:
		return retitled(ctx, m, features, e)
	case carto.SetBoards:
		moved, err := reboarded(ctx, m, features, e.Boards)
		if err != nil || len(moved) == 0 {
			return e, err
		}
		return append(carto.Batch{e}, moved...), nil
	case carto.Batch:
		out := make(carto.Batch, len(e))
		for i, part := range e {
			var err error
			if out[i], err = withParts(ctx, m, features, part); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	return e, nil
}

// retitled gives a map another title, and so the titles on its boards that said
// the one before: those that a maker wrote stay as they are.
func retitled(ctx context.Context, m *carto.Map, features trace.FeatureSource, e carto.SetTitle) (carto.Edit, error) {
	edits := carto.Batch{e}
	for _, l := range m.Layers {
		if l.Strategy != trace.FurnitureStrategy {
			continue
		}
		parts, err := featuresByClass(ctx, features, l.ID)
		if err != nil {
			return nil, err
		}
		for _, f := range parts[trace.ClassTitle] {
			if f.Name == m.Title {
				f = f.Clone()
				f.Name = e.Title
				edits = append(edits, carto.PutFeatures{Layer: l.ID, Features: []carto.Feature{f}})
			}
		}
	}
	if len(edits) == 1 {
		return e, nil
	}
	return edits, nil
}
