package trace

import (
	"math"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// burned is the length of all lines of a layer, mm.
func burned(l artwork.Layer) float64 {
	sum := 0.0
	for _, s := range l.Shapes {
		for _, p := range s.Paths {
			if !s.Fill {
				sum += p.Length()
			}
		}
	}
	return sum
}

func TestNothingBurnsTwice(t *testing.T) {
	t.Parallel()
	type want map[string]float64 // mm burned by layer
	arts := map[string]*artwork.Artwork{}
	for name, c := range map[string]struct {
		make func(b *table)
		want want
	}{
		"the same line in two layers is the upper one's": {
			func(b *table) {
				b.layer("lower", artwork.Score, "centreline", nil, b.way("", 10, 10, 60, 10))
				b.layer("upper", artwork.Score, "centreline", nil, b.way("", 10, 10, 60, 10))
			},
			want{"lower": 0, "upper": 50},
		},
		"a cut keeps what it shares with a score above it": {
			func(b *table) {
				b.layer("cut", artwork.Cut, "centreline", nil, b.way("", 10, 10, 60, 10))
				b.layer("score", artwork.Score, "centreline", nil, b.way("", 10, 10, 60, 10, 60, 30))
			},
			want{"cut": 50, "score": 20},
		},
		"a reversed copy": {
			func(b *table) {
				b.layer("rail", artwork.Score, "centreline", nil, b.way("", 10, 10, 60, 10), b.way("", 60, 10, 10, 10))
			},
			want{"rail": 50},
		},
		"a copy a fiftieth of a mm beside": {
			func(b *table) {
				b.layer("rail", artwork.Score, "centreline", nil, b.way("", 10, 10, 60, 10), b.way("", 20, 10.02, 50, 10.02))
			},
			want{"rail": 50},
		},
		"not a line a tenth of a mm beside": {
			func(b *table) {
				b.layer("rail", artwork.Score, "centreline", nil, b.way("", 10, 10, 60, 10), b.way("", 20, 10.1, 50, 10.1))
			},
			want{"rail": 80},
		},
		"out and back": {
			func(b *table) {
				b.layer("rail", artwork.Score, "centreline", map[string]string{"simplify": "0"},
					b.way("", 10, 10, 60, 10, 60, 10.01, 30, 10.01))
			},
			want{"rail": 50},
		},
		"a track that joins another at a switch keeps all but the joint": {
			func(b *table) {
				b.layer("rail", artwork.Score, "centreline", map[string]string{"simplify": "0"},
					b.way("", 10, 40, 80, 40), b.way("", 10, 42, 30, 40.8, 40, 40.2, 50, 40.02, 60, 40))
			},
			want{"rail": 70 + 50.056 - 10.67},
		},
		"a border that two cut pieces share": {
			func(b *table) {
				b.layer("pieces", artwork.Cut, "outline", nil, b.patch(rect(10, 10, 20, 20)), b.patch(rect(20, 10, 30, 20)))
			},
			want{"pieces": 70},
		},
		"a border that they share in part": {
			func(b *table) {
				b.layer("pieces", artwork.Cut, "outline", nil, b.patch(rect(10, 10, 20, 20)), b.patch(rect(20, 5, 30, 14)))
			},
			want{"pieces": 40 + 38 - 4},
		},
		"no crossing": {
			func(b *table) {
				b.layer("a", artwork.Score, "centreline", nil, b.way("", 10, 40, 60, 40))
				b.layer("b", artwork.Score, "centreline", nil, b.way("", 30, 10, 30, 60), b.way("", 10, 20, 60, 60))
			},
			want{"a": 50, "b": 50 + math.Hypot(50, 40)},
		},
		"a guide is not touched and takes nothing": {
			func(b *table) {
				b.layer("guide", artwork.Guide, "centreline", nil, b.way("", 10, 10, 60, 10))
				b.layer("rail", artwork.Score, "centreline", nil, b.way("", 10, 10, 60, 10))
			},
			want{"guide": 50, "rail": 50},
		},
		"layers on two boards": {
			func(b *table) {
				b.m.Boards.Count = 2
				b.layer("one", artwork.Score, "centreline", nil, b.way("", 10, 10, 60, 10))
				b.layer("two", artwork.Score, "centreline", nil, b.way("", 10, 10, 60, 10))
				b.m.Layers[1].Board = 2
			},
			want{"one": 50, "two": 50},
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newTable(t, carto.FrameRect)
			c.make(b)
			art, report := b.job()
			for _, l := range art.Layers {
				if got := burned(l); math.Abs(got-c.want[l.Name]) > 0.15 {
					t.Errorf("layer %s burns %.3f mm, want %.3f", l.Name, got, c.want[l.Name])
				}
				if l.Empty() && len(report.Of(KindEmptied)) == 0 {
					t.Errorf("layer %s came out empty and the report does not say why", l.Name)
				}
			}
			arts[name] = art
		})
	}
	allInnocent(t, arts)
}

func TestCutPiecesComeFree(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("pieces", artwork.Cut, "outline", nil, b.patch(rect(10, 10, 20, 20)), b.patch(rect(20, 10, 30, 20)))
	art, _ := b.job()
	shapes := art.Layers[0].Shapes
	if len(shapes) != 2 || !shapes[0].Paths[0].Closed || shapes[1].Paths[0].Closed {
		t.Fatalf("want one closed piece and one open rest, got %+v", shapes)
	}
	rest := shapes[1].Paths[0].Points
	for _, p := range []artwork.Point{rest[0], rest[len(rest)-1]} {
		if math.Abs(p.X-20) > 0.002 {
			t.Errorf("the rest ends %.3f mm from the border that closes it: the piece hangs on", math.Abs(p.X-20))
		}
	}
}

func TestStreetsAreLongLines(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	var ways []carto.Feature
	for i := range 6 {
		at := 12 + float64(i)*10
		var along, across []float64
		for k := range 6 {
			along = append(along, 12+float64(k)*10, at)
			across = append(across, at, 12+float64(k)*10)
		}
		ways = append(ways, b.way("", along...), b.way("", across...))
	}
	b.layer("streets", artwork.Score, "centreline", nil, ways...)
	art, _ := b.job()
	if n := len(art.Layers[0].Shapes); n > 12 {
		t.Errorf("12 streets became %d lines", n)
	}
	innocent(t, art)
}

func TestRoundaboutStaysWhole(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	var ring []float64
	for i := range 25 {
		s, c := math.Sincos(2 * math.Pi * float64(i%24) / 24)
		ring = append(ring, 50+10*c, 40+10*s)
	}
	b.layer("roads", artwork.Score, "centreline", map[string]string{"simplify": "0"}, b.way("", ring...),
		b.way("", 60, 40, 90, 40), b.way("", 40, 40, 10, 40), b.way("", 50, 50, 50, 70))
	art, _ := b.job()
	closed := 0
	for _, s := range art.Layers[0].Shapes {
		if s.Paths[0].Closed {
			closed++
		}
	}
	if closed != 1 || len(art.Layers[0].Shapes) != 4 {
		t.Errorf("%d closed of %d lines, want the ring and three roads", closed, len(art.Layers[0].Shapes))
	}
}
