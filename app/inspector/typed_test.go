package inspector

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/carto"
)

// typeInto puts text into a field as a person does who has not left it yet.
func typeInto(w fyne.Window, e fyne.Focusable, text string) {
	w.Canvas().Focus(e)
	e.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	for _, r := range text {
		e.TypedRune(r)
	}
}

// entryOf finds where the text of a row is typed.
func entryOf(t *testing.T, row fyne.CanvasObject) fyne.Focusable {
	t.Helper()
	found, ok := stagetest.Find(row, func(o fyne.CanvasObject) bool {
		_, slider := o.(*parts.Slider)
		_, types := o.(fyne.Shortcutable)
		return types && !slider
	})
	if !ok {
		t.Fatal("there is no field")
	}
	return found.(fyne.Focusable)
}

// A click on another layer selects it before the field loses the keyboard.
func TestANumberIsTakenForTheLayerThatItWasTypedFor(t *testing.T) {
	s, i, w := roads(t)
	s.Until("the widths", func() bool { return !i.layer.widths.root.Hidden })
	typeInto(w, entryOf(t, i.layer.row(t, "corner-radius")), "2")
	s.Stage.Select("park")
	w.Canvas().Unfocus()
	s.Until("rounder corners of the roads", func() bool {
		l, _ := s.Stage.Layer("roads")
		return l.Options["corner-radius"] == "2"
	})
	if park, _ := s.Stage.Layer("park"); park.Options["corner-radius"] != "" {
		t.Errorf("the park has got corners of %s mm that were typed for the roads", park.Options["corner-radius"])
	}
	if got := i.layer.row(t, "corner-radius").number.Value(); got != 0 {
		t.Errorf("the page of the park shows %g mm", got)
	}
}

func TestANameIsTakenForTheShapeThatItWasTypedFor(t *testing.T) {
	s, i, w := roads(t)
	shape := func(id int64) carto.Feature {
		f, err := s.Desk.Feature(t.Context(), "roads", id)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	s.Stage.Select("roads", 1)
	s.Until("the shape", func() bool { return i.shape.loaded })
	typeInto(w, entryOf(t, i.shape.fixed[0]), "Maximilianstraße")
	s.Stage.Select("roads", 2)
	w.Canvas().Unfocus()
	s.Until("the name", func() bool { return shape(1).Name == "Maximilianstraße" })
	s.Until("the other shape", func() bool { return i.shape.loaded && i.shape.feature.ID == 2 })
	if name := shape(2).Name; name != "" {
		t.Errorf("the other shape is called %q", name)
	}
	if got := i.shape.fixed[0].field.Text; got != "" {
		t.Errorf("the page of the other shape shows the name %q", got)
	}
}
