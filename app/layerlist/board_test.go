package layerlist

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/carto"
)

func TestTheBoardIsChangedAndTakenBack(t *testing.T) {
	s, p, _ := three(t)
	b := p.board
	b.width.OnCommitted(400)
	s.Until("a wider board", func() bool { return s.Stage.Map().Boards.Width == 400 })
	b.frame.Select(1)
	s.Until("a round frame", func() bool { return s.Stage.Map().Boards.Frame.Shape == carto.FrameCircle })
	b.scale.OnCommitted(8000)
	s.Until("another scale", func() bool { return s.Stage.Map().View.Scale == 8000 })
	if b.fold.text.Text != "1 : 8,000" {
		t.Errorf("the head says %q", b.fold.text.Text)
	}
	s.Stage.Undo()
	s.Stage.Undo()
	s.Stage.Undo()
	s.Until("the board as it was", func() bool { return b.width.Value() == 300 && b.scale.Value() == 6000 && b.frame.Selected() == 0 })
}

func TestWhatABoardCantBeIsSaidAndTheFieldShowsTheTruth(t *testing.T) {
	s, p, _ := three(t)
	p.board.margin.SetValue(200)
	p.board.margin.OnCommitted(200)
	s.Until("a word about the margin", func() bool { return len(s.Notices) == 1 })
	if got := p.board.margin.Value(); got != 10 {
		t.Errorf("the field says %g mm, the map has 10 mm", got)
	}
}

func TestTurningTheMapIsDrawnWhileTheSliderMoves(t *testing.T) {
	s, p, _ := three(t)
	s.Settled()
	undo := s.Stage.CanUndo()
	slider, ok := stagetest.Find(p.board.rotation, func(*parts.Slider) bool { return true })
	if !ok {
		t.Fatal("there is no slider")
	}
	slider.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(slider.Size().Width, 10)}})
	s.Until("the map turned", func() bool { return s.Stage.Drawn().Map.View.Rotation == 180 })
	if s.Stage.Map().View.Rotation != 0 || s.Stage.CanUndo() != undo {
		t.Error("the map was changed before the slider was let go")
	}
	slider.DragEnd()
	s.Until("the map turned for good", func() bool { return s.Stage.Map().View.Rotation == 180 })
	s.Settled()
	s.Stage.Undo()
	s.Until("the drawing turned back", func() bool { return !s.Stage.Stale() && s.Stage.Drawn().Map.View.Rotation == 0 })
}

func TestOneOfSeveralBoardsIsShown(t *testing.T) {
	s, p, _ := three(t)
	if p.board.turn.Visible() {
		t.Error("one board can't be turned to another")
	}
	p.board.count.OnCommitted(3)
	s.Until("three boards", func() bool { return s.Stage.Map().Boards.Count == 3 })
	if p.board.number.Text != "Board 1 of 3" || !p.board.previous.Disabled() {
		t.Errorf("%q", p.board.number.Text)
	}
	test.Tap(p.board.next)
	if s.Stage.Board() != 2 || p.board.number.Text != "Board 2 of 3" {
		t.Errorf("board %d, %q", s.Stage.Board(), p.board.number.Text)
	}
	item(t, p.layerMenu(s.Stage.Map().Layers[0]), "Board 3").Action()
	s.Until("green on board 3", func() bool { return p.list.rows[2].text.Text == "Line · 1 · board 3" })
}

func TestTheBoardFoldsAwayInALowWindow(t *testing.T) {
	_, p, w := three(t)
	if !p.board.fold.open {
		t.Error("there is room, and the board is folded away")
	}
	w.Resize(fyne.NewSize(272, 632))
	if p.board.fold.open {
		t.Error("the board takes the room of the layers")
	}
	test.Tap(p.board.fold.chevron)
	w.Resize(fyne.NewSize(272, 640))
	if !p.board.fold.open {
		t.Error("what the person opened was folded away")
	}
}

// TestPictures draws the column as the window shows it, for people to look at:
// MAPWRIGHT_PICTURES=/tmp go test -run Pictures
func TestPictures(t *testing.T) {
	s := stagetest.Munich(t, "../../assets/sample/munich-centre-2020.osm.pbf")
	s.Stage.Select(s.Stage.Map().Layers[2].ID)
	locked, hidden := true, false
	s.Stage.Edit("", carto.SetLayer{Layer: s.Stage.Map().Layers[0].ID, Locked: &locked})
	s.Stage.Edit("", carto.SetLayer{Layer: s.Stage.Map().Layers[1].ID, Visible: &hidden})
	s.Settled()
	for _, c := range []struct {
		name string
		mode look.Mode
		size fyne.Size
	}{
		{"layers-light", look.Light, fyne.NewSize(272, 812)},
		{"layers-dark", look.Dark, fyne.NewSize(272, 812)},
		{"layers-small", look.Light, fyne.NewSize(248, 632)},
	} {
		p, w := panelOf(t, s, c.mode, c.size)
		if got := p.MinSize(); got.Width > c.size.Width {
			t.Errorf("%s asks for %g px of width", c.name, got.Width)
		}
		stagetest.Save(t, c.name, w.Canvas().Capture())
	}
}
