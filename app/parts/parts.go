// Package parts holds the window's own widgets: what Fyne lacks, or draws
// otherwise than the look asks. They know operations, and nothing else of maps,
// credits or files.
package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
)

// drawing is a renderer made of some objects and three functions.
type drawing struct {
	objects []fyne.CanvasObject
	min     func() fyne.Size
	layout  func(fyne.Size)
	paint   func() // reads colours and texts anew
	of      fyne.Widget
}

// Draw gives a widget a renderer: its objects, the least size, where the objects
// go in a size, and what sets colours and texts, which is called at once and at
// every refresh.
func Draw(of fyne.Widget, min func() fyne.Size, layout func(fyne.Size), paint func(), objects ...fyne.CanvasObject) fyne.WidgetRenderer {
	d := &drawing{objects: objects, min: min, layout: layout, paint: paint, of: of}
	d.paint()
	return d
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

// pressable is the part of a widget that hears the pointer.
type pressable struct {
	widget.DisableableWidget
	hovered bool
	tip     *Tip
	act     func() // what a tap does
	self    fyne.Widget
}

func (p *pressable) extend(self fyne.Widget) {
	p.self = self
	p.ExtendBaseWidget(self)
}

// SetTip says what the widget tells about itself when the pointer or the focus
// rests on it.
func (p *pressable) SetTip(t *Tip) { p.tip = t }

// Name is what the widget is called for people: its tip's. It is "" where there
// is no tip.
func (p *pressable) Name() string {
	if p.tip == nil {
		return ""
	}
	return p.tip.Name
}

// MouseIn is called when the pointer comes.
func (p *pressable) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	p.tip.over(p.self)
	p.Refresh()
}

// MouseMoved is called when the pointer moves on the widget.
func (p *pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called when the pointer leaves.
func (p *pressable) MouseOut() {
	p.hovered = false
	p.tip.away()
	p.Refresh()
}

// Tapped does what the widget is for, unless it is disabled.
func (p *pressable) Tapped(*fyne.PointEvent) {
	p.tip.away()
	if !p.Disabled() && p.act != nil {
		p.act()
	}
}

// control is a pressable that hears the keyboard too. It does not take the
// focus when it is tapped, so that the canvas keeps its keys.
type control struct {
	pressable
	focused bool
}

// FocusGained is called when the keyboard comes.
func (c *control) FocusGained() {
	c.focused = true
	c.tip.over(c.self)
	c.Refresh()
}

// FocusLost is called when the keyboard leaves.
func (c *control) FocusLost() {
	c.focused = false
	c.tip.away()
	c.Refresh()
}

// TypedRune hears nothing: Space comes as a key.
func (c *control) TypedRune(rune) {}

// TypedKey takes Space and Enter for a tap.
func (c *control) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.Tapped(nil)
	default:
		PassKey(c.self, e)
	}
}

// ring draws the focus around something with round corners.
func ring(r *canvas.Rectangle, shown bool) {
	r.FillColor = color.Transparent
	r.StrokeWidth = look.FocusWidth
	r.StrokeColor = color.Transparent
	if shown {
		r.StrokeColor = look.Color(theme.ColorNamePrimary)
	}
}

func round(radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.CornerRadius = radius
	return r
}

// Place moves and resizes an object.
func Place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// edge places a rectangle so that its stroke lies inside: Fyne draws half of it
// outside.
func edge(r *canvas.Rectangle, x, y, w, h float32) {
	in := r.StrokeWidth / 2
	Place(r, x+in, y+in, w-2*in, h-2*in)
}

// icon gives an image for an icon that is set when it is painted.
func icon() *canvas.Image {
	i := &canvas.Image{FillMode: canvas.ImageFillContain}
	return i
}

func setIcon(i *canvas.Image, name string, c fyne.ThemeColorName) {
	was := i.Hidden
	i.Hidden = name == ""
	if name != "" {
		SetIcon(i, look.Painted(name, c))
	}
	if i.Hidden != was {
		canvas.Refresh(i)
	}
}

// SetIcon shows an icon in an image. The one that it shows already costs
// nothing, and one that has no size yet is drawn when it gets one.
func SetIcon(i *canvas.Image, icon fyne.Resource) {
	if i.Resource == icon {
		return
	}
	i.Resource, i.Image = icon, nil
	if !i.Size().IsZero() {
		i.Refresh()
	}
}
