package carto

import (
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// PutFeatures adds features to a layer; those with an ID that the layer has
// replace that feature.
type PutFeatures struct {
	Layer    LayerID
	Features []Feature
}

func (e PutFeatures) apply(m *Map, tx Tx) (Edit, error) {
	at, err := m.at(e.Layer)
	if err != nil {
		return nil, err
	}
	features := make([]Feature, len(e.Features))
	var known []int64
	for i, f := range e.Features {
		if features[i], err = f.normal(); err != nil {
			return nil, err
		}
		if f.ID > 0 {
			known = append(known, f.ID)
		}
	}
	before, err := replaced(tx, e.Layer, known)
	if err != nil {
		return nil, err
	}
	ids, err := tx.PutFeatures(e.Layer, features)
	if err != nil {
		return nil, err
	}
	old := make(map[int64]bool, len(before))
	for _, f := range before {
		old[f.ID] = true
	}
	added := slices.DeleteFunc(ids, func(id int64) bool { return old[id] })
	slices.Sort(added)
	added = slices.Compact(added)
	m.Layers[at].Count += len(added)
	return putBack{layer: e.Layer, remove: added, put: before}, nil
}

// replaced reads the features of those ids that there are.
func replaced(tx Tx, layer LayerID, ids []int64) ([]Feature, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	return tx.Features(layer, ids...)
}

// normal is the feature as it is kept: a ring or a box as polygon, no
// attributes as nil.
func (f Feature) normal() (Feature, error) {
	switch g := f.Geometry.(type) {
	case nil:
		return f, &InvalidError{What: "shape", Why: "has no geometry"}
	case orb.Ring:
		f.Geometry = orb.Polygon{g}
	case orb.Bound:
		f.Geometry = g.ToPolygon()
	}
	if f.ID < 0 {
		return f, &InvalidError{What: "number of the shape", Why: fmt.Sprintf("must not be negative, as %d is", f.ID)}
	}
	if len(f.Attributes) == 0 {
		f.Attributes = nil
	}
	return f, f.validate()
}

func (f Feature) validate() error {
	if !finite(f.Geometry) {
		return &InvalidError{What: "shape", Why: fmt.Sprintf("%q has a coordinate that is no number", f.Name)}
	}
	if err := plainText("name of the shape", f.Name); err != nil {
		return err
	}
	if err := plainText("class of the shape", f.Class); err != nil {
		return err
	}
	for k, v := range f.Attributes {
		if err := plainText("attribute "+k, k+v); err != nil {
			return err
		}
	}
	return nil
}

// finite tells whether all coordinates of g are numbers.
func finite(g orb.Geometry) bool {
	box, some := Extent(g)
	for _, v := range []float64{box.Min[0], box.Min[1], box.Max[0], box.Max[1]} {
		if some && (math.IsNaN(v) || math.IsInf(v, 0)) {
			return false
		}
	}
	return true
}

// RemoveFeatures removes features from a layer, all of which must be there.
type RemoveFeatures struct {
	Layer LayerID
	IDs   []int64
}

func (e RemoveFeatures) apply(m *Map, tx Tx) (Edit, error) {
	at, err := m.at(e.Layer)
	if err != nil {
		return nil, err
	}
	gone, err := tx.RemoveFeatures(e.Layer, e.IDs)
	if err != nil {
		return nil, err
	}
	there := make(map[int64]bool, len(gone))
	for _, f := range gone {
		there[f.ID] = true
	}
	for _, id := range e.IDs {
		if !there[id] {
			return nil, &NoFeatureError{Layer: m.Layers[at].Name, ID: id}
		}
	}
	m.Layers[at].Count -= len(gone)
	return putBack{layer: e.Layer, put: gone}, nil
}

// putBack undoes PutFeatures and RemoveFeatures: it removes some features and
// puts others as they were. What another program has removed meanwhile is no
// error: the maker would be stuck.
type putBack struct {
	layer  LayerID
	remove []int64
	put    []Feature
}

func (e putBack) apply(m *Map, tx Tx) (Edit, error) {
	at, err := m.at(e.layer)
	if err != nil {
		return nil, err
	}
	var gone []Feature
	if len(e.remove) > 0 {
		if gone, err = tx.RemoveFeatures(e.layer, e.remove); err != nil {
			return nil, err
		}
		m.Layers[at].Count -= len(gone)
	}
	if len(e.put) == 0 {
		return putBack{layer: e.layer, put: gone}, nil
	}
	back, err := PutFeatures{Layer: e.layer, Features: e.put}.apply(m, tx)
	if err != nil {
		return nil, err
	}
	again := back.(putBack)
	again.put = append(again.put, gone...)
	return again, nil
}

// Clone is a copy that shares nothing with f.
func (f Feature) Clone() Feature {
	f.Geometry = orb.Clone(f.Geometry)
	f.Attributes = maps.Clone(f.Attributes)
	return f
}
