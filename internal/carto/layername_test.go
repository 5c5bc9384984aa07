package carto_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
)

// A name that can't be typed, printed or told from "all" makes a layer that
// can't be exported.
func TestNamesThatLayersCannotHave(t *testing.T) {
	t.Parallel()
	for name, why := range map[string]string{
		"":                         "must not be empty",
		" \t":                      "must not be empty",
		"a\nb":                     "control characters",
		"a\x01":                    "control characters",
		"a\u2028b":                 "control characters",
		" roads":                   "begin or end with a space",
		"roads\u00a0":              "begin or end with a space",
		"all":                      `"all", which stands for all layers`,
		"ALL":                      `"ALL", which stands for all layers`,
		"a\xffb":                   "must be Unicode text",
		"a\x00b":                   "must be Unicode text",
		strings.Repeat("ä", 128):   "longer than 255 bytes; it has 256",
		strings.Repeat("a", 10000): "longer than 255 bytes",
	} {
		d, _ := town(t)
		for how, edit := range map[string]carto.Edit{
			"a new layer": carto.AddLayer{Layer: newLayer("n", name)},
			"a new name":  carto.SetLayer{Layer: "Roads", Name: &name},
		} {
			err := d.Do(t.Context(), edit)
			var invalid *carto.InvalidError
			if !errors.As(err, &invalid) || invalid.What != "name of the layer" || !strings.Contains(err.Error(), why) {
				t.Errorf("%.20q for %s: %v", name, how, err)
			}
		}
		clean := carto.CleanLayerName(name)
		for _, n := range []string{clean, clean + " 12345678901234"} {
			if err := carto.ValidateLayerName(n); err != nil {
				t.Errorf("%.20q is cleaned to %.20q: %v", name, n, err)
			}
		}
	}
}

func TestNamesOfSourcesAreCleanedAsLittleAsNeeded(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Straßen & Wege": "Straßen & Wege", "all roads": "all roads", "All": "All 1", "a\r\nb": "a  b", "\tx ": "x",
		"": "layer", "\xff": "layer", strings.Repeat("ä", 200): strings.Repeat("ä", 120), "a" + strings.Repeat("ä", 200): "a" + strings.Repeat("ä", 119),
	} {
		if got := carto.CleanLayerName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}

// A layer that has such a name all the same, by another program, can be
// changed, renamed, removed and brought back.
func TestALayerWithABadNameIsNotLost(t *testing.T) {
	t.Parallel()
	_, store := town(t)
	bad := newLayer("Rail", "all")
	if err := store.Update(t.Context(), func(tx carto.Tx) error { return tx.PutLayer(bad, 2) }); err != nil {
		t.Fatal(err)
	}
	d, err := carto.Open(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	hidden, name := false, "railways"
	for _, edit := range []carto.Edit{
		carto.SetLayer{Layer: "Rail", Visible: &hidden}, carto.SetLayer{Layer: "Rail", Name: &name}, carto.RemoveLayer{Layer: "Rail"},
	} {
		do(t, d, edit)
		if err := d.Undo(t.Context()); err != nil {
			t.Fatalf("%T: %v", edit, err)
		}
	}
	if got, err := d.Map().FindLayer("all"); err != nil || got.ID != "Rail" {
		t.Errorf("%+v, %v", got, err)
	}
}
