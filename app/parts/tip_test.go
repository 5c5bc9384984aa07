package parts_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/parts"
)

const soon = 10 * time.Second

// tipped gives a button with a tip in a window, and who shows the tip.
func tipped(t *testing.T, l *loop.Loop, delay time.Duration) (*parts.IconButton, *parts.Tips, fyne.Window) {
	t.Helper()
	tips := parts.NewTips(l)
	parts.Delay(tips, delay)
	b := parts.NewIconButton("export", &parts.Tip{Tips: tips, Name: "Export", Shortcut: "Ctrl E"}, nil)
	w := show(t, func() fyne.CanvasObject { return tips.Over(container.NewVBox(container.NewHBox(b))) })
	return b, tips, w
}

func TestRestingOnAButtonTellsItsName(t *testing.T) {
	l, hand := loop.Manual()
	defer l.Close()
	b, tips, w := tipped(t, l, time.Millisecond)
	b.MouseIn(&desktop.MouseEvent{})
	if !hand.Until(soon, func() bool { return tips.Shown() == "Export" }) {
		t.Fatal("no tip came")
	}
	matches(t, "tip", w.Canvas().Capture())
	b.MouseOut()
	if tips.Shown() != "" {
		t.Error("the tip stayed after the pointer left")
	}
	w.Canvas().Focus(b)
	if !hand.Until(soon, func() bool { return tips.Shown() == "Export" }) {
		t.Error("no tip came for the keyboard")
	}
}

func TestPassingOverAButtonShowsNothing(t *testing.T) {
	l, hand := loop.Manual()
	b, tips, _ := tipped(t, l, 0)
	b.MouseIn(&desktop.MouseEvent{})
	time.Sleep(20 * time.Millisecond) // the tip is on its way to the UI thread
	b.MouseOut()
	hand.Run()
	if tips.Shown() != "" {
		t.Error("a tip came after the pointer had left")
	}
	l.Close()
}

func TestClosingTheWindowEndsAWaitingTip(t *testing.T) {
	l, hand := loop.Manual()
	b, tips, _ := tipped(t, l, time.Hour)
	b.MouseIn(&desktop.MouseEvent{})
	l.Close() // would hang if the tip kept waiting
	hand.Run()
	if tips.Shown() != "" {
		t.Error("a tip came after the window was closed")
	}
}

func TestOneTipShowsAtATime(t *testing.T) {
	l, hand := loop.Manual()
	defer l.Close()
	tips := parts.NewTips(l)
	parts.Delay(tips, time.Millisecond)
	first := parts.NewIconButton("undo", &parts.Tip{Tips: tips, Name: "Undo"}, nil)
	second := parts.NewIconButton("redo", &parts.Tip{Tips: tips, Name: "Redo"}, nil)
	show(t, func() fyne.CanvasObject { return tips.Over(container.NewHBox(first, second)) })
	first.MouseIn(&desktop.MouseEvent{})
	hand.Until(soon, func() bool { return tips.Shown() == "Undo" })
	second.MouseIn(&desktop.MouseEvent{})
	if !hand.Until(soon, func() bool { return tips.Shown() == "Redo" }) {
		t.Errorf("%q shows, not the tip of the second button", tips.Shown())
	}
}
