package sheet

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Where the selected layer takes no shapes, what is drawn gets a layer: both
// come as one step, and go as one.
func TestAShapeWithALayerOfItsOwnIsUndoneInOneStep(t *testing.T) {
	s := newScene(t)
	before := len(s.stage.Map().Layers)
	locked := true
	layer, _ := s.stage.Selected()
	s.stage.Edit("", carto.SetLayer{Layer: layer.ID, Locked: &locked})
	s.stage.SetTool(stage.ToolLine)
	s.click(artwork.Point{X: 10, Y: 20})
	s.click(artwork.Point{X: 40, Y: 20})
	s.sheet.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s.wait("the line is selected", func() bool { return len(s.stage.SelectedFeatures()) == 1 })
	drawn, _ := s.stage.Selected()
	if drawn.Name != ownLayer || drawn.Count != 1 {
		t.Fatalf("it is in %q with %d shapes", drawn.Name, drawn.Count)
	}
	shape, err := s.desk.Shape(context.Background(), drawn.ID, s.stage.SelectedFeatures()[0])
	if err != nil || len(shape.Parts) != 1 || !near(shape.Parts[0].Points[1], artwork.Point{X: 40, Y: 20}) {
		t.Errorf("drawn is %+v, %v", shape, err)
	}
	s.stage.Undo()
	s.wait("it is undone", func() bool { return s.stage.CanRedo() })
	if got := len(s.stage.Map().Layers); got != before {
		t.Errorf("%d layers are left of %d", got, before)
	}
	s.stage.Redo()
	s.wait("it is there again", func() bool { l, ok := s.stage.Layer(drawn.ID); return ok && l.Count == 1 })
}

// Undo takes selected shapes away; a key must not be refused for them.
func TestShapesThatUndoTookAwayAreNotSelected(t *testing.T) {
	s := newScene(t)
	layer, _ := s.stage.Selected()
	s.stage.SetTool(stage.ToolPoint)
	var ids []int64
	for i := range 2 {
		s.click(artwork.Point{X: 10 + 20*float64(i), Y: 10})
		s.wait("the point is drawn", func() bool {
			now := s.stage.SelectedFeatures()
			return len(now) == 1 && (len(ids) == 0 || now[0] != ids[0])
		})
		ids = append(ids, s.stage.SelectedFeatures()...)
	}
	s.stage.Select(layer.ID, ids...)
	s.stage.Undo()
	s.wait("one of them is selected", func() bool { return len(s.stage.SelectedFeatures()) == 1 })
	s.stage.Undo()
	s.wait("none is selected", func() bool { return len(s.stage.SelectedFeatures()) == 0 })
}

// A look in another mode must not cost the points that are drawn so far, and
// undo takes back the last of them, not an edit that was made before.
func TestADraftSurvivesAnotherModeAndIsTakenBackPointByPoint(t *testing.T) {
	s := newScene(t)
	s.stage.SetTool(stage.ToolLine)
	for i := range 3 {
		s.click(artwork.Point{X: 10 + 20*float64(i), Y: 20})
	}
	s.sheet.TypedRune('2')
	if got := len(s.sheet.draft.points); got != 3 || s.stage.Mode() != stage.ModeLaser {
		t.Fatalf("%d of 3 points are left in mode %d", got, s.stage.Mode())
	}
	if !s.sheet.TakeBack() || len(s.sheet.draft.points) != 2 {
		t.Errorf("%d points are left", len(s.sheet.draft.points))
	}
	s.sheet.TypedRune('v')
	if s.sheet.draft.busy() || s.sheet.TakeBack() {
		t.Error("another tool goes on with the line")
	}
}
