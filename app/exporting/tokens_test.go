package exporting

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stagetest"
)

// Up to 20 credits are discs; more are a bar, as long as the share that is spent.
func TestMoreCreditsThanCanBeCountedAreABar(t *testing.T) {
	for _, c := range []struct {
		tally
		discs int
		bar   float32 // its length; 0: none shows
		track bool
	}{
		{tally{spent: 5, all: 20}, 20, 0, false},
		{tally{spent: 5, all: 25}, 0, 60, true},
		{tally{spent: 250, all: 250}, 0, 300, true},
		{tally{spent: 1, all: 5000}, 0, 6, true}, // still to be seen
		{tally{all: 25}, 0, 0, true},
	} {
		made := newTokens()
		stagetest.Window(t, look.Light, fyne.NewSize(400, 100), func(fyne.Window) fyne.CanvasObject { return made })
		made.Resize(fyne.NewSize(300, token))
		made.set(c.tally)
		objects := test.WidgetRenderer(made).Objects()
		track, bar := objects[0], objects[1]
		if track.Visible() != c.track || bar.Visible() != (c.bar > 0) || c.bar > 0 && bar.Size().Width != c.bar {
			t.Errorf("%+v: track %t, bar %t of %v, want %t and %v", c.tally, track.Visible(), bar.Visible(), bar.Size(), c.track, c.bar)
		}
		discs := 0
		for _, o := range objects[2:] {
			if r, ok := o.(*canvas.Rectangle); ok && r.Visible() && r.TopRightCornerRadius+r.CornerRadius > 0 {
				discs++
			}
		}
		if discs != c.discs {
			t.Errorf("%+v: %d discs, want %d", c.tally, discs, c.discs)
		}
	}
}
