package start

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// option is one of a few ways, with a disc for whether it is chosen.
type option struct {
	widget.BaseWidget
	label, hint      string
	chosen           bool
	hovered, focused bool
	tapped           func()
}

func newOption(label, hint string, tapped func()) *option {
	o := &option{label: label, hint: hint, tapped: tapped}
	o.ExtendBaseWidget(o)
	return o
}

func (o *option) set(chosen bool) {
	if o.chosen != chosen {
		o.chosen = chosen
		o.Refresh()
	}
}

// say shows other words.
func (o *option) say(label, hint string) {
	o.label, o.hint = label, hint
	o.Refresh()
}

func (o *option) Tapped(*fyne.PointEvent)        { o.tapped() }
func (o *option) MouseIn(*desktop.MouseEvent)    { o.hovered = true; o.Refresh() }
func (o *option) MouseMoved(*desktop.MouseEvent) {}
func (o *option) MouseOut()                      { o.hovered = false; o.Refresh() }
func (o *option) FocusGained()                   { o.focused = true; o.Refresh() }
func (o *option) FocusLost()                     { o.focused = false; o.Refresh() }
func (o *option) TypedRune(rune)                 {}

func (o *option) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		o.tapped()
	}
}

func (o *option) CreateRenderer() fyne.WidgetRenderer {
	r := &optionRenderer{
		of: o, back: canvas.NewRectangle(nil), ring: canvas.NewCircle(nil), dot: canvas.NewCircle(nil),
		label: parts.NewText(""), hint: parts.NewCaption(""),
	}
	r.hint.Align = fyne.TextAlignTrailing
	r.hint.Cut = true
	r.paint()
	return r
}

type optionRenderer struct {
	of          *option
	back        *canvas.Rectangle
	ring, dot   *canvas.Circle
	label, hint *parts.Text
}

const disc = 18

func (r *optionRenderer) Destroy() {}

func (r *optionRenderer) MinSize() fyne.Size { return fyne.NewSize(200, 32) }

func (r *optionRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.ring, r.dot, r.label, r.hint}
}

func (r *optionRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	y := (size.Height - disc) / 2
	r.ring.Move(fyne.NewPos(2, y))
	r.ring.Resize(fyne.NewSquareSize(disc))
	r.dot.Move(fyne.NewPos(2+5, y+5))
	r.dot.Resize(fyne.NewSquareSize(disc - 10))
	own := r.label.MinSize()
	r.label.Move(fyne.NewPos(30, (size.Height-own.Height)/2))
	r.label.Resize(own)
	left := 30 + own.Width + look.Grid
	h := r.hint.MinSize().Height
	r.hint.Move(fyne.NewPos(left, (size.Height-h)/2))
	r.hint.Resize(fyne.NewSize(max(0, size.Width-left-2), h))
}

func (r *optionRenderer) Refresh() {
	r.paint()
	r.Layout(r.of.Size())
	canvas.Refresh(r.of)
}

func (r *optionRenderer) paint() {
	o := r.of
	r.back.FillColor, r.back.CornerRadius, r.back.StrokeWidth = color.Transparent, look.Radius, look.FocusWidth
	r.back.StrokeColor = color.Transparent
	if o.hovered {
		r.back.FillColor = look.Color(theme.ColorNameHover)
	}
	if o.focused {
		r.back.StrokeColor = look.Color(theme.ColorNamePrimary)
	}
	r.ring.StrokeWidth, r.ring.FillColor = 1.5, look.Color(theme.ColorNameInputBackground)
	r.ring.StrokeColor = look.Color(theme.ColorNameInputBorder)
	r.dot.FillColor = color.Transparent
	if o.chosen {
		r.ring.FillColor, r.ring.StrokeColor = look.Color(theme.ColorNamePrimary), look.Color(theme.ColorNamePrimary)
		r.dot.FillColor = look.Color(theme.ColorNameForegroundOnPrimary)
	}
	r.label.Bold = o.chosen
	r.label.Text, r.hint.Text = o.label, o.hint
	r.label.Refresh()
	r.hint.Refresh()
}
