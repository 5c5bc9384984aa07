package parts_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/mapwright/mapwright/app/parts"
)

func TestTapsOnACardDoNotReachTheSheet(t *testing.T) {
	sheet, tool := 0, 0
	below := parts.NewRow(parts.NewText(""), func() { sheet++ })
	card := parts.NewCard(parts.NewIconButton("pan", nil, func() { tool++ }), 8)
	w := show(t, func() fyne.CanvasObject {
		card.Resize(card.MinSize())
		return container.NewStack(below, container.NewWithoutLayout(card))
	})
	at := func(x, y float32) { test.TapCanvas(w.Canvas(), fyne.NewPos(x, y)) }
	at(3, 3)   // the card's edge
	at(26, 26) // the tool on it
	if sheet != 0 || tool != 1 {
		t.Errorf("the sheet heard %d taps, the tool %d", sheet, tool)
	}
	at(200, 200)
	if sheet != 1 {
		t.Error("a tap beside the card did not reach the sheet")
	}
}

func TestANoticeDoesWhatItOffers(t *testing.T) {
	var did []string
	act := func(what string) parts.Action {
		return parts.Action{Label: what, Do: func() { did = append(did, what) }}
	}
	n := parts.Notice{Icon: "plugin", Title: "DXF of buildings was not made", Text: "The plugin stopped at 41 %. No credit was spent.", Actions: []parts.Action{act("Try again"), act("What it said")}}
	show(t, func() fyne.CanvasObject { return n.Card() })
	for _, o := range test.LaidOutObjects(n.Card()) {
		if b, ok := o.(*parts.Button); ok {
			test.Tap(b)
		}
	}
	if len(did) != 2 || did[0] != "Try again" || did[1] != "What it said" {
		t.Errorf("the buttons did %v", did)
	}
}
