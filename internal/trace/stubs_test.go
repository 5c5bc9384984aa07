package trace

import (
	"math"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// A stub is left out and the street that it leaves goes on as one line; links
// between streets, streets of their own and long dead ends stay.
func TestShortDeadEndsAreLeftOut(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Score, "centreline", map[string]string{"min-stub": "4"},
		b.way("", 10, 20, 30, 20, 50, 20, 80, 20),
		b.way("", 10, 40, 50, 40, 80, 40),
		b.way("", 30, 20, 30, 23),                   // a stub
		b.way("", 50, 20, 50, 40),                   // a link
		b.way("", 80, 20, 80, 14),                   // a dead end of 6 mm
		b.way("lane", 10, 60, 12, 60),               // a street of its own
		b.way("", 60, 60, 63, 60, 60, 60.5, 60, 60), // a loop
	)
	l, report := b.trace("x")
	want := 70.0 + 70 + 20 + 6 + 2 + 3 + math.Hypot(3, 0.5) + 0.5
	if _, _, length := shapesOf(l); math.Abs(length-want) > 0.05 {
		t.Errorf("%.2f mm are drawn, not %.2f", length, want)
	}
	if notes := report.Of(KindTooSmall); len(notes) != 1 || notes[0].Message != "1 dead end shorter than 4 mm left out." {
		t.Errorf("%+v", notes)
	}
}
