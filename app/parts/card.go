package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
)

// Card is a surface with round corners that floats above what lies below it. It
// takes the taps and the pointer on it, so that nothing below hears them.
type Card struct {
	widget.BaseWidget
	content fyne.CanvasObject
	pad     float32
}

// NewCard gives a card with the content and so much space around it.
func NewCard(content fyne.CanvasObject, pad float32) *Card {
	c := &Card{content: content, pad: pad}
	c.ExtendBaseWidget(c)
	return c
}

// shades is of how many rectangles a shadow is made.
const shades = 7

// CreateRenderer draws the card.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	const radius = look.Radius + 2
	var objects []fyne.CanvasObject
	var shadow []*canvas.Rectangle
	for i := range shades {
		s := round(radius + float32(2*i))
		shadow = append(shadow, s)
		objects = append(objects, s)
	}
	face := round(radius)
	stop := newStopper()
	objects = append(objects, face, stop, c.content)
	paint := func() {
		for _, s := range shadow {
			s.FillColor = look.Color(look.Shade)
		}
		face.FillColor = look.Color(theme.ColorNameMenuBackground)
		face.StrokeColor, face.StrokeWidth = look.Color(theme.ColorNameSeparator), 1
	}
	layout := func(size fyne.Size) {
		for i, s := range shadow {
			// Wider below than above, as from a lamp over the sheet.
			by := float32(2 * i)
			Place(s, -by, -by+4, size.Width+2*by, size.Height+2*by)
		}
		edge(face, 0, 0, size.Width, size.Height)
		Place(stop, 0, 0, size.Width, size.Height)
		Place(c.content, c.pad, c.pad, size.Width-2*c.pad, size.Height-2*c.pad)
	}
	least := func() fyne.Size { return c.content.MinSize().Add(fyne.NewSquareSize(2 * c.pad)) }
	return Draw(c, least, layout, paint, objects...)
}

// stopper lies below a card's content and ends what would reach the canvas. It
// is not the card itself, because Fyne clips whatever can be scrolled, and the
// shadow lies outside.
type stopper struct{ widget.BaseWidget }

func newStopper() *stopper {
	s := &stopper{}
	s.ExtendBaseWidget(s)
	return s
}

func (*stopper) Tapped(*fyne.PointEvent)          {}
func (*stopper) TappedSecondary(*fyne.PointEvent) {}
func (*stopper) Scrolled(*fyne.ScrollEvent)       {}
func (*stopper) Dragged(*fyne.DragEvent)          {}
func (*stopper) DragEnd()                         {}
func (*stopper) MouseIn(*desktop.MouseEvent)      {}
func (*stopper) MouseMoved(*desktop.MouseEvent)   {}
func (*stopper) MouseOut()                        {}
func (*stopper) MouseDown(*desktop.MouseEvent)    {}
func (*stopper) MouseUp(*desktop.MouseEvent)      {}

func (s *stopper) CreateRenderer() fyne.WidgetRenderer {
	return Draw(s, func() fyne.Size { return fyne.Size{} }, func(fyne.Size) {}, func() {})
}
