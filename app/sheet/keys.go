package sheet

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// letters are the keys that work while the sheet has the focus.
var letters = map[rune]func(*Sheet){
	'v': tool(stage.ToolSelect), 'h': tool(stage.ToolPan), 'p': tool(stage.ToolPoint),
	'l': tool(stage.ToolLine), 'g': tool(stage.ToolPolygon), 'n': tool(stage.ToolVertices),
	'f': (*Sheet).Fit, 'F': (*Sheet).FitLayer,
	'+': func(h *Sheet) { h.ZoomBy(zoomStep) }, '=': func(h *Sheet) { h.ZoomBy(zoomStep) },
	'-': func(h *Sheet) { h.ZoomBy(1 / zoomStep) }, '−': func(h *Sheet) { h.ZoomBy(1 / zoomStep) },
	'1': mode(stage.ModeMap), '2': mode(stage.ModeLaser), '3': mode(stage.ModeWire),
	'[': func(h *Sheet) { h.Turn(1) }, ']': func(h *Sheet) { h.Turn(-1) },
	'{': func(h *Sheet) { h.Turn(15) }, '}': func(h *Sheet) { h.Turn(-15) },
}

// zoomStep is what a key or a button zooms by.
const zoomStep = 1.25

func tool(t stage.Tool) func(*Sheet) { return func(h *Sheet) { h.stage.SetTool(t) } }
func mode(m stage.Mode) func(*Sheet) { return func(h *Sheet) { h.stage.SetMode(m) } }

// TypedRune takes the letters.
func (h *Sheet) TypedRune(r rune) {
	if f, ok := letters[r]; ok {
		h.stage.Loop().Held("key", func() { f(h) })
	}
}

// TypedKey takes the other keys.
func (h *Sheet) TypedKey(e *fyne.KeyEvent) {
	h.stage.Loop().Held("key", func() { h.key(e.Name) })
}

func (h *Sheet) key(name fyne.KeyName) {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		h.draft.finish(h)
	case fyne.KeyEscape:
		h.leave()
	case fyne.KeyBackspace:
		if h.draft.busy() {
			h.draft.back(h)
			return
		}
		h.Delete()
	case fyne.KeyDelete:
		h.Delete()
	case fyne.KeyLeft:
		h.nudge(-1, 0)
	case fyne.KeyRight:
		h.nudge(1, 0)
	case fyne.KeyUp:
		h.nudge(0, 1)
	case fyne.KeyDown:
		h.nudge(0, -1)
	default:
		h.options.Key(name)
	}
}

// leave goes one step back: out of a draft, a selection, a tool.
func (h *Sheet) leave() {
	switch layer, _ := h.stage.Selected(); {
	case h.draft.busy():
		h.draft.cancel(h)
	case len(h.stage.SelectedFeatures()) > 0:
		h.stage.Select(layer.ID)
	default:
		h.stage.SetTool(stage.ToolSelect)
	}
}

// nudge moves what is selected by 0.1 mm, with Shift by 1 mm; with nothing
// selected it pans.
func (h *Sheet) nudge(x, y float64) {
	by := 0.1
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0 {
		by = 1
	}
	if len(h.stage.SelectedFeatures()) > 0 {
		h.moveBy(artwork.Point{X: x * by, Y: y * by})
		return
	}
	const pan = 40
	h.look(h.view.pan(float32(-x*pan), float32(y*pan)))
}

// Turn turns the map on the board, counterclockwise in degrees.
func (h *Sheet) Turn(degrees float64) {
	h.stage.Change("The map was not turned", func(m *carto.Map) carto.Edit {
		view := m.View
		view.Rotation = math.Remainder(math.Round((view.Rotation+degrees)*10)/10, 360)
		return carto.SetView{View: view}
	})
}

// KeyDown hears the space bar, which pans while it is held.
func (h *Sheet) KeyDown(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		h.space = true
	}
}

// KeyUp hears the space bar.
func (h *Sheet) KeyUp(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace {
		h.space = false
	}
}

// FocusGained is called when the keyboard comes.
func (h *Sheet) FocusGained() {}

// FocusLost is called when the keyboard leaves.
func (h *Sheet) FocusLost() { h.space = false }
