package world

import (
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"github.com/paulmach/orb"

	"github.com/mapwright/mapwright/app/look"
)

// mapRenderer draws the picture of the world, names, and the frame on it.
type mapRenderer struct {
	of      *Map
	sea     *canvas.Rectangle
	picture *canvas.Image
	names   []*canvas.Text
	place   *canvas.Rectangle
	outline []*canvas.Line
	board   []*canvas.Line
	handles [8]*canvas.Rectangle
	caption *canvas.Rectangle
	size    *canvas.Text
	on      *canvas.Text
	focus   *canvas.Rectangle
	objects []fyne.CanvasObject
}

const (
	mostNames  = 40
	handleSide = 10
)

// CreateRenderer draws the world.
func (m *Map) CreateRenderer() fyne.WidgetRenderer {
	m.ExtendBaseWidget(m)
	r := &mapRenderer{
		of: m, sea: canvas.NewRectangle(nil), picture: &canvas.Image{FillMode: canvas.ImageFillStretch},
		place: canvas.NewRectangle(nil), caption: canvas.NewRectangle(nil), focus: canvas.NewRectangle(nil),
		size: canvas.NewText("", nil), on: canvas.NewText("", nil),
	}
	r.objects = []fyne.CanvasObject{r.sea, r.picture, r.place}
	for range mostNames {
		t := canvas.NewText("", nil)
		t.Hide()
		r.names = append(r.names, t)
		r.objects = append(r.objects, t)
	}
	for i := range r.handles {
		r.handles[i] = canvas.NewRectangle(nil)
	}
	r.paint()
	return r
}

// Destroy ends the drawing that is going on.
func (r *mapRenderer) Destroy() {
	if r.of.stop != nil {
		r.of.stop()
	}
}

// MinSize is small: the world takes what room there is.
func (r *mapRenderer) MinSize() fyne.Size { return fyne.NewSize(240, 180) }

// Objects lists what is drawn, the frame above all.
func (r *mapRenderer) Objects() []fyne.CanvasObject {
	all := slices.Clone(r.objects)
	for _, l := range slices.Concat(r.outline, r.board) {
		all = append(all, l)
	}
	for _, h := range r.handles {
		all = append(all, h)
	}
	return append(all, r.caption, r.size, r.on, r.focus)
}

// Layout draws the world at another size.
func (r *mapRenderer) Layout(size fyne.Size) {
	m := r.of
	if size == m.size {
		return
	}
	before := m.size
	m.size = size
	switch {
	case m.wish != nil:
		m.showBox(*m.wish)
	case before.Width > 0:
		// What was wholly in sight stays so.
		m.spot.scale *= float64(min(size.Width/before.Width, size.Height/before.Height))
		m.lookAt(m.spot)
	default:
		m.lookAt(m.spot)
	}
}

// Refresh draws what changed, in the colours of the window.
func (r *mapRenderer) Refresh() {
	if r.of.world != nil && r.of.painted != colorsNow() {
		r.of.draw()
	}
	r.paint()
	canvas.Refresh(r.of)
}

func (r *mapRenderer) paint() {
	m := r.of
	r.sea.FillColor = look.Color(look.Bed)
	r.sea.Resize(m.size)
	r.picture.Hidden = m.picture == nil
	if m.picture != nil {
		if r.picture.Image != m.picture {
			r.picture.Image = m.picture
			r.picture.Refresh()
		}
		// The picture is of another spot for the moment that a new one takes.
		k := float32(m.spot.scale / m.pictured.scale)
		c := m.toScreen(m.pictured.center)
		w, h := m.size.Width*k, m.size.Height*k
		r.picture.Move(fyne.NewPos(c.X-w/2, c.Y-h/2))
		r.picture.Resize(fyne.NewSize(w, h))
	}
	r.paintNames()
	r.paintPlace()
	r.paintFrame()
	r.focus.FillColor, r.focus.StrokeWidth = color.Transparent, look.FocusWidth
	r.focus.StrokeColor = look.Color(theme.ColorNamePrimary)
	r.focus.Hidden = !m.focused
	r.focus.Resize(m.size)
}

// paintNames puts names of countries where they have room.
func (r *mapRenderer) paintNames() {
	m := r.of
	n := 0
	if m.world != nil {
		zoom := math.Log2(360 * m.spot.scale / 256)
		var taken []orb.Bound
		for i := range m.world.countries {
			c := &m.world.countries[i]
			if n == len(r.names) || zoom < c.zoom {
				continue
			}
			p := m.toScreen(orb.Point{m.spot.center[0] + math.Remainder(c.label[0]-m.spot.center[0], 360), c.label[1]})
			if p.X < 0 || p.Y < 0 || p.X > m.size.Width || p.Y > m.size.Height {
				continue
			}
			t := r.names[n]
			t.Text, t.TextSize, t.Color = c.name, look.Size(theme.SizeNameCaptionText), look.Color(look.SheetBurn)
			own := t.MinSize()
			box := orb.Bound{
				Min: orb.Point{float64(p.X - own.Width/2), float64(p.Y - own.Height/2)},
				Max: orb.Point{float64(p.X + own.Width/2), float64(p.Y + own.Height/2)},
			}
			if slices.ContainsFunc(taken, box.Intersects) || float64(own.Width) > 1.3*(c.box.Max[0]-c.box.Min[0])*m.spot.scale {
				continue
			}
			taken = append(taken, box)
			t.Move(p.SubtractXY(own.Width/2, own.Height/2))
			t.Resize(own)
			t.Hidden = false
			n++
		}
	}
	for _, t := range r.names[n:] {
		t.Hidden = true
	}
}

func (r *mapRenderer) paintPlace() {
	m := r.of
	r.place.Hidden = m.place == nil
	if m.place == nil {
		return
	}
	a, b := m.toScreen(orb.Point{m.place.Min[0], m.place.Max[1]}), m.toScreen(orb.Point{m.place.Max[0], m.place.Min[1]})
	r.place.Move(a)
	r.place.Resize(fyne.NewSize(b.X-a.X, b.Y-a.Y))
	r.place.StrokeWidth, r.place.StrokeColor = 1, look.Color(look.Info)
	r.place.FillColor = color.Transparent
}

func (r *mapRenderer) paintFrame() {
	m := r.of
	none := len(m.frame.Board) == 0
	r.outline = lines(r.outline, m, m.frame.Outline, look.Color(look.SheetCut), 1)
	r.board = lines(r.board, m, m.frame.Board, look.Color(theme.ColorNamePrimary), 2)
	for _, h := range r.handles {
		h.Hidden = none || m.tool == ToolPan
	}
	r.caption.Hidden, r.size.Hidden, r.on.Hidden = none, none, none
	if none {
		return
	}
	bottom, middle := float32(math.Inf(-1)), m.toScreen(m.near(toPlane(m.frame.Center)))
	for i, p := range m.handles() {
		at := m.toScreen(m.near(p))
		bottom = max(bottom, at.Y)
		h := r.handles[i]
		h.FillColor = look.Color(theme.ColorNameInputBackground)
		h.StrokeColor, h.StrokeWidth, h.CornerRadius = look.Color(theme.ColorNamePrimary), 2, 2
		h.Move(at.SubtractXY(handleSide/2, handleSide/2))
		h.Resize(fyne.NewSquareSize(handleSide))
	}
	for _, t := range []*canvas.Text{r.size, r.on} {
		t.Color, t.TextSize = look.Color(theme.ColorNameBackground), look.Size(theme.SizeNameText)
	}
	r.size.Text, r.on.Text = m.frame.Size, m.frame.On
	r.size.TextStyle.Bold = true
	a, b := r.size.MinSize(), r.on.MinSize()
	width, height := a.Width+b.Width+5*look.Grid, a.Height+look.Grid
	x := max(look.Grid, min(middle.X-width/2, m.size.Width-width-look.Grid))
	y := max(look.Grid, min(bottom+2*look.Grid, m.size.Height-height-look.Grid))
	if right := float32(overviewWidth + 6*look.Grid); y+height > m.size.Height-overviewHeight-4*look.Grid && x < right {
		x = right // the overview lies there
	}
	r.caption.FillColor, r.caption.CornerRadius = look.Color(theme.ColorNameForeground), look.Radius
	r.caption.Move(fyne.NewPos(x, y))
	r.caption.Resize(fyne.NewSize(width, height))
	r.size.Move(fyne.NewPos(x+2*look.Grid, y+look.Grid/2))
	r.size.Resize(a)
	r.on.Move(fyne.NewPos(x+3*look.Grid+a.Width, y+look.Grid/2))
	r.on.Resize(b)
}
