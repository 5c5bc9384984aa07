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
	add, err := duplicate(ctx, d.doc, layer)
	if err != nil {
		return "", err
	}
	return add.Layer.ID, d.doc.Do(ctx, add)
}

// DuplicateLayer puts a copy of a layer with its features above it, with keys
// set as by SetLayer. Without a key "name" the name is numbered.
func (w *Workshop) DuplicateLayer(ctx context.Context, path, name string, keys map[string]string) error {
	return w.changeDocument(ctx, path, func(doc *carto.Document) (carto.Edit, error) {
		layer, err := doc.FindLayer(name)
		if err != nil {
			return nil, err
		}
		add, err := duplicate(ctx, doc, layer)
		if err != nil {
			return nil, err
		}
		return add, setKeys(&add.Layer, keys)
	})
}

// duplicate is the edit that puts a copy of a layer above it.
func duplicate(ctx context.Context, doc *carto.Document, layer carto.Layer) (carto.AddLayer, error) {
	var features []carto.Feature
	for f, err := range doc.Features(ctx, layer.ID, carto.Everywhere()) {
		if err != nil {
			return carto.AddLayer{}, err
		}
		features = append(features, f)
	}
	m := doc.Map()
	at := slices.IndexFunc(m.Layers, func(l carto.Layer) bool { return l.ID == layer.ID })
	layer.ID, layer.Locked = newLayerID(), false
	layer.Name = uniqueName(takenNames(m), layer.Name)
	return carto.AddLayer{Layer: layer, At: at + 1, Features: features}, nil
}
