// Package stage is what is on show in the window: the open map, what is
// selected, how it is looked at, what of it is drawn and what is being worked
// on. The panels read it and are told of changes; what they want done they ask
// of it. It holds no widget, no geometry and no credit.
//
// All methods are called on the UI thread, and all listeners run there. Edits,
// tracing and checks run beside it, edits one after the other in the order in
// which they were asked for.
package stage

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// Map is the map on the stage: a *workshop.Desk, or a fake in tests.
type Map interface {
	Path() string
	Map() *carto.Map
	Do(ctx context.Context, e carto.Edit) error
	SetLayer(ctx context.Context, id carto.LayerID, keys map[string]string) error
	Try(id carto.LayerID, keys map[string]string) (*carto.Map, error)
	Fix(ctx context.Context, f workshop.Finding, r workshop.Remedy) error
	Machines(ctx context.Context) (*workshop.Catalog, error)
	Use(ctx context.Context, machineID, materialID string) error
	AddLayer(ctx context.Context, name string, keys map[string]string) (carto.LayerID, error)
	AddFurniture(ctx context.Context) (carto.LayerID, error)
	Parts(ctx context.Context, layer carto.LayerID) ([]workshop.Part, error)
	AddPart(ctx context.Context, layer carto.LayerID, class string, all bool) ([]int64, error)
	SetParts(ctx context.Context, layer carto.LayerID, ids []int64, keys map[string]string) error
	Import(ctx context.Context, i workshop.Import) (workshop.Imported, error)
	CanUndo() bool
	CanRedo() bool
	Undo(ctx context.Context) error
	Redo(ctx context.Context) error
	Trace(ctx context.Context, m *carto.Map) (*workshop.Drawn, error)
	TraceParts(ctx context.Context, layer carto.LayerID, ids []int64, keys map[string]string) (*workshop.Drawn, error)
	Time(ctx context.Context, layers []carto.LayerID) (workshop.Estimate, error)
	Check(ctx context.Context, d *workshop.Drawn) (workshop.Checked, error)
	Contents(ctx context.Context, id carto.LayerID) (workshop.Contents, error)
	Feature(ctx context.Context, layer carto.LayerID, id int64) (carto.Feature, error)
	Placer(id carto.LayerID) (workshop.Placer, error)
	FontFamilies(ctx context.Context) ([]string, error)
	FontFile(ctx context.Context, file string) (string, error)
	Close() error
}

// Mode is how the sheet is looked at.
type Mode int

// The modes.
const (
	ModeMap   Mode = iota // each line in the colour of its operation
	ModeLaser             // what the beam leaves on wood
	ModeWire              // paths alone, as the machine follows them
)

// Tool is what the pointer does on the sheet.
type Tool int

// The tools.
const (
	ToolSelect Tool = iota
	ToolPan
	ToolPoint
	ToolLine
	ToolPolygon
	ToolVertices
)

// Change tells what of the stage is new, as a set.
type Change uint

// The changes.
const (
	MapChanged       Change = 1 << iota // layers, boards, view, title, undo
	DrawnChanged                        // the artwork, or that it is stale
	SelectionChanged                    // the layer or the features that are selected
	LookChanged                         // mode, tool or board
	CheckedChanged                      // what the check found
	JobsChanged                         // what is being worked on
)

// Has tells whether one of the changes is in the set.
func (c Change) Has(any Change) bool { return c&any != 0 }

// Stage is what is on show. Make one with New.
type Stage struct {
	loop *loop.Loop
	open Map

	m        *carto.Map
	canUndo  bool
	canRedo  bool
	layer    carto.LayerID
	features []int64
	mode     Mode
	tool     Tool
	board    int

	tracing tracing
	edits   queue
	jobs    []*Job

	listeners []*func(Change)
	// Notify shows a notice to the person. It is set before anything is asked
	// of the stage.
	Notify func(Notice)
}

// New puts an open map on the stage and begins to draw it. Closing the loop
// ends its work; the map is closed by who opened it.
func New(l *loop.Loop, open Map) *Stage {
	s := &Stage{loop: l, open: open, board: 1, Notify: func(Notice) {}}
	s.look()
	if n := len(s.m.Layers); n > 0 {
		s.layer = s.m.Layers[n-1].ID
	}
	s.retrace()
	return s
}

// OnChange has f told of changes, until it is told to stop.
func (s *Stage) OnChange(f func(Change)) (stop func()) {
	s.listeners = append(s.listeners, &f)
	return func() {
		s.listeners = slices.DeleteFunc(slices.Clone(s.listeners), func(g *func(Change)) bool { return g == &f })
	}
}

func (s *Stage) tell(c Change) {
	for _, f := range s.listeners {
		(*f)(c)
	}
}

// look takes a new picture of the map.
func (s *Stage) look() {
	s.m = s.open.Map()
	s.canUndo, s.canRedo = s.open.CanUndo(), s.open.CanRedo()
	s.board = min(s.board, max(1, s.m.Boards.Count))
}

// Open is the map itself, for reading beside the UI thread.
func (s *Stage) Open() Map { return s.open }

// Loop is where the stage's work runs.
func (s *Stage) Loop() *loop.Loop { return s.loop }

// Map is the map as it was after the last edit. It must not be changed.
func (s *Stage) Map() *carto.Map { return s.m }

// CanUndo tells whether there is an edit to take back.
func (s *Stage) CanUndo() bool { return s.canUndo }

// CanRedo tells whether there is an edit to make again.
func (s *Stage) CanRedo() bool { return s.canRedo }

// Layer finds a layer of the map.
func (s *Stage) Layer(id carto.LayerID) (carto.Layer, bool) {
	i := slices.IndexFunc(s.m.Layers, func(l carto.Layer) bool { return l.ID == id })
	if i < 0 {
		return carto.Layer{}, false
	}
	return s.m.Layers[i], true
}

// Selected is the selected layer; false where there is none.
func (s *Stage) Selected() (carto.Layer, bool) { return s.Layer(s.layer) }

// SelectedFeatures are the selected features of the selected layer.
func (s *Stage) SelectedFeatures() []int64 { return s.features }

// Select selects a layer and features of it; no features selects the layer
// alone, and no layer nothing.
func (s *Stage) Select(layer carto.LayerID, features ...int64) {
	if s.layer == layer && slices.Equal(s.features, features) {
		return
	}
	s.layer, s.features = layer, slices.Clone(features)
	s.tell(SelectionChanged)
}

// Mode is how the sheet is looked at.
func (s *Stage) Mode() Mode { return s.mode }

// SetMode changes how the sheet is looked at.
func (s *Stage) SetMode(m Mode) {
	if s.mode != m {
		s.mode = m
		s.tell(LookChanged)
	}
}

// Tool is what the pointer does.
func (s *Stage) Tool() Tool { return s.tool }

// SetTool changes what the pointer does.
func (s *Stage) SetTool(t Tool) {
	if s.tool != t {
		s.tool = t
		s.tell(LookChanged)
	}
}

// Board is the number of the board on show, from 1.
func (s *Stage) Board() int { return s.board }

// SetBoard shows another board.
func (s *Stage) SetBoard(n int) {
	if n >= 1 && n <= s.m.Boards.Count && n != s.board {
		s.board = n
		s.tell(LookChanged)
	}
}
