package sheet

import (
	"context"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

const (
	// mostShapes is how many selected shapes are outlined one by one, and
	// mostLines how many lines that may take; more are shown by a box each, and
	// still more by one around them all.
	mostShapes = 200
	mostLines  = 1500
	handle     = 7 // side of a vertex's handle, units of the screen
)

// overlay is what lies above the picture: what is selected, its vertices, what
// is being drawn or dragged, and the places of findings.
type overlay struct {
	sheet  *Sheet
	object *fyne.Container

	layer  carto.LayerID
	shapes []workshop.Shape
	more   int             // selected shapes that are not among shapes
	guides workshop.Guides // what parts of "Frame and text" are put to
	turn   int             // counts readings, so that a late one is dropped
	stop   context.CancelFunc

	pickedVertex *workshop.Vertex

	lines   pool[*canvas.Line]
	handles pool[*canvas.Rectangle]
	box     *canvas.Rectangle
	marks   marks
}

// pool keeps canvas objects for the next use.
type pool[T fyne.CanvasObject] struct {
	all  []T
	used int
	make func() T
}

func (p *pool[T]) next() T {
	if p.used == len(p.all) {
		p.all = append(p.all, p.make())
	}
	p.used++
	return p.all[p.used-1]
}

func newOverlay(h *Sheet) *overlay {
	o := &overlay{sheet: h, object: container.NewWithoutLayout(), box: canvas.NewRectangle(color.Transparent)}
	o.lines.make = func() *canvas.Line { return canvas.NewLine(nil) }
	o.handles.make = func() *canvas.Rectangle { return canvas.NewRectangle(nil) }
	o.box.StrokeWidth = 1
	return o
}

func (o *overlay) recolor() { o.place() }

// reload reads the selected shapes beside the UI thread.
func (o *overlay) reload() {
	h := o.sheet
	layer, ok := h.stage.Selected()
	ids := h.stage.SelectedFeatures()
	o.turn++
	turn := o.turn
	if o.stop != nil {
		o.stop()
		o.stop = nil
	}
	if o.layer != layer.ID || len(ids) != 1 {
		o.pickedVertex = nil
	}
	o.layer = layer.ID
	if !ok || len(ids) == 0 {
		o.shapes, o.more, o.pickedVertex, o.guides = nil, 0, nil, workshop.Guides{}
		o.place()
		return
	}
	o.stop = h.stage.Loop().Start(func(ctx context.Context) {
		read := ids[:min(len(ids), mostShapes)]
		shapes, err := h.edit.Shapes(ctx, layer.ID, read)
		if err != nil {
			return // the layer is gone; the stage selects another one
		}
		guides, err := h.edit.Guides(ctx, layer.ID, ids)
		if err != nil {
			guides = workshop.Guides{} // what is dragged goes where the pointer goes
		}
		h.stage.Loop().UI("selection", func() {
			if turn != o.turn {
				return
			}
			o.shapes, o.more, o.guides = shapes, len(ids)-len(shapes), guides
			if len(shapes) < len(read) { // the others were deleted, or undone
				h.stage.Select(layer.ID, append(idsOf(shapes), ids[len(read):]...)...)
				return
			}
			o.place()
		})
	})
}

func idsOf(shapes []workshop.Shape) (ids []int64) {
	for _, s := range shapes {
		ids = append(ids, s.Feature.ID)
	}
	return ids
}

// under tells whether the pointer is on what is selected.
func (o *overlay) under(at artwork.Point, distance float64) bool {
	return slices.ContainsFunc(o.shapes, func(s workshop.Shape) bool { return s.Near(at, distance) })
}

// vertexAt finds the vertex under the pointer where one shape is selected.
func (o *overlay) vertexAt(at artwork.Point, distance float64) (workshop.Vertex, bool) {
	if len(o.shapes) != 1 {
		return workshop.Vertex{}, false
	}
	return o.shapes[0].NearestVertex(at, distance)
}

// edgeAt finds the edge under the pointer where one shape is selected.
func (o *overlay) edgeAt(at artwork.Point, distance float64) (workshop.Vertex, bool) {
	if len(o.shapes) != 1 {
		return workshop.Vertex{}, false
	}
	return o.shapes[0].NearestEdge(at, distance)
}

// pick picks the vertex at a place, for deleting.
func (o *overlay) pick(at artwork.Point, distance float64) bool {
	v, ok := o.vertexAt(at, distance)
	if ok {
		o.pickedVertex = &v
		o.place()
	}
	return ok
}

func (o *overlay) picked() (workshop.Vertex, bool) {
	if o.pickedVertex == nil {
		return workshop.Vertex{}, false
	}
	return *o.pickedVertex, true
}

func (o *overlay) unpick() { o.pickedVertex = nil }

// move shows the selection moved before the map has it.
func (o *overlay) move(by artwork.Point) {
	for i := range o.shapes {
		parts := slices.Clone(o.shapes[i].Parts)
		for j := range parts {
			parts[j] = movedPath(parts[j], by)
		}
		o.shapes[i].Parts, o.shapes[i].Seen = parts, movedPath(o.shapes[i].Seen, by)
	}
	o.place()
}

func movedPath(p artwork.Path, by artwork.Point) artwork.Path {
	p.Points = slices.Clone(p.Points)
	for i := range p.Points {
		p.Points[i] = shift(p.Points[i], by)
	}
	return p
}

// place draws everything where the view has it.
func (o *overlay) place() {
	h := o.sheet
	o.lines.used, o.handles.used = 0, 0
	o.box.Hidden = true
	green := look.Color(theme.ColorNamePrimary)
	o.selection(green)
	o.drafted(green)
	if g := &h.gesture; g.act == actBox {
		o.box.Hidden = false
		o.box.StrokeColor, o.box.FillColor = green, look.Color(theme.ColorNameFocus)
		x0, x1 := min(g.from.X, g.at.X), max(g.from.X, g.at.X)
		y0, y1 := min(g.from.Y, g.at.Y), max(g.from.Y, g.at.Y)
		o.box.Move(fyne.NewPos(x0, y0))
		o.box.Resize(fyne.NewSize(x1-x0, y1-y0))
	}
	marks := o.marks.place(h)
	objects := make([]fyne.CanvasObject, 0, o.lines.used+o.handles.used+1+len(marks))
	for _, l := range o.lines.all[:o.lines.used] {
		objects = append(objects, l)
	}
	for _, r := range o.handles.all[:o.handles.used] {
		objects = append(objects, r)
	}
	o.object.Objects = append(append(objects, o.box), marks...)
	canvas.Refresh(o.object)
}

// selection outlines what is selected, where a drag has it.
func (o *overlay) selection(green color.Color) {
	h := o.sheet
	g := &h.gesture
	var by artwork.Point
	if g.act == actMove {
		var x, y *workshop.Guide
		by, x, y = h.dragged()
		o.guideLines(x, y, green)
	}
	lines := 0
	for _, s := range o.shapes {
		for _, p := range s.Parts {
			lines += len(p.Points)
		}
	}
	for _, s := range o.shapes {
		o.path(around(s.Seen, beside/h.view.scale), by, green)
		for i, p := range s.Parts {
			if lines > mostLines {
				p = boxPath(p)
			}
			if g.act == actVertex && len(o.shapes) == 1 && i == g.vertex.Part && g.vertex.Index < len(p.Points) {
				p.Points = slices.Clone(p.Points)
				p.Points[g.vertex.Index] = h.view.board(g.at)
			}
			o.path(p, by, green)
			if h.stage.Tool() == stage.ToolVertices && len(o.shapes) == 1 || len(p.Points) == 1 {
				o.vertices(i, p, by, green)
			}
		}
	}
}

// beside is how far from a box its outline lies, so that it hides nothing of it,
// units of the screen.
const beside = 5

// around is a box that is larger on all sides, mm; other paths stay as they are.
func around(p artwork.Path, by float64) artwork.Path {
	if !p.Closed || len(p.Points) != 4 {
		return p
	}
	b := p.Bounds()
	b.Min, b.Max = shift(b.Min, artwork.Point{X: -by, Y: -by}), shift(b.Max, artwork.Point{X: by, Y: by})
	return boxPath(artwork.Path{Points: []artwork.Point{b.Min, b.Max}})
}

// boxPath is the box around a path.
func boxPath(p artwork.Path) artwork.Path {
	b := p.Bounds()
	return artwork.Path{Closed: true, Points: []artwork.Point{b.Min, {X: b.Max.X, Y: b.Min.Y}, b.Max, {X: b.Min.X, Y: b.Max.Y}}}
}

func (o *overlay) path(p artwork.Path, by artwork.Point, c color.Color) {
	n := len(p.Points)
	for i := range p.Points {
		if i == n-1 && (!p.Closed || n < 2) {
			break
		}
		o.line(shift(p.Points[i], by), shift(p.Points[(i+1)%n], by), c)
	}
}

func shift(p, by artwork.Point) artwork.Point { return artwork.Point{X: p.X + by.X, Y: p.Y + by.Y} }

// line draws a line of the selection: pine on white, so that it shows on wood
// and on burns. Lines beyond the sheet are left out.
func (o *overlay) line(a, b artwork.Point, c color.Color) {
	h := o.sheet
	p, q, size := h.view.screen(a), h.view.screen(b), h.Size()
	if max(p.X, q.X) < 0 || max(p.Y, q.Y) < 0 || min(p.X, q.X) > size.Width || min(p.Y, q.Y) > size.Height {
		return
	}
	for _, layer := range []struct {
		color color.Color
		width float32
	}{{color.NRGBA{255, 255, 255, 230}, 4}, {c, 2}} {
		l := o.lines.next()
		l.StrokeColor, l.StrokeWidth = layer.color, layer.width
		l.Position1, l.Position2 = p, q
	}
}

func (o *overlay) vertices(part int, p artwork.Path, by artwork.Point, c color.Color) {
	h := o.sheet
	size := h.Size()
	for i, q := range p.Points {
		at := h.view.screen(shift(q, by))
		if at.X < 0 || at.Y < 0 || at.X > size.Width || at.Y > size.Height || o.handles.used >= mostLines {
			continue
		}
		r := o.handles.next()
		r.FillColor, r.StrokeColor, r.StrokeWidth = color.White, c, 1.5
		if v := o.pickedVertex; v != nil && *v == (workshop.Vertex{Part: part, Index: i}) {
			r.FillColor = c
		}
		r.Move(fyne.NewPos(at.X-handle/2.0, at.Y-handle/2.0))
		r.Resize(fyne.NewSquareSize(handle))
	}
}

// drafted shows the shape that is being drawn, to where the pointer is.
func (o *overlay) drafted(green color.Color) {
	h := o.sheet
	d := h.draft.points
	if len(d) == 0 {
		return
	}
	path := artwork.Path{Points: append(slices.Clone(d), h.view.board(h.gesture.at)), Closed: h.stage.Tool() == stage.ToolPolygon && len(d) > 1}
	o.path(path, artwork.Point{}, green)
	o.vertices(math.MaxInt, artwork.Path{Points: d}, artwork.Point{}, green)
}
