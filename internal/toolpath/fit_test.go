package toolpath

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

func fit(t testing.TB, strokes []Stroke, o Options) []artwork.Path {
	t.Helper()
	out, err := Fit(t.Context(), strokes, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range out {
		if err := p.Validate(); err != nil {
			t.Fatalf("path %d: %v", i, err)
		}
	}
	return out
}

// curve is a path through f of 0 to 1, in mm, of n segments.
func curve(n int, f func(t float64) (x, y float64)) planar.Path {
	p := make(planar.Path, 0, n+1)
	for i := range n + 1 {
		p = append(p, planar.FromMM(f(float64(i)/float64(n))))
	}
	return p
}

func ringPath(n int, cx, cy, r float64) planar.Path {
	p := curve(n, func(t float64) (x, y float64) {
		s, c := math.Sincos(2 * math.Pi * t)
		return cx + r*c, cy + r*s
	})
	p[n] = p[0]
	return p
}

func polyline(xy ...float64) planar.Path {
	var p planar.Path
	for i := 0; i+1 < len(xy); i += 2 {
		p = append(p, planar.FromMM(xy[i], xy[i+1]))
	}
	return p
}

// hausdorff measures by brute force how far two lines lie apart, both ways, mm.
func hausdorff(p planar.Path, q artwork.Path) float64 {
	given := make([]vec, len(p))
	for i := range p {
		given[i] = vecOf(p[i])
	}
	var drawn []vec
	flat := q.Flatten(1e-4)
	points := flat.Points
	if q.Closed {
		points = append(slices.Clone(points), points[0])
	}
	for _, m := range points {
		drawn = append(drawn, vec{m.X * unitsPerMM, m.Y * unitsPerMM})
	}
	far := func(a, b []vec) float64 {
		worst := 0.0
		for i := 1; i < len(a); i++ {
			n := int(a[i].distance(a[i-1])/60) + 1
			for k := range n + 1 {
				m := a[i-1].plus(a[i].minus(a[i-1]).times(float64(k) / float64(n)))
				near := math.Inf(1)
				for j := 1; j < len(b); j++ {
					near = min(near, fromSegment(m, b[j-1], b[j]))
				}
				worst = max(worst, near)
			}
		}
		return worst
	}
	return max(far(given, drawn), far(drawn, given)) / unitsPerMM
}

func TestCurvesKeepWithinTheirErrorBothWays(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	walk := planar.Path{{X: 40000, Y: 40000}}
	for range 60 {
		last := walk[len(walk)-1]
		walk = append(walk, planar.Point{X: last.X + int32(random.IntN(2000)) - 500, Y: last.Y + int32(random.IntN(2000)) - 1000})
	}
	for name, p := range map[string]planar.Path{
		"wave":    curve(300, func(t float64) (x, y float64) { return 10 + 50*t, 30 + 4*math.Sin(20*t) }),
		"spiral":  curve(400, func(t float64) (x, y float64) { s, c := math.Sincos(20 * t); return 50 + 20*t*c, 50 + 20*t*s }),
		"needle":  polyline(10, 10, 20, 10, 10.2, 10.1),
		"zigzag":  polyline(10, 10, 11, 10.04, 12, 10, 13, 10.04, 14, 10, 15, 10.04, 16, 10),
		"hairpin": polyline(10, 10, 15, 10, 15.1, 10.05, 15.12, 10.15, 15.05, 10.22, 10, 10.25),
		"random":  walk,
		"ring":    ringPath(40, 30, 30, 3),
		"pond": curve(24, func(t float64) (x, y float64) {
			s, c := math.Sincos(2 * math.Pi * t)
			return 30 + 6*c, 30 + (3+math.Sin(9*t))*s
		}),
		"two dots": polyline(10, 10, 10.01, 10),
	} {
		for _, e := range []float64{0.005, 0.05, 0.5} {
			got := fit(t, []Stroke{{Path: p, Error: e}}, Options{})[0]
			if far := hausdorff(p, got); far > e+2*planar.Unit {
				t.Errorf("%s: %.5f mm away at an error of %g", name, far, e)
			}
			if n := Nodes(got); n > len(p) {
				t.Errorf("%s: %d nodes for %d points", name, n, len(p))
			}
		}
	}
}

func TestSmoothLinesGetFewNodes(t *testing.T) {
	t.Parallel()
	wave := curve(300, func(t float64) (x, y float64) { return 10 + 50*t, 30 + 4*math.Sin(20*t) })
	if n := Nodes(fit(t, []Stroke{{Path: wave, Error: 0.05}}, Options{})[0]); n > 16 {
		t.Errorf("%d nodes for a wave with three crests, of 301 points", n)
	}
}

func TestCurvesMeetSmoothly(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]planar.Path{
		"wave":  curve(300, func(t float64) (x, y float64) { return 10 + 50*t, 30 + 4*math.Sin(20*t) }),
		"heart": curve(200, func(t float64) (x, y float64) { s, c := math.Sincos(6 * t); return 50 + 10*c, 50 + 10*s + 3*c*c }),
	} {
		var last *piece
		for s := range fit(t, []Stroke{{Path: p, Error: 0.03}}, Options{})[0].Segments() {
			c := piece{verb: s.Verb}
			for i, q := range s.Points {
				c.p[i] = vec{q.X, q.Y}
			}
			if last != nil {
				if turn := math.Abs(last.endTangent().cross(c.startTangent())); turn > 2*smooth {
					t.Errorf("%s: a kink of %.2f° at %v", name, math.Asin(turn)*180/math.Pi, s.Start())
				}
			}
			last = &c
		}
	}
}

func TestCirclesBecomeArcs(t *testing.T) {
	t.Parallel()
	for _, r := range []float64{0.5, 3, 20} {
		p := ringPath(48, 30, 30, r)
		got := fit(t, []Stroke{{Path: p, Error: 0.05}}, Options{})[0]
		if !got.Closed || !slices.Equal(got.Verbs, []artwork.Verb{artwork.ArcTo, artwork.ArcTo}) {
			t.Fatalf("a circle of radius %g came out as %v", r, got)
		}
		if d := math.Abs(got.Length() - 2*math.Pi*r); d > 0.002 {
			t.Errorf("a circle of radius %g is %.4f mm longer or shorter", r, d)
		}
	}
}

// TestRoundJoinsBecomeArcs draws a road as a strip with round ends: two lines
// and two half circles.
func TestRoundJoinsBecomeArcs(t *testing.T) {
	t.Parallel()
	strip, err := planar.Stroke(t.Context(), []planar.Path{polyline(20, 20, 40, 27)}, unitsPerMM, planar.Style{Tolerance: 0.02 * unitsPerMM, Cap: planar.RoundCap})
	if err != nil {
		t.Fatal(err)
	}
	p := append(planar.Path(strip[0][0]), strip[0][0][0])
	got := fit(t, []Stroke{{Path: p, Fill: true, Error: 0.05}}, Options{})[0]
	arcs := 0
	for _, v := range got.Verbs {
		if v == artwork.ArcTo {
			arcs++
		}
	}
	if arcs < 2 || arcs > 4 || Nodes(got) > 6 {
		t.Errorf("a strip with round ends has %d arcs and %d nodes: %v", arcs, Nodes(got), got)
	}
	if want := 2*math.Hypot(20, 7) + math.Pi*1; math.Abs(math.Abs(got.Area())-want) > 0.02 {
		t.Errorf("a strip of %.3f mm² has %.3f", want, math.Abs(got.Area()))
	}
}

func TestCornersAndWallsStay(t *testing.T) {
	t.Parallel()
	house := polyline(10, 10, 14, 10, 14, 12, 12.5, 12, 12.5, 13, 10, 13, 10, 10)
	got := fit(t, []Stroke{{Path: house, Fill: true, Error: 0.05}}, Options{})[0]
	if got.Verbs != nil || len(got.Points) != 6 {
		t.Fatalf("a house with six corners came out as %v", got)
	}
	for _, q := range got.Points {
		if !slices.Contains(house, planar.FromMM(q.X, q.Y)) {
			t.Errorf("a corner moved to %v", q)
		}
	}
}

// TestWhatIsSharedStaysShared draws two lakes with a wavy border between them
// and a third one below both.
func TestWhatIsSharedStaysShared(t *testing.T) {
	t.Parallel()
	border := curve(80, func(t float64) (x, y float64) { return 30 + 2*math.Sin(9*t), 20 + 30*t })
	left := append(slices.Clone(border), polyline(10, 50, 10, 20, 30, 20)...)
	back := slices.Clone(border)
	slices.Reverse(back)
	right := slices.Concat(back, polyline(50, 20, 50, 50), back[:1])
	strokes := []Stroke{{Path: left, Fill: true, Error: 0.05}, {Path: right, Fill: true, Error: 0.02}}
	got := fit(t, strokes, Options{})
	one, other := borderOf(got[0]), borderOf(got[1])
	slices.Reverse(other)
	if len(one) < 4 || !reflect.DeepEqual(one, other) {
		t.Errorf("the shared border differs: %v and %v", one, other)
	}
	// Neither the order nor the direction of the paths changes anything.
	slices.Reverse(strokes)
	slices.Reverse(strokes[1].Path)
	again := fit(t, strokes, Options{})
	if !reflect.DeepEqual(again[0], got[1]) {
		t.Errorf("in another order: %v instead of %v", again[0], got[1])
	}
}

// borderOf gives the points and handles of the wavy part.
func borderOf(p artwork.Path) []artwork.Point {
	var out []artwork.Point
	for s := range p.Segments() {
		if s.Verb != artwork.LineTo {
			out = append(out, s.Points[:s.Verb.Points()+1]...)
		}
	}
	return out
}

// TestNeighboursKeepApart draws waves so near to each other that curves with the
// whole error could cross, and looks for crossings.
func TestNeighboursKeepApart(t *testing.T) {
	t.Parallel()
	var strokes []Stroke
	for k := range 6 {
		n := 40 + 7*k // other points on each, so that each is fitted in its own way
		strokes = append(strokes, Stroke{Error: 0.2, Path: curve(n, func(t float64) (x, y float64) {
			return 10 + 40*t, 20 + 0.08*float64(k) + 3*math.Sin(12*t)
		})})
	}
	got := fit(t, strokes, Options{})
	for i, p := range got {
		for j, q := range got[:i] {
			if crossings(p, q) > crossingsOf(strokes[i].Path, strokes[j].Path) {
				t.Errorf("waves %d and %d cross", j, i)
			}
		}
		if p.Verbs == nil {
			t.Errorf("wave %d has no curves", i)
		}
	}
}

func crossings(p, q artwork.Path) int {
	return crossingsOf(flatOnGrid(p), flatOnGrid(q))
}

func crossingsOf(p, q planar.Path) int {
	n := 0
	for i := 1; i < len(p); i++ {
		for j := 1; j < len(q); j++ {
			if meet(p[i-1], p[i], q[j-1], q[j]) {
				n++
			}
		}
	}
	return n
}

func TestNothingLeavesTheFrame(t *testing.T) {
	t.Parallel()
	// A wave that touches the frame from inside with its crests.
	p := curve(200, func(t float64) (x, y float64) { return 10 + 40*t, 30 + 5*math.Sin(12*t) })
	for i := range p {
		p[i].Y = min(p[i].Y, 34.875*unitsPerMM)
	}
	top := int32(34.875 * unitsPerMM)
	got := fit(t, []Stroke{{Path: p, Error: 0.2}}, Options{
		Inside:   func(q planar.Point) bool { return q.Y <= top },
		Straight: func(a, b planar.Point) bool { return a.Y == top && b.Y == top },
	})[0]
	if box := got.Bounds(); box.Max.Y > 34.875+1e-9 {
		t.Errorf("it reaches to %.6f, beyond the frame at 34.875", box.Max.Y)
	}
	if got.Verbs == nil {
		t.Error("nothing became a curve")
	}
}

func TestFitStopsWhenItIsCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Fit(ctx, []Stroke{{Path: ringPath(40, 10, 10, 3), Error: 0.05}}, Options{}); err == nil {
		t.Error("it went on")
	}
}
