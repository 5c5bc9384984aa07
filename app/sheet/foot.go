package sheet

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// foot lays out the lower edge of the sheet: the hint of a tool at the left, the
// zoom at the right. The hint stands above the zoom where both have no room
// beside each other, and never makes the sheet wider than its column.
type foot struct{ rows []*parts.Text }

// Layout puts the hint and the zoom, which are all there is.
func (f foot) Layout(o []fyne.CanvasObject, size fyne.Size) {
	hint, zoom := o[0], o[1]
	z := zoom.MinSize()
	zoom.Resize(z)
	zoom.Move(fyne.NewPos(size.Width-z.Width, size.Height-z.Height))
	h := hint.MinSize()
	cut, full := float32(0), float32(0)
	for _, row := range f.rows {
		cut = max(cut, row.MinSize().Width)
		full = max(full, fyne.MeasureText(row.Text, look.Size(theme.SizeNameText), fyne.TextStyle{Bold: row.Bold}).Width)
	}
	h.Width += full - cut
	y := size.Height - h.Height
	if h.Width+look.Grid+z.Width > size.Width {
		y -= z.Height + look.Grid
	}
	hint.Resize(fyne.NewSize(min(h.Width, size.Width), h.Height))
	hint.Move(fyne.NewPos(0, y))
}

// MinSize has room for the zoom and a hint above it.
func (f foot) MinSize(o []fyne.CanvasObject) fyne.Size {
	hint, zoom := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(zoom.Width, hint.Height+look.Grid+zoom.Height)
}
