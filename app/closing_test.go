package app

import (
	"context"
	"math"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stage"
)

const working = "Work is going on"

// work begins a job that goes on until it is stopped.
func (h *house) work() (ended chan struct{}) {
	ended = make(chan struct{})
	h.bench.stage.Begin("Adding a country", nil)
	h.bench.loop.Go(func(ctx context.Context) { <-ctx.Done(); close(ended) })
	return ended
}

func TestClosingAsksBeforeItStopsWork(t *testing.T) {
	h := withMap(t)
	ended := h.work()
	h.wantText("Adding a country  0 %")
	h.close()
	h.close() // an impatient second time
	h.wantText(working)
	h.press("Go on working")
	if h.reads(working) || h.quitting || !h.onBench() {
		t.Fatal("the window does not go on")
	}
	h.close()
	h.press("Stop and close")
	<-h.ended
	select {
	case <-ended:
	default:
		t.Error("the work goes on after the window is closed")
	}
	if !onlyFile(t, h.shopPath()) {
		t.Error("the map was not put away")
	}
}

// shopPath is the map that was opened last.
func (h *house) shopPath() string {
	h.t.Helper()
	s, err := h.shop.Settings(h.t.Context())
	if err != nil || len(s.Recent) == 0 {
		h.t.Fatalf("no map was opened: %v", err)
	}
	return s.Recent[0].Path
}

func TestAnotherMapAsksBeforeItStopsWork(t *testing.T) {
	h := withMap(t)
	h.work()
	was, other := h.bench, newMap(t, h.shop, "second")
	h.Open(other)
	h.wantText(working)
	h.press("Go on working")
	h.closeMap()
	h.wantText(working)
	h.press("Go on working")
	if h.bench != was {
		t.Fatal("the map was closed although somebody said no")
	}
	h.Open(other)
	h.press("Stop and close")
	h.until("the other map", func() bool { return h.onBench() && h.bench != was })
}

func TestClosingWhileAMapIsOpenedLosesNothing(t *testing.T) {
	shop := newShop(t)
	h := newHouse(t, shop, look.Light)
	path := newMap(t, shop, "munich")
	h.Open(path)
	h.close()
	<-h.ended
	desk, err := shop.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatalf("the map is still held: %v", err)
	}
	if err := desk.Close(); err != nil {
		t.Error(err)
	}
}

func TestClosingWhileTheBenchIsPutUpLosesNothing(t *testing.T) {
	h := newHouse(t, newShop(t), look.Light)
	path := newMap(t, h.shop, "munich")
	desk, err := h.shop.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	h.arrived(desk, nil)
	panels[0].put(h.making)
	h.close()
	<-h.ended
	if !onlyFile(t, path) {
		t.Error("the map was not put away")
	}
}

func TestSizesAreKeptUntilTheNextTime(t *testing.T) {
	h := withMap(t)
	h.win.Resize(fyne.NewSize(1400, 800))
	c := h.bench.columns
	c.edges[0].Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(40, 0)})
	c.edges[1].Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-30, 0)})
	left, right, path := c.leftWidth, c.rightWidth, h.bench.desk.Path()
	if left != 264+40 || right != 312+30 {
		t.Fatalf("the columns are %g and %g wide", left, right)
	}
	h.close()
	<-h.ended
	next := newHouse(t, h.shop, look.Light)
	if got := next.win.Canvas().Size(); got != fyne.NewSize(1400, 800) {
		t.Errorf("the window opens with %v", got)
	}
	next.Open(path)
	next.settled()
	c = next.bench.columns
	if c.leftWidth != left || c.rightWidth != right {
		t.Errorf("the columns open with %g and %g, not %g and %g", c.leftWidth, c.rightWidth, left, right)
	}
	if got := next.bench.layers.Size().Width; math.Abs(float64(got-left)) > 1 {
		t.Errorf("the list of layers is %g wide", got)
	}
}

func TestNoticesGoByThemselvesUnlessSomethingIsToBeDone(t *testing.T) {
	h := newHouse(t, newShop(t), look.Light)
	h.notices.stays = 20 * time.Millisecond
	h.notices.show(stage.Notice{Kind: stage.KindDone, Title: "Exported", Text: "Two files."})
	h.notices.show(stage.Notice{Kind: stage.KindError, Title: "The disk is full", Text: "Make room."})
	done := false
	h.notices.show(stage.Notice{Kind: stage.KindDone, Title: "Added", Text: "Ten layers.", Actions: []stage.Action{{Label: "Undo", Do: func() { done = true }}}})
	h.wantText("Exported", "The disk is full", "Added")
	h.until("the first one goes", func() bool { return !h.reads("Exported") })
	h.wantText("The disk is full", "Added")
	h.press("Undo")
	if !done || h.reads("Added") {
		t.Errorf("what it offers is done: %v, and it is still there: %v", done, h.reads("Added"))
	}
	for _, title := range []string{"One", "Two", "Three"} {
		h.notices.show(stage.Notice{Kind: stage.KindWarning, Title: title})
	}
	if h.reads("The disk is full") || !h.reads("One") {
		t.Errorf("more than three are shown, or the wrong ones: %q", h.texts())
	}
}

// A window that is gone must not leave a program behind, whatever Fyne does.
func TestProgramExitsOnceAllIsPutAway(t *testing.T) {
	t.Parallel()
	ended, code := make(chan struct{}), make(chan int, 1)
	go exitOnceEnded(ended, func(c int) { code <- c })
	select {
	case <-code:
		t.Fatal("it exits before all is put away")
	case <-time.After(farewell + time.Second/2):
	}
	close(ended)
	if c := <-code; c != 0 {
		t.Errorf("it exits with %d", c)
	}
}
