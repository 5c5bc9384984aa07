package preflight

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// cuts is a layer of cuts with one of the settings outer and inner.
func cutLayer(name, setting string, paths ...artwork.Path) artwork.Layer {
	l := lines(name, artwork.Cut, paths...)
	l.Setting = setting
	for i := range l.Shapes {
		l.Shapes[i].Setting = setting
	}
	return l
}

// broken is a ring cut open at its start by a gap along its first side.
func broken(p artwork.Path, gap float64) artwork.Path {
	a, b := p.Points[0], p.Points[1]
	d := distance(a, b)
	end := between(a, b, 0.5-gap/2/d)
	start := between(a, b, 0.5+gap/2/d)
	points := append([]artwork.Point{start}, p.Points[1:]...)
	return artwork.Path{Points: append(points, p.Points[0], end)}
}

// TestCutsFind: what a maker would otherwise learn from the ashes.
func TestCutsFind(t *testing.T) {
	t.Parallel()
	falls := Options{Layers: map[string]Facts{"plate": {Falls: true}, "houses": {Falls: true}}}
	for name, c := range map[string]struct {
		layers  []artwork.Layer
		options Options
		want    []string // kind, layer and number of places
		says    string
	}{
		"a plate with a lake": {
			layers: []artwork.Layer{cutLayer("plate", "outer", ring(10, 10, 90, 70), ring(30, 20, 60, 50))},
		},
		"an island in the lake of a plate": {
			layers: []artwork.Layer{cutLayer("plate", "outer", ring(10, 10, 90, 70), ring(30, 20, 60, 50), ring(40, 30, 50, 40))},
			want:   []string{"falls-out plate 1"},
			says:   "1 island would fall out with the opening around; the largest has 97.6 mm².",
		},
		"a lake on that island": {
			layers: []artwork.Layer{cutLayer("plate", "outer", ring(10, 10, 90, 70), ring(30, 20, 60, 50), ring(40, 30, 50, 40), ring(43, 33, 47, 37))},
			want:   []string{"falls-out plate 1"},
		},
		"an island that may fall": {
			layers:  []artwork.Layer{cutLayer("plate", "outer", ring(10, 10, 90, 70), ring(30, 20, 60, 50), ring(40, 30, 50, 40))},
			options: falls,
		},
		"an island on bridges": {
			layers: []artwork.Layer{cutLayer("plate", "outer", ring(10, 10, 90, 70), ring(30, 20, 60, 50), broken(ring(40, 30, 50, 40), 2))},
		},
		"the middle of an O that is cut out of the sheet": {
			layers: []artwork.Layer{cutLayer("sign", "inner", ring(20, 20, 50, 60), ring(30, 30, 40, 50))},
			want:   []string{"falls-out sign 1"},
		},
		"openings for houses": {
			layers: []artwork.Layer{cutLayer("border", "outer", ring(10, 10, 90, 70)), cutLayer("houses", "inner", ring(20, 20, 30, 30), ring(50, 20, 60, 30))},
		},
		"houses cut out of the sheet": {
			layers: []artwork.Layer{cutLayer("houses", "outer", ring(20, 20, 30, 30), ring(50, 20, 60, 30))},
		},
		"houses cut out of a piece": {
			layers: []artwork.Layer{cutLayer("border", "outer", ring(10, 10, 90, 70)), cutLayer("houses", "outer", ring(20, 20, 30, 30), ring(50, 20, 60, 40))},
			want:   []string{"falls-out houses 2"},
			says:   `2 pieces would fall out of what "border" cuts; the largest has 196.4 mm².`,
		},
		"a piece that two layers part together": {
			layers: []artwork.Layer{
				cutLayer("border", "outer", ring(10, 10, 90, 70)),
				cutLayer("houses", "outer", open(20, 20, 40, 20, 40, 40, 20, 40)),
				cutLayer("walls", "outer", open(20, 19, 20, 41)),
			},
			want: []string{"falls-out houses 1"},
		},
		"a line that parts nothing": {
			layers: []artwork.Layer{cutLayer("border", "outer", ring(10, 10, 90, 70)), cutLayer("road", "outer", open(20, 20, 60, 60))},
		},
		"openings with a thin web between": {
			layers: []artwork.Layer{cutLayer("houses", "inner", ring(20, 20, 30, 30), ring(30.5, 22, 40, 28))},
			want:   []string{"thin-web houses 1"},
			says:   "1 web between cuts thinner than 1.2 mm may break or burn away; the thinnest has 0.50 mm.",
		},
		"openings far enough apart": {
			layers: []artwork.Layer{cutLayer("houses", "inner", ring(20, 20, 30, 30), ring(31.3, 22, 40, 28))},
		},
		"openings that are near at a corner alone": {
			layers: []artwork.Layer{cutLayer("houses", "inner", ring(20, 20, 30, 30), ring(30.4, 30.4, 40, 40))},
		},
		"waste between two pieces": {
			layers: []artwork.Layer{cutLayer("houses", "outer", ring(20, 20, 30, 30), ring(30.5, 22, 40, 28))},
		},
		"a piece with a thin waist": {
			layers: []artwork.Layer{cutLayer("plate", "outer", closed(10, 10, 30, 10, 30, 19.6, 50, 19.6, 50, 10, 70, 10, 70, 40, 50, 40, 50, 20.4, 30, 20.4, 30, 40, 10, 40))},
			want:   []string{"thin-web plate 1"},
			says:   "the thinnest has 0.80 mm",
		},
		"a slot, which is waste": {
			layers: []artwork.Layer{cutLayer("slot", "inner", ring(20, 20, 50, 20.8))},
		},
		"sharp enough corners": {
			layers: []artwork.Layer{cutLayer("plate", "outer", closed(10, 10, 60, 10, 10, 50))},
		},
		"a bridge too thin to hold": {
			layers: []artwork.Layer{cutLayer("houses", "inner", broken(ring(20, 20, 40, 40), 0.6))},
			want:   []string{"thin-bridge houses 1"},
			says:   "1 gap in a cut shorter than 1.2 mm: too thin for a bridge, and too wide to cut free; the shortest has 0.60 mm.",
		},
		"an outline too short for its bridge": {
			layers:  []artwork.Layer{cutLayer("houses", "inner", broken(ring(20, 20, 40, 40), 0.6))},
			options: Options{Layers: map[string]Facts{"houses": {BridgeWidth: 1.2}}},
			want:    []string{"thin-bridge houses 1"},
			says:    "1 gap in a cut shorter than 1.2 mm: the outlines there are too short for a wider bridge; the shortest has 0.60 mm.",
		},
		"a bridge that is asked for too thin": {
			layers:  []artwork.Layer{cutLayer("houses", "inner", broken(ring(20, 20, 40, 40), 0.6))},
			options: Options{Layers: map[string]Facts{"houses": {BridgeWidth: 0.6}}},
			want:    []string{"thin-bridge houses 1"},
			says:    "too thin for a bridge, and too wide to cut free",
		},
		"cuts that end side by side": {
			layers: []artwork.Layer{cutLayer("slits", "outer", open(20, 20, 20, 40), open(21, 20, 21, 10))},
		},
		"a fold of dashes": {
			layers:  []artwork.Layer{cutLayer("fold", "outer", open(20, 20, 21.5, 20), open(22.5, 20, 24, 20), open(25, 20, 26.5, 20))},
			options: Options{Layers: map[string]Facts{"fold": {Gaps: true}}},
		},
		"an end on another cut": {
			layers: []artwork.Layer{cutLayer("cross", "outer", open(20, 20, 20, 40), open(20, 30, 30, 30), open(19, 30, 10, 30))},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := Check(t.Context(), board(c.layers...), c.options)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			all := ""
			for _, f := range found {
				got = append(got, fmt.Sprintf("%s %s %d", f.Kind, f.Layer, f.Count))
				all += f.Message + "\n"
				if len(f.Remedies) == 0 || f.Severity != Warning || f.Fix == "" {
					t.Errorf("nothing helps against %+v", f)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("found %q, want %q\n%s", got, c.want, all)
			}
			if !strings.Contains(all, c.says) {
				t.Errorf("the messages do not say %q:\n%s", c.says, all)
			}
		})
	}
}

func closed(xy ...float64) artwork.Path {
	p := open(xy...)
	p.Closed = true
	return p
}

// circle is a ring of n points.
func circle(x, y, r float64, n int) artwork.Path {
	p := artwork.Path{Closed: true}
	for i := range n {
		a := 2 * math.Pi * float64(i) / float64(n)
		p.Points = append(p.Points, artwork.Point{X: x + r*math.Cos(a), Y: y + r*math.Sin(a)})
	}
	return p
}

func TestNeedlessPoints(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		path artwork.Path
		says string
	}{
		"a circle of long steps":   {circle(50, 40, 20, 200), ""},
		"a circle of short steps":  {circle(50, 40, 2, 1000), "1000 of 1000 points show nothing"},
		"a straight line in steps": {steps(100), "98 of 100 points show nothing"},
		"a few":                    {steps(40), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := Check(t.Context(), board(scores("rail", c.path)), Options{Layers: map[string]Facts{"rail": {Simplify: 0.05}}})
			if err != nil {
				t.Fatal(err)
			}
			if !says(t, found, Needless, c.says) {
				return
			}
			if r := found[0].Remedies[0]; r.Kind != Simplify || r.Options["simplify"] != "0.1" {
				t.Errorf("offers %+v", r)
			}
		})
	}
}

// says fails the test unless there is one finding of a kind whose message holds
// a text, or none where the text is empty. It tells whether there is one.
func says(t *testing.T, found []Finding, kind Kind, text string) bool {
	t.Helper()
	if text == "" {
		if len(found) > 0 {
			t.Errorf("found %+v", found)
		}
		return false
	}
	if len(found) != 1 || found[0].Kind != kind || !strings.Contains(found[0].Message, text) {
		t.Fatalf("found %+v, want %q", found, text)
	}
	return true
}

// steps is a straight line of n points.
func steps(n int) artwork.Path {
	var p artwork.Path
	for i := range n {
		p.Points = append(p.Points, artwork.Point{X: 10 + float64(i)/2, Y: 40})
	}
	return p
}

func TestTheBoardLiesInTheMachine(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		w, h float64
		says string
		fit  float64
	}{
		"not known":            {0, 0, "", 0},
		"larger":               {400, 400, "", 0},
		"turned":               {80, 100, "", 0},
		"too small":            {60, 60, "larger than the machine's bed of 60 × 60 mm.", 0.6},
		"too small, turned":    {40, 90, "larger than", 0.5},
		"what burns would fit": {100, 75, "What burns takes 90.0 × 10.0 mm and would fit", 0.9375},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := Check(t.Context(), board(scores("rail", open(5, 30, 95, 40))), Options{BedWidth: c.w, BedHeight: c.h})
			if err != nil {
				t.Fatal(err)
			}
			if !says(t, found, OutsideBed, c.says) {
				return
			}
			if fit := found[0].Remedies[0].Fit; math.Abs(fit-c.fit) > 1e-9 {
				t.Errorf("makes it %g as large, want %g", fit, c.fit)
			}
		})
	}
}

func TestSmallText(t *testing.T) {
	t.Parallel()
	text := func(f Facts) Options { return Options{Layers: map[string]Facts{"names": f}} }
	for name, c := range map[string]struct {
		path    artwork.Path
		options Options
		want    string
	}{
		"too low":           {ring(10, 10, 11, 11), text(Facts{CapHeight: 1, TextKeys: []string{"size"}}), "capitals of the text are 1 mm high"},
		"strokes too thin":  {ring(10, 10, 10.05, 30), text(Facts{CapHeight: 3, TextKeys: []string{"size"}}), "1 part of letters"},
		"high enough":       {ring(10, 10, 11, 11), text(Facts{CapHeight: 1.8, TextKeys: []string{"size"}}), ""},
		"something no text": {ring(10, 10, 11, 11), Options{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := Check(t.Context(), board(fills("names", c.path)), c.options)
			if err != nil {
				t.Fatal(err)
			}
			if says(t, found, SmallText, c.want) && found[0].Remedies[0].Options["size"] == "" {
				t.Errorf("offers %+v", found[0].Remedies)
			}
		})
	}
}
