package sheet

import (
	"testing"

	"fyne.io/fyne/v2"

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
