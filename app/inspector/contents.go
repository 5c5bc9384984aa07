package inspector

import (
	"context"
	"reflect"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// contents finds what the selected layer holds, beside the UI thread, and again
// when its features may have changed.
type contents struct {
	stage *stage.Stage
	// found is told of a layer what it holds; nil where that is not known yet.
	found func(carto.Layer, *workshop.Contents)

	of   carto.LayerID
	seen *carto.Map // the map as it was when they were read
	stop context.CancelFunc
	turn int
}

// show takes over a layer.
func (c *contents) show(l carto.Layer) {
	m := c.stage.Map()
	other := c.of != l.ID
	if other || featuresChanged(c.seen, m, l.ID) {
		c.of = l.ID
		if other {
			c.found(l, nil)
		}
		c.read(l.ID)
	}
	c.seen = m
}

func (c *contents) read(id carto.LayerID) {
	if c.stop != nil {
		c.stop()
	}
	c.turn++
	turn := c.turn
	c.stop = c.stage.Loop().Start(func(ctx context.Context) {
		held, err := c.stage.Open().Contents(ctx, id)
		if err != nil {
			return // the page offers all there is; the drawing tells of damage
		}
		c.stage.Loop().UI("contents", func() {
			if l, ok := c.stage.Layer(id); ok && turn == c.turn {
				c.found(l, &held)
			}
		})
	})
}

// featuresChanged tells whether the features of a layer may have changed
// between two states of the map: there are more or fewer of them, or an edit
// left nothing else to see.
func featuresChanged(before, now *carto.Map, id carto.LayerID) bool {
	if before == nil || before == now {
		return before == nil
	}
	count := func(m *carto.Map) int {
		for _, l := range m.Layers {
			if l.ID == id {
				return l.Count
			}
		}
		return -1
	}
	return count(before) != count(now) || reflect.DeepEqual(before, now)
}
