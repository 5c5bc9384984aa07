package exporting

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// The sizes of the grid, in Fyne's pixels.
const (
	rowHeight   float32 = 52
	headHeight  float32 = 60
	columnLeast float32 = 112
	columnMost  float32 = 168
	sideLeast   float32 = 318
)

// grid shows layers by formats. Layers stay in sight at the left and formats at
// the top when the middle is scrolled.
type grid struct {
	widget.BaseWidget
	heads  []*formatHead
	layers []*layerHead
	cells  *cells

	top, side *fyne.Container
	scroll    *container.Scroll
}

// newGrid gives a grid of the sizes of an order. All functions are told of
// indices in it.
func newGrid(o *order, tick func(row, column int), row func(int), head func(int, fyne.CanvasObject), escape func()) *grid {
	g := &grid{cells: newCells(len(o.layers), len(o.formats))}
	g.cells.onTick, g.cells.onSeen, g.cells.onEsc = tick, g.reveal, escape
	for i := range o.formats {
		g.heads = append(g.heads, newFormatHead(func(h *formatHead) { head(i, h) }))
	}
	for i := range o.layers {
		g.layers = append(g.layers, newLayerHead(func() { row(i) }))
	}
	g.top, g.side = container.New(columnsLayout{}), container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, h := range g.heads {
		g.top.Add(h)
	}
	for _, l := range g.layers {
		g.side.Add(l)
	}
	g.scroll = container.NewScroll(g.cells)
	g.scroll.OnScrolled = func(fyne.Position) { g.follow() }
	g.ExtendBaseWidget(g)
	return g
}

// show brings the grid to an order. Only what changed is drawn again.
func (g *grid) show(o *order, of func(place) face, busy func(*layer) bool) {
	for i := range o.formats {
		g.heads[i].show(&o.formats[i])
	}
	for i := range o.layers {
		l, wanted := &o.layers[i], false
		for j := range o.formats {
			p := place{l.id, o.formats[j].id}
			g.cells.all[i][j].show(of(p))
			wanted = wanted || o.ticked[p]
		}
		g.layers[i].show(l, wanted, busy(l))
		g.cells.setBusy(i, busy(l))
	}
}

// follow keeps heads and layers beside the cells that they belong to.
func (g *grid) follow() {
	g.top.Move(fyne.NewPos(-g.scroll.Offset.X, 0))
	g.side.Move(fyne.NewPos(0, -g.scroll.Offset.Y))
}

// reveal scrolls to a cell.
func (g *grid) reveal(row, column int) {
	w := g.cells.Size().Width / float32(max(1, len(g.heads)))
	at, room := g.scroll.Offset, g.scroll.Size()
	x, y := float32(column)*w, float32(row)*rowHeight
	at.X = max(min(at.X, x), x+w-room.Width)
	at.Y = max(min(at.Y, y), y+rowHeight-room.Height)
	g.scroll.ScrollToOffset(at)
	g.follow()
}

// CreateRenderer draws the grid.
func (g *grid) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	face, head, edge := rounded(look.Radius+2), plain(), rounded(look.Radius+2)
	head.TopLeftCornerRadius, head.TopRightCornerRadius = look.Radius+2, look.Radius+2
	line := canvas.NewRectangle(nil)
	corner, check := parts.NewCaption("Layer"), parts.NewCaption("Check")
	top := container.NewClip(g.top)
	side := newWheel(container.NewClip(g.side), g.scroll)
	paint := func() {
		face.FillColor, head.FillColor = look.Color(theme.ColorNameMenuBackground), look.Color(theme.ColorNameHeaderBackground)
		edge.StrokeColor, edge.StrokeWidth = look.Color(theme.ColorNameSeparator), 1
		line.FillColor = look.Color(theme.ColorNameSeparator)
	}
	layout := func(size fyne.Size) {
		columns := float32(max(1, len(g.heads)))
		column := min(columnMost, max(columnLeast, (size.Width-sideLeast)/columns))
		left := max(sideLeast, size.Width-columns*column)
		rows := float32(len(g.layers)) * rowHeight
		height := min(size.Height, headHeight+rows)
		parts.Place(face, 0, 0, size.Width, height)
		parts.Place(head, 0, 0, size.Width, headHeight)
		parts.Place(edge, 0.5, 0.5, size.Width-1, height-1)
		parts.Place(line, 0, headHeight-1, size.Width, 1)
		own := corner.MinSize().Height
		parts.Place(corner, 16, (headHeight-own)/2, 100, own)
		parts.Place(check, left-checkWidth, (headHeight-own)/2, 100, own)
		parts.Place(top, left, 0, size.Width-left, headHeight)
		g.top.Resize(fyne.NewSize(columns*column, headHeight))
		parts.Place(side, 0, headHeight, left, height-headHeight)
		g.side.Resize(fyne.NewSize(left, rows))
		parts.Place(g.scroll, left, headHeight, size.Width-left, height-headHeight)
		g.follow()
	}
	least := func() fyne.Size { return fyne.NewSize(sideLeast+columnLeast, headHeight+2*rowHeight) }
	return parts.Draw(g, least, layout, paint, face, head, line, corner, check, top, side, g.scroll, edge)
}

// columnsLayout gives all columns the same width.
type columnsLayout struct{}

func (columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := size.Width / float32(max(1, len(objects)))
	for i, o := range objects {
		parts.Place(o, float32(i)*w, 0, w, size.Height)
	}
}

func (columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(len(objects))*columnLeast, headHeight)
}

// wheel sends the pointer's wheel over one thing to a scroll beside it.
type wheel struct {
	widget.BaseWidget
	content fyne.CanvasObject
	to      *container.Scroll
}

func newWheel(content fyne.CanvasObject, to *container.Scroll) *wheel {
	w := &wheel{content: content, to: to}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled scrolls the other.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) { w.to.Scrolled(e) }

// CreateRenderer shows the content.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(w.content) }
