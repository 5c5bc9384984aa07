package trace

import (
	"math"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// arc is a line of n equal parts around a circle, in degrees.
func (b *table) arc(x, y, r, from, to float64, n int) carto.Feature {
	var xy []float64
	for k := range n + 1 {
		a := (from + (to-from)*float64(k)/float64(n)) * math.Pi / 180
		xy = append(xy, x+r*math.Cos(a), y+r*math.Sin(a))
	}
	return b.way("", xy...)
}

// A curve does not lie quite where the lines did that it was drawn for: it may
// make a piece of what was too small to be one, and close what held by a hair.
func TestBridgesHoldWhatCurvesSetFree(t *testing.T) {
	t.Parallel()
	for name, make := range map[string]func(b *table) []carto.Feature{
		"a sliver": func(b *table) []carto.Feature {
			return []carto.Feature{b.way("", 20, 20, 40, 20), b.arc(30, 19.14, 1, 90+57, 90-57, 4)}
		},
		"a hair": func(b *table) []carto.Feature {
			// A bay that is shut but for a hair between its end and the middle of
			// one part of the arc.
			end := 20 + 10*math.Cos(4*math.Pi/180) + 0.0575
			return []carto.Feature{
				b.arc(50, 20, 10, 90-28, 90+28, 7),
				b.way("", 51.5, 28, 51.5, 38, 50, 38, 50, end),
			}
		},
	} {
		b := newTable(t, carto.FrameRect)
		options := map[string]string{"pieces": "bridge", "bridges": "1", "close-gap": "0", "simplify": "0"}
		b.layer("x", artwork.Cut, "centreline", options, make(b)...)
		s := b.scene()
		w, err := s.alone(t.Context(), "x")
		if err != nil {
			t.Fatal(err)
		}
		if loose, err := w.loosePieces(t.Context(), w.lines); err != nil || len(loose) > 0 || len(w.gaps) > 0 {
			t.Errorf("%s: %d pieces fall out and %d bridges hold some before curves are drawn, %v: this tests nothing", name, len(loose), len(w.gaps), err)
		}
		l, report := b.trace("x")
		loose, err := w.loosePieces(t.Context(), linesOf(*l))
		if err != nil {
			t.Fatal(err)
		}
		if len(loose) > 0 {
			t.Errorf("%s: %d pieces fall out", name, len(loose))
		}
		if notes := report.Of(KindBridged); len(notes) != 1 || strings.Contains(notes[0].Message, "narrower") != (name == "a sliver") {
			t.Errorf("%s: the report tells of bridges: %+v", name, notes)
		}
	}
}

// Around a piece with eight short sides, each on a line that goes on, no line
// runs along it for long enough to be interrupted.
func TestAPieceThatNothingHoldsIsToldOf(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	ways := []carto.Feature{b.patch(rect(70, 60, 80, 70))}
	for k := range 8 {
		sin, cos := math.Sincos(float64(k) * math.Pi / 4)
		const r, half = 0.16, 0.22
		ways = append(ways, b.way("", 30+r*cos-half*sin, 30+r*sin+half*cos, 30+r*cos+half*sin, 30+r*sin-half*cos))
	}
	b.layer("x", artwork.Cut, "centreline", map[string]string{"pieces": "bridge", "close-gap": "0"}, ways...)
	_, report := b.trace("x")
	notes := report.Of(KindLoose)
	if len(notes) != 1 || notes[0].Count != 1 {
		t.Fatalf("the report says %+v, want one note of one loose piece", report.Notes)
	}
	if at := notes[0].At; math.Hypot(at.X-30, at.Y-30) > 0.3 {
		t.Errorf("the loose piece is at %v, want 30, 30", at)
	}
	if n := report.Of(KindBridged); len(n) != 1 || n[0].Count != 2 {
		t.Errorf("the report says of bridges %+v, want the two of the square", n)
	}
}
