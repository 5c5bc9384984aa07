package carto

import (
	"context"
	"errors"
	"iter"
	"sync"

	"github.com/paulmach/orb"
)

// ErrNothingToUndo and ErrNothingToRedo say that the session's edits are used up.
var (
	ErrNothingToUndo = errors.New("there is nothing to undo")
	ErrNothingToRedo = errors.New("there is nothing to redo")
)

// Document is an open map: what is known of it in memory, its features in the
// store, and the edits of this session. Its methods may be called from several
// goroutines; edits happen one after the other.
type Document struct {
	store Store

	editing sync.Mutex // held for the length of an edit, which may be long
	mu      sync.Mutex // over what follows, held only to look at it
	m       *Map
	undo    []Edit // what takes the last edits back, the newest last
	redo    []Edit // what makes them again, the next one last
}

// Open reads a map from its store. The document does not close the store.
func Open(ctx context.Context, store Store) (*Document, error) {
	m, err := store.Map(ctx)
	if err != nil {
		return nil, err
	}
	return &Document{store: store, m: m}, nil
}

// Map is a copy of the map as it is now.
func (d *Document) Map() *Map {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.m.Clone()
}

// FindLayer is the layer of a name, ignoring case, or a *NoLayerError.
func (d *Document) FindLayer(name string) (Layer, error) { return d.Map().FindLayer(name) }

// Features yields the features of a layer; see Store.
func (d *Document) Features(ctx context.Context, layer LayerID, box orb.Bound) iter.Seq2[Feature, error] {
	return d.store.Features(ctx, layer, box)
}

// Revision changes with every change of a layer's features; see Store.
func (d *Document) Revision(ctx context.Context, layer LayerID) (string, error) {
	return d.store.Revision(ctx, layer)
}

// Do makes an edit durably, as one step of undo. After an error the map is as
// it was. Edits that were undone can't be redone any more.
func (d *Document) Do(ctx context.Context, e Edit) error {
	d.editing.Lock()
	defer d.editing.Unlock()
	m, inverse, err := d.make(ctx, e)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.m, d.undo, d.redo = m, append(d.undo, inverse), nil
	return nil
}

// make makes an edit in the store and gives the map after it. Whoever looks at
// the map meanwhile sees it as it was.
func (d *Document) make(ctx context.Context, e Edit) (m *Map, inverse Edit, err error) {
	m = d.Map()
	err = d.store.Update(ctx, func(tx Tx) error {
		inverse, err = e.apply(m, tx)
		return err
	})
	return m, inverse, err
}

// CanUndo tells whether Undo has something to take back.
func (d *Document) CanUndo() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.undo) > 0
}

// CanRedo tells whether Redo has something to make again.
func (d *Document) CanRedo() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.redo) > 0
}

// Undo takes the last edit of this session back; there is no limit to how many.
func (d *Document) Undo(ctx context.Context) error {
	return d.step(ctx, &d.undo, &d.redo, ErrNothingToUndo)
}

// Redo makes the edit again that was undone last.
func (d *Document) Redo(ctx context.Context) error {
	return d.step(ctx, &d.redo, &d.undo, ErrNothingToRedo)
}

// step makes the last edit of one list, and puts its inverse on the other.
func (d *Document) step(ctx context.Context, from, to *[]Edit, none error) error {
	d.editing.Lock()
	defer d.editing.Unlock()
	d.mu.Lock()
	last := len(*from) - 1
	if last < 0 {
		d.mu.Unlock()
		return none
	}
	edit := (*from)[last] // only who edits changes the lists
	d.mu.Unlock()
	m, inverse, err := d.make(ctx, edit)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	(*from)[last] = nil // let go of what the edit held
	d.m, *from, *to = m, (*from)[:last], append(*to, inverse)
	return nil
}
