package parts_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/mapwright/mapwright/app/parts"
)

func TestTapSpaceAndEnterDoTheSame(t *testing.T) {
	n := 0
	tapped := func() { n++ }
	b, i := parts.NewButton(parts.Primary, "Export", tapped), parts.NewIconButton("export", nil, tapped)
	r := parts.NewRow(parts.NewText("roads"), tapped)
	show(t, func() fyne.CanvasObject { return container.NewVBox(b, i, r) })
	for _, w := range []interface {
		fyne.Tappable
		fyne.Focusable
		fyne.Disableable
	}{b, i, r} {
		n = 0
		test.Tap(w)
		w.TypedKey(key(fyne.KeySpace))
		w.TypedKey(key(fyne.KeyReturn))
		if n != 3 {
			t.Errorf("%T heard %d of 3", w, n)
		}
		w.Disable()
		test.Tap(w)
		w.TypedKey(key(fyne.KeySpace))
		if n != 3 {
			t.Errorf("%T does something while it is disabled", w)
		}
	}
}

func TestATapLeavesTheKeyboardWhereItIs(t *testing.T) {
	entry := parts.NewSelect([]string{"a"}, nil)
	tool := parts.NewIconButton("pan", nil, nil)
	w := show(t, func() fyne.CanvasObject { return container.NewVBox(entry, tool) })
	test.Tap(tool)
	if w.Canvas().Focused() == fyne.Focusable(tool) {
		t.Error("the tool took the canvas's keys")
	}
}

func TestSegmentsAreChosenByPointerAndArrows(t *testing.T) {
	var got []int
	s := parts.NewSegmented([]parts.Segment{{"map-view", "Map"}, {"laser-view", "Laser"}, {"", "Wire"}}, func(i int) { got = append(got, i) })
	w := show(t, func() fyne.CanvasObject { return container.NewVBox(container.NewHBox(s)) })
	test.TapCanvas(w.Canvas(), fyne.NewPos(s.Size().Width-20, 18))
	s.TypedKey(key(fyne.KeyRight)) // already the last
	s.TypedKey(key(fyne.KeyLeft))
	s.Reflect(0)
	test.TapCanvas(w.Canvas(), fyne.NewPos(20, 18)) // already chosen
	if want := []int{2, 1}; !slices.Equal(got, want) || s.Selected() != 0 {
		t.Errorf("told %v, want %v; %d is selected", got, want, s.Selected())
	}
}

func TestWhatIsDisabledCannotBeChosen(t *testing.T) {
	var got []int
	g := parts.NewCardGrid(2, 56, []parts.Choice{{Label: "Rectangle"}, {Label: "Heart", Disabled: true}, {Label: "Circle"}, {Label: "Ellipse"}}, func(i int) { got = append(got, i) })
	w := show(t, func() fyne.CanvasObject { return container.NewVBox(g) })
	at := func(x, y float32) { test.TapCanvas(w.Canvas(), fyne.NewPos(x, y)) }
	at(30, 20)
	at(300, 20) // disabled
	g.TypedKey(key(fyne.KeyRight))
	g.TypedKey(key(fyne.KeyDown)) // below Circle is nothing
	at(300, 90)
	g.TypedKey(key(fyne.KeyUp)) // above Ellipse is only what is disabled
	if want := []int{0, 2, 3}; !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
}

func TestAWordIsChosenFromTheMenu(t *testing.T) {
	var got []int
	s := parts.NewSelect([]string{"LightBurn", "xTool", "Glowforge"}, func(i int) { got = append(got, i) })
	w := show(t, func() fyne.CanvasObject { return container.NewVBox(s) })
	test.Tap(s)
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("no menu opened")
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(40, s.Size().Height+40)) // the second word
	if w.Canvas().Overlays().Top() != nil {
		t.Error("the menu stayed open")
	}
	s.TypedKey(key(fyne.KeyDown))
	s.TypedKey(key(fyne.KeyDown))
	if want := []int{1, 2}; !slices.Equal(got, want) {
		t.Errorf("told %v, want %v", got, want)
	}
}

func TestARowOffersItsMenuAndPassesKeysOn(t *testing.T) {
	var keys []fyne.KeyName
	var at fyne.Position
	r := parts.NewRow(parts.NewText("roads"), nil)
	r.OnKey = func(e *fyne.KeyEvent) { keys = append(keys, e.Name) }
	r.OnSecondary = func(e *fyne.PointEvent) { at = e.Position }
	show(t, func() fyne.CanvasObject { return container.NewVBox(r) })
	if h := r.Size().Height; h != 44 {
		t.Errorf("a row is %v px high", h)
	}
	r.TypedKey(key(fyne.KeyDown))
	test.TapSecondaryAt(r, fyne.NewPos(9, 9))
	if !slices.Equal(keys, []fyne.KeyName{fyne.KeyDown}) || at != fyne.NewPos(9, 9) {
		t.Errorf("heard %v and a menu at %v", keys, at)
	}
}

func TestAWidgetInARowHearsItsOwnTap(t *testing.T) {
	row, eye := 0, 0
	b := parts.NewSmallIconButton("eye", nil, func() { eye++ })
	r := parts.NewRow(container.NewHBox(container.NewCenter(b), parts.NewText("roads")), func() { row++ })
	w := show(t, func() fyne.CanvasObject { return container.NewVBox(r) })
	test.TapCanvas(w.Canvas(), fyne.NewPos(14, 22))
	test.TapCanvas(w.Canvas(), fyne.NewPos(200, 22))
	if row != 1 || eye != 1 {
		t.Errorf("the row heard %d taps and the eye %d", row, eye)
	}
}
