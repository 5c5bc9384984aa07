package carto

import (
	"context"
	"iter"

	"github.com/paulmach/orb"
)

// Store keeps one map durably. A store has one writer at a time; its methods
// may be called from several goroutines.
type Store interface {
	// Map reads everything but the features.
	Map(ctx context.Context) (*Map, error)
	// Features yields the features of a layer in the order of their ids. With a
	// box that is not empty (in the layer's CRS), only those whose bounds touch it.
	Features(ctx context.Context, layer LayerID, box orb.Bound) iter.Seq2[Feature, error]
	// Revision changes with every durable change of the layer's features,
	// also one by another program.
	Revision(ctx context.Context, layer LayerID) (string, error)
	// Update runs f in one transaction: all of it is durable, or nothing.
	Update(ctx context.Context, f func(Tx) error) error
	// Close ends the use of the store and leaves one file.
	Close() error
}

// Tx changes a map inside one transaction.
type Tx interface {
	// PutMap writes title, view, boards and credit lines.
	PutMap(m *Map) error
	// PutLayer adds a layer or replaces what is known of it, at position at
	// (0 is the bottom); its features stay.
	PutLayer(l Layer, at int) error
	// RemoveLayer removes a layer with its features.
	RemoveLayer(id LayerID) error
	// PutFeatures adds features; those with an ID > 0 replace the one of that
	// ID or come back under it. It returns the ids.
	PutFeatures(layer LayerID, features []Feature) ([]int64, error)
	// RemoveFeatures removes features and returns them as they were.
	RemoveFeatures(layer LayerID, ids []int64) ([]Feature, error)
	// Features reads the features of a layer as this transaction sees them;
	// no ids: all.
	Features(layer LayerID, ids ...int64) ([]Feature, error)
}

// Everywhere is the empty box, with which Features yields all features.
func Everywhere() orb.Bound { return orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}} }

// NoBox tells whether a box means all features: one that is empty or the zero
// value.
func NoBox(box orb.Bound) bool { return box.IsEmpty() || box.IsZero() }
