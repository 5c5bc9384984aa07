package app

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/mapwright/mapwright/app/look"
)

// The least widths of the columns, units of the screen.
const (
	leastLeft, leastMiddle, leastRight = 248, 480, 288
)

// columns are the three columns of the window. The outer two keep their widths
// when the window grows; their inner edges can be dragged.
type columns struct {
	widget.BaseWidget
	left, middle, right fyne.CanvasObject
	leftWidth           float32
	rightWidth          float32
	edges               [2]*edge
}

func newColumns(left, middle, right fyne.CanvasObject, leftWidth, rightWidth float32) *columns {
	c := &columns{left: left, middle: middle, right: right, leftWidth: leftWidth, rightWidth: rightWidth}
	c.edges[0] = newEdge(func(dx float32) { c.resize(dx, 0) })
	c.edges[1] = newEdge(func(dx float32) { c.resize(0, -dx) })
	c.ExtendBaseWidget(c)
	return c
}

func (c *columns) resize(left, right float32) {
	c.leftWidth, c.rightWidth = c.widths(c.leftWidth+left, c.rightWidth+right, c.Size().Width)
	c.Refresh()
}

// widths are the outer columns' widths as far as the window has room for them.
func (c *columns) widths(left, right, all float32) (l, r float32) {
	l = min(max(left, leastLeft), max(leastLeft, all-leastMiddle-leastRight))
	r = min(max(right, leastRight), max(leastRight, all-leastMiddle-l))
	return l, r
}

// CreateRenderer is called by Fyne.
func (c *columns) CreateRenderer() fyne.WidgetRenderer { return &columnsRenderer{c} }

type columnsRenderer struct{ c *columns }

func (r *columnsRenderer) Destroy() {}

func (r *columnsRenderer) MinSize() fyne.Size {
	c := r.c
	height := max(c.left.MinSize().Height, c.middle.MinSize().Height, c.right.MinSize().Height)
	return fyne.NewSize(leastLeft+leastMiddle+leastRight, height)
}

func (r *columnsRenderer) Layout(size fyne.Size) {
	c := r.c
	left, right := c.widths(c.leftWidth, c.rightWidth, size.Width)
	put := func(o fyne.CanvasObject, x, width float32) {
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(width, size.Height))
	}
	put(c.left, 0, left)
	put(c.middle, left+1, size.Width-left-right-2)
	put(c.right, size.Width-right, right)
	put(c.edges[0], left-grip/2, grip+1)
	put(c.edges[1], size.Width-right-1-grip/2, grip+1)
}

func (r *columnsRenderer) Objects() []fyne.CanvasObject {
	c := r.c
	return []fyne.CanvasObject{c.left, c.middle, c.right, c.edges[0], c.edges[1]}
}

func (r *columnsRenderer) Refresh() {
	r.Layout(r.c.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// grip is how wide an edge is for the pointer.
const grip = 6

// edge is the line between two columns.
type edge struct {
	widget.BaseWidget
	dragged func(dx float32)
	line    *canvas.Rectangle
	over    bool
}

func newEdge(dragged func(dx float32)) *edge {
	e := &edge{dragged: dragged, line: canvas.NewRectangle(color.Transparent)}
	e.ExtendBaseWidget(e)
	return e
}

// Dragged moves the edge.
func (e *edge) Dragged(d *fyne.DragEvent) { e.dragged(d.Dragged.DX) }

// DragEnd is called when it is let go.
func (e *edge) DragEnd() {}

// Cursor shows that it can be dragged.
func (e *edge) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// MouseIn is called when the pointer comes.
func (e *edge) MouseIn(*desktop.MouseEvent) { e.over = true; e.Refresh() }

// MouseMoved is called when the pointer moves on it.
func (e *edge) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called when the pointer leaves.
func (e *edge) MouseOut() { e.over = false; e.Refresh() }

// CreateRenderer is called by Fyne.
func (e *edge) CreateRenderer() fyne.WidgetRenderer {
	r := &edgeRenderer{e}
	r.Refresh()
	return r
}

type edgeRenderer struct{ e *edge }

func (r *edgeRenderer) Destroy()           {}
func (r *edgeRenderer) MinSize() fyne.Size { return fyne.NewSize(grip+1, 1) }
func (r *edgeRenderer) Layout(size fyne.Size) {
	width := float32(1)
	if r.e.over {
		width = 3
	}
	r.e.line.Move(fyne.NewPos((size.Width-width)/2, 0))
	r.e.line.Resize(fyne.NewSize(width, size.Height))
}
func (r *edgeRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.e.line} }

func (r *edgeRenderer) Refresh() {
	r.e.line.FillColor = look.Color(theme.ColorNameSeparator)
	if r.e.over {
		r.e.line.FillColor = look.Color(theme.ColorNamePrimary)
	}
	r.Layout(r.e.Size())
	r.e.line.Refresh()
}
