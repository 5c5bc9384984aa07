package workshop

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
)

// Duplicate puts a copy of a layer with its features above it and gives the
// copy's id. The name is numbered; the copy is not locked.
func (d *Desk) Duplicate(ctx context.Context, id carto.LayerID) (carto.LayerID, error) {
	layer, err := d.layer(id)
	if err != nil {
		return "", err
	}
	var features []carto.Feature
	for f, err := range d.doc.Features(ctx, id, carto.Everywhere()) {
		if err != nil {
			return "", err
		}
		features = append(features, f)
	}
	m := d.doc.Map()
	at := slices.IndexFunc(m.Layers, func(l carto.Layer) bool { return l.ID == id })
	layer.ID, layer.Locked = newLayerID(), false
	layer.Name = uniqueName(takenNames(m), layer.Name)
	return layer.ID, d.doc.Do(ctx, carto.AddLayer{Layer: layer, At: at + 1, Features: features})
}
