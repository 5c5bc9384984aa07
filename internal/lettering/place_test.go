package lettering

import (
	"context"
	"errors"
	"math"
	"reflect"
	"testing"

	"github.com/mapwright/mapwright/internal/planar"
)

func pathOf(xy ...float64) planar.Path {
	var p planar.Path
	for i := 0; i+1 < len(xy); i += 2 {
		p = append(p, planar.FromMM(xy[i], xy[i+1]))
	}
	return p
}

func word(t testing.TB, text string, size float64) Text {
	t.Helper()
	set, err := setter(t).Set(text, size, 0, 0.02)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// middle is the centre of a placed label's first letters to last: where it
// stands and in which direction it reads.
func course(p *Placed) (at, dir Vec) {
	first, last := p.letters[0].frame.at, p.letters[len(p.letters)-1].frame.at
	return p.Middle(), unit(sub(last, first))
}

func TestNamesFollowTheirStreetUpright(t *testing.T) {
	t.Parallel()
	name := word(t, "Hauptstraße", 3)
	for what, c := range map[string]struct {
		path planar.Path
		at   Vec
		dir  Vec
	}{
		"level":              {pathOf(0, 50, 100, 50), Vec{50, 50}, Vec{1, 0}},
		"level, backwards":   {pathOf(100, 50, 0, 50), Vec{50, 50}, Vec{1, 0}},
		"up":                 {pathOf(50, 0, 50, 100), Vec{50, 50}, Vec{0, 1}},
		"down":               {pathOf(50, 100, 50, 0), Vec{50, 50}, Vec{0, 1}},
		"falling, leftwards": {pathOf(100, 100, 0, 0), Vec{50, 50}, Vec{math.Sqrt2 / 2, math.Sqrt2 / 2}},
		"rising, leftwards":  {pathOf(100, 0, 0, 100), Vec{50, 50}, Vec{math.Sqrt2 / 2, -math.Sqrt2 / 2}},
	} {
		lists := Along(name, c.path, Course{})
		if len(lists) != 1 {
			t.Errorf("%s: %d lists of places, want 1", what, len(lists))
			continue
		}
		at, dir := course(lists[0][0])
		if length(sub(at, c.at)) > 1 || length(sub(dir, c.dir)) > 1e-3 {
			t.Errorf("%s: stands at %v and reads towards %v, want %v and %v", what, at, dir, c.at, c.dir)
		}
	}
}

func TestNamesAreRepeatedOnLongStreetsOnly(t *testing.T) {
	t.Parallel()
	name := word(t, "Ring", 3)
	for _, c := range []struct {
		length, repeat float64
		want           int
	}{{100, 150, 1}, {300, 150, 2}, {1000, 150, 7}, {1000, 0, 1}, {5, 150, 0}} {
		if lists := Along(name, pathOf(0, 0, c.length, 0), Course{Repeat: c.repeat}); len(lists) != c.want {
			t.Errorf("%g mm at %g mm: %d times, want %d", c.length, c.repeat, len(lists), c.want)
		}
	}
}

// A name around a hairpin can't be read.
func TestNamesTakeOnlyGentleBends(t *testing.T) {
	t.Parallel()
	name := word(t, "Serpentine", 3)
	if lists := Along(name, pathOf(0, 0, 14, 0, 14, 3, 0, 3), Course{}); len(lists) != 0 {
		t.Errorf("a name stands around a hairpin: %+v", lists[0][0].Quads)
	}
	// The bent part of a long street is left for a straight one.
	lists := Along(name, pathOf(0, 0, 50, 0, 50, 50), Course{})
	if len(lists) != 1 {
		t.Fatalf("%d lists, want 1", len(lists))
	}
	_, dir := course(lists[0][0])
	if dir != (Vec{1, 0}) && length(sub(dir, Vec{0, 1})) > 1e-3 && length(sub(dir, Vec{1, 0})) > 1e-3 {
		t.Errorf("the name stands in the corner, towards %v", dir)
	}
	// Around a wide bend it turns with the street, letter by letter.
	var arc []float64
	for i := range 91 {
		s, c := math.Sincos(float64(i) * math.Pi / 180)
		arc = append(arc, 40*c, 40*s)
	}
	lists = Along(name, pathOf(arc...), Course{})
	if len(lists) != 1 {
		t.Fatal("no name around a wide bend")
	}
	for _, q := range lists[0][0].Quads {
		for _, v := range q {
			if r := length(v); r < 36 || r > 44 {
				t.Errorf("a letter lies %g mm from the middle of a bend of 40", r)
			}
		}
	}
}

func TestNamesStayInside(t *testing.T) {
	t.Parallel()
	name := word(t, "Grenze", 3)
	inside := func(v Vec) bool { return v.X >= 30 }
	lists := Along(name, pathOf(0, 0, 60, 0), Course{Inside: inside})
	if len(lists) != 1 {
		t.Fatal("no place, where half of the street is inside")
	}
	for _, p := range lists[0] {
		for _, q := range p.Quads {
			for _, v := range q {
				if !inside(v) {
					t.Fatalf("a letter stands at %v, outside", v)
				}
			}
		}
	}
}

func TestRoomiestPlaces(t *testing.T) {
	t.Parallel()
	square := func(x0, y0, x1, y1 float64) planar.Ring {
		return planar.RectRing(planar.FromMM(x0, y0), planar.FromMM(x1, y1))
	}
	hole := square(40, 40, 60, 60)
	for i, j := 0, len(hole)-1; i < j; i, j = i+1, j-1 {
		hole[i], hole[j] = hole[j], hole[i]
	}
	for name, c := range map[string]struct {
		area          planar.Polygon
		width, height float64
		at            Vec
		scale         float64
	}{
		"a square":      {planar.Polygon{square(0, 0, 100, 100)}, 20, 10, Vec{50, 50}, 5},
		"a band":        {planar.Polygon{square(0, 0, 100, 10)}, 20, 10, Vec{math.NaN(), 5}, 1},
		"beside a hole": {planar.Polygon{square(0, 0, 100, 100), hole}, 40, 10, Vec{50, math.NaN()}, 2.5},
		"an L": {
			planar.Polygon{planar.Ring(pathOf(0, 0, 100, 0, 100, 30, 20, 30, 20, 100, 0, 100))},
			30, 10,
			Vec{math.NaN(), 15},
			3,
		},
	} {
		at, scale := Roomiest(c.area, c.width, c.height)
		if math.Abs(scale-c.scale) > 0.05*c.scale {
			t.Errorf("%s: %g times the rectangle fits, want %g", name, scale, c.scale)
		}
		if math.Abs(at.X-c.at.X) > 2 || math.Abs(at.Y-c.at.Y) > 2 {
			t.Errorf("%s: the middle is %v, want %v", name, at, c.at)
		}
		half := Vec{c.width * scale / 2 * 0.99, c.height * scale / 2 * 0.99}
		for _, s := range []Vec{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
			corner := planar.FromMM(at.X+s.X*half.X, at.Y+s.Y*half.Y)
			if planar.Contains([]planar.Polygon{c.area}, corner) != planar.Inside {
				t.Errorf("%s: a corner of the rectangle lies outside", name)
			}
		}
	}
	if _, scale := Roomiest(planar.Polygon{}, 10, 10); scale != 0 {
		t.Error("there is room in nothing")
	}
}

func TestHalves(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"Lake Constance":      {"Lake", "Constance"},
		"Bay of Many Islands": {"Bay of Many", "Islands"},
		"Rhein-Main-Donau":    {"Rhein-Main-", "Donau"},
		"Isar":                nil,
		" Isar ":              nil,
	} {
		got, ok := Halves(text)
		if ok != (want != nil) || ok && !reflect.DeepEqual(got, want) {
			t.Errorf("%q breaks into %q, want %q", text, got, want)
		}
	}
}

func TestSettleKeepsLabelsApart(t *testing.T) {
	t.Parallel()
	name := word(t, "Station", 3)
	wish := func(key string, rank, x, y float64) Wish {
		return Wish{Key: key, Rank: rank, Places: Around(name, Vec{x, y}, 1, nil)}
	}
	// Eight points so near to each other that not all can have their names.
	var wishes []Wish
	for i := range 8 {
		wishes = append(wishes, wish(string(rune('a'+i)), float64(i), 50+float64(i)*1.5, 50))
	}
	places, err := Settle(t.Context(), wishes, nil, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i, p := range places {
		if p == nil {
			continue
		}
		n++
		for _, o := range places[:i] {
			if o != nil && p.Quads[0].grown(0.5).meets(o.Quads[0]) {
				t.Error("two labels are nearer than the gap")
			}
		}
	}
	if n < 3 || n == 8 || places[7] == nil {
		t.Errorf("%d of 8 labels have a place, the most wanted one: %v", n, places[7] != nil)
	}
	reversed := make([]Wish, len(wishes))
	for i := range wishes {
		reversed[len(wishes)-1-i] = wishes[i]
	}
	again, err := Settle(t.Context(), reversed, nil, 0.5)
	if err != nil {
		t.Fatal(err)
	}
	for i := range places {
		if (places[i] == nil) != (again[len(again)-1-i] == nil) || places[i] != nil && places[i].Middle() != again[len(again)-1-i].Middle() {
			t.Errorf("label %d stands elsewhere when the labels come in another order", i)
		}
	}
}

func TestSettleMovesALabelToMakeRoom(t *testing.T) {
	t.Parallel()
	name := word(t, "Ort", 3)
	at := func(x float64) *Placed { return Stand([]Text{name}, Vec{x, 0}) }
	// The first takes the only place of the second, and has another one.
	places, err := Settle(t.Context(), []Wish{
		{Key: "first", Rank: 2, Places: []*Placed{at(0), at(50)}},
		{Key: "second", Rank: 1, Places: []*Placed{at(0)}},
	}, nil, 0.4)
	if err != nil {
		t.Fatal(err)
	}
	if places[0] == nil || places[1] == nil {
		t.Errorf("a label was dropped although the one in its way could move: %v", places)
	}
}

func TestSettleKeepsOffWhatIsTaken(t *testing.T) {
	t.Parallel()
	name := word(t, "Ort", 3)
	small := planar.RectRing(planar.FromMM(-0.2, -0.2), planar.FromMM(0.2, 0.2)) // inside of the label
	large := planar.RectRing(planar.FromMM(20, -50), planar.FromMM(150, 50))     // all around it
	taken := NewTaken([]planar.Polygon{{small}, {large}})
	for x, want := range map[float64]bool{0: false, 100: false, -40: true} {
		places, err := Settle(t.Context(), []Wish{{Key: "a", Places: []*Placed{Stand([]Text{name}, Vec{x, 0})}}}, taken, 0.4)
		if err != nil {
			t.Fatal(err)
		}
		if (places[0] != nil) != want {
			t.Errorf("a label at %g: %v, want %v", x, places[0] != nil, want)
		}
	}
}

func TestSettleStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Settle(ctx, []Wish{{Key: "a"}}, nil, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
