package profile

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/mapwright/mapwright/app/parts"
)

// gap is space left and right of one object.
type gap [2]float32

func (g gap) Layout(o []fyne.CanvasObject, size fyne.Size) {
	parts.Place(o[0], g[0], 0, size.Width-g[0]-g[1], size.Height)
}

func (g gap) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(g[0]+g[1], 0)
}

func space(height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(1, height))
	return r
}

// middle puts an object into the middle of the height, over the whole width.
func middle(o fyne.CanvasObject) *fyne.Container { return container.New(middleLayout{}, o) }

// low puts an object at the bottom of the height.
func low(o fyne.CanvasObject) *fyne.Container { return container.New(middleLayout{low: true}, o) }

type middleLayout struct{ low bool }

func (l middleLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := o[0].MinSize().Height
	y := (size.Height - h) / 2
	if l.low {
		y = size.Height - h - 3
	}
	parts.Place(o[0], 0, y, size.Width, h)
}

func (middleLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }
