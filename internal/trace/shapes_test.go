package trace

import (
	"math"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// What each strategy draws of simple shapes: how many lines, how long, how much
// filled.
func TestStrategiesForLinesAndAreas(t *testing.T) {
	t.Parallel()
	type options = map[string]string
	cross := func(b *table) []carto.Feature { // two roads that cross, one leaves the map, the other leads nowhere
		return []carto.Feature{b.way("", -20, 40, 120, 40), b.way("", 50, 20, 50, 60)}
	}
	two := func(b *table) []carto.Feature { // two districts that share a border, the second with a hole
		return []carto.Feature{b.patch(rect(20, 20, 40, 40)), b.patch(rect(40, 20, 60, 40), rect(45, 25, 55, 35))}
	}
	for name, c := range map[string]struct {
		strategy     string
		options      options
		make         func(b *table) []carto.Feature
		closed, open int
		length       float64 // mm, within 0.1
		filled       float64 // mm², within 0.1
	}{
		"a casing, open at crossings, dead ends and the frame": {
			"casing",
			options{"width": "2"},
			cross,
			0, 4, 2*(90-2) + 2*(40-2), 0,
		},
		"a casing with dead ends closed": {
			"casing",
			options{"width": "2", "ends": "closed"},
			cross,
			0, 2, 2*(90-2) + 2*(40-2) + 4, 0,
		},
		"a casing with round dead ends": {
			"casing",
			options{"width": "2", "ends": "round", "curve-error": "0.001"},
			cross,
			0, 2, 2*(90-2) + 2*(40-2) + 2*math.Pi, 0,
		},
		"a casing of a road that ends on another one": {
			"casing",
			options{"width": "2"},
			func(b *table) []carto.Feature {
				return []carto.Feature{b.way("", 10, 40, 50, 40), b.way("", 50, 40, 90, 40), b.way("", 50, 40, 50, 60)}
			},
			0, 3, 80 + 80 - 2 + 2*19, 0,
		},
		"a casing of a road that goes on wider around a corner": {
			"casing",
			options{"width.a": "2", "width.b": "3", "curve-error": "0.001"},
			func(b *table) []carto.Feature {
				return []carto.Feature{b.way("a", 10, 40, 50, 40), b.way("b", 50, 40, 50, 60)}
			},
			0, 2, 38.5 + 19 + 40 - math.Sqrt(1.25) + 20 + (math.Pi-math.Asin(1/1.5))*1.5, 0,
		},
		"a ring road has no ends": {
			"casing",
			options{"width": "2", "join": "mitre"},
			func(b *table) []carto.Feature {
				return []carto.Feature{b.way("", 20, 20, 40, 20, 40, 40, 20, 40, 20, 20)}
			},
			2, 0, 4*22 + 4*18, 0,
		},
		"a hatch with its border": {
			"hatch",
			options{"angle": "0", "spacing": "2", "border": "yes"},
			func(b *table) []carto.Feature { return []carto.Feature{b.patch(rect(20, 20.5, 40, 30.5))} },
			1, 5, 100 + 60, 0,
		},
		"a border never follows the frame": {
			"hatch",
			options{"angle": "0", "spacing": "100", "border": "yes"},
			func(b *table) []carto.Feature { return []carto.Feature{b.patch(rect(-20, 20, 20, 30))} },
			0, 1, 15 + 10 + 15, 0,
		},
		"a cross-hatch": {
			"cross-hatch",
			options{"angle": "0", "second-angle": "90", "spacing": "2"},
			func(b *table) []carto.Feature { return []carto.Feature{b.patch(rect(20.5, 20.5, 40.5, 30.5))} },
			0, 15, 5*20 + 10*10, 0,
		},
		"three rings and the border": {
			"inset",
			options{"spacing": "2"},
			func(b *table) []carto.Feature { return []carto.Feature{b.patch(rect(20, 20, 40, 40))} },
			4, 0, 80 + 64 + 48 + 32, 0,
		},
		"rings until nothing is left": {
			"inset",
			options{"spacing": "2", "count": "0", "border": "no"},
			func(b *table) []carto.Feature { return []carto.Feature{b.patch(rect(20, 20, 40, 39))} },
			4, 0, 2 * (16 + 15 + 12 + 11 + 8 + 7 + 4 + 3), 0,
		},
		"rings along a shore run out of the map": {
			"inset",
			options{"spacing": "2", "count": "2"},
			func(b *table) []carto.Feature { return []carto.Feature{b.patch(rect(-50, -50, 150, 40))} },
			0, 3, 3 * 90, 0,
		},
		"the border of all": {
			"dissolve", nil, two,
			2, 0, 120 + 40, 0,
		},
		"the border of all, without holes": {
			"dissolve",
			options{"holes": "no"},
			two,
			1, 0, 120, 0,
		},
		"roads and squares as one": {
			"dissolve",
			options{"width": "2"},
			func(b *table) []carto.Feature {
				return []carto.Feature{b.patch(rect(20, 20, 40, 40)), b.way("", 30, 30, 50, 30)}
			},
			1, 0, 80 - 2 + 20 + math.Pi, 0,
		},
		"a groove that is engraved": {
			"groove",
			options{"width": "2"},
			func(b *table) []carto.Feature {
				return []carto.Feature{b.patch(rect(20, 20, 40, 40)), b.way("", -10, 60, 120, 60)}
			},
			0, 0, 0, 400 + 180,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newTable(t, carto.FrameRect)
			op := artwork.Score
			if c.filled > 0 {
				op = artwork.Engrave
			}
			b.layer("x", op, c.strategy, c.options, c.make(b)...)
			l, _ := b.trace("x")
			closed, open := 0, 0
			length := 0.0
			for _, s := range l.Shapes {
				if s.Fill {
					continue
				}
				if length += s.Paths[0].Length(); s.Paths[0].Closed {
					closed++
				} else {
					open++
				}
			}
			if closed != c.closed || open != c.open || math.Abs(length-c.length) > 0.1 || math.Abs(filledMM(*l)-c.filled) > 0.1 {
				t.Errorf("%d closed and %d open lines of %.2f mm, %.2f mm² filled; want %d, %d, %.2f, %.2f",
					closed, open, length, filledMM(*l), c.closed, c.open, c.length, c.filled)
			}
		})
	}
}

func TestAKnockOutLeavesAHaloUnlessTold(t *testing.T) {
	t.Parallel()
	for halo, want := range map[string]float64{"": 400 - 20*2.8, "0": 400 - 20*2} {
		b := newTable(t, carto.FrameRect)
		options := map[string]string{}
		if halo != "" {
			options["halo"] = halo
		}
		b.layer("water", artwork.Engrave, "knock-out", options, b.patch(rect(20, 20, 40, 40)))
		b.layer("road", artwork.Engrave, "filled", map[string]string{"width": "2"}, b.way("", 0, 30, 100, 30))
		l, _ := b.trace("water")
		if got := filledMM(*l); math.Abs(got-want) > 0.1 {
			t.Errorf("halo %q: %.2f mm², want %.2f", halo, got, want)
		}
	}
}

func TestEachStrategyReportsTheKindsThatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	for _, s := range Strategies() {
		b := newTable(t, carto.FrameRect)
		shapes := []carto.Feature{b.spot(20, 20), b.way("", 10, 50, 50, 50), b.patch(rect(60, 20, 80, 40))}
		for i := range shapes {
			shapes[i].Name = string(rune('A' + i))
		}
		b.layer("x", artwork.Score, s.ID, nil, shapes...)
		l, report := b.trace("x")
		known := 0
		for _, kind := range []Kinds{Points, Lines, Areas} {
			if s.Draws&kind != 0 {
				known++
			}
		}
		if n := len(report.Of(KindReplaced)); n != 3-known || len(l.Shapes) < 2 {
			t.Errorf("%s: %d kinds reported, %d shapes; it knows %d kinds", s.ID, n, len(l.Shapes), known)
		}
		for kind, says := range map[Kinds]string{Points: s.OfPoints, Lines: s.OfLines, Areas: s.OfAreas} {
			if (s.Draws&kind != 0) != (says != "") {
				t.Errorf("%s says of kind %b %q", s.ID, kind, says)
			}
		}
	}
}
