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

func box(radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.CornerRadius = radius
	return r
}

// ring draws the focus.
func ring(r *canvas.Rectangle, shown bool) {
	r.StrokeWidth, r.StrokeColor = look.FocusWidth, color.Transparent
	if shown {
		r.StrokeColor = look.Color(theme.ColorNamePrimary)
	}
}

func picture() *canvas.Image { return &canvas.Image{FillMode: canvas.ImageFillContain} }

func setIcon(i *canvas.Image, name string, c fyne.ThemeColorName) {
	parts.SetIcon(i, look.Painted(name, c))
}

// ground is an area in a colour of the theme; one with round corners has an edge.
type ground struct {
	widget.BaseWidget
	color  fyne.ThemeColorName
	radius float32
}

func newGround(c fyne.ThemeColorName, radius float32) *ground {
	g := &ground{color: c, radius: radius}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer draws the area.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	r := box(g.radius)
	paint := func() {
		r.FillColor = look.Color(g.color)
		if g.radius > 0 {
			r.StrokeColor, r.StrokeWidth = look.Color(theme.ColorNameSeparator), 1
		}
	}
	paint()
	layout := func(size fyne.Size) { r.Resize(size) }
	return parts.Draw(g, func() fyne.Size { return fyne.Size{} }, layout, paint, r)
}
