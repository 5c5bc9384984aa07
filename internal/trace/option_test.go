package trace

import (
	"errors"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

func TestCheckOption(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		strategy, key, value string
		target               error
		says                 string
	}{
		"a width of a class":         {"filled", "width.river", "1.2", nil, ""},
		"a common option":            {"drill", "simplify", "0", nil, ""},
		"a choice":                   {"filled", "knock-out", "above", nil, ""},
		"an own option":              {"hatch", "angle", "-45", nil, ""},
		"another strategy's option":  {"hatch", "knock-out", "above", ErrUnknownOption, "spacing"},
		"a class without a name":     {"filled", "width.", "1", ErrUnknownOption, "width.CLASS"},
		"a slip":                     {"filled", "simplifier", "1", ErrUnknownOption, `"simplifier"`},
		"a strategy that is not":     {"fill", "simplify", "1", ErrUnknownStrategy, "centreline, outline, filled"},
		"no number":                  {"filled", "simplify", "thin", nil, "a number from 0 to 10 (mm)"},
		"not a number, in that name": {"filled", "simplify", "NaN", nil, "a number"},
		"a number with a unit":       {"filled", "simplify", "0.05mm", nil, "(mm)"},
		"too much":                   {"filled", "width.river", "51", nil, "from 0.05 to 50"},
		"too little":                 {"dashes", "dash", "0", nil, "from 0.1"},
		"infinitely much":            {"dashes", "dash", "Inf", nil, "to 100"},
		"another choice":             {"filled", "knock-out", "yes", nil, "no, above, all"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := CheckOption(c.strategy, c.key, c.value)
			if c.says == "" {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("got %v, want an error that says %q", err, c.says)
			}
			if c.target != nil && !errors.Is(err, c.target) {
				t.Errorf("%v is not %v", err, c.target)
			}
			var bad *ValueError
			if c.target == nil && !errors.As(err, &bad) {
				t.Errorf("%v is no ValueError", err)
			}
		})
	}
}

func TestEveryStrategyTellsWhatAMakerNeeds(t *testing.T) {
	t.Parallel()
	for _, s := range Strategies() {
		if s.ID == "" || s.Title == "" || !strings.HasSuffix(s.Description, ".") {
			t.Errorf("strategy %+v lacks an id, a title or a description", s)
		}
		for _, o := range append(CommonOptions(), s.Options...) {
			if !strings.HasSuffix(o.Help, ".") || o.Enum == nil && o.Unit == "" && !o.Layers && !o.Text {
				t.Errorf("%s: option %s lacks a unit or a help", s.ID, o.Key)
			}
			if o.Default != "" {
				if err := CheckOption(s.ID, o.Key, o.Default); err != nil {
					t.Errorf("%s: the default of %s is refused: %v", s.ID, o.Key, err)
				}
			}
		}
	}
}

func TestBadOptionsStopATracing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		strategy string
		options  map[string]string
		says     string
	}{
		"a bad value":         {"filled", map[string]string{"width.river": "wide"}, `layer "x": width.river can't be "wide"`},
		"an unknown strategy": {"fillet", nil, `layer "x": unknown tracing strategy "fillet"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newTable(t, carto.FrameRect)
			b.layer("x", artwork.Engrave, c.strategy, c.options)
			_, _, err := traceOf(t.Context(), b.scene(), "x")
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want an error that says %q", err, c.says)
			}
		})
	}
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Score, "centreline", map[string]string{"dash": "nonsense of another strategy", "colour": "red"}, b.way("", 10, 10, 20, 20))
	_, report := b.trace("x")
	if notes := report.Of(KindUnknownOption); len(notes) != 1 || !strings.Contains(notes[0].Message, `"colour"`) {
		t.Errorf("want one note about colour, got %+v", notes)
	}
}

func TestOnlyLayersOnTheMapsBoardsAreTraced(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Score, "centreline", nil)
	b.m.Layers[0].Board = 3
	for id, says := range map[carto.LayerID]string{"x": "board 3", "y": `"y"`} {
		if _, _, err := Job(t.Context(), b.scene(), []carto.LayerID{id}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("got %v, want an error that says %q", err, says)
		}
	}
}

// A strategy that is for nothing would be offered for no layer.
func TestEachStrategySaysWhatItIsFor(t *testing.T) {
	t.Parallel()
	for _, s := range Strategies() {
		if s.Draws == 0 || s.Draws > Points|Lines|Areas {
			t.Errorf("%s draws %b", s.ID, s.Draws)
		}
	}
}
