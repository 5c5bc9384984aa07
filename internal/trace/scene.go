package trace

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/lettering"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/paulmach/orb"
)

// FeatureSource yields the features of a layer; a carto.Store is one. It may be
// asked from several goroutines when the scene is.
type FeatureSource interface {
	// Features yields the features of a layer in the order of their ids. With a
	// box that is not empty (in the layer's CRS), only those whose bounds touch it.
	Features(ctx context.Context, layer carto.LayerID, box orb.Bound) iter.Seq2[carto.Feature, error]
}

// Scene is a map as it was when the scene was made, with what was traced of it
// so far. Features are read when a layer is first needed. It may be used by
// several goroutines.
type Scene struct {
	carto  carto.Map
	source FeatureSource
	place  carto.Transform
	frame  *frame
	fonts  lettering.Shelf // beyond those of the program; nil for none
	shapes map[carto.LayerID]*lazy[*features]
	bases  map[carto.LayerID]*lazy[*work]
	takers map[carto.LayerID]*lazy[*work] // of strategies that look at other layers
}

// With is something that a scene may have.
type With func(*Scene)

// Fonts lets a scene write with fonts beyond those of the program.
func Fonts(shelf lettering.Shelf) With { return func(s *Scene) { s.fonts = shelf } }

// NewScene makes a scene of a map as it is now. It fails for a view or a frame
// that makes no sense.
func NewScene(m *carto.Map, src FeatureSource, with ...With) (*Scene, error) {
	if m == nil || src == nil {
		return nil, errors.New("a scene needs a map and a source of its features")
	}
	s := &Scene{
		carto:  *m,
		source: src,
		shapes: map[carto.LayerID]*lazy[*features]{},
		bases:  map[carto.LayerID]*lazy[*work]{},
		takers: map[carto.LayerID]*lazy[*work]{},
	}
	s.carto.Layers = slices.Clone(m.Layers)
	s.carto.Attribution = slices.Clone(m.Attribution)
	for i := range s.carto.Layers {
		l := &s.carto.Layers[i]
		l.Options = maps.Clone(l.Options)
		s.shapes[l.ID] = &lazy[*features]{}
		s.bases[l.ID] = &lazy[*work]{}
		s.takers[l.ID] = &lazy[*work]{}
	}
	var err error
	if s.place, err = m.View.Transform(m.Boards); err != nil {
		return nil, fmt.Errorf("the view can't be drawn: %w", err)
	}
	if s.frame, err = newFrame(m.Boards); err != nil {
		return nil, fmt.Errorf("the frame can't be drawn: %w", err)
	}
	for _, add := range with {
		add(s)
	}
	return s, nil
}

// layer finds a layer and its place, 0 at the bottom.
func (s *Scene) layer(id carto.LayerID) (*carto.Layer, int, error) {
	i := slices.IndexFunc(s.carto.Layers, func(l carto.Layer) bool { return l.ID == id })
	if i < 0 {
		return nil, 0, fmt.Errorf("the map has no layer with the id %q", id)
	}
	l := &s.carto.Layers[i]
	if l.Board < 1 || l.Board > s.carto.Boards.Count {
		return nil, 0, fmt.Errorf("layer %q is on board %d, and the map has boards 1 to %d: put it on one of them",
			l.Name, l.Board, s.carto.Boards.Count)
	}
	return l, i, nil
}

// featuresOf gives the features of a layer on the grid.
func (s *Scene) featuresOf(ctx context.Context, l *carto.Layer) (*features, error) {
	return s.shapes[l.ID].get(func() (*features, error) {
		toBoard, err := s.place.LayerTransform(l.CRS)
		if err != nil {
			return nil, fmt.Errorf("layer %q: %w", l.Name, err)
		}
		g := newGatherer(s, toBoard)
		for f, err := range s.source.Features(ctx, l.ID, carto.Everywhere()) {
			if err == nil {
				err = ctx.Err()
			}
			if err == nil {
				err = g.add(ctx, f)
			}
			if err != nil {
				return nil, fmt.Errorf("layer %q: reading its shapes: %w", l.Name, err)
			}
		}
		return g.features, nil
	})
}

// lazy is a value that is made when it is first asked for. A failure is not
// kept: who was cancelled may ask again.
type lazy[T any] struct {
	mutex sync.Mutex
	made  bool
	value T
}

func (z *lazy[T]) get(produce func() (T, error)) (T, error) {
	z.mutex.Lock()
	defer z.mutex.Unlock()
	if z.made {
		return z.value, nil
	}
	v, err := produce()
	if err != nil {
		return v, err
	}
	z.value, z.made = v, true
	return v, nil
}

// centre is the middle of the frame, for notes that have no better place.
func (s *Scene) centre() planar.Point {
	b := s.frame.box
	return planar.Point{X: b.Min.X + (b.Max.X-b.Min.X)/2, Y: b.Min.Y + (b.Max.Y-b.Min.Y)/2}
}
