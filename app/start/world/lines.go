package world

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"github.com/paulmach/orb"
)

// lines draws a closed path of degrees with lines, the old ones where there are
// any.
func lines(old []*canvas.Line, m *Map, path []orb.Point, c color.Color, width float32) []*canvas.Line {
	for len(old) < len(path) {
		old = append(old, canvas.NewLine(c))
	}
	old = old[:len(path)]
	if len(path) == 0 {
		return old
	}
	at := func(p orb.Point) fyne.Position { return m.toScreen(m.near(toPlane(p))) }
	last := at(path[len(path)-1])
	for i, p := range path {
		next := at(p)
		l := old[i]
		l.Position1, l.Position2 = last, next
		l.StrokeColor, l.StrokeWidth = c, width
		last = next
	}
	return old
}
