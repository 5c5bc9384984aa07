// Package cartotest keeps a map in memory, for tests. It behaves as a map file
// does, and never writes anything.
package cartotest

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
)

// Store is a carto.Store in memory.
type Store struct {
	// FailUpdate, when set, is what Update ends with instead of committing.
	FailUpdate error

	mu     sync.Mutex
	state  state
	closed bool
}

var _ carto.Store = (*Store)(nil)

// state is a map at one moment. It is copied for a transaction; features are
// never changed in place.
type state struct {
	m      *carto.Map
	layers map[carto.LayerID]contents
}

// contents is the features of a layer, or what is remembered of one removed.
type contents struct {
	features map[int64]carto.Feature
	lastID   int64
	revision int
}

// NewStore keeps a copy of m, its layers without features.
func NewStore(m *carto.Map) *Store {
	s := &Store{state: state{m: m.Clone(), layers: map[carto.LayerID]contents{}}}
	for i, l := range m.Layers {
		s.state.m.Layers[i].Count = 0
		s.state.layers[l.ID] = contents{}
	}
	return s
}

var errClosed = errors.New("the map is closed")

// Map reads everything but the features.
func (s *Store) Map(context.Context) (*carto.Map, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, errClosed
	}
	m := s.state.m.Clone()
	for i, l := range m.Layers {
		m.Layers[i].Count = len(s.state.layers[l.ID].features)
	}
	return m, nil
}

// Features yields the features of a layer in the order of their ids.
func (s *Store) Features(ctx context.Context, layer carto.LayerID, box orb.Bound) iter.Seq2[carto.Feature, error] {
	return func(yield func(carto.Feature, error) bool) {
		s.mu.Lock()
		all, err := s.state.read(layer, nil)
		if s.closed {
			err = errClosed
		}
		s.mu.Unlock()
		if err != nil {
			yield(carto.Feature{}, err)
			return
		}
		for _, f := range all {
			if err := ctx.Err(); err != nil {
				yield(carto.Feature{}, err)
				return
			}
			if touches(f.Geometry, box) && !yield(f, nil) {
				return
			}
		}
	}
}

func touches(g orb.Geometry, box orb.Bound) bool {
	if carto.NoBox(box) {
		return true
	}
	extent, some := carto.Extent(g)
	return some && extent.Intersects(box)
}

// Revision changes with every change of the layer's features.
func (s *Store) Revision(_ context.Context, layer carto.LayerID) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.state.at(layer); err != nil {
		return "", err
	}
	return strconv.Itoa(s.state.layers[layer].revision), nil
}

// Update runs f on a copy of the map, which becomes the map if f succeeds.
func (s *Store) Update(ctx context.Context, f func(carto.Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errClosed
	}
	next := state{m: s.state.m.Clone(), layers: maps.Clone(s.state.layers)}
	if err := errors.Join(f(&next), ctx.Err(), s.FailUpdate); err != nil {
		return err
	}
	s.state = next
	return nil
}

// Close ends the use of the store.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}

func (s *state) at(id carto.LayerID) (int, error) {
	i := slices.IndexFunc(s.m.Layers, func(l carto.Layer) bool { return l.ID == id })
	if i < 0 {
		return 0, &carto.NoLayerError{Name: string(id)}
	}
	return i, nil
}

func (s *state) PutMap(m *carto.Map) error {
	layers := s.m.Layers
	s.m = m.Clone()
	s.m.Layers = layers
	return nil
}

func (s *state) PutLayer(l carto.Layer, at int) error {
	if i, err := s.at(l.ID); err == nil {
		s.m.Layers = slices.Delete(s.m.Layers, i, i+1)
	}
	l.Options = maps.Clone(l.Options)
	s.m.Layers = slices.Insert(s.m.Layers, max(0, min(at, len(s.m.Layers))), l)
	return nil
}

func (s *state) RemoveLayer(id carto.LayerID) error {
	i, err := s.at(id)
	if err != nil {
		return err
	}
	s.m.Layers = slices.Delete(s.m.Layers, i, i+1)
	c := s.layers[id]
	s.layers[id] = contents{lastID: c.lastID, revision: c.revision + 1}
	return nil
}

func (s *state) PutFeatures(layer carto.LayerID, features []carto.Feature) ([]int64, error) {
	if _, err := s.at(layer); err != nil {
		return nil, err
	}
	c := s.change(layer)
	ids := make([]int64, len(features))
	for i, f := range features {
		if f.ID <= 0 {
			f.ID = c.lastID + 1
		}
		c.lastID = max(c.lastID, f.ID)
		c.features[f.ID] = f.Clone()
		ids[i] = f.ID
	}
	s.layers[layer] = c
	return ids, nil
}

// change is a copy of a layer's contents with its next revision.
func (s *state) change(layer carto.LayerID) contents {
	c := s.layers[layer]
	c.features = maps.Clone(c.features)
	if c.features == nil {
		c.features = map[int64]carto.Feature{}
	}
	c.revision++
	return c
}

func (s *state) RemoveFeatures(layer carto.LayerID, ids []int64) ([]carto.Feature, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	gone, err := s.read(layer, ids)
	if err != nil {
		return nil, err
	}
	c := s.change(layer)
	for _, f := range gone {
		delete(c.features, f.ID)
	}
	s.layers[layer] = c
	return gone, nil
}

func (s *state) Features(layer carto.LayerID, ids ...int64) ([]carto.Feature, error) {
	return s.read(layer, ids)
}

// read copies the features of those ids, or all without ids, in their order.
func (s *state) read(layer carto.LayerID, ids []int64) ([]carto.Feature, error) {
	if _, err := s.at(layer); err != nil {
		return nil, err
	}
	c := s.layers[layer]
	if len(ids) == 0 {
		ids = slices.Collect(maps.Keys(c.features))
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	var found []carto.Feature
	for _, id := range ids {
		if f, ok := c.features[id]; ok {
			found = append(found, f.Clone())
		}
	}
	return found, nil
}
