package parts_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/mapwright/mapwright/app/parts"
)

// said gives all texts that show in an object.
func said(o fyne.CanvasObject) string {
	var all []string
	for _, one := range test.LaidOutObjects(o) {
		if t, ok := one.(*canvas.Text); ok && t.Visible() {
			all = append(all, t.Text)
		}
	}
	return strings.Join(all, "|")
}

func TestAHundredPerCentIsSaidOnlyAtTheEnd(t *testing.T) {
	p := parts.NewProgress("writing")
	show(t, func() fyne.CanvasObject { return container.NewVBox(p) })
	for _, c := range []struct {
		done float64
		want string
	}{{0.29, "29 %"}, {0.999, "99 %"}, {1, "100 %"}, {7, "100 %"}, {-1, "0 %"}} {
		if p.Set("writing", c.done); !strings.Contains(said(p), c.want) {
			t.Errorf("%v is said as %q", c.done, said(p))
		}
	}
}

func TestALongNameIsCutAndNotLaidOverItsNeighbour(t *testing.T) {
	name := parts.NewText("Straßen mit Kopfsteinpflaster rund um die Altstadt")
	name.Cut = true
	show(t, func() fyne.CanvasObject { return container.NewWithoutLayout(name) })
	name.Resize(fyne.NewSize(120, 16))
	got := said(name)
	if !strings.HasPrefix(got, "Straßen") || !strings.HasSuffix(got, "…") {
		t.Errorf("the name shows as %q", got)
	}
	if w := fyne.MeasureText(got, 13, fyne.TextStyle{}).Width; w > 120 || w < 90 {
		t.Errorf("%q is %v px wide", got, w)
	}
	name.Resize(fyne.NewSize(600, 16))
	if strings.Contains(said(name), "…") {
		t.Error("the name is still cut where there is room")
	}
}
