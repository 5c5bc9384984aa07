package world

import (
	"context"
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
)

// Overview is the whole world, small, with the part that a Map shows. A tap
// moves the Map there.
type Overview struct {
	widget.BaseWidget
	of      *Map
	loop    *loop.Loop
	picture *image.RGBA
	painted colors
}

// The size of an overview, Fyne's pixels. It leaves out the ice at both ends.
const (
	overviewWidth  = 210
	overviewHeight = 96
	overviewTop    = 0.16 // share of the world's height that is left out above
)

// NewOverview gives the overview of a map.
func NewOverview(l *loop.Loop, of *Map) *Overview {
	o := &Overview{of: of, loop: l}
	o.ExtendBaseWidget(o)
	return o
}

// Tapped moves the map to a place.
func (o *Overview) Tapped(e *fyne.PointEvent) {
	scale := float64(overviewWidth) / 360
	o.of.lookAt(spot{
		center: orb.Point{float64(e.Position.X)/scale - 180, 180 - float64(e.Position.Y)/scale - overviewTop*360},
		scale:  o.of.spot.scale,
	})
}

// draw draws the world in the colours of the window.
func (o *Overview) draw() {
	c := colorsNow()
	c.sea, c.border = nrgba(look.Color(theme.ColorNameMenuBackground)), color.NRGBA{}
	c.grid = c.sea
	if c == o.painted {
		return
	}
	o.painted = c
	dense := float32(1)
	if on := fyne.CurrentApp().Driver().CanvasForObject(o); on != nil {
		dense = on.Scale()
	}
	o.loop.Go(func(ctx context.Context) {
		world, err := load()
		if err != nil {
			return
		}
		scale := float64(overviewWidth*dense) / 360
		middle := 180 - overviewTop*360 - float64(overviewHeight)/2/(float64(overviewWidth)/360)
		img, err := world.paint(ctx, int(overviewWidth*dense), int(overviewHeight*dense), spot{orb.Point{0, middle}, scale}, c)
		if err != nil {
			return
		}
		o.loop.UI("overview", func() {
			o.picture = img
			o.Refresh()
		})
	})
}

// CreateRenderer draws the overview.
func (o *Overview) CreateRenderer() fyne.WidgetRenderer {
	o.ExtendBaseWidget(o)
	r := &overviewRenderer{of: o, picture: &canvas.Image{FillMode: canvas.ImageFillStretch}, part: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type overviewRenderer struct {
	of      *Overview
	picture *canvas.Image
	part    *canvas.Rectangle
}

func (r *overviewRenderer) Destroy()              {}
func (r *overviewRenderer) MinSize() fyne.Size    { return fyne.NewSize(overviewWidth, overviewHeight) }
func (r *overviewRenderer) Layout(size fyne.Size) { r.picture.Resize(size) }

func (r *overviewRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.picture, r.part}
}

func (r *overviewRenderer) Refresh() {
	r.of.draw()
	if r.picture.Image != r.of.picture && r.of.picture != nil {
		r.picture.Image = r.of.picture
		r.picture.Refresh()
	}
	x, y, w, h := r.of.of.view()
	left, top := max(0, x*overviewWidth), max(0, (y-overviewTop)*overviewWidth)
	right, bottom := min(overviewWidth, (x+w)*overviewWidth), min(overviewHeight, (y+h-overviewTop)*overviewWidth)
	r.part.Move(fyne.NewPos(left, top))
	r.part.Resize(fyne.NewSize(max(4, right-left), max(4, bottom-top)))
	r.part.FillColor = look.Color(theme.ColorNameFocus)
	r.part.StrokeColor, r.part.StrokeWidth = look.Color(theme.ColorNamePrimary), 2
	canvas.Refresh(r.of)
}
