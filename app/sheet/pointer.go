package sheet

import (
	"context"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

const (
	// reach is how far from a shape the pointer still means it, units of the
	// screen.
	reach = 6
	// twice is the longest time between the clicks of a double click.
	twice = 400 * time.Millisecond
)

// act is what a drag does.
type act int

const (
	actNone act = iota
	actPan
	actBox    // selects what lies in a box
	actMove   // moves the selected shapes
	actVertex // moves a vertex
)

// gesture is what the pointer is at.
type gesture struct {
	button  desktop.MouseButton
	shift   bool
	from    fyne.Position // where the button went down
	at      fyne.Position // where the pointer is
	act     act
	began   bool // the act of this drag is decided
	vertex  workshop.Vertex
	clicked time.Time
	where   fyne.Position // of that click
}

// MouseDown begins a click or a drag.
func (h *Sheet) MouseDown(e *desktop.MouseEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(h); c != nil {
		c.Focus(h)
	}
	g := &h.gesture
	g.button, g.from, g.at = e.Button, e.Position, e.Position
	g.shift = e.Modifier&fyne.KeyModifierShift != 0
	g.act, g.began = actNone, false
}

// MouseUp ends a click; a drag ends with DragEnd.
func (h *Sheet) MouseUp(e *desktop.MouseEvent) {
	g := &h.gesture
	if g.began || e.Button != g.button {
		return
	}
	g.button = 0
	if e.Button == desktop.MouseButtonPrimary {
		h.stage.Loop().Held("click", func() { h.click(e.Position) })
	}
}

// click does what the tool does at a place.
func (h *Sheet) click(p fyne.Position) {
	g := &h.gesture
	now := time.Now()
	double := now.Sub(g.clicked) < twice && math.Hypot(float64(p.X-g.where.X), float64(p.Y-g.where.Y)) < reach
	g.clicked, g.where = now, p
	at := h.view.board(p)
	switch h.stage.Tool() {
	case stage.ToolSelect:
		h.choose(at, g.shift)
	case stage.ToolVertices:
		if double && h.insertVertex(at) {
			return
		}
		if !h.overlay.pick(at, h.reach()) {
			h.choose(at, false)
		}
	case stage.ToolPoint:
		h.draft.point(h, at)
	case stage.ToolLine, stage.ToolPolygon:
		if double {
			h.draft.finish(h)
		} else {
			h.draft.add(h, at)
		}
	case stage.ToolPan:
	}
}

// reach is how far from a shape the pointer still means it, mm.
func (h *Sheet) reach() float64 { return reach / h.view.scale }

// choose selects the shape at a place; with add it joins or leaves those that
// are selected.
func (h *Sheet) choose(at artwork.Point, add bool) {
	board, radius := h.stage.Board(), h.reach()
	h.stage.Loop().Go(func(ctx context.Context) {
		layer, feature, found, err := h.edit.Hit(ctx, board, at, radius)
		h.stage.Loop().UI("hit", func() {
			if err != nil {
				h.stage.Notify(stage.Problem("Nothing could be selected", err))
				return
			}
			h.select1(layer, feature, found, add)
		})
	})
}

func (h *Sheet) select1(layer carto.LayerID, feature int64, found, add bool) {
	current, _ := h.stage.Selected()
	switch {
	case !found && !add:
		h.stage.Select(current.ID)
	case !found:
	case add && layer == current.ID:
		h.stage.Select(layer, toggle(h.stage.SelectedFeatures(), feature)...)
	default:
		h.stage.Select(layer, feature)
	}
}

// toggle adds a number to a list, or takes it out.
func toggle(list []int64, n int64) []int64 {
	var out []int64
	had := false
	for _, v := range list {
		if v == n {
			had = true
			continue
		}
		out = append(out, v)
	}
	if !had {
		out = append(out, n)
	}
	return out
}

// Dragged goes on with a drag.
func (h *Sheet) Dragged(e *fyne.DragEvent) {
	h.stage.Loop().Held("drag", func() { h.drag(e.Position) })
}

func (h *Sheet) drag(p fyne.Position) {
	g := &h.gesture
	if !g.began {
		g.began, g.act = true, h.begin()
	}
	dx, dy := p.X-g.at.X, p.Y-g.at.Y
	g.at = p
	h.options.Cursor(h.view.board(p), true)
	switch g.act {
	case actPan:
		h.look(h.view.pan(dx, dy))
	case actBox, actMove, actVertex:
		h.overlay.place()
	case actNone:
	}
}

// begin decides what a drag does by the tool and by what is under it.
func (h *Sheet) begin() act {
	g := &h.gesture
	if g.button == desktop.MouseButtonTertiary || h.space || h.stage.Tool() == stage.ToolPan {
		return actPan
	}
	at := h.view.board(g.from)
	switch h.stage.Tool() {
	case stage.ToolSelect:
		if h.overlay.under(at, h.reach()) {
			return actMove
		}
		return actBox
	case stage.ToolVertices:
		if v, ok := h.overlay.vertexAt(at, h.reach()); ok {
			g.vertex = v
			return actVertex
		}
	}
	return actPan
}

// DragEnd does what the drag was for.
func (h *Sheet) DragEnd() {
	g := &h.gesture
	doing := g.act
	g.act, g.began, g.button = actNone, false, 0
	from, to := h.view.board(g.from), h.view.board(g.at)
	switch doing {
	case actBox:
		h.selectBox(from, to)
	case actMove:
		by, _, _ := h.dragged()
		h.moveBy(by)
	case actVertex:
		h.moveVertex(g.vertex, to)
	case actPan, actNone:
	}
	h.overlay.place()
}

// selectBox selects what of the selected layer lies in a box.
func (h *Sheet) selectBox(a, b artwork.Point) {
	layer, ok := h.stage.Selected()
	if !ok {
		return
	}
	if layer.Locked || !layer.Visible {
		h.stage.Notify(stage.Notice{Kind: stage.KindInfo, Title: "Nothing was selected", Text: "The layer " + layer.Name + " is locked or hidden. Open its lock or its eye, or choose another layer on the left."})
		return
	}
	box := artwork.EmptyBox().Add(a).Add(b)
	h.stage.Loop().Go(func(ctx context.Context) {
		ids, err := h.edit.Within(ctx, layer.ID, box)
		h.stage.Loop().UI("box", func() {
			if err != nil {
				h.stage.Notify(stage.Problem("Nothing could be selected", err))
				return
			}
			h.stage.Select(layer.ID, ids...)
		})
	})
}

// MouseIn is called when the pointer comes.
func (h *Sheet) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved follows the pointer.
func (h *Sheet) MouseMoved(e *desktop.MouseEvent) {
	at := h.view.board(e.Position)
	h.gesture.at = e.Position
	h.rulers.point(at, true)
	h.options.Cursor(at, true)
	if h.draft.busy() {
		h.overlay.place()
	}
}

// MouseOut is called when the pointer leaves.
func (h *Sheet) MouseOut() {
	h.rulers.point(artwork.Point{}, false)
	h.options.Cursor(artwork.Point{}, false)
}

// Scrolled zooms at the pointer.
func (h *Sheet) Scrolled(e *fyne.ScrollEvent) {
	h.stage.Loop().Held("zoom", func() {
		h.look(h.view.zoom(e.Position, math.Exp(float64(e.Scrolled.DY)*0.008)))
	})
}

// Cursor is the pointer of the tool.
func (h *Sheet) Cursor() desktop.Cursor {
	switch h.stage.Tool() {
	case stage.ToolPan:
		return desktop.PointerCursor
	case stage.ToolPoint, stage.ToolLine, stage.ToolPolygon:
		return desktop.CrosshairCursor
	}
	if h.space {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
