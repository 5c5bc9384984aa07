package machine

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
)

func setupOf(m Machine, settings ...Setting) *Setup { return &Setup{Machine: m, Settings: settings} }

var (
	cutSlow     = Setting{Operation: artwork.Cut, Setting: "outer", Power: 100, Speed: 300, Passes: 1}
	scoreQuick  = Setting{Operation: artwork.Score, Setting: "1", Power: 50, Speed: 3000, Passes: 1}
	engraveDark = Setting{Operation: artwork.Engrave, Setting: "dark", Power: 50, Speed: 3000, Passes: 1, Interval: 0.1}
)

func square(x, y, side float64) artwork.Path {
	return artwork.Path{Points: []artwork.Point{{X: x, Y: y}, {X: x + side, Y: y}, {X: x + side, Y: y + side}, {X: x, Y: y + side}}, Closed: true}
}

func shape(o artwork.Operation, setting string, paths ...artwork.Path) artwork.Shape {
	return artwork.Shape{Board: 1, Operation: o, Setting: setting, Fill: o == artwork.Engrave, Paths: paths}
}

func artOf(shapes ...artwork.Shape) *artwork.Artwork {
	return &artwork.Artwork{Layers: []artwork.Layer{{Name: "a", Shapes: shapes}}}
}

func estimate(t *testing.T, art *artwork.Artwork, s *Setup) Estimate {
	t.Helper()
	e, err := Time(t.Context(), art, s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// sumOf is how far a setup burns for shapes, each by itself.
func sumOf(s *Setup, shapes ...artwork.Shape) float64 {
	sum := 0.0
	for i := range shapes {
		sum += s.BurnMM(&shapes[i])
	}
	return sum
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance {
		t.Errorf("%s: %.6f, want %.6f", what, got, want)
	}
}

// TestASquareIsCutPassAfterPass: 40 mm at 5 mm/s five times is 40 s and a
// little for the corners.
func TestASquareIsCutPassAfterPass(t *testing.T) {
	t.Parallel()
	s := cutSlow
	s.Passes = 5
	e := estimate(t, artOf(shape(artwork.Cut, "outer", square(3, 4, 10))), setupOf(plain(), s))
	near(t, "burn", e.BurnMM, 200, 1e-9)
	near(t, "travel", e.TravelMM, 5, 1e-9)
	near(t, "seconds", e.Seconds, 200.0/5+2*math.Sqrt(5/1250.0), 0.05) // 1250: both axes at 3:4:5
	if len(e.Parts) != 1 || e.Parts[0].Passes != 5 || e.Parts[0].Seconds != e.Seconds || len(e.Boards) != 1 {
		t.Errorf("%+v", e)
	}
}

// TestAnOpenLineGoesToAndFro: its second pass begins where the first one ends.
func TestAnOpenLineGoesToAndFro(t *testing.T) {
	t.Parallel()
	s := scoreQuick
	s.Passes = 3
	line := artwork.Path{Points: []artwork.Point{{X: 10}, {X: 60}, {X: 110}}}
	after := artwork.Path{Points: []artwork.Point{{X: 110, Y: 7}, {X: 120, Y: 7}}}
	e := estimate(t, artOf(shape(artwork.Score, "1", line, after)), setupOf(plain(), s))
	near(t, "burn", e.BurnMM, 330, 1e-9)
	near(t, "travel", e.TravelMM, 17, 1e-9)
}

// TestAFilledAreaIsScannedInRows: 100 rows of 10 mm, each with a run-up and a
// run-out, and a step to the next. Without acceleration this would be 20 s; the
// turns are what makes small engravings slow.
func TestAFilledAreaIsScannedInRows(t *testing.T) {
	t.Parallel()
	m := plain()
	m.Overscan = 2.5
	e := estimate(t, artOf(shape(artwork.Engrave, "dark", square(20, 0, 10))), setupOf(m, engraveDark))
	near(t, "burn", e.BurnMM, 1000, 1e-6)
	near(t, "travel", e.TravelMM, length(17.5, 0.05)+100*5+99*0.1, 1e-6)
	// A row: 15 mm at 50 mm/s, and from rest to rest 0.05 s more; the turns are
	// two right angles and 0.1 mm, taken at a corner's speed.
	if row := (e.Seconds - 0.28) / 100; row < 0.3+0.025 || row > 0.3+0.05+0.02 {
		t.Errorf("a row takes %.4f s", row)
	}
}

// TestAreasOfASettingAreScannedTogether: neighbours share their rows, what two
// shapes fill burns once, and a wide gap is crossed as fast as the axes can.
func TestAreasOfASettingAreScannedTogether(t *testing.T) {
	t.Parallel()
	m := plain()
	m.Overscan = 2.5
	one := estimate(t, artOf(shape(artwork.Engrave, "dark", square(20, 0, 10))), setupOf(m, engraveDark))
	over := estimate(t, artOf(shape(artwork.Engrave, "dark", square(20, 0, 10)), shape(artwork.Engrave, "dark", square(20, 0, 10))), setupOf(m, engraveDark))
	if one.Seconds != over.Seconds || one.BurnMM != over.BurnMM {
		t.Errorf("a copy on top takes %.3f s, one alone %.3f s", over.Seconds, one.Seconds)
	}
	close := estimate(t, artOf(shape(artwork.Engrave, "dark", square(20, 0, 10)), shape(artwork.Engrave, "dark", square(33, 0, 10))), setupOf(m, engraveDark))
	near(t, "a gap of 3 mm, row by row", close.Seconds-one.Seconds, 100*13.0/50, 0.01)
	far := estimate(t, artOf(shape(artwork.Engrave, "dark", square(20, 0, 10)), shape(artwork.Engrave, "dark", square(130, 0, 10))), setupOf(m, engraveDark))
	// From 50 mm/s up to 100 and down again takes 2·0.05 s and 2·3.75 mm.
	near(t, "a gap of 100 mm, row by row", far.Seconds-one.Seconds, 100*(10.0/50+0.1+(100-7.5)/100), 0.02)
	hole := estimate(t, artOf(shape(artwork.Engrave, "dark", square(20, 0, 10), square(22, 2, 6))), setupOf(m, engraveDark))
	near(t, "burn around a hole", hole.BurnMM, 1000-360, 1e-6)
}

// TestRowsCoverTheArea compares rows with areas of many random shapes.
func TestRowsCoverTheArea(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	for range 50 {
		var shapes []*artwork.Shape
		want := 0.0
		for k := range 6 { // side by side, so that no two share a place
			x, y, side := float64(k)*20, r.Float64()*40, 1+r.Float64()*15
			ring := square(x, y, side)
			turn := r.Float64()
			for i, p := range ring.Points { // turned around its corner
				dx, dy := p.X-x, p.Y-y
				ring.Points[i] = artwork.Point{X: x + dx*math.Cos(turn) - dy*math.Sin(turn), Y: y + dx*math.Sin(turn) + dy*math.Cos(turn)}
			}
			s := shape(artwork.Engrave, "dark", ring)
			shapes = append(shapes, &s)
			want += side * side
		}
		const interval = 0.01
		rows, err := rowsOf(t.Context(), shapes, interval)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for i, s := range rows {
			sum += s.x1 - s.x0
			if i > 0 && (s.row < rows[i-1].row || s.row == rows[i-1].row && s.x0 <= rows[i-1].x1) {
				t.Fatalf("row %d comes after row %d, or they overlap", s.row, rows[i-1].row)
			}
		}
		// Turned squares may reach into their neighbours, where they burn once.
		if got := sum * interval; got > want*1.002 || got < want*0.7 {
			t.Errorf("rows cover %.3f mm², the squares have %.3f", got, want)
		}
	}
	round := artwork.Shape{Paths: []artwork.Path{{Points: []artwork.Point{{X: 10}, {X: -10}, {X: 10}}, Verbs: []artwork.Verb{artwork.ArcTo}, Closed: true}}}
	rows, err := rowsOf(t.Context(), []*artwork.Shape{&round}, 0.1)
	sum := 0.0
	for _, s := range rows {
		sum += (s.x1 - s.x0) * 0.1
	}
	if math.Abs(sum-100*math.Pi) > 0.5 || err != nil {
		t.Errorf("rows cover %.2f mm² of a disc of %.2f: %v", sum, 100*math.Pi, err)
	}
}

// TestTheOrderIsThatOfTheMachine: engrave, score, cut inner, cut outer.
func TestTheOrderIsThatOfTheMachine(t *testing.T) {
	t.Parallel()
	inner := cutSlow
	inner.Setting = "inner"
	art := artOf(
		shape(artwork.Cut, "outer", square(0, 0, 100)), shape(artwork.Cut, "inner", square(50, 50, 5)),
		shape(artwork.Score, "1", artwork.Path{Points: []artwork.Point{{X: 1, Y: 1}, {X: 9, Y: 1}}}), shape(artwork.Engrave, "dark", square(10, 10, 1)),
		shape(artwork.Guide, "default", square(0, 0, 1000)),
	)
	art.Layers[0].Shapes = append(art.Layers[0].Shapes, artwork.Shape{Board: 2, Operation: artwork.Cut, Setting: "outer", Paths: []artwork.Path{square(0, 0, 10)}})
	m := plain()
	m.StartDelay = 4
	e := estimate(t, art, setupOf(m, cutSlow, inner, scoreQuick, engraveDark))
	var order []string
	sum := e.StartSeconds
	for _, p := range e.Parts {
		order = append(order, p.key())
		sum += p.Seconds
	}
	if !slices.Equal(order, []string{"engrave dark", "score 1", "cut inner", "cut outer"}) {
		t.Errorf("%q", order)
	}
	near(t, "the parts together", sum, e.Seconds, 1e-9)
	near(t, "the boards together", e.Boards[0].Seconds+e.Boards[1].Seconds, e.Seconds, 1e-9)
	near(t, "a start for each board", e.StartSeconds, 8, 0)
	if len(e.Missing) > 0 || e.Boards[1].Number != 2 {
		t.Errorf("%+v", e)
	}
}

// TestWhatLiesInAnOpeningIsCutBeforeIt: afterwards it lies loose.
func TestWhatLiesInAnOpeningIsCutBeforeIt(t *testing.T) {
	t.Parallel()
	inner := cutSlow
	inner.Setting = "inner"
	e := estimate(t, artOf(shape(artwork.Cut, "inner", square(10, 10, 20)), shape(artwork.Cut, "outer", square(15, 15, 5))), setupOf(plain(), cutSlow, inner))
	near(t, "travel to the piece", e.Parts[1].TravelMM, 15*math.Sqrt2, 1e-9)
	near(t, "travel from there to the opening", e.Parts[0].TravelMM, 5*math.Sqrt2, 1e-9)
}

// TestTheBurnLengthOfShapesIsThatOfTheTime: what a layer burns by itself and
// what the check tells of all of them must be one figure.
func TestTheBurnLengthOfShapesIsThatOfTheTime(t *testing.T) {
	t.Parallel()
	twice := engraveDark
	twice.Passes = 2
	thrice := scoreQuick
	thrice.Passes = 3
	hole := square(22, 2, 6)
	slices.Reverse(hole.Points)
	shapes := []artwork.Shape{
		shape(artwork.Engrave, "dark", square(20, 0, 10), hole),
		shape(artwork.Score, "1", artwork.Path{Points: []artwork.Point{{X: 1, Y: 1}, {X: 9, Y: 1}}}),
		shape(artwork.Cut, "outer", square(0, 0, 10)), // which this setup can't do
		shape(artwork.Guide, "default", square(0, 0, 10)),
	}
	s := setupOf(plain(), twice, thrice)
	near(t, "burn", sumOf(s, shapes...), 2*(1000-360)+3*8, 1e-9)
	near(t, "burn, timed", estimate(t, artOf(shapes...), s).BurnMM, sumOf(s, shapes...), 1e-6)
}

// TestWhatAMaterialCantDoIsNamed: slate is never cut, and a time that leaves
// that out in silence would mislead.
func TestWhatAMaterialCantDoIsNamed(t *testing.T) {
	t.Parallel()
	s, err := Builtin().Setup("diode-10w", "slate-5mm")
	if err != nil {
		t.Fatal(err)
	}
	art := artOf(shape(artwork.Cut, "inner", square(0, 0, 10)), shape(artwork.Score, "1", square(0, 0, 10)))
	art.Layers[0].Heights = []artwork.HeightField{{Board: 1, Columns: 1, Rows: 1, Values: []float32{1}}}
	e := estimate(t, art, &s)
	if !slices.Equal(e.Missing, []string{"cut inner", "relief"}) || e.BurnMM != 40 {
		t.Errorf("missing %q, burns %g mm", e.Missing, e.BurnMM)
	}
}

// TestARouterLiftsItsTool between lines and lowers it pass by pass.
func TestARouterLiftsItsTool(t *testing.T) {
	t.Parallel()
	m := plain()
	m.Kind, m.Lift, m.SpeedZ, m.AccelerationZ, m.PlungeSpeed = Router, 3, 600, 100, 60
	cut := Setting{Operation: artwork.Cut, Setting: "outer", Power: 100, Speed: 300, Passes: 4, Depth: 3.2}
	e := estimate(t, artOf(shape(artwork.Cut, "outer", square(0, 0, 10), square(30, 0, 10))), setupOf(m, cut))
	laser := estimate(t, artOf(shape(artwork.Cut, "outer", square(0, 0, 10), square(30, 0, 10))), setupOf(plain(), cut))
	z := 2 * (climb(3, 10, 100) + 4*climb(0.8, 1, 100) + climb(6.2, 10, 100))
	// It stops before each pass, which a laser does not.
	near(t, "up and down", e.Seconds-laser.Seconds, z, 0.1)
	near(t, "3 mm at 10 mm/s", climb(3, 10, 100), 0.4, 1e-9)
	near(t, "0.5 mm at 10 mm/s", climb(0.5, 10, 100), 2*math.Sqrt(0.005), 1e-9)

	pocket := Setting{Operation: artwork.Engrave, Setting: "dark", Power: 100, Speed: 300, Passes: 2, Interval: 0.5, Depth: 1}
	e = estimate(t, artOf(shape(artwork.Engrave, "dark", square(0, 0, 10))), setupOf(m, pocket))
	near(t, "two passes over 20 rows with a step to each next", e.BurnMM, 2*(20*10+19*0.5), 1e-6)
}

func TestTimeStopsWhenItIsToldTo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Time(ctx, artOf(shape(artwork.Cut, "outer", square(0, 0, 10))), setupOf(plain(), cutSlow)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := Time(t.Context(), artOf(shape(artwork.Engrave, "dark", square(0, 1e300, 10))), setupOf(plain(), engraveDark)); err == nil {
		t.Error("an area on no board is timed")
	}
	if e, err := Time(t.Context(), &artwork.Artwork{}, setupOf(plain())); err != nil || e.Seconds != 0 {
		t.Errorf("%+v, %v", e, err)
	}
}

// houses are n small squares of 12 corners, as a city has them.
func houses(n int, o artwork.Operation, setting string) *artwork.Artwork {
	r := rand.New(rand.NewPCG(1, 2))
	art := &artwork.Artwork{Layers: []artwork.Layer{{}}}
	for range n {
		x, y := r.Float64()*290, r.Float64()*190
		var p artwork.Path
		for i := range 12 {
			s, c := math.Sincos(float64(i) / 12 * 2 * math.Pi)
			p.Points = append(p.Points, artwork.Point{X: x + 0.6*c, Y: y + 0.6*s})
		}
		p.Closed = true
		art.Layers[0].Shapes = append(art.Layers[0].Shapes, shape(o, setting, p))
	}
	return art
}

func BenchmarkTime(b *testing.B) {
	s, err := Builtin().Setup(AssumedMachine, AssumedMaterial)
	if err != nil {
		b.Fatal(err)
	}
	for name, art := range map[string]*artwork.Artwork{
		"cut 50000 houses":     houses(50000, artwork.Cut, "outer"),
		"engrave 50000 houses": houses(50000, artwork.Engrave, "dark"),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Time(b.Context(), art, &s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
