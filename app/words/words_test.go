package words_test

import (
	"testing"

	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

func TestFiguresAreReadAsMakersWriteThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{words.Number(0), "0"},
		{words.Number(999), "999"},
		{words.Number(2054), "2,054"},
		{words.Number(1234567), "1,234,567"},
		{words.Number(-1633), "−1,633"},
		{words.Count(1, "shape", "shapes"), "1 shape"},
		{words.Count(2054, "shape", "shapes"), "2,054 shapes"},
		{words.Length(141.08), "141.1 mm"},
		{words.Length(0.6), "0.60 mm"},
		{words.Length(2301), "2.30 m"},
		{words.Length(1.5e6), "1,500 m"},
		{words.Area(204.9), "204.9 mm²"},
		{words.Area(24900), "249.0 cm²"},
		{words.GroundArea(7377), "7,377 m²"},
		{words.Ground(846), "846.0 m"},
		{words.Ground(12600), "12.6 km"},
		{words.Layer(artwork.Engrave, "filled", 2054), "Filled · 2,054"},
		{words.Layer(artwork.Guide, "centreline", 4), "Not burned · 4"},
		{words.Title("light"), "Light"},
		{words.Size(410, 400.5), "410 × 400.5 mm"},
		{words.Time(47.6), "48 s"},
		{words.Time(725), "12 min 5 s"},
		{words.Time(3599.7), "1 h 0 min"},
		{words.Time(12010), "3 h 20 min"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestNothingIsShownByItsID(t *testing.T) {
	t.Parallel()
	for _, o := range artwork.Operations() {
		if words.Operation(o) == string(o) {
			t.Errorf("the operation %s has no name", o)
		}
	}
	for _, s := range workshop.Strategies() {
		if words.Strategy(s.ID) == s.ID {
			t.Errorf("the strategy %s has no name", s.ID)
		}
	}
	if n := len(words.Operations()); n != len(artwork.Operations()) {
		t.Errorf("the window offers %d operations of %d", n, len(artwork.Operations()))
	}
}

func TestAFindingNamesOptionsAsTheWindowDoes(t *testing.T) {
	t.Parallel()
	for sentence, want := range map[string]string{
		"Raise the layer's min-width or the width of its lines.":            "Raise the layer's smallest width or the width of its lines.",
		"Widen the bridges (bridge-width), or close the gaps (close-gap).":  "Widen the bridges (bridge width), or close the gaps (join ends within).",
		"Leave out what is so small, or merge what is near it (merge-gap).": "Leave out what is so small, or merge what is near it (merge within).",
	} {
		if got := words.Options(sentence); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if words.Option("kerf") != "Beam width" || words.Option("bridge-width") != "Bridge width" {
		t.Errorf("%q and %q", words.Option("kerf"), words.Option("bridge-width"))
	}
}
