package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
	"github.com/mapwright/mapwright/app/look"
)

// back is a plain surface in a colour of the theme, which it follows.
type back struct {
	widget.BaseWidget
	name  fyne.ThemeColorName
	least fyne.Size
}

func newBack(name fyne.ThemeColorName) *back {
	b := &back{name: name}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer is called by Fyne.
func (b *back) CreateRenderer() fyne.WidgetRenderer {
	r := &backRenderer{WidgetRenderer: widget.NewSimpleRenderer(canvas.NewRectangle(look.Color(b.name))), back: b}
	return r
}

type backRenderer struct {
	fyne.WidgetRenderer
	back *back
}

func (r *backRenderer) MinSize() fyne.Size { return r.back.least }

func (r *backRenderer) Refresh() {
	if face, ok := r.Objects()[0].(*canvas.Rectangle); ok {
		face.FillColor = look.Color(r.back.name)
		face.Refresh()
	}
}
