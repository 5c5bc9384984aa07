package sheet

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// rulerSize is the height of the upper ruler and rulerWidth the width of the
// left one, on which numbers of four digits have room; units of the screen.
const (
	rulerSize  = 20
	rulerWidth = 28
)

// rulers are the two scales in mm along the upper and the left edge.
type rulers struct {
	object      *fyne.Container
	top, left   *canvas.Rectangle
	edges       [2]*canvas.Line
	unit        *canvas.Text
	ticks       []*canvas.Line
	numbers     []*canvas.Text
	marks       [2]*canvas.Line // where the pointer is
	usedT       int
	usedN       int
	hasPointer  bool
	pointer     artwork.Point
	lastView    view
	lastSize    fyne.Size
	backColor   fyne.ThemeColorName
	detailColor fyne.ThemeColorName
}

func newRulers() *rulers {
	r := &rulers{
		object: container.NewWithoutLayout(), top: canvas.NewRectangle(nil), left: canvas.NewRectangle(nil),
		unit:      canvas.NewText("mm", nil),
		backColor: theme.ColorNameBackground, detailColor: look.Text2,
	}
	r.unit.TextSize = 10
	for i := range r.edges {
		r.edges[i], r.marks[i] = canvas.NewLine(nil), canvas.NewLine(nil)
		r.edges[i].StrokeWidth, r.marks[i].StrokeWidth = 1, 1.5
	}
	r.recolor()
	return r
}

func (r *rulers) recolor() {
	back, detail := look.Color(r.backColor), look.Color(r.detailColor)
	r.top.FillColor, r.left.FillColor, r.unit.Color = back, back, detail
	for i := range r.edges {
		r.edges[i].StrokeColor = look.Color(theme.ColorNameSeparator)
		r.marks[i].StrokeColor = look.Color(theme.ColorNamePrimary)
	}
	for _, t := range r.ticks {
		t.StrokeColor = detail
	}
	for _, n := range r.numbers {
		n.Color = detail
	}
}

func (r *rulers) resize(size fyne.Size) {
	r.top.Resize(fyne.NewSize(size.Width, rulerSize))
	r.left.Resize(fyne.NewSize(rulerWidth, size.Height))
	r.unit.Move(fyne.NewPos(2, 3))
	for i, to := range []fyne.Position{{X: size.Width, Y: rulerSize}, {X: rulerWidth, Y: size.Height}} {
		r.edges[i].Position1, r.edges[i].Position2 = fyne.NewPos(rulerWidth, rulerSize), to
	}
}

// point shows where the pointer is; false: nowhere.
func (r *rulers) point(at artwork.Point, over bool) {
	r.pointer, r.hasPointer = at, over
	r.placePointer()
}

func (r *rulers) placePointer() {
	p := r.lastView.screen(r.pointer)
	r.marks[0].Hidden = !r.hasPointer || p.X < rulerWidth
	r.marks[1].Hidden = !r.hasPointer || p.Y < rulerSize
	r.marks[0].Position1, r.marks[0].Position2 = fyne.NewPos(p.X, 0), fyne.NewPos(p.X, rulerSize)
	r.marks[1].Position1, r.marks[1].Position2 = fyne.NewPos(0, p.Y), fyne.NewPos(rulerWidth, p.Y)
	canvas.Refresh(r.marks[0])
	canvas.Refresh(r.marks[1])
}

// step is the distance of numbers in mm: 1, 2 or 5 times a power of ten, far
// enough apart to be read.
func step(scale float64) float64 {
	const least = 56 // units of the screen
	power := math.Pow(10, math.Floor(math.Log10(least/scale)))
	for _, f := range []float64{1, 2, 5, 10} {
		if power*f*scale >= least {
			return power * f
		}
	}
	return power * 10
}

// place puts ticks and numbers where the view has them.
func (r *rulers) place(v view, size fyne.Size) {
	r.lastView, r.lastSize = v, size
	r.usedT, r.usedN = 0, 0
	major := step(v.scale)
	minor := major / 5
	corner, far := v.board(fyne.NewPos(rulerWidth, rulerSize)), v.board(fyne.NewPos(size.Width, size.Height))
	for i := math.Ceil(corner.X / minor); i*minor <= far.X; i++ {
		x := v.screen(artwork.Point{X: i * minor}).X
		length := float32(4)
		if math.Mod(i, 5) == 0 {
			length = 8
			r.number(i*minor, fyne.NewPos(x+3, 1), major)
		}
		r.tick(fyne.NewPos(x, rulerSize-length), fyne.NewPos(x, rulerSize))
	}
	for i := math.Floor(corner.Y / minor); i*minor >= far.Y; i-- {
		y := v.screen(artwork.Point{Y: i * minor}).Y
		length := float32(4)
		if math.Mod(i, 5) == 0 {
			length = 8
			r.number(i*minor, fyne.NewPos(2, y+1), major)
		}
		r.tick(fyne.NewPos(rulerWidth-length, y), fyne.NewPos(rulerWidth, y))
	}
	r.gather()
	r.placePointer()
}

func (r *rulers) tick(from, to fyne.Position) {
	if r.usedT == len(r.ticks) {
		l := canvas.NewLine(look.Color(r.detailColor))
		l.StrokeWidth = 1
		r.ticks = append(r.ticks, l)
	}
	l := r.ticks[r.usedT]
	l.Position1, l.Position2 = from, to
	r.usedT++
}

func (r *rulers) number(mm float64, at fyne.Position, major float64) {
	if r.usedN == len(r.numbers) {
		t := canvas.NewText("", look.Color(r.detailColor))
		t.TextSize = 10
		r.numbers = append(r.numbers, t)
	}
	t := r.numbers[r.usedN]
	decimals := 0
	if major < 1 {
		decimals = int(math.Ceil(-math.Log10(major)))
	}
	text := strconv.FormatFloat(mm, 'f', decimals, 64)
	if text == "-0" {
		text = "0"
	}
	if t.Text != text {
		t.Text = text
		t.Resize(t.MinSize())
		t.Refresh()
	}
	t.Move(at)
	r.usedN++
}

// gather shows what is used.
func (r *rulers) gather() {
	objects := make([]fyne.CanvasObject, 0, 7+r.usedT+r.usedN)
	objects = append(objects, r.top, r.left)
	for _, t := range r.ticks[:r.usedT] {
		objects = append(objects, t)
	}
	for _, n := range r.numbers[:r.usedN] {
		objects = append(objects, n)
	}
	corner := canvas.NewRectangle(r.top.FillColor)
	corner.Resize(fyne.NewSize(rulerWidth, rulerSize))
	objects = append(objects, corner, r.unit, r.edges[0], r.edges[1], r.marks[0], r.marks[1])
	r.object.Objects = objects
	canvas.Refresh(r.object)
}
