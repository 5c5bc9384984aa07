package world

import (
	"context"
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
	"github.com/paulmach/orb"

	"github.com/mapwright/mapwright/app/loop"
)

// Tool is what the pointer does.
type Tool int

// The tools.
const (
	ToolFrame Tool = iota // moves, sizes and draws the frame
	ToolPan               // moves the world
)

// Map is the world, with a frame on it. Put it into a container.Clip: it draws
// beyond its edges.
type Map struct {
	widget.BaseWidget
	// OnFrame is told while the frame is dragged: its new centre in degrees, and
	// how much larger it is on the picture than when the drag began.
	OnFrame func(center orb.Point, grow float64)
	// OnBegin is told before the first OnFrame of a drag, OnEnd after the last.
	OnBegin, OnEnd func()
	// OnLook is told when another part of the world is shown.
	OnLook func()

	loop  *loop.Loop
	world *outlines
	spot  spot
	frame Frame
	place *orb.Bound // on the plane: the extent of a file
	tool  Tool
	wish  *orb.Bound // to be shown when the size is known

	picture  *image.RGBA
	pictured spot   // what picture shows
	painted  colors // of the picture that was asked for last
	size     fyne.Size
	stop     context.CancelFunc
	turn     int

	grab    grab
	pointer fyne.Position
	focused bool
}

// Frame is what a frame shows.
type Frame struct {
	// Board is the edge of the board in degrees, counterclockwise from its lower
	// left corner: 4n places with n even, a corner first on each side.
	// Longitudes count on from the centre, so that they may pass 180.
	Board []orb.Point
	// Outline is what is cropped to, likewise.
	Outline []orb.Point
	// Center is the middle, in degrees.
	Center orb.Point
	// Size and On are the caption: "560 × 420 km", "on 400 × 300 mm".
	Size, On string
}

// The bounds of what can be looked at.
const (
	mostScale = 20_000 // pixels for a degree
	fill      = 0.55   // of the picture's sides that what is shown takes
	most      = 0.7    // of the picture's sides that is free of what floats over it
)

// New gives the whole world.
func New(l *loop.Loop) *Map {
	m := &Map{loop: l, spot: spot{center: orb.Point{0, 20}, scale: 1}}
	m.ExtendBaseWidget(m)
	l.Go(func(context.Context) {
		world, err := load()
		if err != nil {
			return // part of the program: a test reads it
		}
		l.UI("world", func() {
			m.world = world
			m.show()
		})
	})
	return m
}

// SetFrame shows another frame.
func (m *Map) SetFrame(f Frame) {
	m.frame = f
	m.Refresh()
}

// SetPlace marks the extent of a file, in degrees; nil marks nothing.
func (m *Map) SetPlace(box *orb.Bound) {
	m.place = nil
	if box != nil {
		m.place = &orb.Bound{Min: toPlane(box.Min), Max: toPlane(box.Max)}
	}
	m.Refresh()
}

// SetTool changes what the pointer does.
func (m *Map) SetTool(t Tool) { m.tool = t }

// Tool is what the pointer does.
func (m *Map) Tool() Tool { return m.tool }

// Name is the country at a place in degrees, "" on the sea or while the
// outlines are being read.
func (m *Map) Name(p orb.Point) string {
	if m.world == nil {
		return ""
	}
	return m.world.at(toPlane(orb.Point{math.Remainder(p[0], 360), p[1]}))
}

// ShowFrame looks at the frame.
func (m *Map) ShowFrame() {
	if box, ok := m.frameBox(); ok {
		m.showBox(box)
	}
}

// KeepFrame looks at the frame where it reaches near the edges of what shows.
func (m *Map) KeepFrame() {
	box, ok := m.frameBox()
	if !ok || m.wish != nil {
		return
	}
	a, b := m.toScreen(orb.Point{box.Min[0], box.Max[1]}), m.toScreen(orb.Point{box.Max[0], box.Min[1]})
	edge := fyne.NewSize(m.size.Width*(1-most)/2, m.size.Height*(1-most)/2)
	if a.X < edge.Width || a.Y < edge.Height || b.X > m.size.Width-edge.Width || b.Y > m.size.Height-edge.Height {
		m.showBox(box)
	}
}

// frameBox bounds the frame on the plane.
func (m *Map) frameBox() (orb.Bound, bool) {
	if len(m.frame.Board) == 0 {
		return orb.Bound{}, false
	}
	box := orb.Bound{Min: toPlane(m.frame.Board[0]), Max: toPlane(m.frame.Board[0])}
	for _, p := range m.frame.Board {
		box = box.Extend(toPlane(p))
	}
	return box, true
}

func (m *Map) showBox(box orb.Bound) {
	m.wish = &box
	if m.size.Width < 1 || m.size.Height < 1 {
		return
	}
	m.wish = nil
	width, height := max(box.Max[0]-box.Min[0], 1e-6), max(box.Max[1]-box.Min[1], 1e-6)
	m.lookAt(spot{
		center: box.Center(),
		scale:  fill * min(float64(m.size.Width)/width, float64(m.size.Height)/height),
	})
}

// Zoom tells how much larger the world is than when it fits.
func (m *Map) Zoom() float64 { return m.spot.scale / m.least() }

// ZoomBy makes the world larger around the middle.
func (m *Map) ZoomBy(factor float64) {
	m.zoomAt(factor, fyne.NewPos(m.size.Width/2, m.size.Height/2))
}

func (m *Map) zoomAt(factor float64, at fyne.Position) {
	fixed := m.toPlane(at)
	scale := max(m.least(), min(mostScale, m.spot.scale*factor))
	k := m.spot.scale / scale
	m.lookAt(spot{
		center: orb.Point{fixed[0] + (m.spot.center[0]-fixed[0])*k, fixed[1] + (m.spot.center[1]-fixed[1])*k},
		scale:  scale,
	})
}

// least is the scale at which the world fits.
func (m *Map) least() float64 { return max(float64(m.size.Width)/360, 0.1) }

// lookAt shows another part of the world.
func (m *Map) lookAt(s spot) {
	s.scale = max(m.least(), min(mostScale, s.scale))
	s.center[0] = math.Remainder(s.center[0], 360)
	s.center[1] = max(-180, min(180, s.center[1]))
	m.spot = s
	m.show()
	if m.OnLook != nil {
		m.OnLook()
	}
}

// View is the part of the plane that shows, as shares of the world from its
// upper left corner.
func (m *Map) view() (x, y, w, h float32) {
	a, b := m.toPlane(fyne.NewPos(0, 0)), m.toPlane(fyne.NewPos(m.size.Width, m.size.Height))
	share := func(v float64) float32 { return float32(v / 360) }
	return share(a[0] + 180), share(180 - a[1]), share(b[0] - a[0]), share(a[1] - b[1])
}

func (m *Map) toPlane(p fyne.Position) orb.Point {
	return orb.Point{
		m.spot.center[0] + float64(p.X-m.size.Width/2)/m.spot.scale,
		m.spot.center[1] - float64(p.Y-m.size.Height/2)/m.spot.scale,
	}
}

// toScreen takes a place of the plane to the widget, by the turn of the world
// that is nearest.
func (m *Map) toScreen(p orb.Point) fyne.Position {
	return fyne.NewPos(
		m.size.Width/2+float32((p[0]-m.spot.center[0])*m.spot.scale),
		m.size.Height/2-float32((p[1]-m.spot.center[1])*m.spot.scale),
	)
}

// show moves what is drawn at once, and draws it anew beside the UI thread.
func (m *Map) show() {
	m.draw()
	m.Refresh()
}

func (m *Map) draw() {
	if m.stop != nil {
		m.stop()
		m.stop = nil
	}
	if m.world == nil || m.size.Width < 1 || m.size.Height < 1 {
		return
	}
	m.turn++
	m.painted = colorsNow()
	turn, world, at, size, paint := m.turn, m.world, m.spot, m.size, m.painted
	dense := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(m); c != nil {
		dense = c.Scale()
	}
	m.stop = m.loop.Start(func(ctx context.Context) {
		fine := spot{at.center, at.scale * float64(dense)}
		img, err := world.paint(ctx, max(1, int(size.Width*dense)), max(1, int(size.Height*dense)), fine, paint)
		if err != nil {
			return // a newer picture is on its way, or the window is closing
		}
		m.loop.UI("world", func() {
			if turn == m.turn {
				m.picture, m.pictured = img, at
				m.Refresh()
			}
		})
	})
}

// Scrolled makes the world larger or smaller under the pointer.
func (m *Map) Scrolled(e *fyne.ScrollEvent) {
	m.loop.Held("world zoom", func() { m.zoomAt(math.Pow(1.0025, float64(e.Scrolled.DY)*4), e.Position) })
}

// FocusGained takes the keyboard.
func (m *Map) FocusGained() { m.focused = true; m.Refresh() }

// FocusLost gives the keyboard away.
func (m *Map) FocusLost() { m.focused = false; m.Refresh() }

// TypedRune zooms with + and −, and shows the frame with F.
func (m *Map) TypedRune(r rune) {
	switch r {
	case '+', '=':
		m.ZoomBy(1.5)
	case '-', '−':
		m.ZoomBy(1 / 1.5)
	case 'f', 'F':
		m.ShowFrame()
	}
}

// TypedKey moves the frame by a tenth of its size with the arrows.
func (m *Map) TypedKey(e *fyne.KeyEvent) {
	by, ok := map[fyne.KeyName]orb.Point{
		fyne.KeyLeft: {-0.1, 0}, fyne.KeyRight: {0.1, 0}, fyne.KeyUp: {0, 0.1}, fyne.KeyDown: {0, -0.1},
	}[e.Name]
	if !ok || len(m.frame.Board) == 0 {
		return
	}
	g := m.grabbed(m.toScreen(toPlane(m.frame.Center)))
	m.grab = g
	m.begin()
	m.report(orb.Point{g.center[0] + by[0]*g.width, g.center[1] + by[1]*g.height}, 1)
	m.DragEnd()
}

// MouseIn notes where the pointer is.
func (m *Map) MouseIn(e *desktop.MouseEvent) { m.pointer = e.Position }

// MouseMoved notes where the pointer is.
func (m *Map) MouseMoved(e *desktop.MouseEvent) { m.pointer = e.Position }

// MouseOut does nothing.
func (m *Map) MouseOut() {}

// Cursor tells what a drag would do.
func (m *Map) Cursor() desktop.Cursor {
	switch g := m.grabbed(m.pointer); {
	case m.tool == ToolPan || g.what == moving:
		return desktop.PointerCursor
	default:
		return desktop.CrosshairCursor
	}
}
