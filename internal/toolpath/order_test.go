package toolpath

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// scattered are short lines and rings all over a board of 300 × 200 mm.
func scattered(n int) []artwork.Shape {
	random := rand.New(rand.NewPCG(5, uint64(n)))
	shapes := make([]artwork.Shape, n)
	for i := range shapes {
		x, y := 300*random.Float64(), 200*random.Float64()
		p := artwork.Path{Points: []artwork.Point{{X: x, Y: y}, {X: x + 2*random.Float64(), Y: y}, {X: x + 1, Y: y + random.Float64()}}}
		p.Closed = i%3 == 0
		shapes[i] = artwork.Shape{Board: 1, Operation: artwork.Score, Feature: int64(i), Paths: []artwork.Path{p}}
	}
	return shapes
}

func travelOf(shapes []artwork.Shape) float64 {
	sum, head := 0.0, artwork.Point{}
	for i := range shapes {
		s := newStop(&shapes[i])
		sum += apart(head, s.first)
		head = s.last
	}
	return sum
}

func TestOrderShortensTravel(t *testing.T) {
	t.Parallel()
	shapes := scattered(2000)
	got, err := Order(t.Context(), shapes, nil)
	if err != nil {
		t.Fatal(err)
	}
	stops := make([]stop, len(shapes))
	for i := range shapes {
		stops[i] = newStop(&shapes[i])
	}
	greedy := travel(stops, newTour(stops, artwork.Point{}).visits, artwork.Point{})
	asDrawn, ours := travelOf(shapes), travelOf(got)
	t.Logf("as drawn %.0f mm, nearest neighbour %.0f, ours %.0f", asDrawn, greedy, ours)
	if ours > 0.9*greedy || ours > 0.1*asDrawn {
		t.Errorf("travel of %.0f mm; as drawn %.0f, to the nearest each time %.0f", ours, asDrawn, greedy)
	}
}

func TestOrderLosesNothingAndIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	shapes := scattered(500)
	got, err := Order(t.Context(), shapes, nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Order(t.Context(), shapes, nil)
	if err != nil || !reflect.DeepEqual(got, again) {
		t.Errorf("another order at the second time (%v)", err)
	}
	seen := map[int64]bool{}
	for _, s := range got {
		seen[s.Feature] = true
		if d := math.Abs(s.Paths[0].Length() - shapes[s.Feature].Paths[0].Length()); d > 1e-9 {
			t.Errorf("shape %d is %g mm longer or shorter", s.Feature, d)
		}
	}
	if len(seen) != len(shapes) || len(got) != len(shapes) {
		t.Errorf("%d shapes of %d", len(seen), len(shapes))
	}
}

func TestDeeperCutsComeFirst(t *testing.T) {
	t.Parallel()
	shapes := scattered(90)
	depth := make([]int, len(shapes))
	for i := range depth {
		depth[i] = i % 3
	}
	got, err := Order(t.Context(), shapes, depth)
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(got); i++ {
		if depth[got[i].Feature] > depth[got[i-1].Feature] {
			t.Fatalf("a cut at depth %d after one at %d", depth[got[i].Feature], depth[got[i-1].Feature])
		}
	}
}

func TestHatchesGoToAndFro(t *testing.T) {
	t.Parallel()
	var shapes []artwork.Shape
	for i := range 40 {
		y := 10 + float64(i)
		p := artwork.Path{Points: []artwork.Point{{X: 10, Y: y}, {X: 90, Y: y}}}
		if i%2 == 1 {
			p = Reversed(p)
		}
		shapes = append(shapes, artwork.Shape{Operation: artwork.Score, Paths: []artwork.Path{p}})
	}
	got, err := Order(t.Context(), shapes, nil)
	if err != nil || travelOf(got) > travelOf(shapes)+1e-9 {
		t.Errorf("travel of %.1f mm instead of %.1f (%v)", travelOf(got), travelOf(shapes), err)
	}
}

func TestAFilledShapeStaysAsItIs(t *testing.T) {
	t.Parallel()
	ring := func(x float64) artwork.Path {
		return artwork.Path{Closed: true, Points: []artwork.Point{{X: x, Y: 10}, {X: x + 5, Y: 10}, {X: x + 5, Y: 15}}}
	}
	var shapes []artwork.Shape
	for _, x := range []float64{80, 10, 50} {
		shapes = append(shapes, artwork.Shape{Fill: true, Operation: artwork.Engrave, Paths: []artwork.Path{ring(x), ring(x + 1)}})
	}
	got, err := Order(t.Context(), shapes, nil)
	if err != nil || !reflect.DeepEqual(got, []artwork.Shape{shapes[1], shapes[2], shapes[0]}) {
		t.Errorf("came out as %v (%v)", got, err)
	}
}

func TestClosedPathsWithCurvesStartElsewhere(t *testing.T) {
	t.Parallel()
	p := artwork.Path{
		Closed: true,
		Points: []artwork.Point{{X: 0, Y: 0}, {X: 2, Y: -1}, {X: 4, Y: 0}, {X: 4, Y: 4}, {X: 3, Y: 6}, {X: 1, Y: 6}, {X: 0, Y: 4}},
		Verbs:  []artwork.Verb{artwork.ArcTo, artwork.LineTo, artwork.CubicTo},
	}
	for k, start := range nodes(p) {
		for _, q := range []artwork.Path{startingAt(p, k), Reversed(startingAt(p, k))} {
			if err := q.Validate(); err != nil {
				t.Fatal(err)
			}
			if q.Points[0] != start || math.Abs(q.Length()-p.Length()) > 1e-6 || math.Abs(math.Abs(q.Area())-p.Area()) > 1e-9 {
				t.Errorf("from node %d: %v", k, q)
			}
		}
	}
	if open := (artwork.Path{Points: p.Points, Verbs: p.Verbs}); !reflect.DeepEqual(Reversed(Reversed(open)), open) {
		t.Error("reversed twice is another path")
	}
}

func TestOrderStopsWhenItIsCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Order(ctx, scattered(100), nil); err == nil {
		t.Error("it went on")
	}
}

func TestManyPathsAreOrderedInSeconds(t *testing.T) {
	if testing.Short() {
		t.Skip("50,000 paths")
	}
	shapes := scattered(50_000)
	began := time.Now()
	got, err := Order(t.Context(), shapes, nil)
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	t.Logf("50,000 paths in %v: %.0f mm instead of %.0f", took, travelOf(got), travelOf(shapes))
	if took > 60*time.Second { // a few seconds, on a machine with nothing else to do
		t.Errorf("50,000 paths took %v", took)
	}
}

func BenchmarkOrder(b *testing.B) {
	shapes := scattered(50_000)
	for b.Loop() {
		if _, err := Order(b.Context(), slices.Clone(shapes), nil); err != nil {
			b.Fatal(err)
		}
	}
}
