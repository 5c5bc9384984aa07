package sheet

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stage"
)

// TestAHintPushesNothingAside: the board must not jump, nor the zoom leave the
// sheet, when a tool is taken in a narrow window.
func TestAHintPushesNothingAside(t *testing.T) {
	s := newScene(t)
	for _, width := range []float32{480, 704, 1000} {
		s.sheet.Object().Resize(fyne.NewSize(width, 500))
		for tool := range hints {
			s.stage.SetTool(tool)
			if least := s.sheet.Object().MinSize().Width; least > width {
				t.Errorf("tool %d: the sheet needs %g, it has %g", tool, least, width)
			}
			hint, row := s.sheet.cards.hint, s.sheet.cards.rows.Size().Width
			if !hint.Visible() || hint.Position().X+hint.Size().Width > row {
				t.Errorf("tool %d at %g: the hint ends at %g of %g", tool, width, hint.Position().X+hint.Size().Width, row)
			}
		}
		s.stage.SetTool(stage.ToolSelect)
	}
}

// TestAHintIsReadWhole: in the narrowest sheet that a window leaves.
func TestAHintIsReadWhole(t *testing.T) {
	s := newScene(t)
	s.sheet.Object().Resize(fyne.NewSize(520, 500))
	for tool, text := range hints {
		s.stage.SetTool(tool)
		need := fyne.MeasureText(text, look.Size(theme.SizeNameText), fyne.TextStyle{}).Width
		if room := s.sheet.cards.hinted.Size().Width; room < need {
			t.Errorf("tool %d: the hint has %g of %g", tool, room, need)
		}
	}
}

// TestAToolTellsItsLayer: a line drawn in the wrong layer is burned by the
// wrong operation.
func TestAToolTellsItsLayer(t *testing.T) {
	s := newScene(t)
	layer := s.stage.Map().Layers[0]
	s.stage.Select(layer.ID)
	s.stage.SetTool(stage.ToolLine)
	if got, want := s.sheet.cards.goal.Text, "A line in "+layer.Name; got != want {
		t.Errorf("the tool says %q, not %q", got, want)
	}
	s.stage.Select("")
	s.stage.SetTool(stage.ToolPolygon)
	if got, want := s.sheet.cards.goal.Text, "An area in a new layer, drawing"; got != want {
		t.Errorf("with no layer the tool says %q, not %q", got, want)
	}
	s.stage.SetTool(stage.ToolVertices)
	if s.sheet.cards.goal.Visible() {
		t.Errorf("a tool that draws nothing says %q", s.sheet.cards.goal.Text)
	}
}
