package sheet

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// part reads the one part of a class.
func (s *scene) part(class string) workshop.Part {
	s.t.Helper()
	layers := s.stage.Map().Layers
	all, err := s.desk.Parts(s.t.Context(), layers[len(layers)-1].ID)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, p := range all {
		if p.Class == class {
			return p
		}
	}
	s.t.Fatalf("there is no %s", class)
	return workshop.Part{}
}

// selectPart selects a part and waits until its outline shows.
func (s *scene) selectPart(class string) artwork.Box {
	s.t.Helper()
	layers := s.stage.Map().Layers
	s.stage.Select(layers[len(layers)-1].ID, s.part(class).ID)
	s.wait("the outline of the "+class, func() bool {
		return len(s.sheet.overlay.shapes) == 1 && len(s.sheet.overlay.shapes[0].Seen.Points) > 0 && len(s.sheet.overlay.guides.X) > 0
	})
	return s.sheet.overlay.shapes[0].Seen.Bounds()
}

func middle(b artwork.Box) artwork.Point {
	return artwork.Point{X: (b.Min.X + b.Max.X) / 2, Y: (b.Min.Y + b.Max.Y) / 2}
}

// TestAPartThatIsDraggedComesToRestInTheMiddle: by hand nobody hits the middle
// of a piece to a hundredth of a millimetre.
func TestAPartThatIsDraggedComesToRestInTheMiddle(t *testing.T) {
	s := newScene(t)
	bar := s.selectPart(workshop.PartScaleBar)
	before := s.part(workshop.PartScaleBar).At
	from := middle(bar)
	s.drag(from, artwork.Point{X: 50.4, Y: 31}) // the middle of the piece is at 50
	s.wait("it is moved", func() bool { return s.part(workshop.PartScaleBar).At != before })
	s.settle()
	if got := middle(s.selectPart(workshop.PartScaleBar)); math.Abs(got.X-50) > 0.01 {
		t.Errorf("its middle is at %v", got)
	}
	s.save("sheet-part.png")
	s.stage.Undo()
	s.wait("one step takes it back", func() bool { return s.part(workshop.PartScaleBar).At == before })
	s.sheet.key(fyne.KeyRight)
	s.wait("a key nudges it", func() bool { return s.part(workshop.PartScaleBar).At == artwork.Point{X: before.X + 0.1, Y: before.Y} })
}

func TestWithShiftAPartGoesWhereThePointerGoes(t *testing.T) {
	s := newScene(t)
	from := middle(s.selectPart(workshop.PartScaleBar))
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: fyne.KeyModifierShift}
	e.Position = s.at(from)
	s.sheet.MouseDown(e)
	d := &fyne.DragEvent{}
	d.Position = s.at(artwork.Point{X: 50.4, Y: 31})
	s.sheet.Dragged(d)
	if by, x, y := s.sheet.dragged(); x != nil || y != nil || math.Abs(from.X+by.X-50.4) > 0.05 {
		t.Errorf("it is dragged by %v to %v and %v", by, x, y)
	}
	s.sheet.gesture.shift = false
	if by, x, _ := s.sheet.dragged(); x == nil || math.Abs(from.X+by.X-50) > 0.01 {
		t.Errorf("without Shift by %v to %v", by, x)
	}
	s.sheet.overlay.place()
	s.save("sheet-guides.png")
}
