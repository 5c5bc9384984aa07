package workshop

import (
	"errors"
	"math"
	"path/filepath"
	"slices"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// TestTheCardIsExact: who measures a square on the card trusts that it is
// drawn with 20.00 mm; what is a hundredth off would be taken for kerf.
func TestTheCardIsExact(t *testing.T) {
	t.Parallel()
	w := computer(t)
	path := filepath.Join(t.TempDir(), "new folder", "card.gpkg")
	made, err := w.TestCard(t.Context(), path)
	if err != nil || made.Title != TestCardTitle {
		t.Fatalf("%+v, %v", made, err)
	}
	use(t, w, "omtech-k40-plus", "birch-plywood-3mm") // kerf 0.2
	d, err := w.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	drawn, err := d.Trace(t.Context(), d.Map())
	if err != nil {
		t.Fatal(err)
	}
	widths := map[string][]float64{} // of the shapes of a layer, from left to right and from above to below
	for _, l := range drawn.Artwork.Layers {
		if l.Empty() {
			t.Errorf("nothing of %q is drawn", l.Name)
		}
		var boxes []artwork.Box
		for _, s := range l.Shapes {
			boxes = append(boxes, s.Bounds())
		}
		slices.SortFunc(boxes, func(a, b artwork.Box) int {
			if math.Abs(a.Min.Y-b.Min.Y) > 1 {
				return int(math.Copysign(1, b.Min.Y-a.Min.Y))
			}
			return int(math.Copysign(1, a.Min.X-b.Min.X))
		})
		for i, b := range boxes {
			if l.Name == "webs" && i > 0 {
				widths[l.Name] = append(widths[l.Name], b.Min.X-boxes[i-1].Max.X)
			} else if l.Name != "webs" {
				widths[l.Name] = append(widths[l.Name], b.Width())
			}
		}
	}
	for name, want := range map[string][]float64{
		"square as drawn":     {20},
		"square of true size": {20.2},
		"tongue":              {10},
		"slots":               {9.9, 9.8, 9.7, 9.6, 9.5, 9.4},
		"thin lines":          {0.1, 0.15, 0.2, 0.3, 0.5, 0.8, 1},
		"webs":                {0.5, 0.8, 1, 1.2, 1.5, 2, 3},
	} {
		got := widths[name]
		if len(got) != len(want) {
			t.Errorf("%s: %d widths, want %d", name, len(got), len(want))
			continue
		}
		for i := range want {
			if math.Abs(got[i]-want[i]) > 0.001 {
				t.Errorf("%s: %.4f mm, want %g", name, got[i], want[i])
			}
		}
	}
	checked, err := d.Check(t.Context(), drawn)
	if err != nil {
		t.Fatal(err)
	}
	if n := findings(checked.Findings).errorsIn(nil); n > 0 {
		t.Errorf("the card can't be exported: %+v", checked.Findings)
	}
	if len(checked.Estimate.Parts) != 7 || len(checked.Estimate.Missing) > 0 {
		t.Errorf("not each setting is on the card: %+v", checked.Estimate.Parts)
	}
	if _, err := w.TestCard(t.Context(), path); !errors.Is(err, ErrMapExists) {
		t.Errorf("a second card in the same place: %v", err)
	}
}
