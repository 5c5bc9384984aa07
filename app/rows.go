package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// rows lays out a head, a body and a foot one below the other without a gap.
// The body takes what is left; a head or foot that is nil is not there.
type rows struct{ head, body, foot fyne.CanvasObject }

func newRows(head, body, foot fyne.CanvasObject) *fyne.Container {
	r := &rows{head, body, foot}
	objects := slices.DeleteFunc([]fyne.CanvasObject{head, body, foot}, func(o fyne.CanvasObject) bool { return o == nil })
	return container.New(r, objects...)
}

// Layout is called by Fyne.
func (r *rows) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	top, bottom := height(r.head), height(r.foot)
	put := func(o fyne.CanvasObject, y, height float32) {
		if o != nil {
			o.Move(fyne.NewPos(0, y))
			o.Resize(fyne.NewSize(size.Width, height))
		}
	}
	put(r.head, 0, top)
	put(r.body, top, size.Height-top-bottom)
	put(r.foot, size.Height-bottom, bottom)
}

// MinSize is called by Fyne.
func (r *rows) MinSize([]fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, height(r.head)+height(r.body)+height(r.foot))
	for _, o := range []fyne.CanvasObject{r.head, r.body, r.foot} {
		if o != nil {
			size.Width = max(size.Width, o.MinSize().Width)
		}
	}
	return size
}

func height(o fyne.CanvasObject) float32 {
	if o == nil {
		return 0
	}
	return o.MinSize().Height
}
