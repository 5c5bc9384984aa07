package world

import (
	"math"

	"fyne.io/fyne/v2"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// what a drag does.
type what int

const (
	nothing what = iota
	panning
	moving
	sizing
	drawing
)

// grab is a drag that is going on, with the frame as it was at its beginning,
// on the plane.
type grab struct {
	what          what
	from          orb.Point // where it began
	center        orb.Point
	width, height float64
	handle, fixed orb.Point // sizing: what is dragged, and what stays
}

// reach is how far from a handle it can be taken, Fyne's pixels.
const reach = 12

// grabbed tells what a drag from a place would do.
func (m *Map) grabbed(at fyne.Position) grab {
	g := grab{what: panning, from: m.toPlane(at)}
	if len(m.frame.Board) == 0 {
		return g
	}
	handles := m.handles()
	g.center = toPlane(m.frame.Center)
	// A turn of the world to or fro does not matter.
	g.from[0] = g.center[0] + math.Remainder(g.from[0]-g.center[0], 360)
	box := orb.Bound{Min: handles[0], Max: handles[0]}
	for _, h := range handles {
		box = box.Extend(h)
	}
	g.width, g.height = box.Max[0]-box.Min[0], box.Max[1]-box.Min[1]
	if m.tool == ToolPan {
		return g
	}
	for i, h := range handles {
		p := m.toScreen(m.near(h))
		if math.Hypot(float64(p.X-at.X), float64(p.Y-at.Y)) <= reach {
			g.what, g.handle, g.fixed = sizing, h, handles[(i+4)%8]
			return g
		}
	}
	g.what = drawing
	var ring orb.Ring
	for _, p := range m.frame.Board {
		ring = append(ring, toPlane(p))
	}
	if planar.RingContains(append(ring, ring[0]), g.from) {
		g.what = moving
	}
	return g
}

// handles are the corners and the middles of the sides, on the plane.
func (m *Map) handles() (h [8]orb.Point) {
	step := len(m.frame.Board) / 8
	for i := range h {
		h[i] = toPlane(m.frame.Board[i*step])
	}
	return h
}

// near gives the turn of the world of a place that shows.
func (m *Map) near(p orb.Point) orb.Point {
	c := toPlane(m.frame.Center)[0]
	return orb.Point{p[0] - c + m.spot.center[0] + math.Remainder(c-m.spot.center[0], 360), p[1]}
}

// Dragged moves the world or the frame.
func (m *Map) Dragged(e *fyne.DragEvent) {
	m.loop.Held("world drag", func() { m.dragged(e) })
}

func (m *Map) dragged(e *fyne.DragEvent) {
	if m.grab.what == nothing {
		m.grab = m.grabbed(e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY))
		m.begin()
	}
	g := m.grab
	to := m.toPlane(e.Position)
	to[0] = g.from[0] + math.Remainder(to[0]-g.from[0], 360)
	switch g.what {
	case panning:
		m.lookAt(spot{
			center: orb.Point{m.spot.center[0] - float64(e.Dragged.DX)/m.spot.scale, m.spot.center[1] + float64(e.Dragged.DY)/m.spot.scale},
			scale:  m.spot.scale,
		})
	case moving:
		m.report(orb.Point{g.center[0] + to[0] - g.from[0], g.center[1] + to[1] - g.from[1]}, 1)
	case sizing:
		// How far along its diagonal, or its axis, the handle was taken.
		dx, dy := g.handle[0]-g.fixed[0], g.handle[1]-g.fixed[1]
		grow := ((to[0]-g.fixed[0])*dx + (to[1]-g.fixed[1])*dy) / (dx*dx + dy*dy)
		grow = max(grow, 0.02)
		m.report(orb.Point{g.fixed[0] + (g.center[0]-g.fixed[0])*grow, g.fixed[1] + (g.center[1]-g.fixed[1])*grow}, grow)
	case drawing:
		dx, dy := to[0]-g.from[0], to[1]-g.from[1]
		grow := max(math.Abs(dx)/g.width, math.Abs(dy)/g.height)
		if grow*math.Max(g.width, g.height)*m.spot.scale < 4 {
			return
		}
		m.report(orb.Point{
			g.from[0] + math.Copysign(grow*g.width/2, dx),
			g.from[1] + math.Copysign(grow*g.height/2, dy),
		}, grow)
	}
}

func (m *Map) begin() {
	if m.grab.what != panning && m.OnBegin != nil {
		m.OnBegin()
	}
}

// report tells of a new frame; the centre is on the plane.
func (m *Map) report(center orb.Point, grow float64) {
	if m.OnFrame == nil {
		return
	}
	p := toDegrees(center)
	p[0] = math.Remainder(p[0], 360)
	p[1] = max(-80, min(84, p[1]))
	m.OnFrame(p, grow)
}

// DragEnd ends the drag.
func (m *Map) DragEnd() {
	done := m.grab.what
	m.grab = grab{}
	if done != nothing && done != panning && m.OnEnd != nil {
		m.OnEnd()
	}
}
