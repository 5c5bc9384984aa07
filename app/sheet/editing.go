package sheet

import (
	"context"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// moveBy moves the selected shapes.
func (h *Sheet) moveBy(by artwork.Point) {
	layer, ok := h.stage.Selected()
	ids := h.stage.SelectedFeatures()
	if !ok || len(ids) == 0 || by == (artwork.Point{}) {
		return
	}
	h.overlay.move(by) // until the map is read again
	h.stage.Do("The shapes were not moved", func(ctx context.Context) error {
		return h.edit.Move(ctx, layer.ID, ids, by)
	})
}

// moveVertex moves a vertex of the selected shape.
func (h *Sheet) moveVertex(v workshop.Vertex, to artwork.Point) {
	h.reshape("The point was not moved", func(ctx context.Context, layer carto.LayerID, id int64) error {
		return h.edit.MoveVertex(ctx, layer, id, v, to)
	})
}

// insertVertex puts a vertex into the edge at a place, if there is one.
func (h *Sheet) insertVertex(at artwork.Point) bool {
	v, ok := h.overlay.edgeAt(at, h.reach())
	if !ok {
		return false
	}
	return h.reshape("The point was not added", func(ctx context.Context, layer carto.LayerID, id int64) error {
		return h.edit.InsertVertex(ctx, layer, id, v, at)
	})
}

// reshape changes the one selected shape.
func (h *Sheet) reshape(what string, change func(ctx context.Context, layer carto.LayerID, id int64) error) bool {
	layer, ok := h.stage.Selected()
	ids := h.stage.SelectedFeatures()
	if !ok || len(ids) != 1 {
		return false
	}
	h.stage.Do(what, func(ctx context.Context) error { return change(ctx, layer.ID, ids[0]) })
	return true
}

// Delete removes the picked vertex, or else the selected shapes.
func (h *Sheet) Delete() {
	if v, ok := h.overlay.picked(); ok && h.stage.Tool() == stage.ToolVertices {
		h.overlay.unpick()
		h.reshape("The point was not removed", func(ctx context.Context, layer carto.LayerID, id int64) error {
			return h.edit.RemoveVertex(ctx, layer, id, v)
		})
		return
	}
	layer, ok := h.stage.Selected()
	ids := h.stage.SelectedFeatures()
	if !ok || len(ids) == 0 {
		return
	}
	h.stage.Edit("The shapes were not deleted", carto.RemoveFeatures{Layer: layer.ID, IDs: ids}, func() {
		h.stage.Select(layer.ID)
	})
}

// draft is a shape that is being drawn.
type draft struct {
	points []artwork.Point
	tool   stage.Tool // that draws it
	board  int        // that it is on
}

func (d *draft) busy() bool { return len(d.points) > 0 }

// add puts a point behind the others.
func (d *draft) add(h *Sheet, at artwork.Point) {
	d.points, d.tool, d.board = append(d.points, at), h.stage.Tool(), h.stage.Board()
	h.overlay.place()
}

// back takes the last point away.
func (d *draft) back(h *Sheet) {
	if d.busy() {
		d.points = d.points[:len(d.points)-1]
		h.overlay.place()
	}
}

// TakeBack takes the last point of what is being drawn away, and tells whether
// there was one.
func (h *Sheet) TakeBack() bool {
	busy := h.draft.busy()
	h.draft.back(h)
	return busy
}

func (d *draft) cancel(h *Sheet) {
	d.points = nil
	h.overlay.place()
}

// point draws a point.
func (d *draft) point(h *Sheet, at artwork.Point) {
	h.draw([]artwork.Point{at}, false)
}

// finish draws the line or the area.
func (d *draft) finish(h *Sheet) {
	points, closed := d.points, h.stage.Tool() == stage.ToolPolygon
	least := 2
	if closed {
		least = 3
	}
	if len(points) < least {
		return
	}
	d.cancel(h)
	h.draw(points, closed)
}

// ownLayer is the name of the layer that takes what is drawn where no other
// can.
const ownLayer = "drawing"

// target is the layer that takes what is drawn: the selected one, unless that
// is locked, hidden or not there.
func (h *Sheet) target() (carto.Layer, bool) {
	layer, ok := h.stage.Selected()
	return layer, ok && !layer.Locked && layer.Visible
}

// draw adds a shape to the layer that takes it, or to a new one.
func (h *Sheet) draw(points []artwork.Point, closed bool) {
	layer, ok := h.target()
	id := layer.ID
	var made int64
	h.stage.Do("The shape was not drawn", func(ctx context.Context) (err error) {
		if !ok {
			id, made, err = h.edit.DrawLayer(ctx, ownLayer, points, closed)
			return err
		}
		made, err = h.edit.Draw(ctx, id, points, closed)
		return err
	}, func() { h.stage.Select(id, made) })
}
