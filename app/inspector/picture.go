package inspector

import (
	"fmt"
	"image"
	"image/color"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"

	"github.com/mapwright/mapwright/app/look"
)

// picture shows what a strategy makes of two roads or of an area. It is drawn
// when it is first seen in a size, and kept: there are many of them, most below
// the fold, and each takes a millisecond on the UI thread.
type picture struct {
	widget.BaseWidget
	strategy string
	color    fyne.ThemeColorName
	drawn    color.NRGBA // the colour in which it shows
	raster   *canvas.Raster
}

func newPicture(strategy string) *picture {
	p := &picture{strategy: strategy, color: look.BadgeScore}
	p.raster = canvas.NewRaster(func(w, h int) image.Image { return drawnPicture(p.strategy, p.drawn, w, h) })
	p.drawn = p.ink()
	p.ExtendBaseWidget(p)
	return p
}

// setColor draws the picture in another colour of the window as it is now.
func (p *picture) setColor(c fyne.ThemeColorName) {
	p.color = c
	p.draw()
}

// Refresh draws the picture in the colours of the window as it is now.
func (p *picture) Refresh() {
	p.draw()
	p.BaseWidget.Refresh()
}

// CreateRenderer draws the picture.
func (p *picture) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	return widget.NewSimpleRenderer(p.raster)
}

func (p *picture) draw() {
	if ink := p.ink(); ink != p.drawn {
		p.drawn = ink
		p.raster.Refresh()
	}
}

// ink is the colour of the window that the picture has now.
func (p *picture) ink() color.NRGBA {
	c := p.color
	if c == look.BadgeEngrave {
		c = look.BadgeEdge // engrave itself is too dark for a dark window
	}
	r, g, b, _ := look.Color(c).RGBA()
	return color.NRGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 255}
}

// pictures keeps each *image.RGBA by its pictureKey, in the size in which it was
// drawn last.
var pictures sync.Map

type pictureKey struct {
	strategy string
	ink      color.NRGBA
}

// drawnPicture draws a strategy in the middle of so many pixels.
func drawnPicture(strategy string, ink color.NRGBA, width, height int) image.Image {
	key, size := pictureKey{strategy, ink}, image.Rect(0, 0, width, height)
	if kept, ok := pictures.Load(key); ok && kept.(*image.RGBA).Rect == size {
		return kept.(*image.RGBA)
	}
	img := image.NewRGBA(size)
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"><path fill="#%02x%02x%02x" fill-rule="nonzero" d="%s"/></svg>`,
		pictureWidth, pictureHeight, ink.R, ink.G, ink.B, outlineOf(strategy))
	icon, err := oksvg.ReadIconStream(strings.NewReader(svg), oksvg.StrictErrorMode)
	if err != nil {
		panic(fmt.Sprintf("the picture of %s: %v", strategy, err)) // its text is ours
	}
	scale := min(float64(width)/pictureWidth, float64(height)/pictureHeight)
	w, h := scale*pictureWidth, scale*pictureHeight
	icon.SetTarget((float64(width)-w)/2, (float64(height)-h)/2, w, h)
	icon.Draw(rasterx.NewDasher(width, height, rasterx.NewScannerGV(width, height, img, img.Bounds())), 1)
	pictures.Store(key, img)
	return img
}

// outlines keeps the sketches by their strategies: they are the same in every
// colour, and some take long to draw on the UI thread.
var outlines sync.Map

func outlineOf(strategy string) string {
	if kept, ok := outlines.Load(strategy); ok {
		return kept.(string)
	}
	drawn := sketch(strategy)
	outlines.Store(strategy, drawn)
	return drawn
}
