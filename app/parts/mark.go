package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
)

// Mark is Mapwright's own, as at the left of the top bar.
type Mark struct{ widget.BaseWidget }

// NewMark gives the mark, 28 px.
func NewMark() *Mark {
	m := &Mark{}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer draws the mark.
func (m *Mark) CreateRenderer() fyne.WidgetRenderer {
	m.ExtendBaseWidget(m)
	const size = look.TargetSize
	back, lines := round(6.5), icon()
	paint := func() {
		back.FillColor = look.Color(theme.ColorNamePrimary)
		setIcon(lines, "mark", theme.ColorNameForegroundOnPrimary)
	}
	layout := func(room fyne.Size) {
		x, y := (room.Width-size)/2, (room.Height-size)/2
		Place(back, x, y, size, size)
		Place(lines, x, y, size, size)
	}
	return Draw(m, func() fyne.Size { return fyne.NewSquareSize(size) }, layout, paint, back, lines)
}
