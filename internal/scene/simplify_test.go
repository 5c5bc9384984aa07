package scene

import (
	"math"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
	"pgregory.net/rapid"
)

// anyPoints draws lines that wander in steps of all sizes, and now and then
// stand still or go back.
func anyPoints(t *rapid.T, least int) []artwork.Point {
	step := rapid.Float64Range(-1, 1)
	size := rapid.SampledFrom([]float64{0, 0.01, 0.1, 1, 10}).Draw(t, "size")
	points := []artwork.Point{{}}
	for range rapid.IntRange(least-1, 60).Draw(t, "steps") {
		p := points[len(points)-1]
		points = append(points, artwork.Point{X: p.X + size*step.Draw(t, "x"), Y: p.Y + size*step.Draw(t, "y")})
	}
	return points
}

// apart is how far any place of a line is from another line, looked at in steps.
func apart(a, b []artwork.Point, closed bool) float64 {
	edges := func(points []artwork.Point) (n int) {
		if closed || len(points) == 1 {
			return len(points)
		}
		return len(points) - 1
	}
	most := 0.0
	for i := range edges(a) {
		from, to := a[i], a[(i+1)%len(a)]
		for k := range 17 {
			f := float64(k) / 16
			p := artwork.Point{X: from.X + f*(to.X-from.X), Y: from.Y + f*(to.Y-from.Y)}
			least := math.Inf(1)
			for j := range edges(b) {
				least = min(least, dist(p, nearest(p, b[j], b[(j+1)%len(b)])))
			}
			most = max(most, least)
		}
	}
	return most
}

func TestSimplifiedLinesStayWhereTheyAre(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		points := anyPoints(t, 1)
		closed := rapid.Bool().Draw(t, "closed")
		err := rapid.SampledFrom([]float64{0.001, 0.05, 0.5, 3}).Draw(t, "err")
		var s simplifier
		s.reduce(points, err, closed, false)
		if s.points[0] != points[0] {
			t.Fatal("the first point is gone")
		}
		if !closed && s.points[len(s.points)-1] != points[len(points)-1] {
			t.Fatal("the last point is gone")
		}
		if d := apart(points, s.points, closed); d > err+1e-9 {
			t.Fatalf("the line is %g away from what stayed, more than %g: %v", d, err, s.points)
		}
		if d := apart(s.points, points, closed); d > err+1e-9 {
			t.Fatalf("what stayed is %g away from the line, more than %g: %v", d, err, s.points)
		}
	})
}

func TestSimplifiedAreasStayAreas(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		points := anyPoints(t, 3)
		err := rapid.SampledFrom([]float64{0.001, 0.05, 0.5, 3}).Draw(t, "err")
		var s simplifier
		s.reduce(points, err, true, true)
		flat := artwork.Path{Points: points}.Area() == 0
		if len(s.points) < 3 && !flat {
			t.Fatalf("of a ring stay %d points", len(s.points))
		}
		if d := apart(s.points, points, true); d > err+1e-9 {
			t.Fatalf("the ring goes %g away from itself, more than %g", d, err)
		}
	})
}

// TestStraightLinesKeepTheirEndsAlone shows that points that say nothing go.
func TestStraightLinesKeepTheirEndsAlone(t *testing.T) {
	t.Parallel()
	var points []artwork.Point
	for i := range 1000 {
		points = append(points, artwork.Point{X: float64(i), Y: 0.04 * math.Sin(float64(i))})
	}
	var s simplifier
	s.reduce(points, 0.1, false, false)
	if len(s.points) > 3 {
		t.Errorf("%d points stay of a line that is straight within the error", len(s.points))
	}
}
