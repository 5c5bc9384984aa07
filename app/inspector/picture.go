package inspector

import (
	"fmt"
	"image/color"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
)

// picture shows what a strategy makes of two roads or of an area. It is drawn
// of filled shapes, because Fyne's images keep no width of strokes.
type picture struct {
	widget.BaseWidget
	strategy string
	color    fyne.ThemeColorName
	image    *canvas.Image
}

func newPicture(strategy string) *picture {
	p := &picture{strategy: strategy, color: look.BadgeScore, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	p.ExtendBaseWidget(p)
	p.draw()
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
	return widget.NewSimpleRenderer(p.image)
}

func (p *picture) draw() {
	r, g, b, _ := look.Color(p.color).RGBA()
	if p.color == look.BadgeEngrave {
		r, g, b, _ = look.Color(look.BadgeEdge).RGBA() // engrave itself is too dark for a dark window
	}
	c := color.NRGBA{R: uint8(r >> 8), G: uint8(g >> 8), B: uint8(b >> 8), A: 255}
	name := fmt.Sprintf("trace-%s-%02x%02x%02x.svg", p.strategy, c.R, c.G, c.B)
	if p.image.Resource != nil && p.image.Resource.Name() == name {
		return
	}
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"><path fill="#%02x%02x%02x" fill-rule="nonzero" d="%s"/></svg>`,
		pictureWidth, pictureHeight, c.R, c.G, c.B, outlineOf(p.strategy))
	p.image.Resource = fyne.NewStaticResource(name, []byte(svg))
	p.image.Refresh()
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
