package exporting

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/carto"
)

// burnsOf waits until all lines say a time, and gives them.
func (b *bench) burnsOf(lines int) string {
	b.t.Helper()
	var all []string
	b.Until("the times", func() bool {
		all = nil
		for _, l := range b.view.side.burns.shown {
			if strings.Contains(l.text, "reckoning") {
				return false
			}
			all = append(all, l.name+": "+l.text)
		}
		return len(all) == lines
	})
	return strings.Join(all, "\n")
}

// TestEachJobSaysHowLongTheMachineTakes: what a layer burns depends on what
// burns with it, so that a maker can't add up the layers' own times.
func TestEachJobSaysHowLongTheMachineTakes(t *testing.T) {
	b := village(t, 14, Options{})
	if b.view.side.burns.object.Visible() {
		t.Error("a time is shown for nothing")
	}
	said := func(ids ...carto.LayerID) string {
		t.Helper()
		e, err := b.Desk.Time(t.Context(), ids)
		if err != nil {
			t.Fatal(err)
		}
		return words.Length(e.BurnMM) + " · " + words.Time(e.Seconds)
	}
	b.tap("roads", "svg")
	b.tap("roads", "dxf")
	if got, want := b.burnsOf(1), "Burn length and time: "+said("roads"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	b.tap("water", "svg")
	if got, want := b.burnsOf(2), "Burn of SVG: "+said("roads", "water")+"\nBurn of DXF: "+said("roads"); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	before := said("roads")
	b.Stage.SetLayer("roads", map[string]string{"strategy": "outline", "width": "9"})
	b.Until("the time of the layer that was changed", func() bool {
		shown := b.view.side.burns.shown
		return len(shown) == 2 && shown[1].text != before && shown[1].text == said("roads")
	})
	if got := b.view.side.burns.said; !strings.HasPrefix(got, "Times are for ") {
		t.Errorf("for what machine: %q", got)
	}
	b.Close()
	if b.view.side.burns.stop != nil {
		t.Error("a dialog that is closed goes on reckoning")
	}
}

// TestPicturesOfBurnTimes draws the dialog with two jobs, for people to look at.
func TestPicturesOfBurnTimes(t *testing.T) {
	for _, mode := range stagetest.Looks(look.Light, look.Dark) {
		b := open(t, newFakeShop(14), Options{}, stagetest.Munich(t, munich), mode, fyne.NewSize(1280, 720))
		b.tap("roads-major", "svg")
		b.tap("buildings", "svg")
		b.tap("water", "png")
		b.burnsOf(2)
		stagetest.Save(t, "export-burns-"+string(mode), b.win.Canvas().Capture())
	}
}
