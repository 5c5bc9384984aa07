package layerlist

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

// What is done before an edit has come back from the disk: each change is made
// to the map as the one before it left it.
func TestChangesInQuickSuccessionLoseNone(t *testing.T) {
	s, p, _ := three(t)
	s.Settled()
	p.board.width.OnCommitted(400)
	p.board.height.OnCommitted(200)
	p.board.margin.OnCommitted(5)
	s.Until("all three figures of the board", func() bool {
		b := s.Stage.Map().Boards
		return b.Height == 200 && b.Margin == 5 && b.Width == 400
	})
	s.Stage.Select("g")
	p.MoveUp()
	p.MoveUp()
	p.MoveUp() // it is the top by then
	wantOrder(t, s, p, "green", "roads", "water")
	test.Tap(p.list.rows[0].eye)
	test.Tap(p.list.rows[0].eye)
	p.board.count.OnCommitted(2) // after both
	s.Until("the last one", func() bool { return s.Stage.Map().Boards.Count == 2 })
	if l, _ := s.Stage.Layer("g"); !l.Visible {
		t.Error("two clicks on the eye hid the layer")
	}
	if len(s.Notices) > 0 {
		t.Errorf("%+v", s.Notices)
	}
}
