package trace

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// shapesOf gives the lines of a layer: how many are closed, how many open, and
// their length together, mm.
func shapesOf(l *artwork.Layer) (closed, open int, length float64) {
	for _, s := range l.Shapes {
		if s.Paths[0].Closed {
			closed++
		} else {
			open++
		}
	}
	return closed, open, burned(*l)
}

func TestStrategies(t *testing.T) {
	t.Parallel()
	type options = map[string]string
	for name, c := range map[string]struct {
		op           artwork.Operation
		strategy     string
		options      options
		make         func(b *table) []carto.Feature
		closed, open int
		length       float64
		notes        []NoteKind
	}{
		"lines that meet become one": {
			artwork.Score, "centreline", nil,
			func(b *table) []carto.Feature {
				return []carto.Feature{b.way("", 30, 10, 20, 10), b.way("", 30, 10, 40, 10, 40, 20), b.way("", 20, 10, 10, 10)}
			},
			0, 1, 40, nil,
		},
		"short lines go, and the report says so": {
			artwork.Score, "centreline",
			options{"min-length": "5"},
			func(b *table) []carto.Feature {
				return []carto.Feature{b.way("", 10, 10, 20, 10), b.way("", 10, 20, 14, 20)}
			},
			0, 1, 10,
			[]NoteKind{KindTooSmall},
		},
		"a line is cut at the frame": {
			artwork.Score, "centreline", nil,
			func(b *table) []carto.Feature { return []carto.Feature{b.way("", -20, 40, 200, 40)} },
			0, 1, 90, nil,
		},
		"a line that leaves and comes back is two": {
			artwork.Score, "centreline", nil,
			func(b *table) []carto.Feature { return []carto.Feature{b.way("", 80, 20, 120, 20, 120, 30, 80, 30)} },
			0, 2, 30, nil,
		},
		"a road as a pair of lines, open where it leaves the map": {
			artwork.Score, "outline",
			options{"width.primary": "4", "width": "1"},
			func(b *table) []carto.Feature { return []carto.Feature{b.way("primary", -20, 40, 200, 40)} },
			0, 2, 180, nil,
		},
		"a road that is cut out is closed at the frame": {
			artwork.Cut, "outline",
			options{"width": "4"},
			func(b *table) []carto.Feature { return []carto.Feature{b.way("primary", -20, 40, 200, 40)} },
			1, 0, 188, nil,
		},
		"an outline kept along the frame": {
			artwork.Score, "outline",
			options{"edge": "keep"},
			func(b *table) []carto.Feature { return []carto.Feature{b.patch(rect(0, 0, 20, 20))} },
			1, 0, 60, nil,
		},
		"an outline in the corner of the frame": {
			artwork.Score, "outline", nil,
			func(b *table) []carto.Feature { return []carto.Feature{b.patch(rect(0, 0, 20, 20))} },
			0, 1, 30, nil,
		},
		"an outline around the whole frame": {
			artwork.Score, "outline", nil,
			func(b *table) []carto.Feature { return []carto.Feature{b.patch(rect(-50, -50, 200, 200))} },
			0, 0, 0,
			[]NoteKind{KindEmpty},
		},
		"a piece cut a little larger, by half the beam": {
			artwork.Cut, "outline",
			options{"kerf": "0.2", "join": "mitre"},
			func(b *table) []carto.Feature { return []carto.Feature{b.patch(rect(20, 20, 40, 40))} },
			1, 0, 80.8, nil,
		},
		"rounded corners": {
			artwork.Cut, "outline",
			options{"corner-radius": "3", "curve-error": "0.001"},
			func(b *table) []carto.Feature { return []carto.Feature{b.patch(rect(20, 20, 40, 40))} },
			1, 0, 80 - 24 + 6*math.Pi, nil,
		},
		"small areas go": {
			artwork.Cut, "outline",
			options{"min-area": "4"},
			func(b *table) []carto.Feature {
				return []carto.Feature{b.patch(rect(20, 20, 40, 40)), b.patch(rect(50, 50, 51, 51))}
			},
			1, 0, 80,
			[]NoteKind{KindTooSmall},
		},
		"hatched": {
			artwork.Score, "hatch",
			options{"angle": "0", "spacing": "2"},
			func(b *table) []carto.Feature { return []carto.Feature{b.patch(rect(20, 20.5, 40, 30.5))} },
			0, 5, 100, nil,
		},
		"dashes, whole ones at both ends": {
			artwork.Score, "dashes",
			options{"dash": "2", "gap": "1"},
			func(b *table) []carto.Feature { return []carto.Feature{b.way("", 10, 10, 30, 10, 30, 20)} },
			0, 10, 20, nil,
		},
		"holes": {
			artwork.Cut, "drill",
			options{"diameter": "3", "curve-error": "0.001"},
			func(b *table) []carto.Feature { return []carto.Feature{b.spot(20, 20), b.spot(20, 20), b.spot(40, 20)} },
			2, 0, 6 * math.Pi, nil,
		},
		"a hole across the frame is none": {
			artwork.Cut, "drill", nil,
			func(b *table) []carto.Feature { return []carto.Feature{b.spot(5.2, 20), b.spot(1, 20)} },
			0, 0, 0,
			[]NoteKind{KindAtFrame, KindEmpty},
		},
		"kinds that a strategy does not know": {
			artwork.Score, "hatch",
			options{"spacing": "100"},
			func(b *table) []carto.Feature { return []carto.Feature{b.way("", 10, 10, 30, 10), b.spot(50, 50)} },
			1, 1, 20 + math.Pi,
			[]NoteKind{KindReplaced, KindReplaced},
		},
		"features without a place": {
			artwork.Score, "centreline", nil,
			func(*table) []carto.Feature {
				return []carto.Feature{{Geometry: orb.LineString{{math.NaN(), 1}, {1, 1}}}, {}}
			},
			0, 0, 0,
			[]NoteKind{KindUnreadable, KindEmpty},
		},
		"collections": {
			artwork.Score, "centreline", nil,
			func(b *table) []carto.Feature {
				line := b.way("", 10, 10, 30, 10).Geometry
				return []carto.Feature{{Geometry: orb.Collection{line, orb.MultiPoint{b.place(50, 50)}, orb.MultiLineString{b.places([]float64{10, 20, 30, 20})}}}}
			},
			1, 2, 40 + math.Pi,
			[]NoteKind{KindReplaced},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newTable(t, carto.FrameRect)
			b.layer("x", c.op, c.strategy, c.options, c.make(b)...)
			l, report := b.trace("x")
			closed, open, length := shapesOf(l)
			if closed != c.closed || open != c.open || math.Abs(length-c.length) > 0.06 {
				t.Errorf("%d closed and %d open lines, %.3f mm; want %d, %d, %.3f", closed, open, length, c.closed, c.open, c.length)
			}
			var notes []NoteKind
			for _, n := range report.Notes {
				notes = append(notes, n.Kind)
			}
			if !slices.Equal(notes, c.notes) {
				t.Errorf("notes %v, want %v", notes, c.notes)
			}
		})
	}
}

func TestDashesAreWholeAndEndWithADash(t *testing.T) {
	t.Parallel()
	for _, length := range []float64{1, 2, 3.4, 4.6, 5, 7, 8.3, 20, 61.7} {
		b := newTable(t, carto.FrameRect)
		b.layer("x", artwork.Score, "dashes", map[string]string{"dash": "2", "gap": "1"}, b.way("", 10, 10, 10+length, 10))
		l, _ := b.trace("x")
		for i, s := range l.Shapes {
			if got := s.Paths[0].Length(); math.Abs(got-math.Min(2, length)) > 0.001 {
				t.Errorf("on %g mm dash %d has %.3f mm", length, i, got)
			}
		}
		last := l.Shapes[len(l.Shapes)-1].Paths[0].Points
		if end := last[len(last)-1].X - 10; len(l.Shapes) > 1 && math.Abs(end-length) > 0.001 {
			t.Errorf("on %g mm the last dash ends at %.3f", length, end)
		}
	}
}

func TestDashesGoAroundARing(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Score, "dashes", map[string]string{"dash": "2", "gap": "1"},
		b.way("", 10, 10, 25, 10, 25, 25, 10, 25, 10, 10))
	l, _ := b.trace("x")
	if len(l.Shapes) != 20 || math.Abs(burned(*l)-40) > 0.01 {
		t.Errorf("%d dashes of %.3f mm, want 20 of 40", len(l.Shapes), burned(*l))
	}
}

func TestTheSameMapGivesTheSameArtwork(t *testing.T) {
	t.Parallel()
	m, data := city(t, "monaco-2021", middleOf(monaco), 50, 50, carto.FrameRect, 12)
	var ids []carto.LayerID
	for _, l := range m.Layers {
		ids = append(ids, l.ID)
	}
	var first []byte
	for range 2 {
		s, err := NewScene(m, data)
		if err != nil {
			t.Fatal(err)
		}
		art, report, err := Job(t.Context(), s, ids)
		if err != nil {
			t.Fatal(err)
		}
		bytes, err := json.Marshal([]any{art, report})
		if err != nil {
			t.Fatal(err)
		}
		if first != nil && !slices.Equal(first, bytes) {
			t.Error("the second artwork differs from the first")
		}
		first = bytes
		slices.Reverse(ids)
	}
}

func TestTracingEndsWhenAsked(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("buildings", artwork.Cut, "outline", nil, b.patch(rect(20, 20, 40, 40)), b.patch(rect(40, 20, 60, 40)))
	s := b.scene()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := traceOf(ctx, s, "buildings"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
	if _, _, err := traceOf(t.Context(), s, "buildings"); err != nil {
		t.Errorf("the scene is of no use after a cancelled tracing: %v", err)
	}
}
