package trace

import (
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

func TestJobDrawsEveryKindOfFeature(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("water", artwork.Engrave, "filled", map[string]string{"knock-out": "above"},
		b.patch(rect(0, 0, 40, 40), rect(10, 10, 20, 20)), b.way("river", 0, 60, 100, 60))
	b.layer("road", artwork.Engrave, "filled", map[string]string{"width": "2"},
		b.way("", -1e6, 30, 1e6, 30), b.way("", 50, 0, 50, 100))
	b.layer("rail", artwork.Score, "centreline", nil,
		b.way("", 0, 20, 60, 20, 60, 50), b.way("", 60, 50, 60, 70), b.spot(70, 70), b.patch(rect(80, 20, 90, 30)))
	art, report := b.job()
	want := map[string]int{"water": 4, "road": 1, "rail": 3}
	for _, l := range art.Layers {
		if len(l.Shapes) != want[l.Name] {
			t.Errorf("layer %s has %d shapes, want %d", l.Name, len(l.Shapes), want[l.Name])
		}
	}
	if got := len(report.Of(KindReplaced)); got != 2 {
		t.Errorf("%d notes of kinds drawn by another strategy, want 2 (a point, an area)", got)
	}
}
