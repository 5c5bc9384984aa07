package exporting

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/mapwright/mapwright/app/look"
)

// drawing is the renderer of this package's widgets: objects and functions.
type drawing struct {
	of      fyne.Widget
	objects []fyne.CanvasObject
	least   func() fyne.Size
	layout  func(fyne.Size)
	paint   func() // reads colours and texts anew
}

func draw(of fyne.Widget, least func() fyne.Size, layout func(fyne.Size), paint func(), objects ...fyne.CanvasObject) fyne.WidgetRenderer {
	d := &drawing{of, objects, least, layout, paint}
	paint()
	return d
}

func (d *drawing) Destroy()                     {}
func (d *drawing) Layout(size fyne.Size)        { d.layout(size) }
func (d *drawing) MinSize() fyne.Size           { return d.least() }
func (d *drawing) Objects() []fyne.CanvasObject { return d.objects }

func (d *drawing) Refresh() {
	d.paint()
	d.layout(d.of.Size())
	canvas.Refresh(d.of)
}

// put moves and resizes an object.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

func plain() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }

func rounded(radius float32) *canvas.Rectangle {
	r := plain()
	r.CornerRadius = radius
	return r
}

// glyph is an icon whose name and colour are set when it is painted.
type glyph struct {
	*canvas.Image
	name  string
	color fyne.ThemeColorName
}

func newGlyph() *glyph { return &glyph{Image: &canvas.Image{FillMode: canvas.ImageFillContain}} }

// set shows an icon in a colour of the theme; no name shows nothing.
func (g *glyph) set(name string, c fyne.ThemeColorName) {
	g.Hidden = name == ""
	if name == "" {
		return
	}
	if name != g.name || c != g.color {
		g.name, g.color = name, c
		g.Resource = look.Tinted(name, c)
	}
	g.Refresh()
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
