package inspector

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/workshop"
)

// TestNoLabelOfAFormIsCut: a label that ends in … does not say what it is of.
func TestNoLabelOfAFormIsCut(t *testing.T) {
	s, _, _ := roads(t)
	for _, c := range []struct {
		name string
		mode look.Mode
		size fyne.Size
	}{{"1440", look.Light, fyne.NewSize(312, 812)}, {"1280", look.Dark, fyne.NewSize(288, 632)}} {
		i, w, _ := inspectorOf(t, s, c.mode, c.size)
		s.Until("the classes", func() bool { return len(i.layer.widths.rows) == 2 })
		for n, strategy := range workshop.Strategies() {
			i.layer.strategy.Select(n)
			s.Until("the strategy "+strategy.ID, func() bool { return layerNow(s).Strategy == strategy.ID })
			if !i.layer.open {
				i.layer.fold()
			}
			for _, rows := range []fyne.CanvasObject{i.layer.options, i.layer.rare, i.layer.widths.root} {
				if !rows.Visible() {
					continue
				}
				for _, text := range cutIn(rows) {
					t.Errorf("%s, %s wide: %s", strategy.ID, c.name, text)
				}
			}
			stagetest.Save(t, "form-"+strategy.ID+"-"+c.name, w.Canvas().Capture())
		}
	}
}

func TestNoLabelOfAPartIsCut(t *testing.T) {
	s, _, _ := furnished(t)
	for _, size := range []fyne.Size{fyne.NewSize(312, 812), fyne.NewSize(288, 632)} {
		i, _, _ := inspectorOf(t, s, look.Light, size)
		list := i.layer.parts
		s.Until("the parts", func() bool { return len(list.rows) >= 5 })
		if len(list.rows) == 5 {
			menuItem(t, list, "Holes in the corners").Action()
			s.Until("the holes", func() bool { return len(list.rows) == 6 })
		}
		for _, r := range list.rows {
			name := r.name.Text
			list.choose(t, s, name)
			for _, text := range cutIn(list.form.root) {
				t.Errorf("%s at %g: %s", name, size.Width, text)
			}
			if got := cutIn(r.name); len(got) > 0 {
				t.Errorf("%s at %g is called %q", name, size.Width, got)
			}
		}
	}
}

// cutIn gives the texts that end in ….
func cutIn(o fyne.CanvasObject) (all []string) {
	for _, one := range test.LaidOutObjects(o) {
		if text, ok := one.(*canvas.Text); ok && strings.HasSuffix(text.Text, "…") && one.Visible() {
			all = append(all, text.Text)
		}
	}
	return all
}
