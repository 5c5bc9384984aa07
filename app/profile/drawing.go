package profile

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
)

// drawing is the renderer of this package's widgets.
type drawing struct {
	of      fyne.Widget
	objects []fyne.CanvasObject
	min     func() fyne.Size
	layout  func(fyne.Size)
	paint   func() // reads colours and texts anew
}

func (d *drawing) Destroy()                     {}
func (d *drawing) Layout(size fyne.Size)        { d.layout(size) }
func (d *drawing) MinSize() fyne.Size           { return d.min() }
func (d *drawing) Objects() []fyne.CanvasObject { return d.objects }

func (d *drawing) Refresh() {
	d.paint()
	d.layout(d.of.Size())
	canvas.Refresh(d.of)
}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

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
	i.Resource = look.Tinted(name, c)
	i.Refresh()
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
	return &drawing{g, []fyne.CanvasObject{r}, func() fyne.Size { return fyne.Size{} }, layout, paint}
}
