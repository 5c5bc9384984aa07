package layerlist

import (
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/internal/carto"
)

// list is the rows of the layers, the top first. The keyboard moves the
// selection in it.
type list struct {
	widget.BaseWidget
	panel   *Panel
	rows    []*row
	line    *canvas.Rectangle // where a dragged row would go
	focused bool
	gap     int // before which row a dragged one would go; -1: none is dragged
}

func newList(p *Panel) *list {
	l := &list{panel: p, line: canvas.NewRectangle(color.Transparent), gap: -1}
	l.line.Hide()
	l.ExtendBaseWidget(l)
	return l
}

// show takes over the layers of the stage. Rows of layers that stay are kept.
func (l *list) show() {
	m := l.panel.stage.Map()
	selected, _ := l.panel.stage.Selected()
	old := make(map[carto.LayerID]*row, len(l.rows))
	for _, r := range l.rows {
		old[r.layer.ID] = r
	}
	rows := make([]*row, 0, len(m.Layers))
	for _, layer := range slices.Backward(m.Layers) {
		r := old[layer.ID]
		if r == nil {
			r = newRow(l, layer)
		}
		r.set(layer, layer.ID == selected.ID, m.Boards.Count > 1)
		rows = append(rows, r)
	}
	if !slices.Equal(rows, l.rows) {
		l.rows = rows
		l.Refresh()
	}
	l.reveal(selected.ID)
}

// reveal scrolls to a layer that was selected elsewhere.
func (l *list) reveal(id carto.LayerID) {
	i := l.index(id)
	scroll := l.panel.scroll
	if i < 0 || scroll == nil || l.gap >= 0 {
		return
	}
	top, bottom := float32(i)*look.RowHeight, float32(i+1)*look.RowHeight
	switch offset, high := scroll.Offset.Y, scroll.Size().Height; {
	case high <= 0:
	case top < offset:
		scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > offset+high:
		scroll.ScrollToOffset(fyne.NewPos(0, bottom-high))
	}
}

func (l *list) index(id carto.LayerID) int {
	return slices.IndexFunc(l.rows, func(r *row) bool { return r.layer.ID == id })
}

// dragTo shows where a row would go that is held at a height of the list.
func (l *list) dragTo(y float32) {
	gap := int(math.Round(float64(y / look.RowHeight)))
	l.gap = max(0, min(gap, len(l.rows)))
	l.line.Show()
	l.Refresh()
	scroll := l.panel.scroll
	switch top := scroll.Offset.Y; {
	case y < top:
		scroll.ScrollToOffset(fyne.NewPos(0, max(0, top-look.Grid)))
	case y > top+scroll.Size().Height:
		most := max(0, l.MinSize().Height-scroll.Size().Height)
		scroll.ScrollToOffset(fyne.NewPos(0, min(most, top+look.Grid)))
	}
}

// drop moves the layer of a row to where the line is.
func (l *list) drop(r *row) {
	gap := l.gap
	l.gap = -1
	l.line.Hide()
	l.Refresh()
	from := slices.Index(l.rows, r)
	if gap < 0 || from < 0 {
		return
	}
	if gap > from {
		gap-- // counted without the row itself
	}
	l.panel.moveTo(r.layer.ID, from, gap)
}

// FocusGained is called when the keyboard comes.
func (l *list) FocusGained() { l.focus(true) }

// FocusLost is called when the keyboard leaves.
func (l *list) FocusLost() { l.focus(false) }

func (l *list) focus(on bool) {
	l.focused = on
	for _, r := range l.rows {
		r.Refresh()
	}
}

// TypedRune hears nothing.
func (l *list) TypedRune(rune) {}

// TypedKey moves the selection and changes the selected layer.
func (l *list) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		l.step(-1)
	case fyne.KeyDown:
		l.step(1)
	case fyne.KeyHome:
		l.step(-len(l.rows))
	case fyne.KeyEnd:
		l.step(len(l.rows))
	case fyne.KeySpace:
		l.panel.ToggleVisible()
	case fyne.KeyF2, fyne.KeyReturn, fyne.KeyEnter:
		l.panel.Rename()
	case fyne.KeyDelete, fyne.KeyBackspace:
		l.panel.Delete()
	case fyne.KeyEscape:
		l.panel.win.Canvas().Unfocus() // back to the sheet
	default:
		parts.PassKey(l, e)
	}
}

func (l *list) step(by int) {
	if len(l.rows) == 0 {
		return
	}
	selected, _ := l.panel.stage.Selected()
	i := max(0, min(len(l.rows)-1, l.index(selected.ID)+by))
	l.panel.stage.Select(l.rows[i].layer.ID)
}

// CreateRenderer draws the rows.
func (l *list) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	return &listRenderer{l}
}

type listRenderer struct{ list *list }

func (*listRenderer) Destroy() {}

func (r *listRenderer) MinSize() fyne.Size {
	return fyne.NewSize(Width, float32(len(r.list.rows))*look.RowHeight)
}

func (r *listRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, len(r.list.rows)+1)
	for _, o := range r.list.rows {
		objects = append(objects, o)
	}
	return append(objects, r.list.line)
}

func (r *listRenderer) Layout(size fyne.Size) {
	for i, o := range r.list.rows {
		o.Move(fyne.NewPos(0, float32(i)*look.RowHeight))
		o.Resize(fyne.NewSize(size.Width, look.RowHeight))
	}
	y := float32(r.list.gap)*look.RowHeight - 1
	r.list.line.Move(fyne.NewPos(look.Grid, max(0, min(y, size.Height-2))))
	r.list.line.Resize(fyne.NewSize(size.Width-2*look.Grid, 2))
}

func (r *listRenderer) Refresh() {
	r.list.line.FillColor = look.Color(theme.ColorNamePrimary)
	for _, o := range r.list.rows {
		o.Refresh()
	}
	r.Layout(r.list.Size())
	canvas.Refresh(r.list)
}
