package workshop

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/mapfile"
	"github.com/mapwright/mapwright/internal/trace"
)

// Desk is a map that lies open for work: edits with their undo, tracing that
// follows them, hit tests. Its methods may be called from several goroutines.
// While it is open nobody else can write to the map's file; reading, and so
// Workshop.Export and Workshop.Check, goes on beside it.
type Desk struct {
	path     string
	store    *mapfile.File
	doc      *carto.Document
	workshop *Workshop

	mu        sync.Mutex // over what follows
	scene     *trace.Scene
	revisions map[carto.LayerID]string // of the features that scene has read
	placed    map[carto.LayerID]placed // for the pointer
}

// OpenMap lays a map on the desk. It fails where the file is no map, is
// damaged, or where another program writes to it, naming that.
func (w *Workshop) OpenMap(ctx context.Context, path string) (*Desk, error) {
	store, err := mapfile.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	doc, err := carto.Open(ctx, store)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return &Desk{path: path, store: store, doc: doc, workshop: w}, nil
}

// Path is where the map's file is.
func (d *Desk) Path() string { return d.path }

// Map is a copy of the map as it is now.
func (d *Desk) Map() *carto.Map { return d.doc.Map() }

// Do makes an edit durably, as one step of undo. Locked layers take no changes
// of their features.
func (d *Desk) Do(ctx context.Context, e carto.Edit) error {
	m := d.doc.Map()
	if err := refuseLocked(m, e); err != nil {
		return err
	}
	e, err := withParts(ctx, m, d.doc, e)
	if err != nil {
		return err
	}
	return d.doc.Do(ctx, e)
}

// refuseLocked finds edits of the features of locked layers.
func refuseLocked(m *carto.Map, e carto.Edit) error {
	locked := func(id carto.LayerID) error {
		for _, l := range m.Layers {
			if l.ID == id && l.Locked {
				return &Error{Code: CodeUsage, Layer: l.Name, Err: lockedError{l.Name}}
			}
		}
		return nil
	}
	switch e := e.(type) {
	case carto.PutFeatures:
		return locked(e.Layer)
	case carto.RemoveFeatures:
		return locked(e.Layer)
	case carto.RemoveLayer:
		return locked(e.Layer)
	case carto.Batch:
		for _, part := range e {
			if err := refuseLocked(m, part); err != nil {
				return err
			}
		}
	}
	return nil
}

// lockedError says that a layer is locked.
type lockedError struct{ name string }

func (e lockedError) Error() string {
	return "layer " + e.name + " is locked: open its lock in the list of layers first"
}

// SetLayer changes keys of a layer, as Workshop.SetLayer does.
func (d *Desk) SetLayer(ctx context.Context, id carto.LayerID, keys map[string]string) error {
	layer, err := d.layer(id)
	if err != nil {
		return err
	}
	edit, err := layerEdits(ctx, d.doc, layer, keys)
	if err != nil {
		return err
	}
	return d.doc.Do(ctx, edit)
}

// Try gives the map as it would be with keys of a layer changed, and changes
// nothing: for looking at an option while it is being dragged.
func (d *Desk) Try(id carto.LayerID, keys map[string]string) (*carto.Map, error) {
	m := d.doc.Map()
	for i := range m.Layers {
		if m.Layers[i].ID == id {
			return m, setKeys(&m.Layers[i], keys)
		}
	}
	return nil, &carto.NoLayerError{Name: string(id), Layers: m.LayerNames()}
}

// AddLayer adds an empty layer at the top and gives its id. The name is
// numbered where the map has it already.
func (d *Desk) AddLayer(ctx context.Context, name string, keys map[string]string) (carto.LayerID, error) {
	m := d.doc.Map()
	add, err := addition(m, uniqueName(takenNames(m), carto.CleanLayerName(name)), keys)
	if err != nil {
		return "", err
	}
	return add.Layer.ID, d.doc.Do(ctx, add)
}

// Import reads a source into new layers at the top, as Workshop.Import does;
// the map in i is that of the desk.
func (d *Desk) Import(ctx context.Context, i Import) (Imported, error) {
	i.Map = d.path
	return importInto(ctx, d.doc, i)
}

// CanUndo tells whether there is an edit to take back.
func (d *Desk) CanUndo() bool { return d.doc.CanUndo() }

// CanRedo tells whether there is an edit to make again.
func (d *Desk) CanRedo() bool { return d.doc.CanRedo() }

// Undo takes the last edit back.
func (d *Desk) Undo(ctx context.Context) error { return d.doc.Undo(ctx) }

// Redo makes the edit again that was taken back last.
func (d *Desk) Redo(ctx context.Context) error { return d.doc.Redo(ctx) }

// Close puts the map away: its file is whole and free for others.
func (d *Desk) Close() error { return d.store.Close() }

func (d *Desk) layer(id carto.LayerID) (carto.Layer, error) {
	m := d.doc.Map()
	i := slices.IndexFunc(m.Layers, func(l carto.Layer) bool { return l.ID == id })
	if i < 0 {
		return carto.Layer{}, &carto.NoLayerError{Name: string(id), Layers: m.LayerNames()}
	}
	return m.Layers[i], nil
}

// sceneOf gives a scene of a map that shares with the last one what has not
// changed between them. Features may be as they are tried; nil: as they are.
func (d *Desk) sceneOf(ctx context.Context, m *carto.Map, t *tried) (*trace.Scene, error) {
	revisions := map[carto.LayerID]string{}
	for _, l := range m.Layers {
		r, err := d.doc.Revision(ctx, l.ID)
		if err != nil {
			return nil, err
		}
		revisions[l.ID] = r
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	var before *trace.Scene
	same := map[carto.LayerID]bool{}
	if d.scene != nil {
		before = d.scene
		for id, r := range revisions {
			same[id] = d.revisions[id] == r
		}
	}
	var features trace.FeatureSource = d.doc
	if t != nil {
		features, same[t.layer] = t, false
		revisions[t.layer] = "" // of no state of the file: it is read again
	}
	next, err := trace.NextScene(before, m, features, same, d.workshop.fontsBeside(d.path))
	if err != nil {
		return nil, err
	}
	d.scene, d.revisions = next, maps.Clone(revisions)
	return next, nil
}
