package trace

import (
	"slices"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/lettering"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// namesOf adds a label layer on top of a city: the names of its streets and
// waters.
func namesOf(m *carto.Map, data memory, op artwork.Operation, options map[string]string) {
	var features []carto.Feature
	for _, id := range []carto.LayerID{"roads-major", "roads-minor", "water"} {
		for _, f := range data[id] {
			f.ID = int64(len(features) + 1)
			features = append(features, f)
		}
	}
	data["names"] = features
	m.Layers = append(m.Layers, carto.Layer{
		ID: "names", Name: "names", Operation: op, Setting: artwork.Settings(op)[0], Strategy: "label",
		Visible: true, Board: 1, CRS: "EPSG:4326", Options: options, Count: len(features),
	})
}

// settled gives the labels of the layer "names".
func settled(t testing.TB, s *Scene) []*lettering.Placed {
	t.Helper()
	w, err := s.drawn(t.Context(), "names")
	if err != nil {
		t.Fatal(err)
	}
	return settledOf(t, w)
}

// settledOf gives the labels of a layer that nothing stands in the way of.
func settledOf(t testing.TB, w *work) []*lettering.Placed {
	t.Helper()
	places, err := lettering.Settle(t.Context(), w.labels.wishes, nil, w.settings.numbers["halo"])
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(places, func(p *lettering.Placed) bool { return p == nil })
}

// A maker would lose a board to names that run into each other or off the map.
func TestStreetNamesOfMunichStandApartInsideTheFrame(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shape    carto.FrameShape
		height   float64
		rotation float64
		atLeast  int // different names written
	}{
		"300 mm":         {carto.FrameRect, 200, 0, 90},
		"turned, circle": {carto.FrameCircle, 300, 25, 60},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, data := city(t, "munich-centre-2020", munich, 300, c.height, c.shape, c.rotation)
			namesOf(m, data, artwork.Engrave, nil)
			s, err := NewScene(m, data)
			if err != nil {
				t.Fatal(err)
			}
			places := settled(t, s)
			written := map[string]bool{}
			for _, p := range places {
				written[p.Texts[0].String] = true
				if p.Size() < 2 {
					t.Errorf("%q is %g mm high, below min-size", p.Texts[0].String, p.Size())
				}
			}
			if len(written) < c.atLeast {
				t.Errorf("only %d streets have their names, want at least %d", len(written), c.atLeast)
			}
			for _, f := range judgeLabels(t, s, places, 0.4) {
				t.Errorf("%s: %q, %g", f.Kind, f.Texts, f.Size)
			}
		})
	}
}

type labelFault struct {
	Kind  string
	Texts []string
	Size  float64
}

// judgeLabels asks shapely what is wrong with labels.
func judgeLabels(t testing.TB, s *Scene, places []*lettering.Placed, gap float64) []labelFault {
	t.Helper()
	type pair [2]float64
	type label struct {
		Text    string
		Letters [][][]pair
	}
	task := struct {
		Frame  []pair
		Gap    float64
		Labels []label
	}{Gap: gap}
	for _, p := range s.frame.outline.Flatten(1e-4).Points {
		task.Frame = append(task.Frame, pair{p.X, p.Y})
	}
	for _, p := range places {
		l := label{Text: p.Texts[0].String}
		for _, letter := range p.Letters() {
			rings := [][]pair{}
			for _, c := range letter {
				var ring []pair
				for _, v := range c {
					ring = append(ring, pair{v.X, v.Y})
				}
				rings = append(rings, ring)
			}
			l.Letters = append(l.Letters, rings)
		}
		task.Labels = append(task.Labels, l)
	}
	var faults []labelFault
	ask(t, "labels.py", task, &faults)
	return faults
}

// TestLabelJudgeIsNotBlind plants each fault once.
func TestLabelJudgeIsNotBlind(t *testing.T) {
	t.Parallel()
	chain, err := lettering.Bundled(lettering.Sans)
	if err != nil {
		t.Fatal(err)
	}
	setter, err := lettering.NewTypesetter(chain)
	if err != nil {
		t.Fatal(err)
	}
	text := func(spacing, x, y float64) *lettering.Placed {
		set, err := setter.Set("Tal", 3, spacing, 0.02)
		if err != nil {
			t.Fatal(err)
		}
		return lettering.Stand([]lettering.Text{set}, lettering.Vec{X: x, Y: y})
	}
	s := newTable(t, carto.FrameRect).scene()
	for kind, places := range map[string][]*lettering.Placed{
		"":        {text(0, 20, 20), text(0, 20, 25)},
		"outside": {text(0, 2, 20)},
		"letters": {text(-1.2, 20, 20)},
		"near":    {text(0, 20, 20), text(0, 20, 23.1)},
	} {
		faults := judgeLabels(t, s, places, 0.4)
		if kind == "" && len(faults) > 0 {
			t.Errorf("the judge accuses the innocent: %+v", faults)
		}
		if kind != "" && !slices.ContainsFunc(faults, func(f labelFault) bool { return f.Kind == kind }) {
			t.Errorf("the judge did not find %q, only %+v", kind, faults)
		}
	}
}
