package inspector

import (
	"fmt"
	"image/color"
	"math"
	"strings"

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
		pictureWidth, pictureHeight, c.R, c.G, c.B, sketch(p.strategy))
	p.image.Resource = fyne.NewStaticResource(name, []byte(svg))
	p.image.Refresh()
}

const (
	pictureWidth  = 76
	pictureHeight = 38
)

type spot struct{ x, y float64 }

// The roads and the area of the pictures.
var (
	mainRoad = bend(spot{3, 31}, spot{26, 28}, spot{46, 12}, spot{73, 8})
	sideRoad = bend(spot{32, 3}, spot{35, 15}, spot{42, 24}, spot{45, 36})
	park     = closed(
		bend(spot{8, 12}, spot{20, 1}, spot{48, 1}, spot{66, 8}),
		bend(spot{66, 8}, spot{74, 14}, spot{70, 34}, spot{52, 34}),
		bend(spot{52, 34}, spot{32, 36}, spot{20, 30}, spot{12, 28}),
		bend(spot{12, 28}, spot{4, 24}, spot{4, 17}, spot{8, 12}),
	)
	places = []spot{{16, 24}, {32, 11}, {46, 27}, {61, 13}}
)

// sketch draws a strategy as the outline of shapes. A strategy that is not
// known is shown by its roads.
func sketch(strategy string) string {
	switch strategy {
	case "outline":
		return ring(mainRoad, 7, 1.3) + ring(sideRoad, 7, 1.3)
	case "filled":
		return band(mainRoad, 8) + band(sideRoad, 8)
	case "dashes":
		return dashed(mainRoad) + dashed(sideRoad)
	case "hatch":
		return hatched(park)
	case "drill":
		var all strings.Builder
		for _, at := range places {
			all.WriteString(band(circle(at, 4), 1.3) + dot(at, 0.9))
		}
		return all.String()
	default:
		return band(mainRoad, 1.5) + band(sideRoad, 1.5)
	}
}

// bend is a cubic curve as a line.
func bend(a, b, c, d spot) []spot {
	const steps = 24
	line := make([]spot, 0, steps+1)
	for i := range steps + 1 {
		t := float64(i) / steps
		u := 1 - t
		at := func(a, b, c, d float64) float64 { return u*u*u*a + 3*u*u*t*b + 3*u*t*t*c + t*t*t*d }
		line = append(line, spot{at(a.x, b.x, c.x, d.x), at(a.y, b.y, c.y, d.y)})
	}
	return line
}

func closed(parts ...[]spot) []spot {
	var all []spot
	for _, p := range parts {
		all = append(all, p[:len(p)-1]...)
	}
	return append(all, all[0])
}

func circle(at spot, r float64) []spot {
	const steps = 24
	line := make([]spot, 0, steps+1)
	for i := range steps + 1 {
		s, c := math.Sincos(2 * math.Pi * float64(i) / steps)
		line = append(line, spot{at.x + r*c, at.y + r*s})
	}
	return line
}

func dot(at spot, r float64) string { return d(circle(at, r)) }

// beside is a line moved to its left.
func beside(line []spot, by float64) []spot {
	out := make([]spot, len(line))
	for i, p := range line {
		a, b := line[max(0, i-1)], line[min(len(line)-1, i+1)]
		length := math.Hypot(b.x-a.x, b.y-a.y)
		out[i] = spot{p.x + by*(b.y-a.y)/length, p.y - by*(b.x-a.x)/length}
	}
	return out
}

// band is a line at a width.
func band(line []spot, width float64) string {
	left, right := beside(line, width/2), beside(line, -width/2)
	for i := len(right) - 1; i >= 0; i-- {
		left = append(left, right[i])
	}
	return d(left)
}

// ring is the outline of a band.
func ring(line []spot, width, thick float64) string {
	left, right := beside(line, width/2), beside(line, -width/2)
	first, last := 0, len(line)-1
	return band(left, thick) + band(right, thick) +
		band([]spot{left[first], right[first]}, thick) + band([]spot{left[last], right[last]}, thick)
}

func dashed(line []spot) string {
	var all strings.Builder
	for i := 0; i+2 < len(line); i += 4 {
		all.WriteString(band(line[i:i+3], 1.7))
	}
	return all.String()
}

// hatched is the outline of an area with level lines turned by 45°.
func hatched(area []spot) string {
	var all strings.Builder
	all.WriteString(band(area, 0.8))
	for offset := -30.0; offset < 80; offset += 6 {
		var from *spot
		for t := 0.0; t < pictureHeight; t += 0.5 {
			at := spot{offset + t, pictureHeight - t}
			switch in := inside(area, at); {
			case in && from == nil:
				from = &at
			case !in && from != nil:
				all.WriteString(band([]spot{*from, at}, 1.2))
				from = nil
			}
		}
	}
	return all.String()
}

func inside(area []spot, p spot) (in bool) {
	for i := 1; i < len(area); i++ {
		a, b := area[i-1], area[i]
		if (a.y > p.y) != (b.y > p.y) && p.x < (b.x-a.x)*(p.y-a.y)/(b.y-a.y)+a.x {
			in = !in
		}
	}
	return in
}

// d writes a closed shape.
func d(line []spot) string {
	var b strings.Builder
	for i, p := range line {
		c := 'L'
		if i == 0 {
			c = 'M'
		}
		fmt.Fprintf(&b, "%c%.2f %.2f", c, p.x, p.y)
	}
	b.WriteString("Z")
	return b.String()
}
