// Package sheet is the middle of the window: the board with what will burn on
// it, seen from near and far, and the tools that select, draw and change
// shapes. It draws with the code that draws the files, beside the UI thread,
// and holds no geometry of its own.
package sheet

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Editor finds and changes the shapes of the map: a *workshop.Desk, or a fake
// in tests. Places and distances are in mm on the board.
type Editor interface {
	Hit(ctx context.Context, board int, at artwork.Point, radius float64) (layer carto.LayerID, feature int64, found bool, err error)
	Within(ctx context.Context, layer carto.LayerID, box artwork.Box) ([]int64, error)
	Shapes(ctx context.Context, layer carto.LayerID, ids []int64) ([]workshop.Shape, error)
	Draw(ctx context.Context, layer carto.LayerID, points []artwork.Point, closed bool) (int64, error)
	DrawLayer(ctx context.Context, name string, points []artwork.Point, closed bool) (carto.LayerID, int64, error)
	Guides(ctx context.Context, layer carto.LayerID, ids []int64) (workshop.Guides, error)
	Move(ctx context.Context, layer carto.LayerID, ids []int64, by artwork.Point) error
	MoveVertex(ctx context.Context, layer carto.LayerID, id int64, v workshop.Vertex, to artwork.Point) error
	InsertVertex(ctx context.Context, layer carto.LayerID, id int64, after workshop.Vertex, at artwork.Point) error
	RemoveVertex(ctx context.Context, layer carto.LayerID, id int64, v workshop.Vertex) error
}

// Options are what a sheet may be told beside its map. All may be nil.
type Options struct {
	Tips *parts.Tips
	// Cursor is told the place under the pointer; false when it left.
	Cursor func(at artwork.Point, over bool)
	// Key hears the keys that the sheet has no use for.
	Key func(fyne.KeyName)
	// Add is called when an empty sheet is asked for data.
	Add func()
}

// Sheet shows the board and hears the pointer and the keyboard.
type Sheet struct {
	widget.BaseWidget
	stage   *stage.Stage
	edit    Editor
	options Options

	view   view
	fitted bool // the view is the one of Fit, and follows the window's size
	space  bool // held: the pointer pans

	bed      *canvas.Rectangle
	picture  *canvas.Image
	shown    shown
	painting painting
	overlay  *overlay
	rulers   *rulers
	cards    *cards
	gesture  gesture
	draft    draft
	boards   carto.Boards // of the last fit
}

// New makes the sheet of a stage.
func New(s *stage.Stage, edit Editor, o Options) *Sheet {
	if o.Cursor == nil {
		o.Cursor = func(artwork.Point, bool) {}
	}
	if o.Key == nil {
		o.Key = func(fyne.KeyName) {}
	}
	h := &Sheet{
		stage: s, edit: edit, options: o, fitted: true,
		bed:     canvas.NewRectangle(look.Color(look.Bed)),
		picture: &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleFastest},
	}
	h.overlay, h.rulers = newOverlay(h), newRulers()
	h.cards = newCards(h)
	h.view = view{scale: trueSize}
	h.ExtendBaseWidget(h)
	s.OnChange(h.changed)
	return h
}

// Object is the sheet with its tools, as the window shows it: nothing of it
// reaches beyond its place.
func (h *Sheet) Object() fyne.CanvasObject {
	clip := container.NewClip(container.NewStack(h, h.cards.object))
	clip.ExtendBaseWidget(clip) // or what it holds has no size before a second layout
	return clip
}

// CreateRenderer is called by Fyne.
func (h *Sheet) CreateRenderer() fyne.WidgetRenderer { return &renderer{h} }

// MinSize is the least that the design allows.
func (h *Sheet) MinSize() fyne.Size { return fyne.NewSize(480, 240) }

// changed shows what is new on the stage.
func (h *Sheet) changed(c stage.Change) {
	if c.Has(stage.MapChanged) && h.stage.Map().Boards != h.boards && h.fitted {
		h.Fit()
	}
	if d := &h.draft; d.busy() && (d.tool != h.stage.Tool() || d.board != h.stage.Board()) { // another mode keeps it
		d.cancel(h)
	}
	if c.Has(stage.MapChanged | stage.SelectionChanged) {
		h.overlay.reload()
	}
	if c.Has(stage.MapChanged | stage.DrawnChanged | stage.LookChanged) {
		h.repaint()
	}
	h.overlay.place()
	h.cards.update()
}

// Fit shows the whole board.
func (h *Sheet) Fit() {
	b := h.stage.Map().Boards
	h.boards = b
	h.look(fit(artwork.Box{Max: artwork.Point{X: b.Width, Y: b.Height}}, h.Size(), fyne.NewPos(rulerWidth, rulerSize)))
	h.fitted = true
}

// FitLayer shows the selected layer.
func (h *Sheet) FitLayer() {
	layer, ok := h.stage.Selected()
	drawn := h.stage.Drawn()
	if !ok || drawn == nil {
		return
	}
	box := artwork.EmptyBox()
	for i := range drawn.Artwork.Layers {
		if l := &drawn.Artwork.Layers[i]; l.ID == string(layer.ID) {
			for j := range l.Shapes {
				box = box.Union(l.Shapes[j].Bounds())
			}
		}
	}
	if !box.Empty() {
		h.look(fit(box, h.Size(), fyne.NewPos(rulerWidth, rulerSize)))
	}
}

// ShowPlace brings a place to the middle, near enough to see a finding there.
func (h *Sheet) ShowPlace(at artwork.Point) {
	v := h.view
	if v.scale < 3*trueSize {
		v.scale = 3 * trueSize
	}
	h.look(v.centre(at, h.Size()))
}

// ZoomBy zooms about the middle.
func (h *Sheet) ZoomBy(factor float64) {
	size := h.Size()
	h.look(h.view.zoom(fyne.NewPos(size.Width/2, size.Height/2), factor))
}

// look changes what part of the board is shown: what is there moves at once,
// and is drawn exactly behind.
func (h *Sheet) look(v view) {
	h.fitted = false
	h.view = v
	h.placePicture()
	h.overlay.place()
	h.rulers.place(v, h.Size())
	h.cards.zoomed()
	h.repaint()
}

// renderer lays the sheet out.
type renderer struct{ h *Sheet }

func (r *renderer) Destroy() {}

func (r *renderer) Layout(size fyne.Size) {
	h := r.h
	h.bed.Resize(size)
	h.rulers.resize(size)
	if h.fitted {
		h.Fit()
		return
	}
	h.placePicture()
	h.overlay.place()
	h.rulers.place(h.view, size)
	h.repaint()
}

func (r *renderer) MinSize() fyne.Size { return r.h.MinSize() }

func (r *renderer) Objects() []fyne.CanvasObject {
	h := r.h
	return []fyne.CanvasObject{h.bed, h.picture, h.overlay.object, h.rulers.object}
}

// Refresh reads the colours of the theme again.
func (r *renderer) Refresh() {
	h := r.h
	h.bed.FillColor = look.Color(look.Bed)
	h.bed.Refresh()
	h.overlay.recolor()
	h.rulers.recolor()
	h.rulers.place(h.view, h.Size())
	h.repaint()
}
