package workshop

import (
	"context"
	"iter"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/paulmach/orb"
)

// tried are the features of a map with some of one layer as they would be.
type tried struct {
	trace.FeatureSource
	layer   carto.LayerID
	changed []carto.Feature // each has its id in the layer
}

// Features yields the features of a layer.
func (t *tried) Features(ctx context.Context, layer carto.LayerID, box orb.Bound) iter.Seq2[carto.Feature, error] {
	all := t.FeatureSource.Features(ctx, layer, box)
	if layer != t.layer {
		return all
	}
	return func(yield func(carto.Feature, error) bool) {
		for f, err := range all {
			for _, c := range t.changed {
				if err == nil && c.ID == f.ID {
					f = c
				}
			}
			if !yield(f, err) {
				return
			}
		}
	}
}
