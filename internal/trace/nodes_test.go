package trace

import (
	"maps"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/toolpath"
)

// nodesOf traces the middle of Munich with options on all layers and counts its nodes.
func nodesOf(t *testing.T, options map[string]string) map[string]int {
	t.Helper()
	m, data := city(t, "munich-centre-2020", middleOf(munich), 150, 100, carto.FrameRect, 0)
	for i := range m.Layers {
		own := maps.Clone(m.Layers[i].Options)
		maps.Copy(own, options)
		m.Layers[i].Options = own
	}
	art, _ := jobOf(t, m, data)
	nodes := map[string]int{}
	for _, l := range art.Layers {
		for _, s := range l.Shapes {
			for _, p := range s.Paths {
				nodes[l.Name] += toolpath.Nodes(p)
				nodes["all"] += toolpath.Nodes(p)
			}
		}
	}
	return nodes
}

// TestCurvesNeedFewNodes holds what the fitting gains on a city: a file with
// needless nodes runs slowly and badly on a machine. Streets and rails gain most;
// houses keep their corners, and hatches and dashes have two nodes a line however
// they are drawn.
func TestCurvesNeedFewNodes(t *testing.T) {
	t.Parallel()
	rough := nodesOf(t, map[string]string{"curves": "off", "simplify": "0"})
	fitted := nodesOf(t, nil)
	t.Logf("neither simplified nor fitted: %v", rough)
	t.Logf("simplified and fitted:         %v", fitted)
	for layer, least := range map[string]float64{"roads-minor": 2.8, "roads-major": 3.4, "rail": 3.3, "all": 1.8} {
		if got := float64(rough[layer]) / float64(fitted[layer]); got < least {
			t.Errorf("%s has only %.2f times fewer nodes, want %.2f", layer, got, least)
		}
	}
}
