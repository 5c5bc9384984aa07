package inspector

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/workshop"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const sample = "../../assets/sample/munich-centre-2020.osm.pbf"

// inspectorOf shows the inspector of a scene; shown collects the findings whose
// places it asked for.
func inspectorOf(t *testing.T, s *stagetest.Scene, mode look.Mode, size fyne.Size) (i *Inspector, w fyne.Window, shown *[]workshop.Finding) {
	t.Helper()
	shown = &[]workshop.Finding{}
	w = stagetest.Window(t, mode, size, func(w fyne.Window) fyne.CanvasObject {
		i = New(w, s.Stage, Options{Show: func(f workshop.Finding) { *shown = append(*shown, f) }})
		return i
	})
	return i, w, shown
}

// TestPictures draws the column as the window shows it, for people to look at:
// MAPWRIGHT_PICTURES=/tmp go test -run Pictures
func TestPictures(t *testing.T) {
	s := stagetest.Munich(t, sample)
	m := s.Stage.Map()
	roads, err := m.FindLayer("roads-major")
	if err != nil {
		t.Fatal(err)
	}
	buildings, err := m.FindLayer("buildings")
	if err != nil {
		t.Fatal(err)
	}
	s.Stage.SetLayer(roads.ID, map[string]string{"simplify": "0.1", "width.secondary": "1.9"})
	s.Stage.Select(roads.ID)
	s.Settled()
	size, small := fyne.NewSize(312, 812), fyne.NewSize(288, 632)
	for _, c := range []struct {
		name string
		mode look.Mode
		size fyne.Size
	}{{"light", look.Light, size}, {"dark", look.Dark, size}, {"small", look.Light, small}} {
		i, w, _ := inspectorOf(t, s, c.mode, c.size)
		s.Until("the classes", func() bool { return len(i.layer.widths.classes) > 0 })
		stagetest.Save(t, "layer-"+c.name, w.Canvas().Capture())
		s.Stage.Select(buildings.ID, 20)
		s.Until("the shape", func() bool { return i.shape.loaded })
		i.ShowShape()
		stagetest.Save(t, "shape-"+c.name, w.Canvas().Capture())
		i.NextFinding()
		stagetest.Save(t, "check-"+c.name, w.Canvas().Capture())
		s.Stage.Select(roads.ID)
	}
}
