package trace

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// shapesWith traces points, lines and areas by a strategy with one option set.
func shapesWith(t *testing.T, s Strategy, o artwork.Operation, key, value string) []artwork.Shape {
	t.Helper()
	b := newTable(t, carto.FrameRect)
	if s.ID == FurnitureStrategy {
		b.furnish(o, map[string]string{key: value}, usual()...)
	} else {
		named := b.way("", 20, 40, 70, 40)
		named.Name = "Street"
		b.layer("frame", o, s.ID, map[string]string{key: value}, b.spot(80, 20), named,
			b.patch(rect(20, 50, 40, 70)), b.patch(rect(60, 50, 80, 70)))
	}
	l, _ := b.trace("frame")
	return l.Shapes
}

// A material that is chosen makes layers new work, which is paid, that its kerf
// changes, and no others.
func TestEachStrategyTellsWhetherItTakesTheKerf(t *testing.T) {
	t.Parallel()
	for _, s := range Strategies() {
		for _, o := range []artwork.Operation{artwork.Score, artwork.Engrave, artwork.Relief, artwork.Guide} {
			changed := !cmp.Equal(shapesWith(t, s, o, "kerf", "0"), shapesWith(t, s, o, "kerf", "0.2"))
			if says := s.TakesKerf(o); says != changed {
				t.Errorf("%s, %s: says %v, and the beam's width changes it: %v", s.ID, o, says, changed)
			}
		}
	}
}

func TestEachStrategyTellsWhetherItWidensLines(t *testing.T) {
	t.Parallel()
	for _, s := range Strategies() {
		changed := !cmp.Equal(shapesWith(t, s, artwork.Engrave, "width", "1"), shapesWith(t, s, artwork.Engrave, "width", "2"))
		if s.Widens != changed {
			t.Errorf("%s: says %v, and the width changes it: %v", s.ID, s.Widens, changed)
		}
	}
}

// A row of houses that burns as one must not be called too small house by house.
func TestEachStrategyTellsWhetherItUnitesAreas(t *testing.T) {
	t.Parallel()
	for _, s := range Strategies() {
		if s.AnySize || s.ID == FurnitureStrategy {
			continue
		}
		b := newTable(t, carto.FrameRect)
		b.layer("houses", artwork.Score, s.ID, map[string]string{"spacing": "0.7"}, b.patch(rect(20, 20, 40, 40)), b.patch(rect(40, 20, 60, 40)))
		l, _ := b.trace("houses")
		shared := false
		for _, shape := range l.Shapes {
			for _, p := range shape.Paths {
				for i := 1; i < len(p.Points); i++ {
					a, c := p.Points[i-1], p.Points[i]
					shared = shared || math.Abs(a.X-40)+math.Abs(c.X-40) < 0.02 && math.Abs(a.Y-c.Y) > 5
				}
			}
		}
		if s.Unites == shared {
			t.Errorf("%s: says %v, and the border between two areas burns: %v", s.ID, s.Unites, shared)
		}
	}
}
