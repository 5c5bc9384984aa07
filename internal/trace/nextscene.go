package trace

import (
	"reflect"

	"github.com/mapwright/mapwright/internal/carto"
)

// NextScene makes a scene of a map after edits. What an earlier scene has read
// and drawn is taken over where it would come out the same: the features of
// layers that same names (those whose features have not changed since), while
// board, view and CRS are as they were, and what a strategy drew of them while
// the layer is as it was; the fonts are taken to be the same. Without an earlier
// scene it is NewScene. The earlier scene stays usable.
func NextScene(before *Scene, m *carto.Map, src FeatureSource, same map[carto.LayerID]bool, with ...With) (*Scene, error) {
	s, err := NewScene(m, src, with...)
	if err != nil || before == nil {
		return s, err
	}
	if before.carto.View != m.View || before.carto.Boards != m.Boards {
		return s, nil
	}
	for i := range s.carto.Layers {
		l := &s.carto.Layers[i]
		if !same[l.ID] {
			continue
		}
		old, _, err := before.layer(l.ID)
		if err != nil || old.CRS != l.CRS {
			continue
		}
		s.shapes[l.ID] = before.shapes[l.ID]
		if !reflect.DeepEqual(*old, *l) {
			continue
		}
		if w, ok := before.bases[l.ID].peek(); ok {
			s.bases[l.ID] = &lazy[*work]{made: true, value: w.in(s, l)}
		}
	}
	return s, nil
}

// in gives what was drawn as work of another scene.
func (w *work) in(s *Scene, l *carto.Layer) *work {
	c := w.copyOf()
	c.scene, c.layer, c.notebook.layer = s, l, l
	for _, part := range c.others {
		part.scene = s
	}
	return c
}

// peek gives the value where it was made, and waits for nobody who makes it.
func (z *lazy[T]) peek() (value T, made bool) {
	if !z.mutex.TryLock() {
		return value, false
	}
	defer z.mutex.Unlock()
	return z.value, z.made
}
