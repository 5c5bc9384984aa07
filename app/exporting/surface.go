package exporting

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// square is the radius of a corner that is not round: 0 would be that of the
// others.
const square float32 = 0.01

// surface lies below other things and follows the theme.
type surface struct {
	widget.BaseWidget
	fill
}

// CreateRenderer draws the surface.
func (s *surface) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	face := rounded(s.radius)
	paint := func() {
		face.FillColor = color.Transparent
		if s.name != "" {
			face.FillColor = look.Color(s.name)
		}
		if s.below {
			face.TopLeftCornerRadius, face.TopRightCornerRadius = square, square
		}
		face.StrokeWidth = 0
		if s.border != "" {
			face.StrokeColor, face.StrokeWidth = look.Color(s.border), 1
		}
	}
	layout := func(size fyne.Size) {
		in := face.StrokeWidth / 2
		parts.Place(face, in, in, size.Width-2*in, size.Height-2*in)
	}
	return parts.Draw(s, func() fyne.Size { return fyne.Size{} }, layout, paint, face)
}

// modal lies over the whole window, shades it and holds a card in the middle:
// 1168 × 720, or the window less 64. Nothing below it hears the pointer.
type modal struct {
	widget.BaseWidget
	of   *Dialog
	card fyne.CanvasObject
}

const (
	modalWidth  float32 = 1168
	modalHeight float32 = 720
	modalMargin float32 = 64
)

func newModal(of *Dialog, card fyne.CanvasObject) *modal {
	m := &modal{of: of, card: card}
	m.ExtendBaseWidget(m)
	return m
}

// Tapped takes what misses the card.
func (m *modal) Tapped(*fyne.PointEvent) {}

// CreateRenderer draws the shade and the card.
func (m *modal) CreateRenderer() fyne.WidgetRenderer {
	m.ExtendBaseWidget(m)
	shade := plain()
	paint := func() { shade.FillColor = look.Color("shadow") }
	layout := func(size fyne.Size) {
		parts.Place(shade, 0, 0, size.Width, size.Height)
		w := min(modalWidth, size.Width-modalMargin)
		h := min(modalHeight, size.Height-modalMargin)
		parts.Place(m.card, (size.Width-w)/2, (size.Height-h)/2, w, h)
	}
	return parts.Draw(m, func() fyne.Size { return fyne.Size{} }, layout, paint, shade, m.card)
}
