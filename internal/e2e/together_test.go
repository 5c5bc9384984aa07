package e2e

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// works are maps as makers burn them: keys by layer, and what frame and text
// are. Areas have minimums of 0.3 mm and 1 mm².
var works = map[string]struct {
	layers map[string]string
	frame  string
	least  string // mm² that an area may come to
}{
	"a picture with a cut border": {map[string]string{
		"water":       "operation=engrave setting=medium strategy=filled knock-out=above halo=0.3",
		"green":       "operation=engrave setting=light strategy=filled",
		"buildings":   "operation=engrave setting=dark strategy=filled knock-out=above halo=0.25",
		"paths":       "operation=score setting=2 strategy=dashes",
		"roads-minor": "operation=score setting=1 strategy=centreline",
		"roads-major": "operation=score setting=1 strategy=casing width=1.2",
		"rail":        "operation=score setting=2 strategy=symbol",
	}, "operation=score setting=1 border.operation=cut border.setting=outer hole=on", "0.2"}, // of streams what is as long as wide
	"a stencil with names": {map[string]string{
		"water":       "operation=engrave setting=light strategy=inset count=4",
		"green":       "operation=score setting=2 strategy=hatch spacing=1.5",
		"buildings":   "operation=score setting=1 strategy=outline",
		"paths":       "operation=score setting=2 strategy=dashes",
		"roads-minor": "operation=score setting=2 strategy=label",
		"roads-major": "operation=cut setting=inner strategy=stencil width=1.2 bridge-width=1 kerf=0.12",
		"rail":        "operation=engrave setting=dark strategy=filled width=0.8",
	}, "operation=score setting=1 halo=0.5", "0.75"},
	"pieces that fit": {map[string]string{
		"water":       "operation=cut setting=outer strategy=inlay kerf=0.15",
		"green":       "operation=engrave setting=medium strategy=cross-hatch spacing=1",
		"buildings":   "operation=cut setting=outer strategy=dissolve pieces=bridge bridge-width=0.8 kerf=0.15",
		"paths":       "operation=score setting=1 strategy=dashes",
		"roads-minor": "operation=engrave setting=light strategy=groove kerf=0.15 width=0.8",
		"roads-major": "operation=engrave setting=dark strategy=knock-out width=1.5",
		"rail":        "operation=score setting=2 strategy=centreline",
	}, "operation=score setting=2 border.operation=cut", "0.15"}, // of a groove the beam takes its half on both sides
}

// TestWholeMapsNeedNoRepair burns all layers of a map together, each by another
// strategy, with frame and text, in one file: the judge finds nothing that
// burns twice, is open, lies beside the frame or is below the minimums.
func TestWholeMapsNeedNoRepair(t *testing.T) {
	t.Parallel()
	for i, name := range slices.Sorted(maps.Keys(works)) {
		for k, c := range cities {
			sizes := []int{150}
			if soak() {
				sizes = []int{100, 300, 600}
			} else if i != k {
				continue
			}
			for _, size := range sizes {
				t.Run(fmt.Sprintf("%s of %s at %d mm", name, c.name, size), func(t *testing.T) {
					t.Parallel()
					s := newShop(t)
					m, width, height := s.city(c, size)
					for layer, keys := range works[name].layers {
						s.must(slices.Concat([]string{"layer", "set", m, layer, "visible=yes", "min-width=0.3", "min-area=1"}, strings.Fields(keys))...)
					}
					s.must("layer", "set", m, "Frame and text", "visible=yes")
					s.must(slices.Concat([]string{"layer", "set", m, "Frame and text", "title=" + c.name}, strings.Fields(works[name].frame))...)
					got := s.export(m, "all", "svg")
					if len(got.Jobs[0].Layers) < 5 {
						t.Errorf("only %v burn", got.Jobs[0].Layers)
					}
					// Curves may lie 0.05 mm beside an area's border.
					judgeWith(t, []string{"--least", "0.2", works[name].least}, width, height, got.Jobs[0].Files[0].Path)
				})
			}
		}
	}
}
