package app

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
)

// What a notice offers is for the map that it came from.
func TestNoticesThatOfferSomethingGoWithTheirMap(t *testing.T) {
	h := withMap(t)
	for _, n := range []stage.Notice{
		{Kind: stage.KindDone, Title: "Layer deleted", Actions: []stage.Action{{Label: "Undo", Do: func() {}}}},
		{Kind: stage.KindError, Title: "The layer was not moved"},
	} {
		h.bench.stage.Notify(n)
	}
	h.notices.show(stage.Notice{Kind: stage.KindWarning, Title: "Offline", Actions: []stage.Action{{Label: "Sync", Do: func() {}}}})
	h.closeMap()
	if h.reads("Layer deleted") {
		t.Error("Undo is offered for a map that is closed")
	}
	h.wantText("The layer was not moved", "Offline")
}

func TestTheColumnsStayFromMapToMap(t *testing.T) {
	h := withMap(t)
	h.win.Resize(fyne.NewSize(1400, 800))
	h.bench.columns.edges[0].Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(40, 0)})
	left := h.bench.columns.leftWidth
	h.closeMap()
	h.Open(newMap(t, h.shop, "second"))
	h.settled()
	if got := h.bench.columns.leftWidth; got != left {
		t.Errorf("the list of layers was %g wide, and is %g on the next map", left, got)
	}
	h.closeMap()
	h.close()
	<-h.ended
	if s, err := h.shop.Settings(t.Context()); err != nil || s.Panels["left"] != float64(left) {
		t.Errorf("kept are %v, %v", s.Panels, err)
	}
}

// A dialog that lies over a map must not be left over another one.
func TestAMapDroppedUnderADialogIsNotOpened(t *testing.T) {
	h := withMap(t)
	was := h.bench
	h.bench.export()
	h.Drop(newMap(t, h.shop, "second"))
	if h.opening != "" || h.bench != was || !h.bench.exports.Shown() {
		t.Error("the map under the dialog was changed")
	}
	h.bench.exports.Close()
	h.Drop(munich)
	h.until("the question", func() bool { return h.reads("Add munich-centre-2020.osm.pbf") })
}

func TestTheRecentMapsKnowAMapAsItWasLeft(t *testing.T) {
	h := withMap(t)
	first := h.bench.desk.Path()
	h.bench.stage.Edit("", carto.SetTitle{Title: "Old town"})
	boards := h.bench.stage.Map().Boards
	boards.Width = 310
	h.bench.stage.Edit("", carto.SetBoards{Boards: boards})
	h.until("both edits", func() bool { return h.bench.stage.Map().Boards.Width == 310 })
	h.Open(newMap(t, h.shop, "second"))
	h.until("the other map", func() bool { return h.onBench() && h.bench.desk.Path() != first })
	h.until("one file", func() bool { return onlyFile(t, first) })
	h.closeMap()
	h.until("the title that the map was given", func() bool { return h.reads("Old town") && h.reads("310 × 260 mm") })
	s, err := h.shop.Settings(t.Context())
	if err != nil || len(s.Recent) != 2 || s.Recent[1].Path != first {
		t.Errorf("the map that was opened last is not the first: %+v, %v", s.Recent, err)
	}
}
