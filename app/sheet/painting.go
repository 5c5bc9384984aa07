package sheet

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
)

// spare is how much more than the sheet a picture shows on each side, so that a
// little panning has something to show at once; a part of the sheet's size.
const spare = 0.15

// shown is the picture on the sheet and the view that it was drawn for.
type shown struct {
	view view // scale in units of the screen
	size fyne.Size
}

// painting is the drawing of pictures beside the UI thread: one at a time, and
// the newest wish next.
type painting struct {
	running bool
	again   bool
}

// repaint has the picture drawn for what is shown now.
func (h *Sheet) repaint() {
	if h.Size().Width < 1 || h.Size().Height < 1 {
		return
	}
	if h.painting.running {
		h.painting.again = true
		return
	}
	o, as := h.order()
	h.painting.running, h.painting.again = true, false
	h.stage.Loop().Go(func(ctx context.Context) {
		img, err := o.paint(ctx)
		if err != nil {
			// Only the end of the window and paths that no tracing makes come
			// here; what was shown stays.
			img = nil
		}
		h.stage.Loop().UI("picture", func() { h.showPicture(img, as) })
	})
}

// Painted tells whether the picture is of what is to be seen now.
func (h *Sheet) Painted() bool { return h.picture.Image != nil && !h.painting.running }

// order gives the picture that is wanted now, and where it will be shown.
func (h *Sheet) order() (order, shown) {
	size := h.Size()
	around := fyne.NewSize(size.Width*(1+2*spare), size.Height*(1+2*spare))
	v := h.view.pan(size.Width*spare, size.Height*spare)
	pixels := float64(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(h); c != nil {
		pixels = float64(c.Scale())
	}
	o := order{
		view:  view{v.scale * pixels, v.at},
		width: int(float64(around.Width) * pixels), height: int(float64(around.Height) * pixels),
		boards: h.stage.Map().Boards, board: h.stage.Board(), mode: h.stage.Mode(), colors: themeColors(),
	}
	if d := h.stage.Drawn(); d != nil {
		o.drawing = d.Screen
	}
	return o, shown{v, fyne.NewSize(float32(float64(o.width)/pixels), float32(float64(o.height)/pixels))}
}

func (h *Sheet) showPicture(img *image.RGBA, as shown) {
	h.painting.running = false
	if img != nil {
		h.shown = as
		h.picture.Image = img
		h.placePicture()
		h.picture.Refresh()
	}
	if h.painting.again {
		h.repaint()
	}
}

// placePicture puts the picture where its part of the board is now.
func (h *Sheet) placePicture() {
	if h.picture.Image == nil {
		return
	}
	grown := float32(h.view.scale / h.shown.view.scale)
	h.picture.Move(h.view.screen(h.shown.view.at))
	h.picture.Resize(fyne.NewSize(h.shown.size.Width*grown, h.shown.size.Height*grown))
}
