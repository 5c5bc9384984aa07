package inspector

import (
	"fyne.io/fyne/v2/container"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/words"
)

// buildFigures tells what the shape measures on the board and on the ground.
func (p *shapePage) buildFigures() {
	m, scale := p.measure, p.stage.Map().View.Scale/1000 // metres on the ground a mm on the board
	p.figures.RemoveAll()
	add := func(label, text string) {
		name := parts.NewText(label)
		name.Color = look.Text2
		p.figures.Add(container.New(indented{}, container.New(thirds{}, name, parts.NewText(text))))
	}
	p.figures.Add(rule())
	shape := words.Count(m.points, "point", "points")
	if m.parts > 1 {
		shape += ", " + words.Count(m.parts, "part", "parts")
	}
	if m.holes > 0 {
		shape += ", " + words.Count(m.holes, "hole", "holes")
	}
	add("Shape", shape)
	if m.area > 0 {
		add("Area", words.Area(m.area)+" · "+words.GroundArea(m.area*scale*scale))
	}
	if m.length > 0 {
		label := "Length"
		if m.area > 0 {
			label = "Outline"
		}
		add(label, words.Length(m.length)+" · "+words.Ground(m.length*scale))
	}
}
