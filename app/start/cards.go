package start

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/internal/carto"
)

// sizes are boards that makers have, mm.
var sizes = []struct {
	name          string
	width, height float64
}{
	{"A4", 297, 210},
	{"K40", 300, 200},
	{"Square", 300, 300},
	{"Diode", 400, 300},
	{"Glowforge", 495, 279},
	{"Full bed", 600, 400},
}

// frameShapes are those that a map can be cropped to.
var frameShapes = []struct {
	name  string
	shape carto.FrameShape
}{
	{"Rectangle", carto.FrameRect},
	{"Circle", carto.FrameCircle},
}

func boardChoices() []parts.Choice {
	var choices []parts.Choice
	for _, s := range sizes {
		const scale = 40.0 / 600 // pixels for a mm
		choices = append(choices, parts.Choice{
			Label: bare(s.width) + " × " + bare(s.height), Caption: s.name,
			Picture: newDrawing(float32(s.width*scale), float32(s.height*scale), 2, true),
		})
	}
	return choices
}

func frameChoices() []parts.Choice {
	var choices []parts.Choice
	for _, s := range frameShapes {
		d := newDrawing(32, 24, 1, false)
		if s.shape == carto.FrameCircle {
			d = newDrawing(26, 26, 13, false)
		}
		choices = append(choices, parts.Choice{Label: s.name, Picture: d})
	}
	return choices
}

// drawing is a small rectangle, round or not, in the middle of its room: a
// board of wood, or an outline.
type drawing struct {
	widget.BaseWidget
	width, height, radius float32
	wood                  bool
}

func newDrawing(width, height, radius float32, wood bool) *drawing {
	d := &drawing{width: width, height: height, radius: radius, wood: wood}
	d.ExtendBaseWidget(d)
	return d
}

func (d *drawing) CreateRenderer() fyne.WidgetRenderer {
	r := &drawingRenderer{of: d, shape: canvas.NewRectangle(nil)}
	r.paint()
	return r
}

type drawingRenderer struct {
	of    *drawing
	shape *canvas.Rectangle
}

func (r *drawingRenderer) Destroy()                     {}
func (r *drawingRenderer) MinSize() fyne.Size           { return fyne.NewSize(r.of.width, r.of.height) }
func (r *drawingRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.shape} }

func (r *drawingRenderer) Layout(size fyne.Size) {
	r.shape.Move(fyne.NewPos((size.Width-r.of.width)/2, (size.Height-r.of.height)/2))
	r.shape.Resize(fyne.NewSize(r.of.width, r.of.height))
}

func (r *drawingRenderer) Refresh() {
	r.paint()
	canvas.Refresh(r.of)
}

func (r *drawingRenderer) paint() {
	r.shape.CornerRadius = r.of.radius
	r.shape.FillColor = color.Transparent
	r.shape.StrokeColor, r.shape.StrokeWidth = look.Color(theme.ColorNameForeground), 1.75
	if r.of.wood {
		r.shape.FillColor, r.shape.StrokeColor, r.shape.StrokeWidth = look.Color(look.Sheet), look.Color(look.Grain), 1
	}
}
