package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
)

// Row is a line of a list, 44 px high, or a low one of 32: it shows the pointer and whether it is
// selected. Widgets in its content hear their own taps.
type Row struct {
	control
	OnTapped    func()
	OnSecondary func(*fyne.PointEvent) // the other mouse button: a menu
	OnKey       func(*fyne.KeyEvent)   // keys other than Space and Enter

	content  fyne.CanvasObject
	height   float32
	selected bool
}

// NewRow gives a row with the content over its whole width.
func NewRow(content fyne.CanvasObject, tapped func()) *Row {
	r := &Row{content: content, height: look.RowHeight, OnTapped: tapped}
	r.act = func() {
		if r.OnTapped != nil {
			r.OnTapped()
		}
	}
	r.extend(r)
	return r
}

// NewLowRow gives a row of one line, for lists within a page.
func NewLowRow(content fyne.CanvasObject, tapped func()) *Row {
	r := NewRow(content, tapped)
	r.height = look.TargetSize + look.Grid/2
	return r
}

// SetSelected shows the row as the one that is chosen.
func (r *Row) SetSelected(selected bool) {
	if selected != r.selected {
		r.selected = selected
		r.Refresh()
	}
}

// Selected tells whether the row shows as chosen.
func (r *Row) Selected() bool { return r.selected }

// TappedSecondary asks for the row's menu.
func (r *Row) TappedSecondary(e *fyne.PointEvent) {
	if r.OnSecondary != nil && !r.Disabled() {
		r.OnSecondary(e)
	}
}

// TypedKey takes Space and Enter for a tap and gives other keys to OnKey.
func (r *Row) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		r.Tapped(nil)
	default:
		if r.OnKey != nil {
			r.OnKey(e)
			return
		}
		PassKey(r, e)
	}
}

// CreateRenderer draws the row.
func (r *Row) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	back, bar, focus := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent), round(2)
	paint := func() {
		back.FillColor, bar.FillColor = color.Transparent, color.Transparent
		switch {
		case r.selected:
			back.FillColor = look.Color(theme.ColorNameSelection)
			bar.FillColor = look.Color(theme.ColorNamePrimary)
		case r.hovered && !r.Disabled():
			back.FillColor = look.Color(theme.ColorNameHover)
		}
		ring(focus, r.focused)
	}
	layout := func(size fyne.Size) {
		Place(back, 0, 0, size.Width, size.Height)
		Place(bar, 0, 0, 3, size.Height)
		edge(focus, 0, 0, size.Width, size.Height)
		Place(r.content, 0, 0, size.Width, size.Height)
	}
	least := func() fyne.Size {
		s := r.content.MinSize()
		return fyne.NewSize(s.Width, max(s.Height, r.height))
	}
	return Draw(r, least, layout, paint, back, bar, r.content, focus)
}
