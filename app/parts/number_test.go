package parts_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/mapwright/mapwright/app/parts"
)

// heard is what a field told.
type heard struct{ changing, committed []float64 }

func field(t *testing.T, n parts.Number, value float64) (*parts.NumberField, *heard) {
	t.Helper()
	h := &heard{}
	var f *parts.NumberField
	show(t, func() fyne.CanvasObject {
		f = parts.NewNumberField(n, value, func(v float64) { h.committed = append(h.committed, v) })
		f.OnChanging = func(v float64) { h.changing = append(h.changing, v) }
		return f
	})
	return f, h
}

var kerf = parts.Number{Label: "Kerf", Unit: "mm", Max: 2, Step: 0.05}

func TestATypedNumberIsTakenWithPointCommaOrUnit(t *testing.T) {
	for _, c := range []struct {
		text string
		want float64
	}{{"0.15", 0.15}, {"0,15", 0.15}, {" .15mm ", 0.15}, {"0.15 mm", 0.15}, {"2", 2}, {"0.085", 0.085}} {
		f, h := field(t, kerf, 1)
		parts.EntryOf(f).SetText(c.text)
		if len(h.committed) != 0 {
			t.Fatalf("%q was committed before Enter", c.text)
		}
		parts.KeysOf(f).TypedKey(key(fyne.KeyReturn))
		if !slices.Equal(h.committed, []float64{c.want}) || f.Value() != c.want {
			t.Errorf("%q gave %v, want %v", c.text, h.committed, c.want)
		}
	}
}

func TestWhatIsNoNumberIsMarkedAndNeverTaken(t *testing.T) {
	for _, text := range []string{"", "wide", "-0.1", "2.01", "NaN", "Inf", "1e9", "0.1.2"} {
		f, h := field(t, kerf, 1)
		parts.EntryOf(f).SetText(text)
		if !f.Bad() {
			t.Errorf("%q is not marked", text)
		}
		parts.KeysOf(f).TypedKey(key(fyne.KeyReturn))
		parts.LeaveEntry(f)
		if len(h.committed) != 0 || f.Value() != 1 {
			t.Errorf("%q was taken as %v", text, h.committed)
		}
		parts.KeysOf(f).TypedKey(key(fyne.KeyEscape))
		if f.Bad() || parts.EntryOf(f).Text != "1.00" {
			t.Errorf("Escape left %q", parts.EntryOf(f).Text)
		}
	}
}

func TestLeavingAFieldTakesItsNumberOnce(t *testing.T) {
	f, h := field(t, kerf, 1)
	parts.EntryOf(f).SetText("0.5")
	parts.LeaveEntry(f)
	parts.LeaveEntry(f)
	if !slices.Equal(h.committed, []float64{0.5}) {
		t.Errorf("committed %v, want 0.5 once", h.committed)
	}
}

func TestPassingThroughAFieldChangesNothing(t *testing.T) {
	f, h := field(t, kerf, 0.123456)
	parts.LeaveEntry(f)
	if len(h.committed) != 0 || f.Value() != 0.123456 {
		t.Errorf("a number that was only shown became %v", f.Value())
	}
}

func TestDraggingShowsEachStepAndTakesTheLast(t *testing.T) {
	f, h := field(t, kerf, 0)
	s := parts.SliderOf(f)
	right := s.Size().Width - 7
	for _, x := range []float32{right / 2, right, right + 500} {
		s.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 10)}})
	}
	if len(h.committed) != 0 {
		t.Error("a number was committed while the slider was dragged")
	}
	if n := len(h.changing); n < 2 || h.changing[n-1] != 2 {
		t.Errorf("dragging told %v, want steps up to 2", h.changing)
	}
	s.DragEnd()
	if !slices.Equal(h.committed, []float64{2}) || parts.EntryOf(f).Text != "2.00" {
		t.Errorf("committed %v, shows %q", h.committed, parts.EntryOf(f).Text)
	}
}

func TestStepsAreRoundNumbers(t *testing.T) {
	f, h := field(t, parts.Number{Label: "Width", Max: 1, Step: 0.1}, 0.2)
	test.Tap(parts.SliderOf(f)) // the left end
	for range 3 {
		parts.SliderOf(f).TypedKey(key(fyne.KeyRight))
	}
	parts.KeysOf(f).TypedKey(key(fyne.KeyUp))
	if want := []float64{0, 0.1, 0.2, 0.3, 0.4}; !slices.Equal(h.committed, want) {
		t.Errorf("committed %v, want %v", h.committed, want)
	}
}

func TestADisabledFieldKeepsItsNumber(t *testing.T) {
	f, h := field(t, kerf, 1)
	f.Disable()
	test.Tap(parts.SliderOf(f))
	parts.SliderOf(f).TypedKey(key(fyne.KeyRight))
	parts.KeysOf(f).TypedKey(key(fyne.KeyUp))
	if len(h.committed) != 0 {
		t.Errorf("a disabled field took %v", h.committed)
	}
}
