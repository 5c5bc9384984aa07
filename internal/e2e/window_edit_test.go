package e2e

import (
	"image/color"
	"slices"
	"strconv"
	"testing"
	"time"
)

// TestDrawMoveAndUndoInTheWindow: what is drawn by hand is where the hand put
// it, and can be taken back.
func TestDrawMoveAndUndoInTheWindow(t *testing.T) {
	t.Parallel()
	shop := newShop(t)
	m := shop.hamlet()
	s := light(t, shop, "Points *", m)
	s.layer("ponds")
	s.click("ponds")
	s.beside(s.layer("ponds"), "Line · 1")
	s.click("Draw an area")
	s.see("Click each corner*")
	for _, at := range [][2]float64{{560, 380}, {660, 380}, {660, 460}, {560, 460}} {
		s.clickAt(at[0], at[1])
		time.Sleep(500 * time.Millisecond) // or it would be a double click
	}
	s.shot("1-drawing")
	s.keys("Return")
	s.beside(s.layer("ponds"), "Line · 2")
	s.shot("2-drawn")
	s.click("Select and move")
	s.gone("Click each corner*")
	s.until("the shape is outlined where it was drawn", func() bool { return s.edge(560, 420) })
	s.drag(610, 420, 650, 400)
	s.until("the shape moves", func() bool { return s.edge(600, 400) && !s.edge(560, 420) })
	s.shot("3-moved")
	s.click("Undo")
	s.until("the shape is where it was", func() bool { return s.edge(560, 420) && !s.edge(600, 400) })
	s.click("Undo")
	s.beside(s.layer("ponds"), "Line · 1")
	s.click("Redo")
	s.beside(s.layer("ponds"), "Line · 2")
	s.close()
	s.quiet()
	i := slices.IndexFunc(shop.layers(m), func(l layerJSON) bool { return l.Name == "ponds" })
	if l := shop.layers(m)[i]; l.Features != 2 {
		t.Errorf("the map has %+v", l)
	}
}

// edge tells whether a place of the sheet shows the outline of what is selected.
func (s *screen) edge(x, y float64) bool {
	s.t.Helper()
	return s.has(shown{X: x, Y: y, Width: 9, Height: 9}, 0, color.RGBA{0x0B, 0x64, 0x57, 0xFF})
}

// TestReorderHideAndRenameInTheWindow: layers are arranged by hand, and the map
// keeps it.
func TestReorderHideAndRenameInTheWindow(t *testing.T) {
	t.Parallel()
	shop := newShop(t)
	m := shop.hamlet()
	s := light(t, shop, "Points *", m)
	s.order("mixed", "ponds", "lanes", "trees")
	from, to := s.layer("trees"), s.layer("ponds")
	s.drag(from.X, from.Y, to.X, to.Y-14)
	s.order("mixed", "trees", "ponds", "lanes")
	s.shot("1-reordered")

	points := s.see("Points *").Text
	eye := s.beside(s.layer("ponds"), "Show or hide")
	s.clickAt(eye.X, eye.Y)
	s.until("the ponds are off the board", func() bool { return s.see("Points *").Text != points })
	s.shot("2-hidden")

	at := s.layer("lanes")
	s.doubleClickAt(at.X, at.Y)
	s.gone("Line · 2") // the field stands in the place of name and figures
	s.write("streets")
	s.keys("Return")
	s.layer("streets")
	s.shot("3-renamed")
	s.close()
	s.quiet()
	var names []string
	for _, l := range shop.layers(m) {
		names = append(names, l.Name)
		if l.Name == "ponds" && l.Visible {
			t.Error("the ponds are still visible")
		}
	}
	if want := []string{"mixed", "trees", "ponds", "streets"}; !slices.Equal(names, want) {
		t.Errorf("the map has %v, want %v", names, want)
	}
}

// TestASecondWindowIsToldWhoWrites: two windows must not write over each
// other's work.
func TestASecondWindowIsToldWhoWrites(t *testing.T) {
	t.Parallel()
	shop := newShop(t)
	m := shop.hamlet()
	first := light(t, shop, "Points *", m)
	second := newScreen(t, 1280, 720)
	second.open(shop, "The map was not opened", m)
	second.reads("is open for changes in mapwright")
	second.reads(strconv.Itoa(first.app.Process.Pid))
	second.shot("1-told")
	first.click("ponds") // the first goes on
	first.close()
	second.click("hamlet")
	second.layer("ponds")
	second.shot("2-opened")
	second.close()
	first.quiet()
	second.quiet()
}
