package carto

import (
	"fmt"
	"maps"
	"slices"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// AddLayer adds a layer with its features at a position from the bottom, 0
// being the lowest; a position past the end is the top. An empty setting
// becomes the operation's first, and board 0 becomes 1. Features may have ids.
type AddLayer struct {
	Layer    Layer
	At       int
	Features []Feature

	back bool // it was in the map before, so its name is not for us to judge
}

// Top is a position above all layers.
const Top = 1 << 30

func (e AddLayer) apply(m *Map, tx Tx) (Edit, error) {
	l := e.Layer
	l.Options = options(l.Options)
	if l.Setting == "" && l.Operation.Valid() {
		l.Setting = artwork.Settings(l.Operation)[0]
	}
	l.Board = max(l.Board, 1)
	l.Count = 0
	if _, err := m.at(l.ID); err == nil {
		return nil, &InvalidError{What: "id of the layer", Why: fmt.Sprintf("%q is that of another layer", l.ID)}
	}
	if !e.back {
		if err := ValidateLayerName(l.Name); err != nil {
			return nil, err
		}
	}
	if err := m.check(l); err != nil {
		return nil, err
	}
	at := max(0, min(e.At, len(m.Layers)))
	m.Layers = slices.Insert(m.Layers, at, l)
	if err := tx.PutLayer(l, at); err != nil {
		return nil, err
	}
	if len(e.Features) > 0 {
		if _, err := (PutFeatures{Layer: l.ID, Features: e.Features}).apply(m, tx); err != nil {
			return nil, err
		}
	}
	return RemoveLayer{Layer: l.ID}, nil
}

// options has nil for no options.
func options(o map[string]string) map[string]string {
	if len(o) == 0 {
		return nil
	}
	return maps.Clone(o)
}

// RemoveLayer removes a layer; undo brings it back with all its features.
type RemoveLayer struct{ Layer LayerID }

func (e RemoveLayer) apply(m *Map, tx Tx) (Edit, error) {
	at, err := m.at(e.Layer)
	if err != nil {
		return nil, err
	}
	features, err := tx.Features(e.Layer)
	if err != nil {
		return nil, err
	}
	back := AddLayer{Layer: m.Layers[at], At: at, Features: features, back: true}
	m.Layers = slices.Delete(m.Layers, at, at+1)
	return back, tx.RemoveLayer(e.Layer)
}

// MoveLayer puts a layer at a position from the bottom, counted without it.
type MoveLayer struct {
	Layer LayerID
	To    int
}

func (e MoveLayer) apply(m *Map, tx Tx) (Edit, error) {
	at, err := m.at(e.Layer)
	if err != nil {
		return nil, err
	}
	l := m.Layers[at]
	m.Layers = slices.Delete(m.Layers, at, at+1)
	to := max(0, min(e.To, len(m.Layers)))
	m.Layers = slices.Insert(m.Layers, to, l)
	return MoveLayer{Layer: e.Layer, To: at}, tx.PutLayer(l, to)
}

// SetLayer changes what is known of a layer. Nil fields stay as they are.
type SetLayer struct {
	Layer LayerID

	Name      *string
	Operation *artwork.Operation // a setting that it lacks becomes its first
	Setting   *string
	Strategy  *string
	Visible   *bool
	Locked    *bool
	Board     *int
	Color     *string
	Source    *string
	// Options sets those named; an empty value takes one back to its default.
	Options map[string]string
}

func (e SetLayer) apply(m *Map, tx Tx) (Edit, error) {
	at, err := m.at(e.Layer)
	if err != nil {
		return nil, err
	}
	if e.Name != nil {
		if err := ValidateLayerName(*e.Name); err != nil {
			return nil, err
		}
	}
	before := m.Layers[at]
	l := e.changed(before)
	if err := m.check(l); err != nil {
		return nil, err
	}
	m.Layers[at] = l
	return restoreLayer{layer: before}, tx.PutLayer(l, at)
}

func (e SetLayer) changed(l Layer) Layer {
	set(&l.Name, e.Name)
	if e.Operation != nil {
		l.Operation = *e.Operation
		if s := artwork.Settings(l.Operation); len(s) > 0 && !slices.Contains(s, l.Setting) {
			l.Setting = s[0]
		}
	}
	set(&l.Setting, e.Setting)
	set(&l.Strategy, e.Strategy)
	set(&l.Visible, e.Visible)
	set(&l.Locked, e.Locked)
	set(&l.Board, e.Board)
	set(&l.Color, e.Color)
	set(&l.Source, e.Source)
	if len(e.Options) > 0 {
		changed := maps.Clone(l.Options)
		if changed == nil {
			changed = map[string]string{}
		}
		maps.Copy(changed, e.Options)
		maps.DeleteFunc(changed, func(_, v string) bool { return v == "" })
		l.Options = options(changed)
	}
	return l
}

func set[T any](field, value *T) {
	if value != nil {
		*field = *value
	}
}

// restoreLayer gives a layer back all that SetLayer may have changed; its
// features and position stay.
type restoreLayer struct{ layer Layer }

func (e restoreLayer) apply(m *Map, tx Tx) (Edit, error) {
	at, err := m.at(e.layer.ID)
	if err != nil {
		return nil, err
	}
	before := m.Layers[at]
	l := e.layer
	l.Count = before.Count
	if err := m.check(l); err != nil {
		return nil, err
	}
	m.Layers[at] = l
	return restoreLayer{layer: before}, tx.PutLayer(l, at)
}
