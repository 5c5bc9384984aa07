package inspector

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/assets"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// A maker chooses a font from what the computer has, or a file of their own.
func TestTheFontIsChosenFromTheComputerOrAFile(t *testing.T) {
	s := stagetest.New(t, carto.AddLayer{At: carto.Top, Layer: carto.Layer{
		ID: "names", Name: "names", Operation: artwork.Engrave, Setting: "dark", Strategy: "label", Visible: true, Board: 1, CRS: "EPSG:4326",
	}})
	i, w, _ := inspectorOf(t, s, look.Light, size)
	c := i.layer.row(t, "font").fonts
	if got := c.field.Options(); !slices.Equal(got, []string{"Sans", "Sans semibold"}) || c.field.Selected() != 0 {
		t.Fatalf("at first there is %q, and %d chosen", got, c.field.Selected())
	}
	test.Tap(c.field)
	s.Until("the fonts of the computer", func() bool { return c.looked && w.Canvas().Overlays().Top() != nil })
	want := append([]string{"Sans", "Sans semibold"}, "Mapwright Sans")
	if got := c.field.Options(); !slices.Equal(got, want) {
		t.Errorf("the menu has %q, want %q", got, want)
	}
	menu := w.Canvas().Focused()
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn} {
		menu.TypedKey(&fyne.KeyEvent{Name: k})
	}
	dialog := w.Canvas().Overlays().Top()
	if _, ok := stagetest.Find(dialog, func(l *widget.Label) bool { return l.Text == "Choose a font" }); !ok {
		t.Errorf("the third line of the menu asks for no file: %T", dialog)
	}
	w.Canvas().Overlays().Remove(dialog)
	font := func() string { return layerNow(s).Options["font"] }
	c.field.Select(2)
	s.Until("a font of the computer", func() bool { return font() == "Mapwright Sans" })
	c.field.Select(0)
	s.Until("the default", func() bool { return font() == "" })

	dir := filepath.Dir(s.Stage.Open().Path())
	if err := os.WriteFile(filepath.Join(dir, "own.ttf"), assets.SemiBold, 0o600); err != nil {
		t.Fatal(err)
	}
	c.read(filepath.Join(dir, "own.ttf"))
	s.Until("a file", func() bool { return font() == "own.ttf" && c.field.Options()[c.field.Selected()] == "own.ttf" })
	if err := os.WriteFile(filepath.Join(dir, "bad.ttf"), []byte("bad"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.read(filepath.Join(dir, "bad.ttf"))
	s.Until("a notice", func() bool { return len(s.Notices) == 1 })
	if text := s.Notices[0].Text; !strings.Contains(text, "no TrueType") || font() != "own.ttf" {
		t.Errorf("told %q, and the font is %q", text, font())
	}
}
