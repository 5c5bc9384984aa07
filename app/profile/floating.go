package profile

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// floating is a card over all of the window. Esc closes it, and so does a tap
// beside it, unless what lies below is shaded.
type floating struct {
	widget.BaseWidget
	canvas fyne.Canvas
	card   *parts.Card
	shaded bool
	place  func(room, least fyne.Size) (fyne.Position, fyne.Size)
	closed func()

	open   bool
	typed  func(*fyne.KeyEvent) // what heard the keys before
	before fyne.Focusable
}

func newFloating(w fyne.Window, content fyne.CanvasObject) *floating {
	f := &floating{canvas: w.Canvas(), card: parts.NewCard(content, 0)}
	f.ExtendBaseWidget(f)
	return f
}

// show puts the card over the window.
func (f *floating) show() {
	f.open = true
	f.typed = f.canvas.OnTypedKey()
	f.before = f.canvas.Focused()
	f.canvas.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape && f.canvas.Overlays().Top() == f {
			f.close()
		}
	})
	f.Resize(f.canvas.Size())
	f.canvas.Overlays().Add(f)
}

// close takes the card away, and gives the keyboard back to what had it.
func (f *floating) close() {
	if !f.open {
		return
	}
	f.open = false
	f.canvas.Overlays().Remove(f)
	f.canvas.SetOnTypedKey(f.typed)
	if f.before != nil {
		f.canvas.Focus(f.before)
	}
	if f.closed != nil {
		f.closed()
	}
}

// Tapped is called for a tap beside the card.
func (f *floating) Tapped(*fyne.PointEvent) {
	if !f.shaded {
		f.close()
	}
}

// TappedSecondary is called for a tap of the other button beside the card.
func (f *floating) TappedSecondary(*fyne.PointEvent) { f.Tapped(nil) }

// Scrolled does nothing: what lies below stays where it is.
func (f *floating) Scrolled(*fyne.ScrollEvent) {}

// CreateRenderer draws the card over the window.
func (f *floating) CreateRenderer() fyne.WidgetRenderer {
	f.ExtendBaseWidget(f)
	shade := canvas.NewRectangle(color.Transparent)
	paint := func() {
		if f.shaded {
			shade.FillColor = look.Color(theme.ColorNameShadow)
		}
	}
	layout := func(size fyne.Size) {
		parts.Place(shade, 0, 0, size.Width, size.Height)
		at, room := f.place(size, f.card.MinSize())
		parts.Place(f.card, at.X, at.Y, room.Width, room.Height)
	}
	paint()
	return parts.Draw(f, func() fyne.Size { return fyne.Size{} }, layout, paint, shade, f.card)
}
