package exporting

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

func plain() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }

func rounded(radius float32) *canvas.Rectangle {
	r := plain()
	r.CornerRadius = radius
	return r
}

// glyph is an icon whose name and colour are set when it is painted.
type glyph struct{ *canvas.Image }

func newGlyph() *glyph { return &glyph{Image: &canvas.Image{FillMode: canvas.ImageFillContain}} }

// set shows an icon in a colour of the theme; no name shows nothing.
func (g *glyph) set(name string, c fyne.ThemeColorName) {
	was := g.Hidden
	g.Hidden = name == ""
	if name != "" {
		parts.SetIcon(g.Image, look.Painted(name, c))
	}
	if g.Hidden != was {
		canvas.Refresh(g.Image)
	}
}

// fill is a surface in a colour of the theme.
type fill struct {
	name   fyne.ThemeColorName
	border fyne.ThemeColorName
	radius float32
	below  bool // only the lower corners are round
}

// surface is a widget that is nothing but a surface.
func (f fill) surface() *surface {
	s := &surface{fill: f}
	s.ExtendBaseWidget(s)
	return s
}
