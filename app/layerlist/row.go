package layerlist

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/carto"
)

// row is one layer of the list. It is dragged as a whole; the grip only shows
// that it can be.
type row struct {
	widget.BaseWidget
	list  *list
	layer carto.Layer

	selected, hovered, dragged bool

	badge      *parts.Badge
	name, text *parts.Text
	lock, eye  *parts.IconButton
	entry      *nameEntry // while the layer is being renamed
}

func newRow(l *list, layer carto.Layer) *row {
	tips := l.panel.options.Tips
	r := &row{list: l, layer: layer, badge: parts.NewBadge(layer.Operation, parts.Large)}
	r.name, r.text = parts.NewText(""), parts.NewCaption("")
	r.name.Cut, r.text.Cut = true, true
	r.eye = parts.NewSmallIconButton("eye", &parts.Tip{Tips: tips, Name: "Show or hide"}, func() {
		l.panel.turn(r.layer.ID, func(l carto.Layer, e *carto.SetLayer) { visible := !l.Visible; e.Visible = &visible })
	})
	r.lock = parts.NewSmallIconButton("lock", &parts.Tip{Tips: tips, Name: "Locked: open"}, func() {
		l.panel.turn(r.layer.ID, func(l carto.Layer, e *carto.SetLayer) { locked := !l.Locked; e.Locked = &locked })
	})
	r.ExtendBaseWidget(r)
	return r
}

// set shows a layer as it is now.
func (r *row) set(layer carto.Layer, selected, boards bool) {
	text := words.Layer(layer.Operation, layer.Strategy, layer.Count)
	if boards {
		text += " · board " + strconv.Itoa(layer.Board)
	}
	same := r.selected == selected && r.text.Text == text && r.layer.Name == layer.Name && r.name.Text == layer.Name &&
		r.layer.Operation == layer.Operation && r.layer.Visible == layer.Visible && r.layer.Locked == layer.Locked
	r.layer, r.selected = layer, selected
	if same {
		return
	}
	r.name.Text, r.text.Text = layer.Name, text
	r.badge.SetOperation(layer.Operation)
	r.Refresh()
}

// MouseDown selects at once: a tap waits to see whether a second one follows.
func (r *row) MouseDown(*desktop.MouseEvent) { r.choose() }

// MouseUp does nothing.
func (r *row) MouseUp(*desktop.MouseEvent) {}

// Tapped selects the layer.
func (r *row) Tapped(*fyne.PointEvent) { r.choose() }

func (r *row) choose() { r.list.panel.stage.Select(r.layer.ID) }

// DoubleTapped renames the layer in its place.
func (r *row) DoubleTapped(*fyne.PointEvent) { r.rename() }

// TappedSecondary opens the layer's menu.
func (r *row) TappedSecondary(e *fyne.PointEvent) {
	r.choose()
	r.list.panel.open(r.list.panel.layerMenu(r.layer), e.AbsolutePosition)
}

// MouseIn is called when the pointer comes.
func (r *row) MouseIn(*desktop.MouseEvent) { r.hover(true) }

// MouseMoved does nothing.
func (r *row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called when the pointer leaves.
func (r *row) MouseOut() { r.hover(false) }

func (r *row) hover(on bool) {
	r.hovered = on
	r.Refresh()
}

// Dragged moves the line that shows where the layer would go.
func (r *row) Dragged(e *fyne.DragEvent) {
	if r.entry != nil {
		return
	}
	if !r.dragged {
		r.dragged = true
		r.choose()
	}
	r.list.dragTo(r.Position().Y + e.Position.Y)
}

// DragEnd moves the layer.
func (r *row) DragEnd() {
	if r.dragged {
		r.dragged = false
		r.list.drop(r)
	}
}

// CreateRenderer draws the row.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	grip := canvas.NewImageFromResource(nil)
	grip.FillMode = canvas.ImageFillContain
	d := &rowRenderer{
		row: r, back: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent),
		ring: canvas.NewRectangle(color.Transparent), grip: grip,
	}
	d.ring.CornerRadius = 2
	d.paint()
	return d
}

type rowRenderer struct {
	row             *row
	back, bar, ring *canvas.Rectangle
	grip            *canvas.Image
}

func (*rowRenderer) Destroy() {}

func (*rowRenderer) MinSize() fyne.Size { return fyne.NewSize(Width, look.RowHeight) }

func (d *rowRenderer) Objects() []fyne.CanvasObject {
	r := d.row
	objects := []fyne.CanvasObject{d.back, d.bar, d.grip, r.badge, r.name, r.text, r.lock, r.eye, d.ring}
	if r.entry != nil {
		objects = append(objects, r.entry)
	}
	return objects
}

// Where things are in a row.
const (
	gripLeft  float32 = 10
	badgeLeft float32 = 32
	textLeft  float32 = 64
	buttonGap float32 = 2
)

func (d *rowRenderer) Layout(size fyne.Size) {
	r := d.row
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	put(d.back, 0, 0, size.Width, size.Height)
	put(d.bar, 0, 0, 3, size.Height)
	put(d.ring, 1, 1, size.Width-2, size.Height-2)
	put(d.grip, gripLeft, (size.Height-look.SmallIcon)/2, look.SmallIcon, look.SmallIcon)
	put(r.badge, badgeLeft, (size.Height-parts.Large)/2, parts.Large, parts.Large)
	x := size.Width - look.Grid - look.TargetSize
	middle := (size.Height - look.TargetSize) / 2
	put(r.eye, x, middle, look.TargetSize, look.TargetSize)
	if r.lock.Visible() {
		x -= look.TargetSize + buttonGap
		put(r.lock, x, middle, look.TargetSize, look.TargetSize)
	}
	width := x - textLeft - buttonGap
	name, text := r.name.MinSize().Height, r.text.MinSize().Height
	top := (size.Height - name - text) / 2
	put(r.name, textLeft, top, width, name)
	put(r.text, textLeft, top+name, width, text)
	if r.entry != nil {
		h := r.entry.MinSize().Height
		put(r.entry, textLeft-look.Grid, (size.Height-h)/2, x-textLeft+look.Grid, h)
	}
}

func (d *rowRenderer) Refresh() {
	d.paint()
	d.Layout(d.row.Size())
	canvas.Refresh(d.row)
}

func (d *rowRenderer) paint() {
	r := d.row
	d.back.FillColor, d.bar.FillColor = color.Transparent, color.Transparent
	switch {
	case r.selected:
		d.back.FillColor = look.Color(theme.ColorNameSelection)
		d.bar.FillColor = look.Color(theme.ColorNamePrimary)
	case r.hovered:
		d.back.FillColor = look.Color(theme.ColorNameHover)
	}
	d.ring.StrokeColor, d.ring.StrokeWidth = color.Transparent, look.FocusWidth
	if r.selected && r.list.focused {
		d.ring.StrokeColor = look.Color(theme.ColorNamePrimary)
	}
	d.grip.Hidden = !r.selected && !r.hovered
	parts.SetIcon(d.grip, look.Painted("drag", look.Text2))
	canvas.Refresh(d.grip)

	r.name.Bold, r.name.Color = r.selected, theme.ColorNameForeground
	if !r.layer.Visible {
		r.name.Color = look.Text2
	}
	r.name.Hidden, r.text.Hidden = r.entry != nil, r.entry != nil
	r.name.Refresh()
	r.text.Refresh()
	r.lock.Hidden = !r.layer.Locked
	r.eye.SetIcon("eye")
	r.eye.SetColor(look.Text2)
	r.lock.SetColor(look.Text2)
	if !r.layer.Visible {
		r.eye.SetIcon("eye-off")
	}
	r.badge.Refresh()
	r.eye.Refresh()
	r.lock.Refresh()
}
